"""A walk with the Tab key: what has the focus is seen, marked, and not hidden under anything."""

import pytest

from tests.browser.screens import ARTICLE, HOME, LIST, QUESTIONS, RESULT, WORKSHOP

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const boxes = [...one.getClientRects()];
  const first = boxes[0] || box;
  const x = first.x + first.width / 2, y = first.y + first.height / 2;
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(one), card = one.closest(".card");
  const outlines = [style, card && getComputedStyle(card)].filter(Boolean);
  return {
    name: (one.textContent || one.name || one.tagName).trim().slice(0, 40),
    inView: y >= 0 && y <= innerHeight && x >= 0 && x <= innerWidth,
    covered: Boolean(top) && !one.contains(top) && !top.contains(one) && top.tagName !== "LABEL",
    marked: outlines.some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 3),
    height: box.height,
  };
}"""
MOST_STOPS = 250


PATHS = (
    *(path.format(lang="en") for path in (HOME, LIST, ARTICLE, WORKSHOP, QUESTIONS)),
    RESULT.format(lang="ar"),
    "/styleguide/",
    "/accounts/login/",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [(390, 640), (1280, 700)], ids=["phone", "desk"])
def test_what_has_the_focus_can_be_seen(page, path, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    faults, stops = [], 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        stops += 1
        if not focused["inView"] or focused["covered"] or not focused["marked"]:
            faults.append(focused)
    assert stops > 5
    assert faults == []


def test_the_first_stop_leads_past_the_menu(page):
    page.goto(HOME.format(lang="en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
