"""May they, and if not, why? The only place that answers. Every function returns a Refusal, or None for yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model

from participation.choices import (
    ANSWERABLE,
    BoxState,
    CommentState,
    DecisionOnWords,
    DeclarationState,
    Opening,
    PhaseKind,
    ProposalStatus,
    ProposalVerb,
    Role,
    RollKind,
)
from participation.lifecycle import PROPOSALS, SUPPORTS, needed
from participation.models import (
    BallotBox,
    Budget,
    Comment,
    Declaration,
    Envelope,
    ModerationDecision,
    OfficerPass,
    PaperBatch,
    Person,
    PersonalDataExport,
    Phase,
    Proposal,
    Regulations,
    RegulationsAcceptance,
    Result,
    RoleAssignment,
    RollEntry,
    TwoPersonAct,
)
from participation.models.comment import DEEPEST
from participation.names import fault_of_name
from participation.refusals import Refusal
from participation.standing import Standing, Voice
from participation.timetable import overlaps

MOST_DRAFTS = 10
MOST_COMMENTS, MOST_RATINGS, MOST_FLAGS = 20, 120, 20  # of one person in an hour
MINUTES_TO_EDIT = timedelta(minutes=15)
MOST_FOLLOWED = 200
COMMENTS = frozenset({Opening.COMMENTS})


def refusal_to_publish(budget: Budget) -> Refusal | None:
    return Refusal.ALREADY_PUBLISHED if budget.is_public else None


def refusal_to_plan(phase: Phase, others: Iterable[Phase]) -> Refusal | None:
    """`others` are the other phases of the same budget."""
    return Refusal.PHASES_OVERLAP if overlaps(phase, others) else None


def refusal_to_change(record: Model) -> Refusal | None:
    """What a count was made from stays as it was counted, and what a vote is held on as it was frozen."""
    if BallotBox.objects.frozen_with(record).exists():
        return Refusal.RULES_FROZEN
    return Refusal.COUNTED_ALREADY if Result.objects.counted_from(record).exists() else None


def refusal_to_count(envelope: Envelope) -> Refusal | None:
    if envelope.ballot_box is None:
        return Refusal.NO_BALLOT_BOX
    return Refusal.COUNTED_ALREADY if Result.objects.filter(envelope=envelope).exists() else None


def refusal_to_publish_result(result: Result) -> Refusal | None:
    return Refusal.ALREADY_PUBLISHED if result.published_at else None


def refusal_to_change_profile(person: Person, name: str, language: str, offered: Iterable[str]) -> Refusal | None:
    """`offered` are the languages of the town; none chosen is fine."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    if language and language not in offered:
        return Refusal.LANGUAGE_UNKNOWN
    return fault_of_name(name)


def refusal_to_act(person: Person) -> Refusal | None:
    """What holds for everything somebody does with an account of their own."""
    return Refusal.ACCOUNT_ERASED if person.erased_at else None


def refusal_to_erase(person: Person) -> Refusal | None:
    """Who works for the administration stays named beside what they did, until an administrator has ended that."""
    if person.erased_at:
        return Refusal.ACCOUNT_ERASED
    has_role = person.is_staff or person.is_superuser or RoleAssignment.objects.filter(person=person).exists()
    return Refusal.HOLDS_A_ROLE if has_role else None


def refusal_to_export(person: Person, at: datetime) -> Refusal | None:
    """One file at a time, and one an hour."""
    if refusal := refusal_to_act(person):
        return refusal
    exports = PersonalDataExport.objects.of(person)
    if exports.waiting().exists():
        return Refusal.EXPORT_WAITS
    return Refusal.EXPORT_RECENT if exports.filter(asked_at__gt=at - timedelta(hours=1)).exists() else None


def current_regulations(budget: Budget, at: datetime) -> Regulations | None:
    return Regulations.objects.filter(budget=budget).in_force(at).first()


