"""Turns rows of the outbox into notifications: one per event and person, however often a job runs."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from participation.actions.paper_notices import letters_of
from participation.choices import Mails, MailState, NoticeKind
from participation.models import (
    Comment,
    Follow,
    Invitation,
    Letter,
    Merge,
    ModerationDecision,
    Notification,
    Outbox,
    Person,
    Proposal,
    Support,
)

logger = logging.getLogger(__name__)
ROWS_AT_ONCE, PEOPLE_AT_ONCE = 500, 1_000
Told = dict[int, NoticeKind]
# A confirmation that comes a week later is none.
AT_ONCE = frozenset({NoticeKind.HANDED_IN, NoticeKind.INVITED})
DECIDED = {
    "proposal_hidden": NoticeKind.OWN_HIDDEN,
    "comment_hidden": NoticeKind.OWN_HIDDEN,
    "proposal_restored": NoticeKind.OWN_RESTORED,
    "comment_restored": NoticeKind.OWN_RESTORED,
    "person_warned": NoticeKind.WARNED,
    "person_blocked": NoticeKind.BLOCKED,
    "decision_undone": NoticeKind.UNDONE,
}


def notify_waiting(at: datetime) -> int:
    """Handles what waits, each row in a transaction of its own: one that fails waits on and hinders no other."""
    waiting = Outbox.objects.waiting().filter(kind__in=[*TELLERS, *DECIDED])
    made = 0
    for row in waiting.values_list("pk", flat=True)[:ROWS_AT_ONCE]:
        try:
            made += notify(row=row, at=at)
        except Exception:
            logger.exception("Row %s of the outbox could not be told", row)
    return made


@transaction.atomic
def notify(*, row: int, at: datetime) -> int:
    """Makes the notifications of one event. Returns how many people it concerns; 0 when it is handled already."""
    locked = Outbox.objects.select_for_update(skip_locked=True)
    event: Outbox | None = locked.filter(pk=row, handled_at=None).first()
    if event is None:
        return 0
    subjects, told = who_hears_of(event)
    rows = [notification(event, person, told[person.pk], subjects) for person in people(told)]
    Notification.objects.bulk_create(rows, batch_size=PEOPLE_AT_ONCE, ignore_conflicts=True)
    letters = letters_of(event, on_paper(event), subjects)
    Letter.objects.bulk_create(letters, batch_size=PEOPLE_AT_ONCE, ignore_conflicts=True)
    event.handled_at = at
    event.save(update_fields=["handled_at"])
    return len(told)


def people(told: Told) -> list[Person]:
    return list(Person.objects.filter(pk__in=told, is_active=True).order_by("pk"))


def notification(event: Outbox, person: Person, kind: NoticeKind, subjects: dict[str, object]) -> Notification:
    return Notification(
        person=person,
        event=event.pk,
        kind=kind,
        at=event.written_at,
        mail=MailState.NONE if person.mails == Mails.NONE else MailState.WAITING,
        weekly=person.mails == Mails.WEEKLY and kind not in AT_ONCE,
        **subjects,
    )


def who_hears_of(event: Outbox) -> tuple[dict[str, object], Told]:
    """What it is about, and who hears of it as what. Nobody, where the subject is gone or not public any more."""
    if event.kind in DECIDED:
        return of_decision(event)
    return TELLERS[event.kind](event)


def of_decision(event: Outbox) -> tuple[dict[str, object], Told]:
    decision = decision_of(event)
    if decision is None:
        return {}, {}
    told: Told = {decision.person_id: DECIDED[event.kind]} if decision.person_id else {}
    return {"decision": decision}, told


def on_paper(event: Outbox) -> NoticeKind | None:
    """As what the author of a proposal from paper hears of it, by letter; None for what the first letter said."""
    if event.kind in DECIDED:
        return DECIDED[event.kind]
    if event.kind == "comment_published":
        official = Comment.objects.filter(uuid=UUID(event.subject), is_official=True).exists()
        return NoticeKind.PROPOSAL_ANSWERED if official else NoticeKind.PROPOSAL_COMMENTED
    if event.kind == "proposal_merged":
        return NoticeKind.MERGED
    return NoticeKind.OWN_PUBLISHED if event.kind == "proposal_published" and decision_of(event) else None


def decision_of(event: Outbox) -> ModerationDecision | None:
    found: ModerationDecision | None = ModerationDecision.objects.filter(pk=event.ids.get("decision")).first()
    return found


def of_proposal(event: Outbox) -> tuple[dict[str, object], Told]:
    proposal = Proposal.objects.public().filter(uuid=UUID(event.subject)).first()
    if proposal is None:
        return {}, {}
    where = Q(budget=proposal.budget_id) | Q(category__in=proposal.categories.all())
    if proposal.envelope and proposal.envelope.district_id:
        where |= Q(district=proposal.envelope.district_id)
    told: Told = dict.fromkeys(followers(where), NoticeKind.PROPOSAL_PUBLISHED)
    for author in authors_of(proposal):
        told.pop(author, None)
    if decision_of(event) and proposal.author_id:
        told[proposal.author_id] = NoticeKind.OWN_PUBLISHED
    return {"proposal": proposal}, told


def of_handing_in(event: Outbox) -> tuple[dict[str, object], Told]:
    """A confirmation for its authors, whatever became of it since."""
    proposal = Proposal.objects.filter(uuid=UUID(event.subject)).prefetch_related("co_authors").first()
    if proposal is None:
        return {}, {}
    return {"proposal": proposal}, dict.fromkeys(authors_of(proposal), NoticeKind.HANDED_IN)


def authors_of(proposal: Proposal) -> list[int]:
    return [one for one in (proposal.author_id, *(co.person_id for co in proposal.co_authors.all())) if one]


def of_comment(event: Outbox) -> tuple[dict[str, object], Told]:
    public = Comment.objects.public().select_related("proposal", "parent")
    comment = public.filter(uuid=UUID(event.subject)).first()
    if comment is None:
        return {}, {}
    kind = NoticeKind.PROPOSAL_ANSWERED if comment.is_official else NoticeKind.PROPOSAL_COMMENTED
    told: Told = dict.fromkeys(followers(Q(proposal=comment.proposal_id)), kind)
    told[comment.proposal.author_id] = kind
    if comment.parent:
        told[comment.parent.author_id] = NoticeKind.COMMENT_REPLIED
    told.pop(comment.author_id, None)
    if decision_of(event) and comment.author_id:
        told[comment.author_id] = NoticeKind.OWN_PUBLISHED
    return {"proposal": comment.proposal, "comment": comment}, {who: what for who, what in told.items() if who}


def of_invitation(event: Outbox) -> tuple[dict[str, object], Told]:
    asked = Invitation.objects.filter(pk=event.ids.get("invitation"), answered_at=None).first()
    if asked is None or asked.person_id is None:
        return {}, {}
    return {"proposal": asked.proposal}, {asked.person_id: NoticeKind.INVITED}


def of_merge(event: Outbox) -> tuple[dict[str, object], Told]:
    """Followers, authors, and whoever's support went along."""
    done = Merge.objects.filter(pk=event.ids.get("merge"), undone_at=None).select_related("proposal").first()
    if done is None or not done.proposal.is_public:
        return {}, {}
    supporters = Support.objects.filter(pk__in=done.supports, person__isnull=False).values_list("person", flat=True)
    people = [*followers(Q(proposal=done.proposal)), *supporters, *authors_of(done.proposal)]
    return {"proposal": done.proposal}, dict.fromkeys(people, NoticeKind.MERGED)


def followers(where: Q) -> list[int]:
    return list(Follow.objects.filter(where).values_list("person", flat=True).distinct())


TELLERS: dict[str, Callable[[Outbox], tuple[dict[str, object], Told]]] = {
    "proposal_published": of_proposal,
    "proposal_handed_in": of_handing_in,
    "proposal_merged": of_merge,
    "comment_published": of_comment,
    "co_author_invited": of_invitation,
}
