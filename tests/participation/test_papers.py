"""Papers from the desk to the count: marked, keyed twice by two people, signed, reconciled."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from participation.actions.box_closing import reconcile
from participation.actions.declarations import declare
from participation.actions.papers import mark_voted_on_paper
from participation.ballot_box import audit
from participation.ballot_box.casting import cast
from participation.choices import BoxState, Proof, Role, RollKind, VoteType
from participation.models import ActivityEntry, KeyedPaper, PaperBatch, Person, RoleAssignment, RollEntry, Station
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, give_pass, make_open_box, make_voter

PAPERS = 3


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    settings.STAFF_MFA_REQUIRED = False


def client_of(role: Role) -> Client:
    person, client = make_person(is_staff=True), Client()
    RoleAssignment.objects.create(person=person, role=role)
    client.force_login(person)
    return client


@pytest.fixture
def officers(db) -> tuple[Client, Client]:
    return client_of(Role.OFFICER), client_of(Role.OFFICER)


def closed_box(**fields):
    box = end_vote(make_open_box(**fields))
    type(box).objects.filter(pk=box.pk).update(state=BoxState.CLOSED)
    box.refresh_from_db()
    return box


def a_batch(box, papers: int = PAPERS) -> PaperBatch:
    station = Station.objects.create(budget=box.budget, name="Town hall", address="Square 1", hours="9 to 5")
    box.paper_counts.create(station=station, marks=papers)
    return PaperBatch.objects.create(box=box, station=station, number=1, papers=papers)


def key(client: Client, batch, reading: str, typed: str, paper: str = "") -> str:
    address = reverse("vote_keying", args=[batch.pk, reading]) + paper
    return client.post(address, {"typed": typed}, follow=True).content.decode()


def sign(client: Client, batch) -> str:
    return client.post(reverse("vote_batch", args=[batch.pk]), follow=True).content.decode()


def test_an_officer_sees_a_batch_and_does_not_change_what_it_is(officers):
    batch = a_batch(closed_box())
    form = {"box": batch.box_id, "station": batch.station_id, "number": 1, "papers": 99}
    assert officers[0].get("/cms/paperbatch/").status_code == 200
    assert officers[0].get(f"/cms/paperbatch/inspect/{batch.pk}/").status_code == 200
    answer = officers[0].post(f"/cms/paperbatch/edit/{batch.pk}/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")
    batch.refresh_from_db()
    assert batch.papers == PAPERS


def test_two_officers_key_settle_and_sign(officers):
    first, second = officers
    box = closed_box()
    batch = a_batch(box)
    for typed in ("1 4", "2", "3, 4"):
        key(first, batch, "first", typed)
    assert str(Refusal.KEYED_BY_ANOTHER.label) in key(first, batch, "second", "1 4")
    assert str(Refusal.KEYED_BY_ANOTHER.label) in key(second, batch, "first", "1 4")
    for typed in ("4 1", "3", "4 3"):
        key(second, batch, "second", typed)
    assert str(Refusal.KEYINGS_DIFFER.label) in sign(first, batch)
    page = first.get(reverse("vote_batch", args=[batch.pk])).content.decode()
    assert page.count("?paper=2") == 2
    assert "?paper=1" not in page
    key(second, batch, "second", "2", "?paper=2")
    with pytest.raises(ActionRefused) as unsigned:
        reconcile(box=box, at=timezone.now())
    assert unsigned.value.refusal is Refusal.BATCHES_UNSIGNED
    sign(first, batch)
    batch.refresh_from_db()
    assert batch.signed_at
    assert str(Refusal.BATCH_SIGNED.label) in key(first, batch, "first", "1", "?paper=1")
    assert reconcile(box=box, at=timezone.now()).state == BoxState.RECONCILED


@pytest.mark.parametrize("typed", ["9", "1 1", "1 2 3 4", "x", "1.5", "-1", "1;2"])
def test_a_paper_that_breaks_a_rule_is_not_keyed(officers, typed):
    batch = a_batch(closed_box())
    page = key(officers[0], batch, "first", typed)
    assert "errorlist" in page
    assert not KeyedPaper.objects.exists()


def test_points_are_keyed_beside_their_projects(officers):
    batch = a_batch(closed_box(vote_type=VoteType.CUMULATIVE, limits={"max_sum_points": "5"}))
    key(officers[0], batch, "first", "3:2 1:3")
    assert KeyedPaper.objects.get().content == '{"all":{"points":[3,2],"projects":[1,3]}}'


def test_a_full_batch_takes_no_more(officers):
    batch = a_batch(closed_box(), papers=1)
    key(officers[0], batch, "first", "1")
    assert str(Refusal.BATCH_FULL.label) in key(officers[0], batch, "first", "2")
    assert KeyedPaper.objects.count() == 1


def test_papers_that_are_not_people_stop_the_closing_until_they_are_explained(officers):
    box = closed_box()
    batch = a_batch(box, papers=1)
    box.paper_counts.update(marks=2)
    for client, reading in zip(officers, ("first", "second"), strict=True):
        key(client, batch, reading, "1")
    sign(officers[0], batch)
    with pytest.raises(ActionRefused) as differing:
        reconcile(box=box, at=timezone.now())
    assert differing.value.refusal is Refusal.PAPERS_DIFFER
    box.paper_counts.update(difference_explained="One person left without voting.")
    assert reconcile(box=box, at=timezone.now()).state == BoxState.RECONCILED
    assert audit.act(box, "reconciled")["details"]["unexplained"] == 0


def test_a_difference_that_nobody_can_explain_is_stated(officers):
    box = closed_box()
    station = Station.objects.create(budget=box.budget, name="Town hall", address="Square 1", hours="9 to 5")
    box.paper_counts.create(station=station, marks=2, blank=5, stays_unexplained=True)
    reconcile(box=box, at=timezone.now())
    assert audit.act(box, "reconciled")["details"]["unexplained"] == 3


def test_papers_of_a_station_without_a_count_stop_the_closing(officers):
    box = closed_box()
    batch = a_batch(box, papers=1)
    for client, reading in zip(officers, ("first", "second"), strict=True):
        key(client, batch, reading, "1")
    sign(officers[0], batch)
    box.paper_counts.all().delete()
    with pytest.raises(ActionRefused) as uncounted:
        reconcile(box=box, at=timezone.now())
    assert uncounted.value.refusal is Refusal.PAPERS_DIFFER


def test_the_desk_marks_paper_and_never_says_whether_there_is_a_ballot(officers):
    box = make_open_box()
    with_ballot, without = make_voter(box, register_id="R1"), make_voter(box, register_id="R2", proof=Proof.NONE)
    cast(box=box, voter=with_ballot, ballot=choice(1), replaces=b"")

    def page(number: str) -> str:
        text = officers[0].get(reverse("vote_desk"), {"register_id": number}).content.decode()
        entry = RollEntry.objects.get(register_id=number)
        return text.split("nice-padding")[-1].replace(number, "").replace(f"/{entry.pk}/", "/")

    def without_token(text: str) -> str:
        return "".join(line for line in text.splitlines(keepends=True) if "csrfmiddlewaretoken" not in line)

    give_pass(person_of(officers[0]), box.budget)
    assert "The paper is in the urn" in page("R1")
    assert without_token(page("R1")) == without_token(page("R2"))
    for voter in (with_ballot, without):
        officers[0].post(reverse("vote_desk_mark", args=[voter.value]))
    assert RollEntry.objects.filter(paper=True).count() == 2
    assert RollEntry.objects.get(pk=without.value).proof == Proof.OFFICER
    entry = ActivityEntry.objects.filter(verb="mark_paper").first()
    assert entry.subject == str(box.uuid)
    assert entry.details == {}


def person_of(client: Client) -> Person:
    return Person.objects.get(pk=client.session["_auth_user_id"])


def test_an_officer_marks_within_the_hours_of_a_pass_and_the_station_counts(officers):
    box = make_open_box()
    first, second = make_voter(box), make_voter(box)
    officer, now = person_of(officers[0]), timezone.now()
    own = give_pass(officer, box.budget)

    def mark(voter, at):
        entry = RollEntry.objects.get(pk=voter.value)
        mark_voted_on_paper(actor=officer, entry=entry, at=at)

    for at in (own.valid_from - timedelta(seconds=1), own.valid_until):
        with pytest.raises(ActionRefused) as refused:
            mark(first, at)
        assert refused.value.refusal is Refusal.NO_PASS
    mark(first, own.valid_from)
    mark(second, now)
    mark(second, now)
    assert box.paper_counts.get(station=own.station).marks == 2


def test_who_marks_without_a_pass_says_for_which_station(officers):
    box, other = make_open_box(), make_open_box()
    here, elsewhere = (
        Station.objects.create(budget=one.budget, name="Town hall", address="Square 1", hours="9 to 5")
        for one in (box, other)
    )
    voter, manager = make_voter(box, register_id="R1"), client_of(Role.MANAGER)
    address = reverse("vote_desk_mark", args=[voter.value])
    for wrong in ("", "x", "9" * 40, str(elsewhere.pk)):
        page = manager.post(address, {"station": wrong}, follow=True).content.decode()
        assert str(Refusal.STATION_MISSING.label) in page
    assert not RollEntry.objects.filter(paper=True).exists()
    page = manager.get(reverse("vote_desk"), {"register_id": "R1"}).content.decode()
    assert f'<option value="{here.pk}">' in page
    assert f'<option value="{elsewhere.pk}">' not in page
    for _again in range(2):
        manager.post(address, {"station": here.pk})
    assert box.paper_counts.get(station=here).marks == 1


def test_the_pass_says_the_station_whatever_is_typed(officers):
    box = make_open_box()
    own = give_pass(person_of(officers[0]), box.budget)
    other = Station.objects.create(budget=box.budget, name="School", address="Lane 2", hours="9 to 5")
    voter = make_voter(box, register_id="R1")
    assert "<option" not in officers[0].get(reverse("vote_desk"), {"register_id": "R1"}).content.decode()
    officers[0].post(reverse("vote_desk_mark", args=[voter.value]), {"station": other.pk})
    assert box.paper_counts.get().station == own.station


def test_who_declared_themselves_is_found_by_name_and_date_of_birth(officers):
    box = make_open_box(roll_kind=RollKind.OPEN)
    words = {"born": date(1990, 1, 31), "address": "Mill lane 3", "district": None, "at": timezone.now()}
    declare(budget=box.budget, person=make_person(), name="Ann Müller", **words)
    declare(budget=box.budget, person=make_person(), name="Bea Roth", **words | {"address": "Lake 9"})
    give_pass(person_of(officers[0]), box.budget)

    def page(**typed) -> str:
        return officers[0].get(reverse("vote_desk"), typed).content.decode()

    found = page(name="MULLER  ann", born="1990-01-31")
    entry = RollEntry.objects.get(declaration__name="Ann Müller")
    assert reverse("vote_desk_mark", args=[entry.pk]) in found
    assert "Mill lane 3" in found
    assert "Bea Roth" not in found
    for nobody in ({"name": "Ann Muller", "born": "1990-02-01"}, {"name": "Ann Roth", "born": "1990-01-31"}):
        assert "Nobody like this is on the roll" in page(**nobody)
    for too_little in ({"name": "Ann"}, {"born": "1990-01-31"}, {"name": " ", "born": "1990-01-31"}):
        assert "Give a number of the register, or a name and a date of birth." in page(**too_little)
    officers[0].post(reverse("vote_desk_mark", args=[entry.pk]))
    assert box.paper_counts.get().marks == 1


def test_without_a_pass_nobody_is_found(officers):
    box = make_open_box()
    make_voter(box, register_id="R1")
    page = officers[0].get(reverse("vote_desk"), {"register_id": "R1"}).content.decode()
    assert str(Refusal.NO_PASS.label) in page
    assert "The paper is in the urn" not in page


def test_finding_somebody_costs_the_same_in_three_votes(officers):
    give_pass(person_of(officers[0]), make_open_box().budget)
    box = make_open_box()
    give_pass(person_of(officers[0]), box.budget)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            officers[0].get(reverse("vote_desk"), {"register_id": "R1"})
        return len(asked)

    make_voter(box, register_id="R1")
    one = queries()
    for _more in range(3):
        make_voter(box, register_id="R1", barred="moved")
    assert queries() == one


def test_a_pass_of_another_budget_opens_nothing(officers):
    box, other = make_open_box(), make_open_box()
    officer = person_of(officers[0])
    give_pass(officer, other.budget)
    entry = RollEntry.objects.get(pk=make_voter(box).value)
    with pytest.raises(ActionRefused) as refused:
        mark_voted_on_paper(actor=officer, entry=entry, at=timezone.now())
    assert refused.value.refusal is Refusal.NO_PASS


def test_a_station_prints_covers_and_its_protocol(officers):
    box = closed_box()
    batch = a_batch(box)
    for typed in ("1", "2", "3"):
        key(officers[0], batch, "first", typed)
    count = box.paper_counts.get()
    cover = officers[0].get(reverse("vote_cover", args=[batch.pk])).content.decode()
    assert "Pack 1" in cover
    assert "Town hall" in cover
    protocol = officers[0].get(reverse("vote_protocol", args=[count.pk])).content.decode()
    assert "<td>3</td>" in protocol
    assert "Difference: papers less marks" in protocol
    assert reverse("vote_protocol", args=[count.pk]) in officers[0].get(reverse("vote_papers")).content.decode()


def test_only_a_manager_bars_and_says_why(officers):
    box = make_open_box()
    voter = make_voter(box, register_id="R1")
    address = reverse("vote_desk_mark", args=[voter.value])
    officers[0].post(address, {"bar": "", "reason": "moved away"})
    assert RollEntry.objects.get(pk=voter.value).barred == ""
    manager = client_of(Role.MANAGER)
    manager.post(address, {"bar": "", "reason": " "})
    assert RollEntry.objects.get(pk=voter.value).barred == ""
    manager.post(address, {"bar": "", "reason": "moved away"})
    assert RollEntry.objects.get(pk=voter.value).barred == "moved away"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRANSLATOR, Role.VALUATOR, Role.MODERATOR, Role.AUDITOR])
def test_nobody_else_reaches_desk_and_papers(db, role):
    client, box = client_of(role), make_open_box()
    voter, batch = make_voter(box, register_id="R1"), a_batch(box)
    for address in (reverse("vote_desk"), reverse("vote_papers"), reverse("vote_batch", args=[batch.pk])):
        assert client.get(address).status_code in (302, 403)
    client.post(reverse("vote_desk_mark", args=[voter.value]))
    assert not RollEntry.objects.filter(paper=True).exists()