def refusal_to_take_part(person: Person, budget: Budget, at: datetime) -> Refusal | None:
    """Whether the person must accept the current regulations first. A budget without regulations asks for nothing."""
    current = current_regulations(budget, at)
    if current is None or RegulationsAcceptance.objects.filter(person=person, regulations=current).exists():
        return None
    return Refusal.REGULATIONS_NOT_ACCEPTED


def refusal_to_accept(person: Person, regulations: Regulations, at: datetime) -> Refusal | None:
    """Only the version in force can be accepted; accepting it twice is refused."""
    if refusal := refusal_to_act(person):
        return refusal
    if current_regulations(regulations.budget, at) != regulations:
        return Refusal.REGULATIONS_NOT_CURRENT
    is_done = RegulationsAcceptance.objects.filter(person=person, regulations=regulations).exists()
    return Refusal.DONE_ALREADY if is_done else None


@dataclass(frozen=True)
class BoxAt:
    """A ballot box at a moment, as the database sees it."""

    state: BoxState
    suspended: bool
    annulled: bool
    has_begun: bool
    has_not_ended: bool


@dataclass(frozen=True)
class EntryAt:
    """What casting needs of an entry of the roll. `envelopes` are the addresses open to the person."""

    person_ref: bytes
    envelopes: frozenset[str]
    paper: bool
    barred: bool


def refusal_to_vote(box: BoxAt) -> Refusal | None:
    """Whether the box takes ballots from anybody."""
    if box.annulled:
        return Refusal.VOTE_ANNULLED
    if box.state is BoxState.DRAFT:
        return Refusal.VOTE_NOT_OPEN
    if box.state is not BoxState.FROZEN or not box.has_not_ended:
        return Refusal.VOTE_CLOSED
    if not box.has_begun:
        return Refusal.VOTE_NOT_OPEN
    return Refusal.VOTE_SUSPENDED if box.suspended else None


def refusal_to_cast(box: BoxAt, entry: EntryAt | None) -> Refusal | None:
    if refusal := refusal_to_vote(box):
        return refusal
    if entry is None:
        return Refusal.NOT_ON_ROLL
    if entry.barred:
        return Refusal.BARRED
    return Refusal.VOTED_ON_PAPER if entry.paper else None


def box_at(box: BallotBox, at: datetime) -> BoxAt:
    """For showing: casting itself asks the database's clock."""
    begins, ends = box.opens_at, box.closes_at
    return BoxAt(
        BoxState(box.state),
        box.suspended,
        box.annulled_at is not None,
        begins is not None and begins <= at,
        ends is not None and at < ends,
    )


def refusal_to_freeze(box: BallotBox, phase: Phase | None) -> Refusal | None:
    """`phase` is the voting phase that is still ahead."""
    if box.state != BoxState.DRAFT:
        return Refusal.RULES_FROZEN
    if phase is None:
        return Refusal.NO_VOTING_PHASE
    envelopes = list(box.envelopes.all())
    if not envelopes or any(not envelope.projects.exists() for envelope in envelopes):
        return Refusal.NOTHING_TO_VOTE_ON
    if any(envelope.counted_ballots.exists() for envelope in envelopes):
        return Refusal.COUNTED_ALREADY
    return None


def voting_phase_ahead(box: BallotBox, at: datetime) -> Phase | None:
    ahead = box.budget.phases.filter(kind=PhaseKind.VOTING, starts_at__gt=at)
    return ahead.order_by("starts_at").first()


def refusal_to_extend(box: BallotBox, until: datetime, at: datetime) -> Refusal | None:
    """`at` and `until` are moments; a box that its time has closed is never opened again."""
    if refusal := refusal_to_vote(box_at(box, at)):
        return refusal if refusal is not Refusal.VOTE_NOT_OPEN or box.state == BoxState.DRAFT else None
    assert box.closes_at is not None
    return Refusal.NOT_LATER if until <= box.closes_at else None


