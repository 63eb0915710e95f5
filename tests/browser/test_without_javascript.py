"""Every journey with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from frontend_templates.discussion.traps import QUICKEST_SECONDS

AS_PEOPLE_TYPE = (QUICKEST_SECONDS + 1) * 1000


@pytest.fixture
def page(browser, town):
    context = browser.new_context(base_url=town, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_from_the_first_page_to_a_project_and_into_french(page: Page):
    page.goto("/")
    page.get_by_role("link", name="Budgets and results").click()
    page.get_by_role("link", name="Rivemont decides").click()
    page.get_by_role("link", name="See the projects").click()
    page.get_by_label("Category").select_option(label="Nature")
    page.get_by_label("Order").select_option(label="Dearest first")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("3 projects")
    page.get_by_role("link", name="Nature").click()
    expect(page.get_by_role("status")).to_contain_text("12 projects")
    page.get_by_role("link", name="Table").click()
    page.get_by_role("link", name="A swimming place in the river").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A swimming place in the river")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Un lieu de baignade dans la rivière")


def test_a_result_is_read_and_its_files_are_fetched(page: Page):
    page.goto("/en/budgets/")
    page.get_by_role("link", name="Toulouse 2019").click()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_text("Here the money ran out")).to_be_visible()
    for name in ("All ballots", "The result as a table"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().stat().st_size > 1000


def test_search_finds_pages_and_projects(page: Page):
    page.goto("/en/search/")
    page.get_by_label("What are you looking for?").fill("river")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="A swimming place in the river")).to_be_visible()


def test_signing_in_and_out(page: Page):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("citizen@rivemont.example")
    page.get_by_label("Password").fill("rivemont-demo-town")
    page.locator("main").get_by_role("button", name=re.compile("Sign in", re.IGNORECASE)).click()
    page.wait_for_url("**/en/")
    page.get_by_role("link", name="Sign out").click()
    page.locator("main").get_by_role("button", name=re.compile("Sign out", re.IGNORECASE)).click()
    page.wait_for_url("**/en/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_an_article_its_recording_and_an_answer_are_within_reach(page: Page):
    page.goto("/en/news/")
    page.get_by_role("link", name="Three hundred people at the workshops").click()
    expect(page.get_by_role("link", name="to be seen at Framatube")).to_be_visible()
    expect(page.locator("osp-embed button")).to_be_hidden()
    page.get_by_role("link", name="Questions and answers").click()
    page.get_by_text("Can I change my vote?").click()
    expect(page.get_by_text("Only the last one counts.")).to_be_visible()


def test_the_town_is_written_to_and_a_seat_is_taken(page: Page):
    page.goto("/en/support/")
    page.get_by_role("link", name="Write to us").click()
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("Your e-mail address").fill("nora@rivemont.example")
    page.get_by_label("Your message").fill("We would like to begin in spring.")
    page.wait_for_timeout(AS_PEOPLE_TYPE)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Your message has arrived.")

    page.goto("/en/events/workshop/")
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Your name").fill("Nora")
    page.get_by_label("Your e-mail address").fill("nora@rivemont.example")
    page.wait_for_timeout(AS_PEOPLE_TYPE)
    page.locator("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("status")).to_contain_text("You have a place.")
