"""What a screen reader would speak of the purse: its names, and one short sentence for each change."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def purse(page: Page) -> Page:
    page.goto("/styleguide/")
    return page


def test_everything_has_a_name(purse: Page):
    ballot = purse.locator(".ballot")
    expect(ballot.get_by_role("progressbar")).to_have_accessible_name("Money used")
    names = ["Two hundred trees €60,000", "A cycle crossing €85,000", "A repair café €38,000"]
    for box, name in zip(ballot.get_by_role("checkbox").all(), names, strict=True):
        expect(box).to_have_accessible_name(name)


def test_each_change_is_said_once(purse: Page):
    ballot = purse.locator(".ballot")
    says = ballot.get_by_role("status")
    ballot.get_by_label("A repair café").check()
    expect(says).to_have_text("Added. 3 chosen, €17,000 left.")
    ballot.get_by_label("A cycle crossing").uncheck()
    expect(says).to_have_text("Removed. 2 chosen, €102,000 left.")
    expect(ballot.locator("[data-left]")).to_have_text("€102,000")
    expect(ballot.get_by_role("progressbar")).to_have_js_property("value", 98_000_00)


def test_what_does_not_fit_is_refused_in_words(purse: Page):
    ballot = purse.locator(".ballot")
    purse.evaluate("document.querySelector('#choice-3').dataset.cost = 6000000")
    box = ballot.get_by_label("A repair café")
    box.click()
    expect(box).not_to_be_checked()
    expect(ballot.get_by_role("status")).to_have_text("Not added: it needs €5,000 more than is left.")


def test_a_swap_is_offered_for_what_does_not_fit(purse: Page):
    ballot = purse.locator(".ballot")
    purse.evaluate("document.querySelector('#choice-3').dataset.cost = 6000000")
    ballot.get_by_label("A repair café").click()
    offer = ballot.get_by_role("button", name="Take out “Two hundred trees” and add “A repair café”")
    offer.click()
    expect(ballot.get_by_label("A repair café")).to_be_checked()
    expect(ballot.get_by_label("Two hundred trees")).not_to_be_checked()
    expect(ballot.get_by_role("status")).to_have_text("Added. 2 chosen, €55,000 left.")
    expect(offer).to_be_hidden()