def refusal_to_annul(box: BallotBox) -> Refusal | None:
    if box.annulled_at:
        return Refusal.DONE_ALREADY
    return None if box.state in (BoxState.FROZEN, BoxState.CLOSED, BoxState.RECONCILED) else Refusal.WRONG_STATE


def refusal_to_go_on(box: BallotBox, expected: BoxState) -> Refusal | None:
    """Whether the box is at the point from which a step of the closing sets out."""
    if box.annulled_at:
        return Refusal.VOTE_ANNULLED
    return None if box.state == expected else Refusal.WRONG_STATE


def refusal_to_declare(boxes: list[BallotBox], old_enough: list[BallotBox], at: datetime) -> Refusal | None:
    """`boxes` are those with an open roll, `old_enough` the ones among them whose age the person has reached."""
    if not boxes:
        return Refusal.NO_OPEN_ROLL
    if all(box.closes_at is not None and box.closes_at <= at for box in boxes):
        return Refusal.VOTE_CLOSED
    return None if old_enough else Refusal.TOO_YOUNG


def refusal_to_settle(declaration: Declaration) -> Refusal | None:
    return None if declaration.state == DeclarationState.WAITING else Refusal.DONE_ALREADY


def refusal_to_record_council(box: BallotBox) -> Refusal | None:
    if box.council_decided_on:
        return Refusal.DONE_ALREADY
    return refusal_to_go_on(box, BoxState.PUBLISHED)


def refusal_to_reconcile(box: BallotBox) -> Refusal | None:
    if refusal := refusal_to_go_on(box, BoxState.CLOSED):
        return refusal
    if box.batches.filter(signed_at=None).exists():
        return Refusal.BATCHES_UNSIGNED
    if box.roll_kind == RollKind.OPEN and Declaration.objects.waiting().filter(budget=box.budget_id).exists():
        return Refusal.DECLARATIONS_WAITING
    return None


def refusal_to_confirm(act: TwoPersonAct, person: Person) -> Refusal | None:
    if act.confirmed_at:
        return Refusal.DONE_ALREADY
    return Refusal.SAME_PERSON if act.asked_by_id == person.pk else None


def refusal_to_serve(person: Person | None, budget: Budget, at: datetime) -> Refusal | None:
    """Whether somebody may work on the roll at a station now: officers within the hours of a pass, managers always.

    None stands for whoever runs commands on the machine.
    """
    if person is None or person.is_superuser or pass_of(person, budget, at):
        return None
    leads = RoleAssignment.objects.held_by(person, budget).filter(role__in=[Role.MANAGER, Role.ADMINISTRATOR])
    return None if leads.exists() else Refusal.NO_PASS


def pass_of(person: Person, budget: Budget, at: datetime) -> OfficerPass | None:
    return OfficerPass.objects.valid_at(at).filter(person=person, station__budget=budget).first()


def refusal_to_mark(entry: RollEntry) -> Refusal | None:
    """While people vote, and until the papers are reconciled: lists that were kept offline are keyed later."""
    if entry.box.annulled_at:
        return Refusal.VOTE_ANNULLED
    if entry.box.state not in (BoxState.FROZEN, BoxState.CLOSED):
        return Refusal.WRONG_STATE
    return Refusal.BARRED if entry.barred else None


def refusal_to_key(
    batch: PaperBatch, person: Person, keyed_by: Person | None, other: Person | None, done: int
) -> Refusal | None:
    """`keyed_by` is whose reading this is, `other` whose the other one, `done` how many papers it has."""
    if batch.signed_at:
        return Refusal.BATCH_SIGNED
    if batch.box.state != BoxState.CLOSED:
        return Refusal.WRONG_STATE
    if person == other or keyed_by not in (None, person):
        return Refusal.KEYED_BY_ANOTHER
    return Refusal.BATCH_FULL if done >= batch.papers else None


