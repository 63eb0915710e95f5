"""The staff's screens of a vote: nothing is done by one person alone, and what is refused is said in a sentence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participation.actions.box_closing import publish_box, seal_box
from participation.ballot_box.casting import cast
from participation.choices import ActKind, BoxState, PhaseKind, Role
from participation.models import Ballot, BallotBox, ResultLine, RoleAssignment, TwoPersonAct
from tests.factories.participation import make_person
from tests.factories.votes import choice, end_vote, make_draft_box, make_open_box, make_voter


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.BALLOT_KEY_DIR, settings.BUNDLE_DIR = str(tmp_path / "keys"), str(tmp_path / "bundles")
    settings.STAFF_MFA_REQUIRED = False


def client_of(role: Role | None) -> Client:
    person, client = make_person(is_staff=role is not None), Client()
    if role:
        RoleAssignment.objects.create(person=person, role=role)
    client.force_login(person)
    return client


@pytest.fixture
def first(db) -> Client:
    return client_of(Role.MANAGER)


@pytest.fixture
def second(db) -> Client:
    return client_of(Role.ADMINISTRATOR)


def ask(client: Client, box, kind: ActKind, **words) -> str:
    data = {f"{kind}-{name}": value for name, value in words.items()}
    return client.post(reverse("vote_ask", args=[box.uuid, kind.value]), data, follow=True).content.decode()


def settle(client: Client, box, verb: str = "confirm") -> str:
    act = TwoPersonAct.objects.get(box=box, confirmed_at=None)
    return client.post(reverse("vote_settle", args=[box.uuid, act.pk]), {verb: ""}, follow=True).content.decode()


def step(client: Client, box) -> str:
    return client.post(reverse("vote_step", args=[box.uuid]), follow=True).content.decode()


def test_a_whole_vote_is_led_from_the_workspace_by_two_people(first, second):
    box = make_draft_box()
    now = timezone.now()
    box.budget.phases.filter(kind=PhaseKind.VOTING).update(
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(days=2)
    )
    ask(first, box, ActKind.FREEZE)
    assert "A second person must confirm this." in settle(first, box)
    box.refresh_from_db()
    assert box.state == BoxState.DRAFT
    assert "Done." in settle(second, box)
    type(box).objects.filter(pk=box.pk).update(opens_at=now - timedelta(days=1))
    box.refresh_from_db()
    for number in range(25):
        cast(box=box, voter=make_voter(box), ballot=choice(1 + number % 4), replaces=b"")

    end_vote(box)
    for _ in ("close", "reconcile"):
        assert "Done." in step(first, box)
    ask(second, box, ActKind.SEAL)
    assert "Done." in settle(first, box)
    assert "Done." in step(first, box)
    ask(first, box, ActKind.PUBLISH)
    assert "Done." in settle(second, box)
    box.refresh_from_db()
    assert box.state == BoxState.PUBLISHED
    assert not Ballot.objects.exists()
    assert Client().get(f"/en/budgets/{box.budget.slug}/result/all/").status_code == 200


def test_extending_correcting_annulling(first, second):
    box = make_open_box()
    until = timezone.localtime(box.closes_at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    ask(first, box, ActKind.EXTEND, until=until)
    settle(second, box)
    ask(first, box, ActKind.CORRECT, project=1, text="With benches.")
    settle(second, box)
    page = Client().get(f"/en/budgets/{box.budget.slug}/vote/").content.decode()
    assert "With benches." in page
    ask(first, box, ActKind.ANNUL, reason="Wrong letters.")
    settle(second, box)
    box.refresh_from_db()
    assert box.annulled_at


def test_an_act_is_taken_back(first, second):
    box = make_open_box()
    ask(first, box, ActKind.ANNUL, reason="A mistake.")
    assert "Taken back." in settle(first, box, "withdraw")
    assert not TwoPersonAct.objects.exists()


@pytest.mark.parametrize("kind", [ActKind.SEAL, ActKind.PUBLISH, ActKind.FREEZE, ActKind.DRAW])
def test_what_is_not_possible_now_is_said_and_asks_nobody(first, kind):
    box = make_open_box()
    assert "This is not possible now." in ask(first, box, kind)
    assert not TwoPersonAct.objects.exists()


def test_words_that_are_missing_are_asked_for(first):
    box = make_open_box()
    assert "This field is required." in ask(first, box, ActKind.ANNUL)
    assert not TwoPersonAct.objects.exists()


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in (Role.MANAGER, Role.ADMINISTRATOR))])
def test_nobody_else_reaches_these_screens(db, role):
    box, client = make_open_box(), client_of(role)
    for address in (reverse("votes"), reverse("vote_of_box", args=[box.uuid])):
        assert client.get(address).status_code in (302, 403)
    client.post(reverse("vote_ask", args=[box.uuid, "annul"]), {"annul-reason": "x"})
    client.post(reverse("vote_step", args=[box.uuid]))
    assert not TwoPersonAct.objects.exists()


def test_the_list_costs_the_same_whatever_its_length(first, django_assert_max_num_queries):
    for _ in range(3):
        make_open_box()
    with django_assert_max_num_queries(12):
        first.get(reverse("votes"))


@pytest.fixture
def published(first) -> BallotBox:
    """1 and 2 are funded for 400 and 300 of 1,000; 3 did not fit by 100."""
    box = make_open_box(costs=(400, 300, 400))
    for _ in range(20):
        cast(box=box, voter=make_voter(box), ballot=choice(1, 2), replaces=b"")
    end_vote(box)
    for _ in ("close", "reconcile"):
        step(first, box)
    seal_box(box=box, at=timezone.now())
    step(first, box)
    return publish_box(box=box, at=timezone.now())


def test_the_council_adds_money_by_two_people(first, second, published):
    page = first.get(reverse("vote_of_box", args=[published.uuid])).content.decode()
    assert 'name="confirm-money_3"' in page
    assert 'name="confirm-money_1"' not in page
    ask(first, published, ActKind.CONFIRM, on="2030-06-05", words="With a bench.", money_3="1.00")
    waits = second.get(reverse("vote_of_box", args=[published.uuid])).content.decode().replace("\xa0", " ")
    assert "What was decided: With a bench." in waits
    assert "Money it adds for number 3: €1" in waits
    assert "Done." in settle(second, published)
    assert ResultLine.objects.get(project__public_number=3).added_minor == 100


@pytest.mark.parametrize("money", ["0.99", "4.01", "-1", "owl", "NaN", "1.001", "1e30"])
def test_money_that_does_not_fit_asks_nobody_and_loses_no_word(first, published, money):
    page = ask(first, published, ActKind.CONFIRM, on="2030-06-05", words="With a bench.", money_3=money)
    assert not TwoPersonAct.objects.filter(kind=ActKind.CONFIRM).exists()
    assert "With a bench." in page
