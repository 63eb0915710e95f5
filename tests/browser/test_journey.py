"""One newcomer's whole way, with JavaScript and without: signs up, proposes, is supported, discussed and moderated,
answers, takes the data along and leaves."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import follow
from tests.browser.conftest import free_port, served
from tests.browser.screens import PROPOSALS
from tests.browser.test_accounts import PASSWORD, press, sign_up
from tests.browser.test_proposals import AS_PEOPLE_TYPE, propose
from tests.browser.test_proposals import sign_in as sign_in_as
from tests.load.towns import database, kinds

LIST = PROPOSALS.format(lang="en")
REASON, ANSWER = "Whose wall is it? Please ask them first.", "I asked: it is the town's own."


class Company:
    """The people of the story, each in a browser of their own. Whatever their consoles complain of is kept."""

    def __init__(self, browser: Browser, town: str, folder: Path, *, scripts: bool) -> None:
        self.folder, self.scripts = folder, scripts
        self.said: list[str] = []
        self.contexts = [browser.new_context(base_url=town, java_script_enabled=on) for on in (scripts, scripts, True)]
        self.newcomer, self.neighbour, self.moderator = (context.new_page() for context in self.contexts)
        for page in (self.newcomer, self.neighbour):
            page.on("console", self.listen)

    def listen(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.location['url']} {message.text}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def town_on_postgresql(browser, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A second demo town, for the same way on the other database."""
    if "postgresql" not in kinds():
        pytest.skip("No PostgreSQL here.")
    folder, port = tmp_path_factory.mktemp("second"), free_port()
    with (
        database("postgresql", str(folder)) as url,
        served(folder, port, ["load_demo", "--port", str(port)], DATABASE_URL=url) as address,
    ):
        yield address, folder


@pytest.fixture
def town_and_folder(town, town_folder) -> tuple[str, Path]:
    return town, town_folder


@pytest.fixture(
    params=[("town_and_folder", True), ("town_and_folder", False), ("town_on_postgresql", False)],
    ids=["with scripts", "without scripts", "on PostgreSQL"],
)
def company(request, browser):
    where, scripts = request.param
    company = Company(browser, *request.getfixturevalue(where), scripts=scripts)
    yield company
    company.leave()


def test_from_signing_up_to_leaving(company: Company):
    newcomer, word = company.newcomer, "with" if company.scripts else "without"
    address, title = f"newcomer-{word}-scripts@rivemont.example", f"A mural {word} words on the swimming hall"
    sign_up(newcomer, company.folder, address)
    take_the_name_of(newcomer, "Noor")
    propose(newcomer, title)
    follow(newcomer, newcomer.get_by_role("link", name="See my proposal"))
    proposal = newcomer.url
    is_supported_and_discussed(company.neighbour, proposal)
    expect(reloaded(newcomer, proposal).get_by_text("Who would paint it?")).to_be_visible()
    replies(newcomer, "The school beside it.")
    is_hidden(company.moderator, proposal)
    company.neighbour.goto(proposal)
    expect(company.neighbour.get_by_role("heading", level=1)).not_to_contain_text("mural")
    answers_the_decision(newcomer)
    is_shown_again(company.moderator, title)
    told = takes_the_data_along(newcomer)
    assert told["account"]["email"] == address
    assert [one["title"] for one in told["proposals"]] == [title]
    assert [one["body"] for one in told["comments"]] == ["The school beside it."]
    assert [(one["kind"], one["reason"], one["answer"]) for one in told["decisions"]] == [("hide", REASON, ANSWER)]
    assert told["files"] == 1
    leaves(newcomer)
    stays_without_a_name(company.neighbour, proposal, title)
    # The page that was not there while a moderator hid it, in the browser's own words.
    assert [one for one in company.said if not one.startswith(f"{proposal} ")] == []


def reloaded(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def take_the_name_of(page: Page, name: str) -> None:
    follow(page, page.get_by_role("link", name="Your profile"))
    page.get_by_label("Name that others see").fill(name)
    press(page, "Keep")
    expect(page.get_by_role("status")).to_contain_text("Your profile is kept.")


def is_supported_and_discussed(page: Page, proposal: str) -> None:
    sign_in_as(page, "auditor")
    page.goto(proposal)
    expect(page.get_by_text("Noor", exact=True)).to_be_visible()
    follow(page, page.get_by_role("link", name="Support this proposal"))
    follow(page, page.get_by_role("button", name="Support this proposal"))
    follow(page, page.get_by_role("link", name="Back to the proposal"))
    follow(page, page.get_by_role("link", name="Write a comment"))
    says(page, "Who would paint it?")


def says(page: Page, words: str) -> None:
    page.wait_for_timeout(AS_PEOPLE_TYPE)
    page.get_by_label("Your comment").fill(words)
    follow(page, page.get_by_role("button", name="Publish my comment"))
    expect(page.get_by_text(words)).to_be_visible()


def replies(page: Page, words: str) -> None:
    follow(page, page.get_by_role("link", name=re.compile("Reply.*Auditor")))
    says(page, words)


def is_hidden(page: Page, proposal: str) -> None:
    sign_in_as(page, "moderator")
    page.goto(proposal)
    follow(page, page.get_by_role("link", name="Moderate", exact=True))
    page.get_by_label("Decision").select_option("hide")
    page.get_by_label("Reason in your own words").fill(REASON)
    follow(page, page.get_by_role("button", name="Decide"))
    page.goto(proposal)
    expect(page.get_by_text(f"Reason: {REASON}")).to_be_visible()


def answers_the_decision(page: Page) -> None:
    """The worker tells within half a minute."""
    opening = page.get_by_role("button", name=re.compile("Open.*A moderator has hidden what you wrote"))
    for _ in range(90):
        if opening.count():
            break
        page.wait_for_timeout(500)
        page.goto("/en/inbox/")
    follow(page, opening)
    expect(page.get_by_text(REASON)).to_be_visible()
    page.get_by_label("Your answer").fill(ANSWER)
    follow(page, page.get_by_role("button", name="Send my answer"))
    expect(page.get_by_role("heading", name="Your answer")).to_be_visible()


def is_shown_again(page: Page, title: str) -> None:
    """In the workspace, beside the answer."""
    page.goto("/cms/moderation/decisions/?show=answered")
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text(ANSWER)
    follow(page, row.get_by_role("button", name="Take back"))
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text("Taken back")


def takes_the_data_along(page: Page) -> dict:
    page.goto("/en/profile/")
    press(page, "Put my data together")
    link = page.get_by_role("link", name=re.compile("Download your data"))
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.goto("/en/profile/")
    with page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        files = [name for name in archive.namelist() if name.endswith(".jpg")]
        return json.loads(archive.read("data.json")) | {"files": len(files)}


def leaves(page: Page) -> None:
    page.goto("/en/profile/")
    follow(page, page.get_by_role("link", name="Delete my account"))
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    page.get_by_label("I want to delete my account").check()
    press(page, "Delete my account for good")
    expect(page.get_by_role("heading", level=1)).to_have_text("The account is deleted")


def stays_without_a_name(page: Page, proposal: str, title: str) -> None:
    page.goto(proposal)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Noor")).to_have_count(0)
    expect(page.get_by_label("Facts").get_by_text("deleted account")).to_be_visible()
    expect(page.get_by_text("You support this proposal.")).to_be_visible()
    follow(page, page.get_by_role("link", name=re.compile("The discussion")))
    expect(page.get_by_label("Comment of deleted account")).to_contain_text("The school beside it.")