def refusal_to_sign(batch: PaperBatch, counts: list[int], *, differ: bool) -> Refusal | None:
    """`counts` are the papers of both readings."""
    if batch.signed_at:
        return Refusal.BATCH_SIGNED
    return Refusal.KEYINGS_DIFFER if differ or counts != [batch.papers, batch.papers] else None


def refusal_while_closed(budget: Budget, wanted: frozenset[Opening], at: datetime) -> Refusal | None:
    """Whether one of these is open to citizens. Nothing wanted is always open. `budget` comes with its phases."""
    if not wanted:
        return None
    phases = list(budget.phases.all()) if budget.is_public else []
    if any(phase.starts_at <= at < phase.ends_at and phase.openings & wanted for phase in phases):
        return None
    is_ahead = any(phase.starts_at > at and phase.openings & wanted for phase in phases)
    if Opening.PROPOSALS in wanted:
        return Refusal.PROPOSALS_NOT_OPEN if is_ahead else Refusal.PROPOSALS_CLOSED
    if Opening.COMMENTS in wanted:
        return Refusal.COMMENTS_NOT_OPEN if is_ahead else Refusal.COMMENTS_CLOSED
    return Refusal.SUPPORTS_NOT_OPEN if is_ahead else Refusal.SUPPORTS_CLOSED


def refusal_by_lifecycle(verb: ProposalVerb, proposal: Proposal, at: datetime) -> Refusal | None:
    """Whether anybody at all may do this with the proposal now."""
    wanted = needed(ProposalStatus(proposal.status), verb)
    if wanted is None:
        return Refusal.WRONG_STATUS
    return refusal_while_closed(proposal.budget, wanted, at)


def refusal_to_propose(budget: Budget, standing: Standing, at: datetime) -> Refusal | None:
    """Whether the person may begin a proposal."""
    if refusal := refusal_while_closed(budget, PROPOSALS, at):
        return refusal
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if standing.person.is_blocked(at):
        return Refusal.BLOCKED
    if budget.most_proposals is not None and standing.handed_in >= budget.most_proposals:
        return Refusal.TOO_MANY_PROPOSALS
    return Refusal.TOO_MANY_DRAFTS if standing.drafts >= MOST_DRAFTS else None


def refusal_to_key_proposals(person: Person, budget: Budget, at: datetime) -> Refusal | None:
    """For officers and whoever leads: from the first day on, and later too, for a stack is keyed some days later."""
    if not has_begun(budget, PROPOSALS, at):
        return Refusal.PROPOSALS_NOT_OPEN
    return None if works_in_field(person, budget) else Refusal.ROLE_MISSING


def has_begun(budget: Budget, wanted: frozenset[Opening], at: datetime) -> bool:
    return any(phase.starts_at <= at and phase.openings & wanted for phase in budget.phases.all())


def works_in_field(person: Person, budget: Budget) -> bool:
    roles = RoleAssignment.objects.held_by(person, budget)
    return person.is_superuser or roles.filter(role__in=[Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR]).exists()


def refusal_to_enter_sheet(proposal: Proposal, person: Person, at: datetime) -> Refusal | None:
    """Paper is counted some days later too, as proposals are."""
    if not has_begun(proposal.budget, SUPPORTS, at):
        return Refusal.SUPPORTS_NOT_OPEN
    if proposal.status != ProposalStatus.PUBLISHED:
        return Refusal.WRONG_STATUS
    return None if works_in_field(person, proposal.budget) else Refusal.ROLE_MISSING


