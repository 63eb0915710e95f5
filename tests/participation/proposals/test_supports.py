"""Supports: once, revocable, within limits, and counted right however many ask at once."""

import pytest
from django.utils import timezone

from participation.actions.proposals import withdraw
from participation.actions.supports import support, take_back
from participation.choices import PhaseKind
from participation.models import ActivityEntry, Proposal, Support
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_ballot_box, make_envelope, make_person
from tests.factories.proposals import make_open_budget, make_proposal, next_phase
from tests.participation.proposals.at_once import at_once

NOW = timezone.now()
MANY, LIMIT = 12, 4


def supported_budget(proposals: int = 1, **fields) -> list[Proposal]:
    budget = make_open_budget(**fields)
    made = [make_proposal(budget) for _ in range(proposals)]
    next_phase(budget)
    return list(Proposal.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def assert_counted() -> None:
    for proposal in Proposal.objects.all():
        assert proposal.support_count == proposal.supports.count()


def refusal_of(action, person, proposal) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        action(actor=person, proposal=proposal, at=NOW)
    assert_counted()
    return refused.value.refusal


@pytest.mark.django_db
def test_given_once_and_taken_back_once():
    [proposal], person = supported_budget(), make_person()
    assert [support(actor=person, proposal=proposal, at=NOW) for _ in range(2)] == [True, False]
    proposal.refresh_from_db()
    assert proposal.support_count == 1
    assert [take_back(actor=person, proposal=proposal, at=NOW) for _ in range(2)] == [True, False]
    assert_counted()
    assert not Support.objects.exists()
    assert list(ActivityEntry.objects.order_by("pk").values_list("verb", flat=True))[-2:] == ["support", "take_back"]


@pytest.mark.django_db
def test_limits_and_room_again_after_taking_one_back():
    proposals, person = supported_budget(3, most_supports=2), make_person()
    for one in proposals[:2]:
        support(actor=person, proposal=one, at=NOW)
    assert refusal_of(support, person, proposals[2]) is Refusal.TOO_MANY_SUPPORTS
    support(actor=person, proposal=proposals[0], at=NOW)
    take_back(actor=person, proposal=proposals[0], at=NOW)
    support(actor=person, proposal=proposals[2], at=NOW)
    assert_counted()


@pytest.mark.django_db
def test_the_limit_of_an_envelope():
    proposals, person = supported_budget(3, most_supports_per_envelope=1), make_person()
    north, south = make_envelope(proposals[0].budget), make_envelope(proposals[0].budget)
    for proposal, envelope in zip(proposals, (north, north, south), strict=True):
        Proposal.objects.filter(pk=proposal.pk).update(envelope=envelope)
    support(actor=person, proposal=proposals[0], at=NOW)
    assert refusal_of(support, person, proposals[1]) is Refusal.TOO_MANY_SUPPORTS_HERE
    support(actor=person, proposal=proposals[2], at=NOW)


@pytest.mark.django_db
def test_the_limit_of_a_ballot_box():
    proposals, person = supported_budget(3, most_supports_per_ballot_box=1), make_person()
    here, elsewhere = (make_ballot_box(proposals[0].budget) for _ in range(2))
    places = [make_envelope(proposals[0].budget, ballot_box=box) for box in (here, here, elsewhere)]
    for proposal, envelope in zip(proposals, places, strict=True):
        Proposal.objects.filter(pk=proposal.pk).update(envelope=envelope)
    support(actor=person, proposal=proposals[0], at=NOW)
    assert refusal_of(support, person, proposals[1]) is Refusal.TOO_MANY_SUPPORTS_IN_BOX
    support(actor=person, proposal=proposals[2], at=NOW)


@pytest.mark.django_db
def test_a_support_whose_proposal_is_gone_leaves_room_for_another():
    proposals, person = supported_budget(3, most_supports=2), make_person()
    for one in proposals[:2]:
        support(actor=person, proposal=one, at=NOW)
    withdraw(actor=proposals[0].author, proposal=proposals[0], at=NOW)
    support(actor=person, proposal=proposals[2], at=NOW)
    assert_counted()


@pytest.mark.django_db
def test_what_is_withdrawn_or_over_takes_none():
    [proposal, other], person = supported_budget(2), make_person()
    withdraw(actor=proposal.author, proposal=proposal, at=NOW)
    assert refusal_of(support, person, proposal) is Refusal.WRONG_STATUS
    support(actor=person, proposal=other, at=NOW)
    next_phase(other.budget, PhaseKind.VALUATING)
    assert refusal_of(support, person, other) is Refusal.SUPPORTS_CLOSED
    assert refusal_of(take_back, person, other) is Refusal.SUPPORTS_CLOSED


@pytest.mark.django_db
def test_a_support_outlives_its_person():
    [proposal], person = supported_budget(), make_person()
    support(actor=person, proposal=proposal, at=NOW)
    person.delete()
    assert_counted()
    proposal.refresh_from_db()
    assert (proposal.support_count, Support.objects.get().person) == (1, None)


def test_many_people_at_once_are_all_counted(committed):
    [proposal] = supported_budget()
    people = [make_person() for _ in range(MANY)]
    said = at_once([(support, {"actor": one, "proposal": proposal}) for one in people])
    assert said == ["True"] * MANY
    proposal.refresh_from_db()
    assert proposal.support_count == proposal.supports.count() == MANY


def test_one_person_twelve_times_at_once_is_counted_once(committed):
    [proposal], person = supported_budget(), make_person()
    said = at_once([(support, {"actor": person, "proposal": proposal})] * MANY)
    assert said == ["False"] * (MANY - 1) + ["True"]
    proposal.refresh_from_db()
    assert proposal.support_count == proposal.supports.count() == 1


def test_nobody_passes_a_limit_by_asking_at_once(committed):
    proposals, person = supported_budget(MANY, most_supports=LIMIT), make_person()
    said = at_once([(support, {"actor": person, "proposal": one}) for one in proposals])
    assert said == ["True"] * LIMIT + ["too_many_supports"] * (MANY - LIMIT)
    assert Support.objects.count() == LIMIT
    assert_counted()


EAGER = """
from django.utils import timezone
from participation.actions.supports import support, take_back
from participation.models import Person, Proposal
from participation.refusals import ActionRefused
person = Person.objects.get(email="{email}")
for number, proposal in enumerate(list(Proposal.objects.order_by("pk")) * 15):
    try:
        (take_back if number % 4 == {place} else support)(actor=person, proposal=proposal, at=timezone.now())
    except ActionRefused as refused:
        print(refused.refusal.value)
"""


def test_processes_that_ask_at_once_pass_no_limit_either(committed, manage):
    proposals, person = supported_budget(5, most_supports_per_ballot_box=2), make_person()
    envelope = make_envelope(proposals[0].budget, ballot_box=make_ballot_box(proposals[0].budget))
    Proposal.objects.update(envelope=envelope)
    running = [manage("shell", "-v0", "-c", EAGER.format(email=person.email, place=place)) for place in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert {line for process in running for line in process.said.split()} == {"too_many_supports_in_box"}
    assert Support.objects.count() <= 2
    assert_counted()


def test_giving_and_taking_back_at_once_keeps_the_count_right(committed):
    [proposal] = supported_budget()
    people = [make_person() for _ in range(MANY // 2)]
    for one in people:
        support(actor=one, proposal=proposal, at=NOW)
    at_once([(action, {"actor": one, "proposal": proposal}) for one in people for action in (take_back, support)])
    proposal.refresh_from_db()
    assert proposal.support_count == proposal.supports.count()
