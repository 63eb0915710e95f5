"""For each constraint of co-authors, documents, prices, letters and merges: what it allows, and what it refuses."""

import uuid
from datetime import timedelta

from django.utils import timezone

from participation.models import (
    CoAuthor,
    FieldEntry,
    Invitation,
    Letter,
    Merge,
    PriceHint,
    Proposal,
    ProposalDocument,
)
from tests.factories.participation import make_budget, make_person
from tests.factories.proposals import put_proposal

NOW = timezone.now()


def a_proposal() -> Proposal:
    return put_proposal(make_budget())


def co_authors(*people) -> None:
    proposal = a_proposal()
    for person in people:
        CoAuthor.objects.create(proposal=proposal, person=person, since=NOW)


def joined_twice() -> None:
    person = make_person()
    co_authors(person, person)


def invitations(*several: dict) -> None:
    proposal, inviter = a_proposal(), make_person()
    for fields in several:
        whole = {"at": NOW, "expires_at": NOW + timedelta(1), **fields}
        Invitation.objects.create(proposal=proposal, inviter=inviter, **whole)


def invited(*answers: bool) -> None:
    person = make_person()
    settled = ({"answered_at": NOW, "accepted": False} if answered else {} for answered in answers)
    invitations(*({"person": person, **fields} for fields in settled))


def documents(*digests: str, **fields) -> None:
    proposal = a_proposal()
    whole = {"title": "A plan", "may_publish": True, "pages": 1, "size": 1, "added_at": NOW}
    for digest in digests:
        ProposalDocument.objects.create(proposal=proposal, sha256=digest, **{**whole, **fields})


def price_hint(**fields) -> PriceHint:
    return PriceHint.objects.create(**{"lowest_minor": 1, "highest_minor": 1, **fields})


def letters(*events: int, **fields) -> None:
    proposal = a_proposal()
    entry = FieldEntry.objects.create(proposal=proposal)
    for event in events:
        Letter.objects.create(
            entry=entry, proposal=proposal, event=event, **{"kind": "proposal_commented", "at": NOW, **fields}
        )


def merges(*undone) -> None:
    budget = make_budget()
    proposal, into = put_proposal(budget), put_proposal(budget)
    for moment in undone:
        Merge.objects.create(proposal=proposal, into=into, at=NOW, undone_at=moment)


def merge_into_itself() -> None:
    proposal = a_proposal()
    Merge.objects.create(proposal=proposal, into=proposal, at=NOW)


WRITTEN_TOGETHER = {
    "co_author_once": (lambda: co_authors(make_person(), make_person()), joined_twice),
    "invitation_mail_known": (
        lambda: invitations({"email": "a@example.org", "mail": "sent"}),
        lambda: invitations({"email": "a@example.org", "mail": "lost"}),
    ),
    "invitation_answered_forgets": (
        lambda: invitations({"answered_at": NOW, "accepted": True}),
        lambda: invitations({"answered_at": NOW, "accepted": True, "email": "a@example.org"}),
    ),
    "invitation_to_one": (
        lambda: invitations({"person": make_person()}),
        lambda: invitations({"person": make_person(), "email": "a@example.org"}),
    ),
    "invitation_of_person_once": (lambda: invited(True, True, False), lambda: invited(False, False)),
    "proposal_document_once": (lambda: documents("0", "1"), lambda: documents("0", "0")),
    "proposal_document_may_be_published": (lambda: documents("0"), lambda: documents("0", may_publish=False)),
    "proposal_document_has_title": (lambda: documents("0"), lambda: documents("0", title="")),
    "price_hint_currency_is_iso": (lambda: price_hint(currency="PLN"), lambda: price_hint(currency="zl")),
    "price_hint_is_a_range": (price_hint, lambda: price_hint(lowest_minor=2)),
    "letter_once": (lambda: letters(1, 2), lambda: letters(1, 1)),
    "letter_kind_known": (lambda: letters(1, kind="merged"), lambda: letters(1, kind="gossip")),
    "letter_printed_with_its_batch": (
        lambda: letters(1, printed_at=NOW, batch=uuid.uuid4()),
        lambda: letters(1, printed_at=NOW),
    ),
    "merge_once_at_a_time": (lambda: merges(NOW, NOW, None), lambda: merges(None, None)),
    "merge_into_another": (lambda: merges(None), merge_into_itself),
}
