"""For each constraint of discussion, moderation and notifications: what it allows, and what it refuses."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from participation.models import (
    Comment,
    CommentVote,
    Flag,
    Follow,
    MachineTranslation,
    ModerationDecision,
    Notification,
    Proposal,
)
from tests.factories.discussion import put_comment
from tests.factories.participation import make_budget, make_category, make_district, make_person
from tests.factories.proposals import put_proposal

NOW = timezone.now()


def a_proposal() -> Proposal:
    return put_proposal(make_budget())


def a_comment(**fields) -> Comment:
    return put_comment(a_proposal(), **fields)


def a_reply(depth: int) -> None:
    comment = a_comment()
    put_comment(comment.proposal, parent=comment, depth=depth)


def two_votes(*people, value: int = 1) -> None:
    comment = a_comment()
    for person in people:
        CommentVote.objects.create(comment=comment, person=person, value=value, at=NOW)


def two_flags(noun: str, *people) -> None:
    subject = a_comment() if noun == "comment" else a_proposal()
    for person in people:
        Flag.objects.create(**{noun: subject}, person=person, reason="spam", at=NOW)


def a_flag(**fields) -> None:
    Flag.objects.create(**{"comment": a_comment(), "person": make_person(), "reason": "spam", "at": NOW, **fields})


def a_decision(**fields) -> None:
    comment = a_comment()
    row = {"comment": comment, "budget": comment.budget, "batch": uuid.uuid4(), "kind": "publish", "at": NOW}
    ModerationDecision.objects.create(**{**row, **fields})


def follows(noun: str, make: Callable[[], object], *people) -> None:
    subject = make()
    for person in people:
        Follow.objects.create(**{noun: subject}, person=person, since=NOW)


def notices(*events: int, **fields) -> None:
    person = make_person()
    for event in events:
        Notification.objects.create(**{"person": person, "event": event, "kind": "warned", "at": NOW, **fields})


def people(*, same: bool) -> tuple:
    first = make_person()
    return first, first if same else make_person()


FOLLOWED = {"budget": make_budget, "district": make_district, "category": make_category, "proposal": a_proposal}


def followed_once(noun: str) -> tuple[Callable[[], None], Callable[[], None]]:
    make = FOLLOWED[noun]
    return lambda: follows(noun, make, *people(same=False)), lambda: follows(noun, make, *people(same=True))


def made_by_machine(subject: dict, *languages: str) -> None:
    for language in languages or ("fr",):
        MachineTranslation.objects.create(**subject, language=language, digest="d", words={}, machine="M", at=NOW)


DISCUSSION = {
    "machine_translation_of_one_thing": (
        lambda: made_by_machine({"comment": a_comment()}),
        lambda: made_by_machine({}),
    ),
    "machine_translation_of_proposal_once": (
        lambda: made_by_machine({"proposal": a_proposal()}, "fr", "es"),
        lambda: made_by_machine({"proposal": a_proposal()}, "fr", "fr"),
    ),
    "machine_translation_of_comment_once": (
        lambda: made_by_machine({"comment": a_comment()}, "fr", "es"),
        lambda: made_by_machine({"comment": a_comment()}, "fr", "fr"),
    ),
    "comment_state_known": (lambda: a_comment(state="waiting"), lambda: a_comment(state="gone")),
    "comment_says_something": (lambda: a_comment(body="a"), lambda: a_comment(body="")),
    "comment_depth_bounded": (lambda: a_reply(2), lambda: a_reply(3)),
    "comment_score_is_the_difference": (
        lambda: a_comment(up_count=3, down_count=4, score=-1),
        lambda: a_comment(up_count=3, down_count=4, score=1),
    ),
    "comment_vote_once": (lambda: two_votes(*people(same=False)), lambda: two_votes(*people(same=True))),
    "comment_vote_up_or_down": (lambda: two_votes(None, value=-1), lambda: two_votes(None, value=0)),
    "flag_of_proposal_once": (
        lambda: two_flags("proposal", *people(same=False)),
        lambda: two_flags("proposal", *people(same=True)),
    ),
    "flag_of_comment_once": (
        lambda: two_flags("comment", *people(same=False)),
        lambda: two_flags("comment", *people(same=True)),
    ),
    "flag_of_one_thing": (a_flag, lambda: a_flag(comment=None)),
    "flag_reason_known": (lambda: a_flag(reason="other"), lambda: a_flag(reason="taste")),
    "moderation_of_one_thing": (a_decision, lambda: a_decision(proposal=a_proposal())),
    "moderation_kind_known": (lambda: a_decision(kind="dismiss"), lambda: a_decision(kind="eat")),
    "moderation_says_why": (lambda: a_decision(kind="hide", reason="Rude"), lambda: a_decision(kind="hide")),
    "moderation_block_has_a_term": (
        lambda: a_decision(kind="block", reason="Rude", until=NOW + timedelta(days=1)),
        lambda: a_decision(kind="block", reason="Rude"),
    ),
    "moderation_answer_has_time": (
        lambda: a_decision(answer="Why?", answered_at=NOW),
        lambda: a_decision(answer="Why?"),
    ),
    "follow_of_one_thing": (
        lambda: Follow.objects.create(person=make_person(), since=NOW, budget=make_budget()),
        lambda: Follow.objects.create(person=make_person(), since=NOW),
    ),
    **{f"follow_{noun}_once": followed_once(noun) for noun in FOLLOWED},
    "notification_once": (lambda: notices(1, 2), lambda: notices(1, 1)),
    "notification_kind_known": (lambda: notices(1, kind="undone"), lambda: notices(1, kind="rumour")),
    "notification_mail_known": (lambda: notices(1, mail="sent"), lambda: notices(1, mail="lost")),
}
