"""A budget's whole vote before a browser: from the import of the roll to the published result that anybody recounts,
web and paper together, by the people who do it."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from participation import recount
from tests.browser.axe import follow
from tests.browser.conftest import free_port, served
from tests.browser.test_proposals import sign_in
from tests.load.towns import ROOT

WATCHED, ONLINE, ON_PAPER, AT_HOME = 4, 20, 3, 3
HALL = """
from datetime import timedelta
from django.utils import timezone
from participation.choices import PhaseKind
from participation.models import Person
from tests.factories.votes import give_pass, make_draft_box

box = make_draft_box(costs=(40000, 30000, 30000, 10000))
box.budget.__class__.objects.filter(pk=box.budget.pk).update(slug="schoolyards")
box.envelopes.update(amount_minor=100000)
now = timezone.now()
ahead = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=9)}
box.budget.phases.filter(kind=PhaseKind.VOTING).update(**ahead)
give_pass(Person.objects.get(email="officer@rivemont.example"), box.budget)
"""
# The clock of the database cannot be moved, so the vote is.
BEGUN = """
from datetime import timedelta
from participation.models import BallotBox
box = BallotBox.objects.get(budget__slug="schoolyards")
BallotBox.objects.filter(pk=box.pk).update(opens_at=box.opens_at - timedelta(days=2))
"""
# Those whom nobody watches: each by a code of their own.
OTHERS = """
from participation.ballot_box.casting import cast
from participation.ballot_box.roll import enter_by_code
from participation.models import BallotBox
from tests.factories.votes import choice
box = BallotBox.objects.get(budget__slug="schoolyards")
for code in {codes}:
    cast(box=box, voter=enter_by_code([box], code), ballot=choice(1, 2), replaces=b"")
"""
OVER = """
from participation.models import BallotBox, PaperBatch, PaperCount, Station
from tests.factories.votes import end_vote
box = end_vote(BallotBox.objects.get(budget__slug="schoolyards"))
PaperBatch.objects.create(box=box, station=Station.objects.get(budget=box.budget), number=1, papers={papers})
"""


class Hall:
    """A served demo town with a vote in preparation, and the folder where `manage.py` works on the same data."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder

    def manage(self, *words: str) -> str:
        own = {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "site_config.settings.demo"}
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.run(command, env=kept | own, check=True, capture_output=True, text=True).stdout

    def happens(self, code: str) -> None:
        self.manage("shell", "-v0", "-c", code)


@pytest.fixture
def hall(browser: Browser, tmp_path: Path) -> Iterator[Hall]:
    port = free_port()
    filling = (["load_demo", "--port", str(port)], ["shell", "-v0", "-c", HALL])
    with served(tmp_path, port, *filling) as address:
        yield Hall(address, tmp_path)


@contextmanager
def somebody(browser: Browser, hall: Hall, name: str = "", **more) -> Iterator[Page]:
    context = browser.new_context(base_url=hall.address, **more)
    page = context.new_page()
    if name:
        sign_in(page, name)
    yield page
    context.close()


