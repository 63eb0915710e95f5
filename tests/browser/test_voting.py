"""A whole vote in a browser, from the letter to the receipt: with and without a script, by keyboard, both ways."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import follow, violations
from tests.browser.conftest import free_port, served
from tests.browser.polls import POLLS
from tests.browser.test_keyboard import FOCUSED

RECEIPT = re.compile(r"^([0-9A-Z]{4}-){5}[0-9A-Z]$")
MOST_SCRIPT = 10 * 1024
CHOOSE = {"choose-1": "radio", "approval": "checkbox", "knapsack": "checkbox"}


class Polls:
    """The open votes of a served site, and codes that nobody has used yet."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        said = json.loads((folder / "polls.json").read_text())
        self.codes, self.budgets = iter(said["codes"]), said["budgets"]

    def path(self, poll: str, rest: str = "", language: str = "en") -> str:
        return f"/{language}/budgets/{self.budgets[poll]}/vote/{rest}"

    def enter(self, page: Page, poll: str, language: str = "en") -> None:
        page.goto(self.path(poll, "code/", language))
        page.locator("[name=code]").fill(next(self.codes))
        page.locator("main form button").click()
        page.wait_for_url(f"**{self.path(poll, language=language)}")


@pytest.fixture(scope="module")
def polls(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polls]:
    folder = tmp_path_factory.mktemp("polls")
    with served(folder, free_port(), ["shell", "-v0", "-c", POLLS]) as address:
        yield Polls(address, folder)


def open_page(browser: Browser, polls: Polls, **more) -> Iterator[Page]:
    context = browser.new_context(
        **{"base_url": polls.address, "viewport": {"width": 390, "height": 700}, "bypass_csp": True, **more}
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser, polls: Polls) -> Iterator[Page]:
    yield from open_page(browser, polls, bypass_csp=False)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def either(request, browser: Browser, polls: Polls) -> Iterator[Page]:
    yield from open_page(browser, polls, java_script_enabled=request.param)


def fill_in(page: Page, poll: str) -> None:
    """Something that every kind of ballot takes."""
    if poll in CHOOSE:
        page.get_by_role(CHOOSE[poll], name="A cycle crossing").check()
    elif poll == "ordinal":
        page.get_by_label("A cycle crossing").select_option("1")
        page.get_by_label("Benches at the river").select_option("2")
    else:
        page.get_by_label("A cycle crossing").fill("3")


@pytest.mark.parametrize("poll", ["choose-1", "approval", "knapsack", "ordinal", "cumulative", "scoring"])
def test_from_the_code_to_the_receipt_and_back(either: Page, polls: Polls, poll: str):
    page = either
    page.goto(polls.path(poll))
    page.get_by_role("link", name="I have a letter with a personal code").click()
    page.get_by_label("Your personal code").fill(next(polls.codes).lower())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Not cast yet")).to_be_visible()
    follow(page, page.get_by_role("link", name="Fill in the ballot"))
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("Draft, not cast yet")).to_be_visible()
    fill_in(page, poll)
    page.get_by_role("button", name="Look at my ballot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot once more")
    page.get_by_role("button", name="Change something").click()
    page.get_by_role("button", name="Look at my ballot").click()
    expect(page.locator(".reviewed")).to_contain_text("A cycle crossing")
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot is cast")
    receipt = page.locator("code.receipt").inner_text()
    assert RECEIPT.match(receipt)
    page.get_by_role("link", name="To the overview of the vote").click()
    expect(page.get_by_text(receipt)).to_be_visible()
    page.get_by_role("button", name="Leave, for the next person here").click()
    expect(page.get_by_role("link", name="I have a letter with a personal code")).to_be_visible()


def test_a_qr_code_fills_the_field_and_leaves_the_address(page: Page, polls: Polls):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    code = next(polls.codes)
    page.goto(f"{polls.path('approval', 'code/')}#{code}")
    expect(page.get_by_label("Your personal code")).to_have_value("-".join(re.findall(".{4}", code)))
    assert "#" not in page.url
    assert not [address for address in asked if code in address]
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Not cast yet")).to_be_visible()


def test_the_purse_counts_along_and_says_what_does_not_fit(page: Page, polls: Polls):
    polls.enter(page, "knapsack")
    follow(page, page.get_by_role("link", name="Fill in the ballot"))
    page.get_by_role("checkbox", name="Trees along the ring road").check()
    expect(page.get_by_role("status")).to_have_text("Added. 1 chosen, €400 left.")
    page.get_by_role("checkbox", name="A cycle crossing").check()
    missing = page.locator(".choice", has=page.get_by_role("checkbox", name="A repair café")).locator(".short")
    expect(missing).to_have_text("€200 more than is left")
    page.get_by_role("checkbox", name="A repair café").click()
    expect(page.get_by_role("status")).to_have_text("Not added: it needs €200 more than is left.")
    page.get_by_role("checkbox", name="Trees along the ring road").uncheck()
    expect(missing).to_be_hidden()
    box = page.locator("osp-purse")
    page.get_by_role("button", name="Look at my ballot").scroll_into_view_if_needed()
    assert box.bounding_box()["y"] >= 0


