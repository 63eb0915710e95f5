"""What a page weighs on the wire, compressed, as a phone without anything kept would fetch it; photos weigh apart."""

import gzip

import pytest

from tests.browser.screens import HOME, LIST, RESULT, screens

KILO = 1024
LIMITS = {"document": 20 * KILO, "stylesheet": 12 * KILO, "script": 4 * KILO}
WHOLE = 100 * KILO


@pytest.mark.parametrize("path", [path for path in screens("ltr") if path != "/en/nothing/"])
def test_a_page_keeps_to_its_budget(page, town, path):
    weights: dict[str, int] = dict.fromkeys(LIMITS, 0)
    hosts = set()

    def weigh(response) -> None:
        hosts.add(response.url.split("/")[2])
        kind = response.request.resource_type
        if kind == "image" and "svg" not in response.headers["content-type"]:
            return
        weights[kind] = weights.get(kind, 0) + len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    assert weights["document"] > 0
    assert hosts == {town.removeprefix("http://")}
    assert {kind: weight for kind, weight in weights.items() if weight > LIMITS.get(kind, WHOLE)} == {}
    assert sum(weights.values()) <= WHOLE


SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => window.shift += one.value))
  .observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("path", [HOME, LIST, RESULT])
def test_nothing_moves_while_a_page_loads(page, path):
    page.add_init_script(SHIFTS)
    page.goto(path.format(lang="en"), wait_until="networkidle")
    assert page.evaluate("window.shift") == 0