def test_from_the_roll_to_the_recounted_result(browser: Browser, hall: Hall):
    with (
        somebody(browser, hall, "manager") as manager,
        somebody(browser, hall, "administrator") as administrator,
        somebody(browser, hall, "officer") as officer,
        somebody(browser, hall, viewport={"width": 390, "height": 800}) as voter,
        somebody(browser, hall, java_script_enabled=False) as reader,
    ):
        codes = roll_and_letters(hall)
        two_people(manager, administrator, "Fix the rules")
        hall.happens(BEGUN)
        receipts = [casts(voter, code, number) for number, code in enumerate(codes[:WATCHED])]
        hall.happens(OTHERS.replace("{codes}", str(codes[WATCHED:ONLINE])))
        for number in range(ONLINE, ONLINE + ON_PAPER):
            puts_paper_into_the_urn(officer, f"R{number}")
        is_told_that_paper_wins(voter, codes[ONLINE])
        hall.happens(OVER.replace("{papers}", str(ON_PAPER)))
        one_person(manager, "Close, if the time is over")
        for reader_of_papers, reading in ((officer, "First reading"), (manager, "Second reading")):
            keys_papers(reader_of_papers, reading)
        signs_batch(officer)
        one_person(manager, "End the entry of papers")
        two_people(administrator, manager, "Seal the box")
        one_person(manager, "Count")
        expect(manager.get_by_role("heading", name="Result", exact=True)).to_be_visible()
        reader.goto("/en/budgets/schoolyards/result/")
        expect(reader.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
        two_people(manager, administrator, "Publish the result")
        is_published(reader, receipts)
        recounts(reader, hall.folder)


def roll_and_letters(hall: Hall) -> list[str]:
    """The codes of all who are on the roll, as they are printed."""
    people = range(ONLINE + ON_PAPER + AT_HOME)
    roll, register, letters = (hall.folder / name for name in ("roll.csv", "register.csv", "letters.html"))
    roll.write_text("register_id\n" + "".join(f"R{number}\n" for number in people))
    register.write_text(
        "register_id,name,address\n" + "".join(f"R{number},Person {number},Street {number}\n" for number in people)
    )
    assert f"town: {len(people)} entries" in hall.manage("import_roll", "schoolyards", str(roll))
    hall.manage("print_letters", "schoolyards", str(register), "--out", str(letters))
    codes = re.findall(r'class="letter-code">([^<]+)<', letters.read_text())
    assert len(codes) == len(people)
    return codes


def goes_to_vote(page: Page) -> None:
    page.goto("/cms/votes/")
    follow(page, page.locator("main tr, main li", has_text="A greener town").get_by_role("link").first)


def two_people(first: Page, second: Page, act: str) -> None:
    """The first asks, the second confirms."""
    goes_to_vote(first)
    form = first.locator("section", has=first.get_by_role("heading", name=act, exact=True))
    follow(first, form.get_by_role("button", name="Ask a second person"))
    expect(first.get_by_text("Now a second person must confirm it.")).to_be_visible()
    expect(first.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    goes_to_vote(second)
    follow(second, second.get_by_role("button", name="Confirm", exact=True))
    expect(second.get_by_text("Done.", exact=True)).to_be_visible()


def one_person(page: Page, step: str) -> None:
    goes_to_vote(page)
    follow(page, page.get_by_role("button", name=step, exact=True))
    expect(page.get_by_text("Done.", exact=True)).to_be_visible()


def enters(page: Page, code: str) -> None:
    page.goto("/en/budgets/schoolyards/vote/code/")
    page.get_by_label("Your personal code").fill(code)
    follow(page, page.get_by_role("button", name="Go on"))


def leaves(page: Page) -> None:
    page.goto("/en/budgets/schoolyards/vote/")
    follow(page, page.get_by_role("button", name="Leave, for the next person here"))


def casts(page: Page, code: str, number: int) -> str:
    """The receipt. Everybody wants project 1, every other one project 2 too."""
    enters(page, code)
    follow(page, page.get_by_role("link", name="Fill in the ballot"))
    for project in (1, 2)[: 1 + number % 2]:
        page.locator(f'input[type=checkbox][value="{project}"]').check()
    follow(page, page.get_by_role("button", name="Look at my ballot"))
    follow(page, page.get_by_role("button", name="Cast my vote"))
    receipt = page.locator("code.receipt").inner_text()
    leaves(page)
    return receipt


def puts_paper_into_the_urn(officer: Page, register_id: str) -> None:
    officer.goto(f"/cms/votes/desk/?register_id={register_id}")
    follow(officer, officer.get_by_role("button", name="The paper is in the urn"))


def is_told_that_paper_wins(page: Page, code: str) -> None:
    enters(page, code)
    expect(page.get_by_role("link", name="Fill in the ballot")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("paper")
    leaves(page)


def keys_papers(page: Page, reading: str) -> None:
    page.goto("/cms/votes/papers/")
    follow(page, page.locator("td.title a").first)
    follow(page, page.get_by_role("link", name=reading))
    for _ in range(ON_PAPER):
        page.get_by_label("Project numbers").fill("1 4")
        follow(page, page.get_by_role("button", name="Next paper"))
    expect(page.get_by_text("All papers of this batch are keyed.")).to_be_visible()


def signs_batch(page: Page) -> None:
    follow(page, page.get_by_role("link", name="To the batch"))
    follow(page, page.get_by_role("button", name="Sign the batch"))


def is_published(page: Page, receipts: list[str]) -> None:
    page.goto("/en/budgets/schoolyards/result/")
    expect(page.locator(".lead").first).to_contain_text("23 ballots")
    expect(page.locator("main")).to_contain_text("23 people took part, of 26 on the roll")
    receipt = receipts[1]
    page.goto("/en/budgets/schoolyards/vote/receipts/town/")
    page.get_by_role("textbox", name="First two characters").fill(receipt[:2])
    follow(page, page.get_by_role("button", name="Show"))
    expect(page.get_by_text(receipt)).to_be_visible()


def recounts(page: Page, folder: Path) -> None:
    """With the script that the site itself offers, alone in a folder."""
    page.goto("/en/budgets/schoolyards/result/")
    bundle = page.get_by_role("link", name=re.compile("Everything that was published"))
    for link, name in (
        (bundle, "bundle.zip"),
        (page.get_by_role("link", name="The recount script (recount.py)"), "recount.py"),
    ):
        with page.expect_download() as download:
            link.click()
        download.value.save_as(folder / "check" / name)
    zipfile.ZipFile(folder / "check" / "bundle.zip").extractall(folder / "check")
    command = [sys.executable, "-I", "recount.py", "schoolyards-town"]
    done = subprocess.run(command, check=False, cwd=folder / "check", capture_output=True, text=True)
    said = done.stdout
    assert done.returncode == 0, said
    assert set(re.findall(r'"(\w+)": "ok"', said)) == set(recount.CHECKS)
    assert '"winners": {"all": [1, 2, 4]}' in said
