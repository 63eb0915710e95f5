"""Axe over every screen, at two widths, in light and dark, in both directions; and after each click of the journeys."""

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.axe import follow, violations
from tests.browser.screens import ARTICLE, LIST, OFFER, QUESTIONS, WORKSHOP, screens

WIDTHS, SCHEMES, DIRECTIONS = (320, 1280), ("light", "dark"), ("ltr", "rtl")
EIGHT = list(product(WIDTHS, SCHEMES, DIRECTIONS))


@pytest.fixture(params=EIGHT, ids=lambda one: "-".join(map(str, one)))
def setting(request, browser, town):
    """A page in one of the eight, and the direction. Axe is let past the policy that keeps foreign scripts out."""
    width, scheme, direction = request.param
    context = browser.new_context(
        base_url=town,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    yield context.new_page(), direction
    context.close()


def test_no_screen_breaks_a_rule_or_scrolls_sideways(setting):
    page, direction = setting
    found = []
    for path in screens(direction):
        page.goto(path)
        assert page.locator("html").get_attribute("dir") == ("ltr" if path.startswith("/accounts") else direction)
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} scrolls sideways")
    assert found == []


def test_no_click_of_a_journey_breaks_a_rule(setting):
    page, direction = setting
    language = {"ltr": "en", "rtl": "ar"}[direction]
    found = []
    for step in [
        *list_journey(page, language),
        *purse_journey(page, direction),
        *sign_in_journey(page),
        *page_journey(page, language),
    ]:
        step()
        found += violations(page)
    assert found == []


def list_journey(page: Page, language: str):
    yield lambda: page.goto(LIST.format(lang=language))
    yield lambda: page.select_option("#category", index=1)
    yield lambda: follow(page, page.locator(".filters button"))
    yield lambda: follow(page, page.locator(".chip").first)
    yield lambda: follow(page, page.locator(".tabs li:nth-child(2) a"))
    yield lambda: follow(page, page.locator(".tabs li:nth-child(3) a"))
    yield lambda: page.click("osp-map button")
    yield lambda: page.locator(".map-marker").first.click(force=True)
    yield lambda: follow(page, page.locator(".card >> nth=0 >> a"))


def purse_journey(page: Page, direction: str):
    yield lambda: page.goto(f"/styleguide/?dir={direction}")
    yield lambda: page.click("label[for=choice-3]")
    yield lambda: page.click("label[for=choice-2]")
    yield lambda: page.click("label[for=choice-3]")


def sign_in_journey(page: Page):
    yield lambda: page.goto("/accounts/login/")
    yield lambda: page.fill("[name=login]", "nobody@rivemont.example")
    yield lambda: page.fill("[name=password]", "not the right one")
    yield lambda: follow(page, page.locator("main form:has([name=login]) button[type=submit]"))


def page_journey(page: Page, language: str):
    """An answer, a recording, and the two forms under pages, sent with nothing in them."""
    yield lambda: page.goto(QUESTIONS.format(lang=language))
    yield page.locator("summary").first.click
    page.route("https://framatube.org/**", lambda route: route.fulfill(body="<!doctype html><title>A film</title>"))
    yield lambda: page.goto(ARTICLE.format(lang=language))
    yield lambda: page.click("osp-embed button")
    for address in (OFFER, WORKSHOP):
        yield lambda address=address: page.goto(address.format(lang=language))
        yield lambda: follow(page, page.locator("main .button").first)
        yield lambda: follow(page, page.locator("main form button"))
