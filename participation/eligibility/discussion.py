"""Comments, reports, decisions of moderators, following: may they, and if not, why?"""

from datetime import datetime, timedelta

from django.db.models import Model

from participation.choices import ANSWERABLE, CommentState, DecisionOnWords, ProposalStatus, ProposalVerb
from participation.eligibility.ages import refusal_by_age
from participation.eligibility.proposals import COMMENTS, refusal_to_moderate, refusal_while_closed
from participation.models import Comment, ModerationDecision, Person, Proposal
from participation.models.comment import DEEPEST
from participation.refusals import Refusal
from participation.standing import Standing, Voice

MOST_COMMENTS, MOST_RATINGS, MOST_FLAGS = 20, 120, 20  # of one person in an hour


MINUTES_TO_EDIT = timedelta(minutes=15)


MOST_FOLLOWED = 200


def refusal_to_write(voice: Voice, at: datetime) -> Refusal | None:
    """Whether this person may write anything at all."""
    if voice.person is None:
        return Refusal.NOT_SIGNED_IN
    return Refusal.BLOCKED if voice.person.is_blocked(at) else None


def refusal_to_discuss(proposal: Proposal, voice: Voice, at: datetime) -> Refusal | None:
    """Whether the person may take part in the discussion of a proposal at this moment."""
    if not proposal.budget.takes_comments:
        return Refusal.COMMENTS_OFF
    if refusal := refusal_while_closed(proposal.budget, COMMENTS, at):
        return refusal
    if proposal.status != ProposalStatus.PUBLISHED:
        return Refusal.WRONG_STATUS
    return refusal_to_write(voice, at) or refusal_of_voice_by_age(voice, proposal, at)


def refusal_of_voice_by_age(voice: Voice, proposal: Proposal, at: datetime) -> Refusal | None:
    """Who speaks for the administration is asked by nobody how old they are."""
    if voice.person is None or voice.is_official or voice.moderates:
        return None
    return refusal_by_age(voice.person, proposal.budget, at)


def refusal_to_comment(proposal: Proposal, parent: Comment | None, voice: Voice, at: datetime) -> Refusal | None:
    """`parent` is the comment that is replied to."""
    if refusal := refusal_to_discuss(proposal, voice, at):
        return refusal
    if parent is not None and (parent.proposal_id != proposal.pk or not parent.is_public):
        return Refusal.NOT_YOURS
    if parent is not None and parent.depth >= DEEPEST:
        return Refusal.TOO_DEEP
    return Refusal.TOO_FAST if voice.said >= MOST_COMMENTS else None


def refusal_to_edit_comment(comment: Comment, voice: Voice, at: datetime) -> Refusal | None:
    """Only while the minutes last, so that nobody's reply comes to stand under other words."""
    if voice.person is None:
        return Refusal.NOT_SIGNED_IN
    if comment.author_id != voice.person.pk:
        return Refusal.NOT_YOURS
    if refusal := refusal_to_discuss(comment.proposal, voice, at):
        return refusal
    if comment.state == CommentState.HIDDEN:
        return Refusal.WRONG_STATUS
    return Refusal.EDIT_TIME_OVER if at >= comment.posted_at + MINUTES_TO_EDIT else None


def refusal_to_judge(subject: Proposal | Comment, voice: Voice) -> Refusal | None:
    """Readers judge what is public, and not their own."""
    if not subject.is_public:
        return Refusal.NOT_YOURS
    is_own = voice.person is not None and subject.author_id == voice.person.pk
    return Refusal.OWN_WORDS if is_own else None


def refusal_to_rate(comment: Comment, voice: Voice, at: datetime) -> Refusal | None:
    """For saying whether a comment is useful, and for taking that back."""
    if refusal := refusal_to_discuss(comment.proposal, voice, at) or refusal_to_judge(comment, voice):
        return refusal
    return Refusal.TOO_FAST if voice.rated >= MOST_RATINGS else None


def refusal_to_flag(subject: Proposal | Comment, voice: Voice, at: datetime) -> Refusal | None:
    """At any time: what stands there is read at any time."""
    if refusal := refusal_to_write(voice, at) or refusal_to_judge(subject, voice):
        return refusal
    return Refusal.TOO_FAST if voice.flagged >= MOST_FLAGS else None


STATES_FOR: dict[DecisionOnWords, frozenset[CommentState]] = {
    DecisionOnWords.PUBLISH: frozenset({CommentState.WAITING}),
    DecisionOnWords.HIDE: frozenset({CommentState.WAITING, CommentState.PUBLISHED}),
    DecisionOnWords.RESTORE: frozenset({CommentState.HIDDEN}),
}


# Proposals and comments say it in the same words.
LEFT: dict[DecisionOnWords, str] = {
    DecisionOnWords.PUBLISH: CommentState.PUBLISHED,
    DecisionOnWords.HIDE: CommentState.HIDDEN,
    DecisionOnWords.RESTORE: CommentState.PUBLISHED,
}


def refusal_to_decide(
    kind: DecisionOnWords, subject: Proposal | Comment, voice: Voice, standing: Standing, at: datetime
) -> Refusal | None:
    """Whether the person may decide this about what another wrote. To block somebody takes a role in the whole town."""
    if voice.person is None:
        return Refusal.NOT_SIGNED_IN
    if not voice.moderates or (kind is DecisionOnWords.BLOCK and not voice.moderates_all):
        return Refusal.ROLE_MISSING
    if kind in {DecisionOnWords.WARN, DecisionOnWords.BLOCK}:
        return None if subject.author_id else Refusal.NO_AUTHOR
    if kind is DecisionOnWords.DISMISS:
        return None if subject.flags.open().exists() else Refusal.DONE_ALREADY
    if isinstance(subject, Proposal):
        return refusal_to_moderate(ProposalVerb(kind.value), subject, standing, at)
    return None if subject.state in STATES_FOR[kind] else Refusal.WRONG_STATUS


def left_by(decision: ModerationDecision) -> str | None:
    """The status in which a decision left its subject. None for one that is about reports or about its author."""
    if decision.kind == DecisionOnWords.RESTORE and decision.proposal_id:
        return str(decision.before["fields"]["hidden_from"])
    return LEFT.get(DecisionOnWords(decision.kind))


def refusal_to_undo(decision: ModerationDecision, voice: Voice) -> Refusal | None:
    """What was decided last about something is taken back first, and nothing that became something else since."""
    if voice.person is None:
        return Refusal.NOT_SIGNED_IN
    if not voice.moderates or (decision.kind == DecisionOnWords.BLOCK and not voice.moderates_all):
        return Refusal.ROLE_MISSING
    if decision.undone_at:
        return Refusal.DONE_ALREADY
    subject = decision.subject
    if left_by(decision) not in {None, subject.state if isinstance(subject, Comment) else subject.status}:
        return Refusal.WRONG_STATUS
    later = subject.decisions.filter(pk__gt=decision.pk, undone_at=None)
    return Refusal.WRONG_STATUS if later.exists() else None


def refusal_to_answer(decision: ModerationDecision, person: Person) -> Refusal | None:
    """The person about whom it was decided may answer once."""
    if decision.person_id != person.pk or decision.kind not in ANSWERABLE:
        return Refusal.NOT_YOURS
    return Refusal.ANSWERED_ALREADY if decision.answered_at else None


def refusal_to_follow(subject: Model, followed: int) -> Refusal | None:
    """`followed` is how much the person follows already. Districts and categories are there for everybody."""
    if not getattr(subject, "is_public", True):
        return Refusal.NOT_YOURS
    return Refusal.TOO_MANY_FOLLOWED if followed >= MOST_FOLLOWED else None