def refusal_to_author(verb: ProposalVerb, proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For what only the author may do."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if proposal.author_id != standing.person.pk:
        return Refusal.NOT_YOURS
    return refusal_by_lifecycle(verb, proposal, at)


def refusal_to_edit(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    if refusal := refusal_to_author(ProposalVerb.EDIT, proposal, standing, at):
        return refusal
    return Refusal.BLOCKED if standing.person and standing.person.is_blocked(at) else None


def refusal_to_discard(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    return refusal_to_author(ProposalVerb.DISCARD, proposal, standing, at)


def refusal_to_withdraw(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    return refusal_to_author(ProposalVerb.WITHDRAW, proposal, standing, at)


def refusal_to_submit(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    if refusal := refusal_to_author(ProposalVerb.SUBMIT, proposal, standing, at):
        return refusal
    if standing.person and standing.person.is_blocked(at):
        return Refusal.BLOCKED
    most = proposal.budget.most_proposals
    if most is not None and standing.handed_in >= most:
        return Refusal.TOO_MANY_PROPOSALS
    return None if proposal.is_complete else Refusal.INCOMPLETE


def refusal_to_moderate(verb: ProposalVerb, proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """For publishing, hiding and showing again."""
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    return refusal_by_lifecycle(verb, proposal, at) if standing.moderates else Refusal.ROLE_MISSING


def refusal_to_support(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    """None also for a proposal that the person supports already: to give it again changes nothing."""
    if refusal := refusal_by_lifecycle(ProposalVerb.SUPPORT, proposal, at):
        return refusal
    if standing.person is None:
        return Refusal.NOT_SIGNED_IN
    if proposal.pk in standing.supported:
        return None
    return refusal_by_limits(proposal, standing)


def refusal_by_limits(proposal: Proposal, standing: Standing) -> Refusal | None:
    """Proposals without an envelope share one limit among themselves."""
    budget, given = proposal.budget, standing.supported
    if budget.most_supports is not None and len(given) >= budget.most_supports:
        return Refusal.TOO_MANY_SUPPORTS
    most, here = budget.most_supports_per_envelope, list(given.values()).count(proposal.envelope_id)
    return Refusal.TOO_MANY_SUPPORTS_HERE if most is not None and here >= most else None


def refusal_to_take_back(proposal: Proposal, standing: Standing, at: datetime) -> Refusal | None:
    if refusal := refusal_by_lifecycle(ProposalVerb.SUPPORT, proposal, at):
        return refusal
    return Refusal.NOT_SIGNED_IN if standing.person is None else None


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
    return refusal_to_write(voice, at)


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


def refusal_to_rate(comment: Comment, voice: Voice, at: datetime) -> Refusal | None:
    """For saying whether a comment is useful, and for taking that back."""
    if refusal := refusal_to_discuss(comment.proposal, voice, at):
        return refusal
    if not comment.is_public:
        return Refusal.NOT_YOURS
    if voice.person is not None and comment.author_id == voice.person.pk:
        return Refusal.OWN_WORDS
    return Refusal.TOO_FAST if voice.rated >= MOST_RATINGS else None


def refusal_to_flag(subject: Proposal | Comment, voice: Voice, at: datetime) -> Refusal | None:
    """At any time: what stands there is read at any time."""
    if refusal := refusal_to_write(voice, at):
        return refusal
    if not subject.is_public:
        return Refusal.NOT_YOURS
    if voice.person is not None and subject.author_id == voice.person.pk:
        return Refusal.OWN_WORDS
    return Refusal.TOO_FAST if voice.flagged >= MOST_FLAGS else None


STATES_FOR: dict[DecisionOnWords, frozenset[CommentState]] = {
    DecisionOnWords.PUBLISH: frozenset({CommentState.WAITING}),
    DecisionOnWords.HIDE: frozenset({CommentState.WAITING, CommentState.PUBLISHED}),
    DecisionOnWords.RESTORE: frozenset({CommentState.HIDDEN}),
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


def refusal_to_undo(decision: ModerationDecision, voice: Voice) -> Refusal | None:
    """What was decided last about something is taken back first."""
    if voice.person is None:
        return Refusal.NOT_SIGNED_IN
    if not voice.moderates or (decision.kind == DecisionOnWords.BLOCK and not voice.moderates_all):
        return Refusal.ROLE_MISSING
    if decision.undone_at:
        return Refusal.DONE_ALREADY
    later = decision.subject.decisions.filter(pk__gt=decision.pk, undone_at=None)
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
