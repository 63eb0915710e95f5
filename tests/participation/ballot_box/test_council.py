"""What the council decides about a published result, and the money that it adds."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from participation.actions.box_closing import count_box, publish_box, reconcile, record_council, seal_box
from participation.ballot_box.casting import cast
from participation.ballot_box.latch import latch_closed
from participation.exports.publishing import bundle_folder, confirm_by_recount
from participation.models import BallotBox, ResultLine
from participation.refusals import ActionRefused, Refusal
from site_config.anonymous_reads import shelf
from tests.factories.votes import choice, end_vote, make_open_box, make_voter
from tests.participation.ballot_box.test_bundle import edit_act, make_hashes_fit, recounted


@pytest.fixture
def box(db) -> BallotBox:
    """Counted: 1 and 2 are funded for 400 and 300 of 1,000, 3 did not fit by 100, 4 took the last 100 but for 200."""
    box = make_open_box(council_on=date(2030, 6, 5), costs=(400, 300, 400, 900))
    for _ in range(20):
        cast(box=box, voter=make_voter(box), ballot=choice(1, 2), replaces=b"")
    at = timezone.now()
    latch_closed(end_vote(box))
    reconcile(box=box, at=at)
    seal_box(box=box, at=at)
    return count_box(box=box, at=at)


@pytest.fixture
def published(box) -> BallotBox:
    return publish_box(box=box, at=timezone.now())


def decide(box: BallotBox, added: dict[str, int] | None = None) -> BallotBox:
    return record_council(box=box, at=timezone.now(), on="2030-06-05", words="As voted, and a bench more.", added=added)


def refusal(work) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        work()
    return refused.value.refusal


def page_of(box: BallotBox, path: str = "result/all/") -> str:
    shelf.clear()
    return Client().get(f"/en/budgets/{box.budget.slug}/{path}").content.decode().replace("\xa0", " ")


def test_it_decides_once_and_after_publication(box):
    assert refusal(lambda: decide(box)) is Refusal.WRONG_STATE
    publish_box(box=box, at=timezone.now())
    assert "Subject to the decision of the council of June 5, 2030" in page_of(box)
    decide(box)
    assert "The council decided on June 5, 2030: As voted, and a bench more." in page_of(box)
    assert "Added by the council" not in page_of(box)
    confirm_by_recount(bundle_folder(box))
    assert "a bench more" in (bundle_folder(box) / "minutes.html").read_text()
    assert refusal(lambda: decide(box)) is Refusal.DONE_ALREADY


def test_money_that_it_adds_stands_in_the_result_and_in_the_bundle(published):
    decide(published, {"3": 100})
    assert ResultLine.objects.get(project__public_number=3).added_minor == 100
    page = page_of(published)
    assert "Added by the council" in page
    assert "The council adds €1, so that it is built." in page
    assert "Funded" in page_of(published, "projects/3/")
    confirm_by_recount(bundle_folder(published))
    assert recounted(bundle_folder(published))["checks"]["council"] == "ok"
    assert "Added by the council" in (bundle_folder(published) / "minutes.html").read_text()
    rows = csv.DictReader(b"".join(Client().get(page_file(published, "csv"))).decode().splitlines())
    assert {row["project"]: row["added"] for row in rows} == {"1": "", "2": "", "3": "1", "4": ""}
    lines = json.loads(Client().get(page_file(published, "json")).content)["lines"]
    assert {line["project"]: line["added_minor"] for line in lines} == {1: None, 2: None, 3: 100, 4: None}


def page_file(box: BallotBox, ending: str) -> str:
    return f"/en/budgets/{box.budget.slug}/result/all/result.{ending}"


def test_the_api_tells_it_too(published):
    envelope = published.envelopes.get()
    address = f"/api/v1/results/{envelope.uuid}/"
    assert Client().get(address).json()["council"] == {"due_on": "2030-06-05", "decided_on": None, "words": ""}
    decide(published, {"3": 100})
    shelf.clear()
    told = Client().get(address).json()
    assert told["council"] == {
        "due_on": "2030-06-05",
        "decided_on": "2030-06-05",
        "words": "As voted, and a bench more.",
    }
    added = {line["project"]: line["added"] for line in told["lines"]}
    assert (added[1], added[3]) == (None, {"amount_minor": 100, "currency": "EUR"})
    project = Client().get(f"/api/v1/projects/{envelope.projects.get(public_number=3).uuid}/").json()
    assert project["outcome"] == {
        "funded": False,
        "added": {"amount_minor": 100, "currency": "EUR"},
        "reason": "did_not_fit",
    }


@pytest.mark.parametrize(
    "added",
    [{"3": 99}, {"3": -1}, {"3": 401}, {"1": 1}, {"9": 1}, {"3": 100, "4": 899}],
    ids=["too little", "negative", "above its cost", "a winner", "of nothing", "together too little"],
)
def test_money_that_does_not_fit_is_refused_and_changes_nothing(published, added):
    assert refusal(lambda: decide(published, added)) is Refusal.ADDED_MONEY_UNFIT
    published.refresh_from_db()
    assert published.council_decided_on is None
    assert not ResultLine.objects.exclude(added_minor=None).exists()


@pytest.mark.parametrize("added", [{"3": 100, "4": 900}, {"3": 400}], ids=["both", "all of its cost"])
def test_money_that_suffices_is_taken(published, added):
    decide(published, added)
    confirm_by_recount(bundle_folder(published))


FORGERIES = {
    "too little": {"added": {"3": 1}},
    "a winner": {"added": {"1": 100}},
    "above its cost": {"added": {"3": 1_000}},
    "no project": {"added": {"99": 5}},
    "negative": {"added": {"3": -100}},
    "no number": {"added": {"3": "100"}},
    "no day": {"on": "soon"},
}


@pytest.mark.parametrize("name", FORGERIES)
def test_another_statement_of_it_is_found(published, name):
    decide(published, {"3": 100})
    folder: Path = bundle_folder(published)
    edit_act(folder, "confirmed", **FORGERIES[name])
    make_hashes_fit(folder)
    said = recounted(folder)
    assert said["checks"]["council"] != "ok"
    assert said["error"].startswith("council: ")
