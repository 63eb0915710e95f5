"""May they, and if not, why: before, during and after each phase, and for named people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participation import eligibility
from participation.choices import Opening, PhaseKind, ProposalStatus, ProposalVerb, Role
from participation.models import Budget, Envelope, Proposal, RoleAssignment
from participation.refusals import Refusal
from participation.standing import NOBODY, Given, Standing, standing_of
from tests.factories.participation import make_budget, make_envelope, make_person, make_phase
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, next_phase

pytestmark = pytest.mark.django_db
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
NOW = timezone.now().replace(microsecond=0)
START, END = NOW, NOW + 10 * DAY


@pytest.fixture
def budget():
    """One day of informing, ten of proposing, ten of supporting, ten of checking."""
    budget = make_budget()
    spans = (
        (PhaseKind.INFORMING, START - DAY, START),
        (PhaseKind.PROPOSING, START, END),
        (PhaseKind.SUPPORTING, END, END + 10 * DAY),
        (PhaseKind.VALUATING, END + 10 * DAY, END + 20 * DAY),
    )
    for kind, starts_at, ends_at in spans:
        make_phase(budget, kind=kind, starts_at=starts_at, ends_at=ends_at)
    return Budget.objects.get(pk=budget.pk)


@pytest.fixture
def ada():
    return make_person(display_name="Ada")


def proposal_in(budget: Budget, author, status: str) -> Proposal:
    """Not stored: the rules look at nothing else."""
    words = {"title": "Trees", "what_and_why": "Shade.", "address": "Here"}
    return Proposal(budget=budget, author=author, status=status, **words)


BOUNDARIES = [
    (START - TICK, Refusal.PROPOSALS_NOT_OPEN),
    (START, None),
    (END - TICK, None),
    (END, Refusal.PROPOSALS_CLOSED),
    (END + 30 * DAY, Refusal.PROPOSALS_CLOSED),
]


@pytest.mark.parametrize(("at", "expected"), BOUNDARIES)
def test_proposing_before_during_and_after(budget, ada, at, expected):
    assert eligibility.refusal_to_propose(budget, Standing(ada), at) is expected


@pytest.mark.parametrize(("at", "expected"), BOUNDARIES)
@pytest.mark.parametrize("verb", ["edit", "submit"])
def test_drafts_before_during_and_after(budget, ada, verb, at, expected):
    draft = proposal_in(budget, ada, "draft")
    assert getattr(eligibility, f"refusal_to_{verb}")(draft, Standing(ada), at) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START - TICK, Refusal.SUPPORTS_NOT_OPEN),
        (END - TICK, Refusal.SUPPORTS_NOT_OPEN),
        (END, None),
        (END + 10 * DAY - TICK, None),
        (END + 10 * DAY, Refusal.SUPPORTS_CLOSED),
    ],
)
@pytest.mark.parametrize("verb", ["support", "take_back"])
def test_supporting_before_during_and_after(budget, ada, verb, at, expected):
    published = proposal_in(budget, ada, "published")
    assert getattr(eligibility, f"refusal_to_{verb}")(published, Standing(make_person()), at) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [(START - TICK, "proposals_not_open"), (START, None), (END, None), (END + 10 * DAY, "proposals_closed")],
)
def test_withdrawing_is_free_until_supports_end(budget, ada, at, expected):
    published = proposal_in(budget, ada, "published")
    assert eligibility.refusal_to_withdraw(published, Standing(ada), at) == expected


@pytest.mark.parametrize("at", [START - DAY, START, END + 100 * DAY])
def test_a_draft_is_thrown_away_at_any_time(budget, ada, at):
    assert eligibility.refusal_to_discard(proposal_in(budget, ada, "draft"), Standing(ada), at) is None


@pytest.mark.parametrize("status", ProposalStatus)
@pytest.mark.parametrize("verb", ["edit", "submit", "withdraw", "discard"])
def test_what_is_somebody_elses_is_theirs_alone(budget, ada, status, verb):
    refusal_to = getattr(eligibility, f"refusal_to_{verb}")
    for other in (Standing(make_person()), Standing(make_person(), moderates=True)):
        assert refusal_to(proposal_in(budget, ada, status), other, START) is Refusal.NOT_YOURS
    assert refusal_to(proposal_in(budget, ada, status), NOBODY, START) is Refusal.NOT_SIGNED_IN
    erased = proposal_in(budget, None, status)
    assert refusal_to(erased, Standing(ada), START) is Refusal.NOT_YOURS


@pytest.mark.parametrize("verb", [ProposalVerb.PUBLISH, ProposalVerb.HIDE, ProposalVerb.RESTORE])
def test_moderating_takes_the_role(budget, ada, verb):
    status = {"publish": "submitted", "hide": "published", "restore": "hidden"}[verb]
    proposal = proposal_in(budget, ada, status)
    ask = eligibility.refusal_to_moderate
    assert ask(verb, proposal, Standing(make_person(), moderates=True), START) is None
    assert ask(verb, proposal, Standing(ada), START) is Refusal.ROLE_MISSING
    assert ask(verb, proposal, NOBODY, START) is Refusal.NOT_SIGNED_IN


@pytest.mark.parametrize("role", Role)
def test_who_moderates(budget, role):
    person, elsewhere = make_person(), make_budget()
    RoleAssignment.objects.create(person=person, role=role, budget=budget)
    expected = role in {Role.MODERATOR, Role.MANAGER, Role.ADMINISTRATOR}
    assert standing_of(person, budget).moderates is expected
    assert standing_of(person, elsewhere).moderates is False
    RoleAssignment.objects.update(budget=None)
    assert standing_of(person, elsewhere).moderates is expected


def test_nothing_is_open_in_a_budget_that_is_not_public(budget, ada):
    budget.status = "draft"
    assert eligibility.refusal_to_propose(budget, Standing(ada), START) is Refusal.PROPOSALS_CLOSED
    published = proposal_in(budget, ada, "published")
    assert eligibility.refusal_to_support(published, Standing(ada), END) is Refusal.SUPPORTS_CLOSED


def test_a_phase_that_is_switched_opens_what_is_switched(ada):
    budget = make_budget()
    make_phase(budget, kind=PhaseKind.INFORMING, switched=[Opening.PROPOSALS, Opening.SUPPORTS])
    assert eligibility.refusal_to_propose(budget, Standing(ada), timezone.now()) is None
    published = proposal_in(budget, ada, "published")
    assert eligibility.refusal_to_support(published, Standing(ada), timezone.now()) is None


@pytest.mark.parametrize(("handed_in", "expected"), [(1, None), (2, "too_many_proposals"), (3, "too_many_proposals")])
def test_a_limit_of_two_proposals(budget, ada, handed_in, expected):
    budget.most_proposals = 2
    standing = Standing(ada, handed_in=handed_in)
    assert eligibility.refusal_to_propose(budget, standing, START) == expected
    assert eligibility.refusal_to_submit(proposal_in(budget, ada, "draft"), standing, START) == expected


def test_a_limit_of_none_closes_the_door(budget, ada):
    budget.most_proposals = budget.most_supports = 0
    assert eligibility.refusal_to_propose(budget, Standing(ada), START) is Refusal.TOO_MANY_PROPOSALS
    published = proposal_in(budget, ada, "published")
    assert eligibility.refusal_to_support(published, Standing(ada), END) is Refusal.TOO_MANY_SUPPORTS


def test_drafts_have_a_limit_of_their_own(budget, ada):
    assert eligibility.refusal_to_propose(budget, Standing(ada, drafts=9), START) is None
    assert eligibility.refusal_to_propose(budget, Standing(ada, drafts=10), START) is Refusal.TOO_MANY_DRAFTS


@pytest.mark.parametrize("name", ["title", "what_and_why", "address"])
def test_what_has_to_be_said(budget, ada, name):
    draft = proposal_in(budget, ada, "draft")
    setattr(draft, name, "")
    assert eligibility.refusal_to_submit(draft, Standing(ada), START) is Refusal.INCOMPLETE


@pytest.mark.parametrize("place", [{"address": "Here"}, {"latitude": 0.0, "longitude": 0.0}, {"whole_area": True}])
def test_each_kind_of_place_will_do(budget, ada, place):
    draft = proposal_in(budget, ada, "draft")
    draft.address = ""
    for name, value in place.items():
        setattr(draft, name, value)
    assert eligibility.refusal_to_submit(draft, Standing(ada), START) is None


def test_limits_of_supports_per_person_ballot_box_and_envelope(budget, ada):
    budget.most_supports, budget.most_supports_per_ballot_box, budget.most_supports_per_envelope = 4, 3, 2
    proposal = proposal_in(budget, ada, "published")
    proposal.pk, proposal.envelope = 99, Envelope(pk=7, ballot_box_id=1)

    def ask(*given: Given) -> Refusal | None:
        return eligibility.refusal_to_support(proposal, Standing(ada, supported=dict(enumerate(given, 97))), END)

    here, beside, elsewhere = Given(7, 1), Given(8, 1), Given(9, 2)
    assert ask(here, beside) is None
    assert ask(here, here) is Refusal.TOO_MANY_SUPPORTS_HERE
    assert ask(beside, beside, here) is None, "it is one of these three"
    proposal.pk = 1
    assert ask(beside, beside, here) is Refusal.TOO_MANY_SUPPORTS_IN_BOX
    assert ask(elsewhere, elsewhere, here) is None
    assert ask(elsewhere, elsewhere, here, beside) is Refusal.TOO_MANY_SUPPORTS
    assert ask(elsewhere, elsewhere, here, here._replace(counts=False)) is None
    assert eligibility.refusal_to_support(proposal, NOBODY, END) is Refusal.NOT_SIGNED_IN


def test_standing_counts_this_budget_and_this_person(ada, django_assert_num_queries):
    budget, other = make_open_budget(), make_open_budget()
    envelope = make_envelope(budget)
    make_draft(budget, ada)
    for one in (budget, budget, other):
        make_proposal(one, ada)
    make_proposal(budget)
    with django_assert_num_queries(2):
        standing = standing_of(ada, budget)
    assert (standing.handed_in, standing.drafts, dict(standing.supported)) == (2, 1, {})
    assert standing_of(None, budget) == NOBODY
    published = make_proposal(budget, envelope=envelope)
    next_phase(budget)
    published.supports.create(person=ada)
    assert dict(standing_of(ada, budget).supported) == {published.pk: Given(envelope.pk, envelope.ballot_box_id)}


def test_withdrawn_proposals_make_room(ada):
    budget = make_open_budget()
    proposal = make_proposal(budget, ada)
    Proposal.objects.filter(pk=proposal.pk).update(status="withdrawn")
    assert standing_of(ada, budget).handed_in == 0
