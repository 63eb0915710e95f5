"""The Arabic pages as a browser lays them out."""

from tests.browser.screens import DIRECTIONS, LOCALIZED, PAGES

RESULT = "/ar/budgets/toulouse-2019/result/"
STRAYS = """
[...document.querySelectorAll("main [dir=ltr]:not(pre)")]
  .filter((one) => getComputedStyle(one).display !== "inline")
  .filter((one) => !["right", "center"].includes(getComputedStyle(one).textAlign))
  .map((one) => one.textContent)
"""


def test_words_of_another_direction_keep_to_the_side_of_the_page(page):
    marked = 0
    for path in LOCALIZED:
        page.goto(path.format(lang=DIRECTIONS["rtl"]))
        marked += page.locator("main [dir=ltr]").count()
        assert page.evaluate(STRAYS) == []
    assert marked


def test_a_french_sentence_ends_on_its_left_to_right_side(page):
    page.goto(RESULT)
    title = page.get_by_role("heading", name="Halte aux moustiques !")
    assert title.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def test_a_command_is_read_from_left_to_right(page):
    page.goto(RESULT)
    style = page.locator("pre").evaluate("(one) => [getComputedStyle(one).direction, getComputedStyle(one).textAlign]")
    assert style in (["ltr", "start"], ["ltr", "left"])


def test_a_page_that_is_not_translated_is_read_from_left_to_right(page):
    for path in PAGES:
        page.goto(path.format(lang="ar"))
        sides = "(one) => [getComputedStyle(one).direction, getComputedStyle(one).textAlign]"
        assert page.locator("main h1").evaluate(sides) in (["ltr", "start"], ["ltr", "left"]), path
        assert page.locator("footer").evaluate("(one) => getComputedStyle(one).direction") == "rtl"
