"""Several at once: supports while two proposals are merged, one code by many, more who join than there is room for."""

from datetime import timedelta

from django.utils import timezone

from participation.actions.co_authors import answer_invitation, claim_invitation, code_for, invite
from participation.actions.merging import merge
from participation.actions.supports import support
from participation.choices import PhaseKind, Role
from participation.models import CoAuthor, Invitation
from tests.factories.discussion import make_holder
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, put_proposal
from tests.participation.proposals.at_once import at_once

PEOPLE, ROUNDS = 6, 4


def test_supports_given_during_a_merge_are_counted_once(committed):
    budget = make_open_budget(PhaseKind.SUPPORTING)
    boss = make_holder(Role.MANAGER)
    for _ in range(ROUNDS):
        trees, more = put_proposal(budget), put_proposal(budget)
        both = [make_person() for _ in range(PEOPLE)]
        for person in both[: PEOPLE // 2]:
            support(actor=person, proposal=more, at=timezone.now())
        given = [(support, {"actor": person, "proposal": trees}) for person in both]
        at_once([*given, (merge, {"actor": boss, "proposal": trees, "into": more})])
        trees.refresh_from_db()
        more.refresh_from_db()
        assert trees.status == "merged"
        for one in (trees, more):
            assert one.support_count == one.supports.count()
        assert len(set(more.supports.values_list("person", flat=True))) == more.support_count


def test_a_code_is_claimed_by_one_of_many(committed):
    draft = make_draft(make_open_budget())
    asked = invite(actor=draft.author, proposal=draft, whom="ben@example.org", at=timezone.now())
    code = code_for(invitation=asked.pk, at=timezone.now())
    said = at_once([(claim_invitation, {"actor": make_person(), "code": code}) for _ in range(PEOPLE)])
    assert said.count("invitation_unknown") == PEOPLE - 1


def test_no_fifth_joins_at_once(committed):
    draft, now = make_draft(make_open_budget()), timezone.now()
    asked = [
        Invitation.objects.create(
            proposal=draft, inviter=draft.author, person=make_person(), at=now, expires_at=now + timedelta(1)
        )
        for _ in range(PEOPLE)
    ]
    at_once([(answer_invitation, {"actor": one.person, "invitation": one, "accepted": True}) for one in asked])
    assert CoAuthor.objects.filter(proposal=draft).count() == 4