def test_each_envelope_has_its_own_purse(page: Page, polls: Polls):
    polls.enter(page, "districts-None")
    follow(page, page.get_by_role("link", name="Fill in the ballot"))
    north, whole = page.locator("#envelope-north"), page.locator("#envelope-all")
    north.get_by_role("checkbox", name="A pool").check()
    expect(north.get_by_role("status")).to_have_text("Added. 1 chosen, €300 left.")
    expect(whole.locator("[data-left]")).to_have_text("€1,000")
    expect(whole.get_by_role("status")).to_have_text("")


def test_points_are_counted_along(page: Page, polls: Polls):
    polls.enter(page, "cumulative")
    follow(page, page.get_by_role("link", name="Fill in the ballot"))
    page.get_by_label("A cycle crossing").fill("6")
    page.get_by_label("A repair café").fill("7")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_have_text("3 points too many.")
    page.get_by_role("button", name="Look at my ballot").click()
    expect(page.get_by_role("alert")).to_contain_text("The sum of the points is not what the rules ask for.")
    expect(page.get_by_label("A repair café")).to_have_value("7")


def test_points_written_before_the_script_came_are_counted_when_it_comes(page: Page, polls: Polls):
    waiting = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/points*.js", hold)
    polls.enter(page, "cumulative")
    page.get_by_role("link", name="Fill in the ballot").click()
    page.get_by_label("A cycle crossing").fill("6")
    page.get_by_label("A repair café").fill("7")
    page.keyboard.press("Tab")
    expect(page.get_by_role("status")).to_have_text("")
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("status")).to_have_text("3 points too many.")


def test_the_keyboard_alone_is_enough_and_shows_where_it_is(page: Page, polls: Polls):
    polls.enter(page, "approval")
    page.goto(polls.path("approval", "town/"))
    faults = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["inView"] or focused["covered"] or not focused["marked"]:
            faults.append(focused)
        if page.evaluate("document.activeElement.type === 'checkbox'"):
            page.keyboard.press("Space")
        if page.evaluate("document.activeElement.value === 'review'"):
            break
    assert faults == []
    page.keyboard.press("Enter")
    expect(page.locator(".reviewed li")).to_have_count(4)
    while page.evaluate("document.activeElement.textContent") != "Cast my vote":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot is cast")


def test_the_enter_key_in_a_field_casts_nothing(page: Page, polls: Polls):
    polls.enter(page, "scoring")
    page.goto(polls.path("scoring", "town/"))
    page.get_by_label("A cycle crossing").fill("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Draft, not cast yet")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_step_breaks_a_rule_or_scrolls_sideways(browser: Browser, polls: Polls, language: str, scheme: str):
    found = []

    def look(page: Page) -> None:
        found.extend(violations(page))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{page.url} scrolls sideways")

    size = {"width": 320, "height": 700}
    for page in open_page(browser, polls, viewport=size, color_scheme=scheme, reduced_motion="reduce"):
        for poll in ("choose-1", "approval", "knapsack", "ordinal", "cumulative", "scoring", "districts-None"):
            page.goto(polls.path(poll, language=language))
            look(page)
            page.goto(polls.path(poll, "town/practice/", language))
            look(page)
            follow(page, page.locator("[value=review]"))
            look(page)
        page.goto(polls.path("districts-1", "town/practice/", language))
        look(page)
        page.goto(polls.path("approval", "code/", language))
        follow(page, page.locator("main form button"))
        look(page)
        polls.enter(page, "approval", language)
        look(page)
        page.goto(polls.path("approval", "town/", language))
        page.locator(".choice label").first.click()
        follow(page, page.locator("[value=review]"))
        look(page)
        follow(page, page.locator("main form button").first)
        look(page)
    assert found == []


def test_the_policy_refuses_nothing_and_the_scripts_are_light(page: Page, polls: Polls):
    said, weights = [], []
    page.on("console", lambda message: said.append(f"{page.url} {message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    for poll in ("knapsack", "cumulative"):
        polls.enter(page, poll)
        scripts = []
        page.on("response", lambda response, kept=scripts: kept.append(response))
        page.goto(polls.path(poll, "town/"), wait_until="networkidle")
        weights.append(sum(len(gzip.compress(one.body())) for one in scripts if one.request.resource_type == "script"))
    assert said == []
    assert all(0 < weight <= MOST_SCRIPT for weight in weights)
