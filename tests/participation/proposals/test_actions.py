"""A proposal from draft to published, in the hands of its author and of a moderator."""

import uuid

import pytest
from django.utils import timezone

from participation.actions import moderation
from participation.actions.proposals import discard, edit, propose_again, save_draft, submit, withdraw
from participation.choices import PhaseKind, Role
from participation.models import ActivityEntry, Outbox, Proposal, RoleAssignment
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import make_category, make_envelope, make_person
from tests.factories.proposals import answers, make_draft, make_open_budget, make_proposal, next_phase

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def ada():
    return make_person(display_name="Ada")


@pytest.fixture
def moderator():
    person = make_person()
    RoleAssignment.objects.create(person=person, role=Role.MODERATOR)
    return person


def refused(action, **arguments) -> Refusal:
    """The refusal, once it is clear that nothing was written."""
    before = snapshot()
    with pytest.raises(ActionRefused) as error:
        action(at=NOW, **arguments)
    assert snapshot() == before
    return error.value.refusal


def snapshot():
    rows = list(Proposal.objects.order_by("pk").values())
    return rows, ActivityEntry.objects.count(), Outbox.objects.count()


def test_a_draft_is_begun_once_and_resumed(ada):
    budget, key = make_open_budget(), uuid.uuid4()
    for title in ("Trees", "Trees", "More trees"):
        draft = save_draft(actor=ada, budget=budget, key=key, answers={"title": title, "language": "fr"}, at=NOW)
    assert Proposal.objects.get() == draft
    assert (draft.title, draft.language, draft.status, draft.public_number) == ("More trees", "fr", "draft", None)
    assert list(ActivityEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["draft", "change"]
    assert not Outbox.objects.exists()


def test_more_than_a_few_links_are_advertising(ada):
    budget, many = make_open_budget(), "https://a.example www.b.example " * 3
    words = {"title": "Trees", "what_and_why": many}
    assert refused(save_draft, actor=ada, budget=budget, key=uuid.uuid4(), answers=words) is Refusal.TOO_MANY_LINKS
    proposal = make_proposal(budget, ada)
    assert refused(edit, actor=ada, proposal=proposal, answers={"who_benefits": many}) is Refusal.TOO_MANY_LINKS
    edit(actor=ada, proposal=proposal, answers={"who_benefits": "Everybody: https://a.example"}, at=NOW)


def test_the_only_envelope_is_taken_for_granted(ada):
    budget = make_open_budget()
    envelope = make_envelope(budget)
    assert make_draft(budget, ada).envelope == envelope
    make_envelope(budget)
    assert make_draft(budget, ada).envelope is None


def test_another_persons_key_is_refused(ada):
    draft = make_draft(make_open_budget(), ada)
    other = {"actor": make_person(), "budget": draft.budget, "key": draft.uuid, "answers": answers()}
    assert refused(save_draft, **other) is Refusal.NOT_YOURS


def test_a_proposal_is_no_draft(ada):
    proposal = make_proposal(make_open_budget(), ada)
    asked = {"actor": ada, "budget": proposal.budget, "key": proposal.uuid, "answers": answers()}
    assert refused(save_draft, **asked) is Refusal.WRONG_STATUS


def test_handed_in_is_published_at_once_with_a_number_and_a_version(ada):
    budget = make_open_budget()
    first, second = make_proposal(budget, ada, title="Trees"), make_proposal(budget)
    assert (first.public_number, second.public_number) == (1, 2)
    assert make_proposal(make_open_budget()).public_number == 1
    assert first.status == "published"
    assert first in Proposal.objects.public()
    assert [(one.number, one.title) for one in first.versions.all()] == [(1, "Trees")]
    assert Outbox.objects.filter(kind="proposal_published", subject=str(first.uuid)).count() == 1


def test_a_number_is_never_given_twice(ada):
    budget = make_open_budget()
    for _ in range(3):
        withdraw(actor=ada, proposal=make_proposal(budget, ada), at=NOW)
    assert make_proposal(budget, ada).public_number == 4


def test_handing_in_twice_is_as_once(ada):
    proposal = make_proposal(make_open_budget(), ada)
    before = snapshot()
    assert submit(actor=ada, proposal=proposal, at=NOW) == proposal
    assert snapshot() == before


def test_nobody_hands_in_for_another(ada):
    draft = make_draft(make_open_budget(), ada)
    assert refused(submit, actor=make_person(), proposal=draft) is Refusal.NOT_YOURS
    proposal = make_proposal(draft.budget, ada)
    assert refused(submit, actor=make_person(), proposal=proposal) is Refusal.NOT_YOURS


def test_a_moderator_comes_first_where_the_budget_says_so(ada, moderator):
    proposal = make_proposal(make_open_budget(moderates_first=True), ada)
    assert proposal.status == "submitted"
    assert not Proposal.objects.public().exists()
    assert refused(moderation.publish_proposal, actor=ada, proposal=proposal) is Refusal.ROLE_MISSING
    moderation.publish_proposal(actor=moderator, proposal=proposal, at=NOW)
    assert Proposal.objects.public().get() == proposal
    assert refused(moderation.publish_proposal, actor=moderator, proposal=proposal) is Refusal.WRONG_STATUS


def test_what_was_seen_and_is_changed_is_seen_again(ada, moderator):
    proposal = make_proposal(make_open_budget(moderates_first=True), ada)
    moderation.publish_proposal(actor=moderator, proposal=proposal, at=NOW)
    edit(actor=ada, proposal=proposal, answers={"title": "Something else"}, at=NOW)
    assert not Proposal.objects.public().exists()
    assert Proposal.objects.waiting().get() == proposal
    withdraw(actor=ada, proposal=proposal, at=NOW)
    assert not Proposal.objects.public().exists()


def seen(proposal: Proposal, person=None) -> list[str]:
    return [one.title for one in proposal.versions_seen_by(person, moderates=False)]


def test_words_that_only_a_moderator_saw_are_no_public_history(ada, moderator):
    proposal = make_proposal(make_open_budget(moderates_first=True), ada, title="My neighbour Bob's hedge")
    edit(actor=ada, proposal=proposal, answers={"title": "A hedge"}, at=NOW)
    proposal = moderation.publish_proposal(actor=moderator, proposal=proposal, at=NOW)
    assert seen(proposal) == ["A hedge"]
    assert seen(proposal, ada) == ["My neighbour Bob's hedge", "A hedge"]
    edit(actor=ada, proposal=proposal, answers={"title": "A low hedge"}, at=NOW)
    assert seen(proposal) == ["A hedge"]
    assert seen(moderation.publish_proposal(actor=moderator, proposal=proposal, at=NOW)) == ["A hedge", "A low hedge"]


def test_everybody_reads_versions_that_were_published_at_once(ada):
    proposal = make_proposal(make_open_budget(), ada, title="Trees")
    edit(actor=ada, proposal=proposal, answers={"title": "Fewer trees"}, at=NOW)
    assert seen(proposal) == ["Trees", "Fewer trees"]
    proposal.budget.shows_versions = False
    assert seen(proposal) == []


def test_a_change_makes_a_version_and_no_change_makes_none(ada):
    proposal = make_proposal(make_open_budget(), ada, title="Trees")
    edit(actor=ada, proposal=proposal, answers={"title": "Trees"}, at=NOW)
    edit(actor=ada, proposal=proposal, answers={"cost_minor": 100}, at=NOW)
    edit(actor=ada, proposal=proposal, answers={"title": " Fewer trees\r\n"}, at=NOW)
    assert [one.title for one in proposal.versions.all()] == ["Trees", "Fewer trees"]
    proposal.refresh_from_db()
    assert (proposal.cost_band, proposal.status) == ("small", "published")
    assert "fewer trees" in proposal.searched.words


def test_what_had_to_be_said_stays_said(ada):
    proposal = make_proposal(make_open_budget(), ada)
    assert refused(edit, actor=ada, proposal=proposal, answers={"title": " \x00 "}) is Refusal.INCOMPLETE


def test_envelopes_of_other_budgets_and_many_categories_are_refused(ada):
    budget = make_open_budget()
    asked = {"actor": ada, "budget": budget, "key": uuid.uuid4()}
    elsewhere = make_envelope(make_open_budget())
    assert refused(save_draft, **asked, answers=answers(envelope=elsewhere)) is Refusal.ENVELOPE_ELSEWHERE
    many = [make_category() for _ in range(4)]
    assert refused(save_draft, **asked, answers=answers(categories=many)) is Refusal.TOO_MANY_CATEGORIES
    assert refused(save_draft, **asked, answers=answers(whole_area=True)) is Refusal.PLACE_TWICE


def test_withdrawn_is_still_readable_and_final(ada):
    proposal = make_proposal(make_open_budget(), ada)
    withdraw(actor=ada, proposal=proposal, at=NOW)
    withdraw(actor=ada, proposal=proposal, at=NOW)
    assert Proposal.objects.public().get().status == "withdrawn"
    assert ActivityEntry.objects.filter(verb="withdraw").count() == 1
    assert refused(edit, actor=ada, proposal=proposal, answers=answers()) is Refusal.WRONG_STATUS


@pytest.mark.parametrize("moderates_first", [False, True])
def test_hidden_with_a_reason_and_shown_again_as_it_was(ada, moderator, moderates_first):
    proposal = make_proposal(make_open_budget(moderates_first=moderates_first), ada)
    asked = {"actor": moderator, "proposal": proposal}
    assert refused(moderation.hide, **asked, reason=" \n") is Refusal.REASON_MISSING
    hidden = moderation.hide(**asked, reason="It names a neighbour.", at=NOW)
    assert hidden.hidden_because == "It names a neighbour."
    assert not Proposal.objects.public().exists()
    assert refused(edit, actor=ada, proposal=proposal, answers=answers()) is Refusal.WRONG_STATUS
    assert moderation.restore(**asked, at=NOW).status == proposal.status


def test_a_draft_is_thrown_away_and_a_proposal_is_not(ada):
    budget = make_open_budget()
    draft, proposal = make_draft(budget, ada), make_proposal(budget, ada)
    assert refused(discard, actor=make_person(), proposal=draft) is Refusal.NOT_YOURS
    discard(actor=ada, proposal=draft, at=NOW)
    assert refused(discard, actor=ada, proposal=proposal) is Refusal.WRONG_STATUS
    assert Proposal.objects.get() == proposal


def test_last_years_proposal_is_proposed_again_once(ada):
    nature = make_category("Nature")
    old = make_proposal(make_open_budget(), ada, title="Trees", categories=[nature], cost_band="large")
    next_phase(old.budget, PhaseKind.VALUATING)
    budget = make_open_budget()
    asked = {"proposal": old, "budget": budget}
    assert refused(propose_again, actor=make_person(), **asked) is Refusal.NOT_YOURS
    copies = [propose_again(actor=ada, **asked, at=NOW) for _ in range(2)]
    assert copies[0] == copies[1]
    copy = Proposal.objects.get(again_from=old)
    assert (copy.title, copy.cost_band, copy.status) == ("Trees", "large", "draft")
    assert list(copy.categories.all()) == [nature]
    assert copy.uuid != old.uuid


def test_the_limit_holds_for_handing_in(ada):
    budget = make_open_budget(most_proposals=1)
    second = make_draft(budget, ada)
    make_proposal(budget, ada)
    assert refused(submit, actor=ada, proposal=second) is Refusal.TOO_MANY_PROPOSALS
    again = {"actor": ada, "budget": budget, "key": uuid.uuid4(), "answers": answers()}
    assert refused(save_draft, **again) is Refusal.TOO_MANY_PROPOSALS


def test_everything_is_closed_afterwards(ada):
    budget = make_open_budget()
    draft, proposal = make_draft(budget, ada), make_proposal(budget, ada)
    next_phase(budget, PhaseKind.VALUATING)
    closed = Refusal.PROPOSALS_CLOSED
    assert refused(submit, actor=ada, proposal=draft) is closed
    assert refused(edit, actor=ada, proposal=proposal, answers=answers()) is closed
    assert refused(withdraw, actor=ada, proposal=proposal) is closed
    begun = {"actor": ada, "budget": budget, "key": uuid.uuid4(), "answers": answers()}
    assert refused(save_draft, **begun) is closed


def test_control_characters_and_half_characters_are_not_stored(ada):
    draft = make_draft(make_open_budget(), ada, title="A\x00\x1b\ud800 tree", what_and_why="One\r\ntwo\x08")
    draft.refresh_from_db()
    assert (draft.title, draft.what_and_why) == ("A tree", "One\ntwo")


def test_when_a_person_is_erased_their_proposal_stays_without_them(ada):
    proposal = make_proposal(make_open_budget(), ada)
    assert proposal.author_name == "Ada"
    ada.delete()
    proposal.refresh_from_db()
    assert (proposal.author, proposal.author_name, proposal.is_public) == (None, "A citizen", True)


def test_an_address_is_no_name():
    assert make_proposal(make_open_budget(), make_person()).author_name == "A citizen"
