"""From a frozen box to a published bundle that the recount script confirms, web and paper together."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participation import recount
from participation.actions.box_acts import ask_for, confirm
from participation.actions.box_closing import (
    closing_steps,
    count_box,
    publish_box,
    publish_when_due,
    reconcile,
    seal_box,
)
from participation.actions.box_opening import draw, give_key_up
from participation.ballot_box import audit, keys, sealing
from participation.ballot_box.casting import cast
from participation.ballot_box.latch import latch_closed
from participation.choices import ActKind, BoxState, Channel, DecisionKind, Proof, TieOrder
from participation.exports.publishing import bundle_folder, confirm_by_recount
from participation.models import (
    Ballot,
    BallotBox,
    CountedBallot,
    Decision,
    DecisionText,
    KeyedPaper,
    PaperBatch,
    PublishedReceipt,
    ResultLine,
    RollEntry,
    Station,
)
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import locale, make_district, make_person
from tests.factories.votes import choice, end_vote, make_open_box, make_voter

CHOICES = [(1, 2), (1, 3), (2, 3), (1, 2, 3), (4,)]


def vote(box, number: int, place: int = 0):
    return cast(box=box, voter=make_voter(box), ballot=choice(*CHOICES[place % 5]), replaces=b"")


def papers(box, count: int, place: str = "Town hall", pack: int = 1) -> None:
    station = Station.objects.create(budget=box.budget, name=place, address="Square 1", hours="9 to 5")
    batch = PaperBatch.objects.create(box=box, station=station, number=pack, papers=count, signed_at=timezone.now())
    for number in range(count):
        make_voter(box, paper=True, proof=Proof.OFFICER)
        for second in (False, True):
            KeyedPaper.objects.create(batch=batch, is_second=second, number=number, content='{"all":{"projects":[4]}}')
    box.paper_counts.create(station=station, marks=count)


def published(box):
    at = timezone.now()
    assert latch_closed(end_vote(box))
    reconcile(box=box, at=at)
    seal_box(box=box, at=at)
    box.refresh_from_db()
    if box.tie_order == TieOrder.LOT:
        draw(box=box, at=at, value="13 27 4")
    count_box(box=box, at=at)
    publish_box(box=box, at=at)
    box.refresh_from_db()
    return bundle_folder(box)


@pytest.mark.parametrize("tie_order", [TieOrder.RECORDED, TieOrder.LOT])
def test_a_whole_vote_is_published_and_recounted(db, tie_order):
    box = make_open_box(tie_order=tie_order, lot_source="The draw of Saturday")
    receipts = [vote(box, n, n).receipt for n in range(30)]
    papers(box, 20)
    folder = published(box)

    done = subprocess.run([sys.executable, recount.__file__, str(folder)], check=False, capture_output=True, text=True)
    line = json.loads(done.stdout)
    assert (done.returncode, line["error"]) == (0, None)
    assert set(line["checks"].values()) == {"ok"}
    funded = ResultLine.objects.filter(funded=True).order_by("project__public_number")
    assert line["winners"] == {"all": list(funded.values_list("project__public_number", flat=True))}
    if tie_order == TieOrder.RECORDED:
        assert line["winners"] == {"all": [1, 2, 4]}
    assert (folder / "receipts.txt").read_text().split() == sorted(receipt.hex() for receipt in receipts)
    assert CountedBallot.objects.filter(channel=Channel.PAPER).count() == 20
    assert box.state == BoxState.PUBLISHED
    assert audit.is_whole(box.audit_events.order_by("seq"))


def test_small_packs_are_joined_until_they_hold_twenty_papers(db):
    box = make_open_box()
    for n in range(20):
        vote(box, n, n)
    for pack, (place, count) in enumerate([("Town hall", 30), ("School", 4), ("Library", 22)], start=1):
        papers(box, count, place, pack)
    assert (published(box) / "batches.csv").read_text().splitlines()[1:] == [
        "1,Town hall,30,all,4,30",
        "2+3,Library + School,26,all,4,26",
    ]


def test_packs_that_are_small_together_are_told_as_one(db):
    box = make_open_box()
    for n in range(20):
        vote(box, n, n)
    for pack in range(1, 6):
        papers(box, 4, f"Hall {pack}", pack)
    stations = " + ".join(f"Hall {pack}" for pack in range(1, 6))
    assert (published(box) / "batches.csv").read_text().splitlines()[1:] == [f"1+2+3+4+5,{stations},20,all,4,20"]


def test_a_lost_key_is_given_up_by_two_and_the_ballots_are_counted_as_unproven(db, client):
    box = make_open_box()
    for n in range(25):
        vote(box, n, n)
    both = make_voter(box)
    cast(box=box, voter=both, ballot=choice(4), replaces=b"")
    RollEntry.objects.filter(pk=both.value).update(paper=True)
    papers(box, 20)
    box.paper_counts.update(marks=20)
    assert latch_closed(end_vote(box))
    box.refresh_from_db()
    at = timezone.now()

    def refused(**fields) -> Refusal:
        BallotBox.objects.filter(pk=box.pk).update(**fields)
        with pytest.raises(ActionRefused) as refusal:
            give_key_up(box=box, at=at)
        return refusal.value.refusal

    assert refused() is Refusal.KEY_AT_HAND
    keys.destroy_box_key(box.uuid)
    assert refused(state=BoxState.FROZEN) is Refusal.WRONG_STATE
    BallotBox.objects.filter(pk=box.pk).update(state=BoxState.CLOSED)
    with pytest.raises(keys.KeyUnusable):
        sealing.prepare(box, at)
    act = ask_for(actor=make_person(), box=box, kind=ActKind.KEY_LOST, at=at)
    confirm(actor=make_person(), act=act, at=at)
    assert refused() is Refusal.DONE_ALREADY

    box.refresh_from_db()
    reconcile(box=box, at=at)
    seal_box(box=box, at=at)
    count_box(box=box, at=at)
    publish_box(box=box, at=at)
    sealed = audit.act(box, "sealed")["details"]
    assert (sealed["receipts"], sealed["set_aside"], sealed["participants"]) == (26, 0, 47)
    assert sealed["proofs"] == {"none": 47}
    assert [group["participants"] for group in sealed["districts"]] == [47]
    assert RollEntry.objects.filter(took_part=True).count() == 21
    assert RollEntry.objects.filter(took_part=None).count() == 25
    for page in (
        client.get(f"/en/budgets/{box.budget.slug}/result/all/").content.decode(),
        (bundle_folder(box) / "minutes.html").read_text(),
    ):
        assert "Participation is unproven" in page
    assert CountedBallot.objects.count() == 46


@pytest.mark.parametrize(("unexplained", "said"), [(2, "cannot have changed"), (60, "could have changed")])
def test_a_result_says_whether_unexplained_papers_could_have_changed_it(db, client, unexplained, said):
    box = make_open_box(costs=(400, 300, 300, 900))
    for _voter in range(30):
        cast(box=box, voter=make_voter(box), ballot=choice(1, 2, 3), replaces=b"")
    papers(box, 20)
    box.paper_counts.update(marks=20 + unexplained, stays_unexplained=True)
    folder = published(box)
    assert audit.act(box, "reconciled")["details"]["unexplained"] == unexplained
    for page in (
        client.get(f"/en/budgets/{box.budget.slug}/result/all/").content.decode(),
        (folder / "minutes.html").read_text(),
    ):
        assert f"{unexplained} papers more or fewer" in page
        assert f"{said} who won here" in page


def test_the_minutes_name_roll_turnout_stations_and_tallies(db):
    box = make_open_box()
    for n in range(20):
        vote(box, n, n)
    papers(box, 20)
    page = (published(box) / "minutes.html").read_text()
    for words in ("People on the roll", "<td>40</td>", "Personal code", "On paper", "Valid papers", "Rules fixed"):
        assert words in page, words
    assert "Lot drawn" not in page


def test_nothing_is_left_that_joins_people_and_ballots(db):
    box = make_open_box()
    for n in range(25):
        vote(box, n, n)
    make_voter(box)
    published(box)

    assert not Ballot.objects.exists()
    assert not keys.box_file(box.uuid).exists()
    assert RollEntry.objects.filter(took_part=True).count() == 25
    assert RollEntry.objects.filter(took_part=False).count() == 1
    assert PublishedReceipt.objects.filter(box=box).count() == 25


def test_ballots_of_paper_voters_and_barred_entries_are_set_aside(db):
    box = make_open_box()
    for n in range(20):
        vote(box, n, 1)
    on_paper, barred = make_voter(box), make_voter(box)
    for voter in (on_paper, barred):
        cast(box=box, voter=voter, ballot=choice(4), replaces=b"")
    RollEntry.objects.filter(pk=on_paper.value).update(paper=True)
    RollEntry.objects.filter(pk=barred.value).update(barred="moved away")
    end_vote(box)
    reconcile(box=box, at=timezone.now())
    seal_box(box=box, at=timezone.now())

    sealed = json.loads(box.audit_events.get(body__contains='"sealed"').body)["details"]
    assert sealed["set_aside"] == 2
    assert sealed["receipts"] == 20
    assert sealed["participants"] == 21
    assert CountedBallot.objects.count() == 20


@pytest.mark.parametrize(
    "change",
    [
        {"content": '{"all":{"projects":[4]}}'},
        {"voter_key": b"k" * 32},
    ],
)
def test_sealing_stops_where_something_was_changed(db, change):
    box = make_open_box()
    for n in range(3):
        vote(box, n, 0)
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(**change)
    end_vote(box)
    reconcile(box=box, at=timezone.now())

    with pytest.raises(sealing.SealingStopped):
        seal_box(box=box, at=timezone.now())
    box.refresh_from_db()
    assert box.state == BoxState.RECONCILED
    assert Ballot.objects.count() == 3
    assert not CountedBallot.objects.exists()


def test_sealing_goes_on_after_an_interruption_and_never_twice(db, monkeypatch):
    box = make_open_box()
    for n in range(21):
        vote(box, n, n)
    end_vote(box)
    reconcile(box=box, at=timezone.now())
    with monkeypatch.context() as broken:
        broken.setattr(sealing, "rewrite_ballots", lambda box: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seal_box(box=box, at=timezone.now())
    box.refresh_from_db()
    assert closing_steps(box) == "seal"

    seal_box(box=box, at=timezone.now())
    assert CountedBallot.objects.count() == 21
    assert box.audit_events.filter(body__contains='"sealed"').count() == 1


def test_an_envelope_of_few_ballots_is_not_published_ballot_by_ballot(db):
    box = make_open_box()
    for n in range(5):
        vote(box, n, n)
    folder = published(box)

    assert not (folder / "all.pb").exists()
    result = json.loads((folder / "result.json").read_text())["envelopes"]["all"]
    assert (result["ballots"], result["recountable"]) == (5, False)


def counted(box):
    at = timezone.now()
    latch_closed(end_vote(box))
    for step in (reconcile, seal_box, count_box):
        step(box=box, at=at)


def test_a_result_waits_for_its_hour(db):
    box = make_open_box()
    for n in range(20):
        vote(box, n, n)
    counted(box)
    now = timezone.now()
    hour = now + timedelta(hours=2)
    publish_box(box=box, at=now, hour=hour.isoformat())
    page = f"/en/budgets/{box.budget.slug}/result/all/"
    publish_when_due(hour - timedelta(seconds=1))
    assert Client().get(page).status_code == 404
    assert "will be published on" in Client().get(f"/en/budgets/{box.budget.slug}/vote/").content.decode()
    assert not bundle_folder(box).exists()
    publish_when_due(hour)
    assert Client().get(page).status_code == 200
    publish_when_due(hour + timedelta(seconds=30))
    assert box.audit_events.filter(body__contains='"published"').count() == 1


def said_by(page: str) -> str:
    return Client().get(page).content.decode().replace("\xa0", " ")


def test_a_decision_is_counted_with_its_reason_only(db):
    box = make_open_box()
    for n in range(25):
        vote(box, n, n)
    project = box.envelopes.get().projects.get(public_number=1)
    decision = Decision.objects.create(project=project, kind=DecisionKind.WITHDRAWN, decided_on=date(2030, 1, 1))
    with pytest.raises(ActionRefused) as refused:
        counted(box)
    assert refused.value.refusal == Refusal.DECISION_WITHOUT_REASON
    DecisionText.objects.create(identity=decision, locale=locale(), reason="The owner of the land said no.")
    count_box(box=box, at=timezone.now())
    publish_box(box=box, at=timezone.now())
    line = ResultLine.objects.get(project=project)
    assert not line.funded
    assert "The owner of the land said no." in said_by(f"/en/budgets/{box.budget.slug}/result/all/")
    confirm_by_recount(bundle_folder(box))


def test_the_result_says_who_took_part_in_groups(db):
    box = make_open_box()
    large, small, other = (make_district(name) for name in ("Large", "Small", "Other"))
    places = [large] * 30 + [other] * 25 + [small] * 3
    for n, district in enumerate(places):
        cast(box=box, voter=make_voter(box, district=district), ballot=choice(*CHOICES[n % 5]), replaces=b"")
    for _ in range(10):
        make_voter(box, district=small)
    published(box)
    page = said_by(f"/en/budgets/{box.budget.slug}/result/all/")
    assert "58 people took part, of 68 on the roll" in page
    assert "Other, Small" in page
    assert '<th scope="row">Small</th>' not in page
    assert "Personal code" in page
