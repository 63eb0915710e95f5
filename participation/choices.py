"""The closed lists of the field, and named groups of them. Values are stored and shown in the API: never rename one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BudgetStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class PhaseKind(models.TextChoices):
    INFORMING = "informing", _("Informing")
    PROPOSING = "proposing", _("Proposing")
    SUPPORTING = "supporting", _("Supporting")
    VALUATING = "valuating", _("Checking and costing")
    VOTING = "voting", _("Voting")
    COUNTING = "counting", _("Counting")
    DELIVERING = "delivering", _("Building")


class Opening(models.TextChoices):
    """What a phase can open to citizens."""

    PROPOSALS = "proposals", _("Hand in proposals")
    SUPPORTS = "supports", _("Support proposals")
    COMMENTS = "comments", _("Comment")
    VOTES = "votes", _("Vote")


class ProposalStatus(models.TextChoices):
    """How far a proposal has come. What may happen to it in each, and when, is one table: see `lifecycle`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting to be published")
    PUBLISHED = "published", pgettext_lazy("a proposal", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("a proposal", "Withdrawn")
    HIDDEN = "hidden", pgettext_lazy("a proposal", "Hidden")
    MERGED = "merged", pgettext_lazy("a proposal", "Merged with another")


# What everybody may read, once it was published.
OPEN_TO_ALL = frozenset({ProposalStatus.PUBLISHED, ProposalStatus.WITHDRAWN, ProposalStatus.MERGED})
# What counts against the limit of proposals per person.
HANDED_IN = frozenset(
    {ProposalStatus.SUBMITTED, ProposalStatus.PUBLISHED, ProposalStatus.HIDDEN, ProposalStatus.MERGED}
)


class ProposalVerb(models.TextChoices):
    """What can be done with a proposal that is there."""

    EDIT = "edit", _("Change")
    SUBMIT = "submit", _("Hand in")
    DISCARD = "discard", _("Throw away")
    WITHDRAW = "withdraw", _("Withdraw")
    SUPPORT = "support", _("Support or take the support back")
    PUBLISH = "publish", _("Publish")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    MERGE = "merge", _("Merge with another")
    UNMERGE = "unmerge", _("Take the merge back")


class CommentState(models.TextChoices):
    PUBLISHED = "published", pgettext_lazy("a comment", "Published")
    WAITING = "waiting", pgettext_lazy("a comment", "Waiting for a moderator")
    HIDDEN = "hidden", pgettext_lazy("a comment", "Hidden")


class FlagReason(models.TextChoices):
    """Why somebody reports what another wrote."""

    SPAM = "spam", _("Advertising or spam")
    INSULT = "insult", _("Insulting or hateful")
    PRIVATE = "private", _("Names or shows somebody without their consent")
    OFF_TOPIC = "off_topic", _("Not about the proposal")
    OTHER = "other", _("Something else")


class DecisionOnWords(models.TextChoices):
    """What a moderator decides about what somebody wrote, or about who wrote it."""

    PUBLISH = "publish", _("Publish")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    DISMISS = "dismiss", _("Leave as it is")
    WARN = "warn", _("Warn the author")
    BLOCK = "block", _("Block the author")


# Those of which the author is told why, and which they may answer once.
ANSWERABLE = frozenset({DecisionOnWords.HIDE, DecisionOnWords.WARN, DecisionOnWords.BLOCK})


class ConsentState(models.TextChoices):
    """What became of asking a guardian."""

    WAITING = "waiting", pgettext_lazy("a guardian", "Not answered yet")
    GIVEN = "given", pgettext_lazy("a guardian", "Has agreed")
    REFUSED = "refused", pgettext_lazy("a guardian", "Has said no")
    ENDED = "ended", pgettext_lazy("a guardian", "Does not hold any more")


class GroupKind(models.TextChoices):
    """As what people take part under one name."""

    CLASS = "class", _("School class")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Group")


class Mails(models.TextChoices):
    """How often somebody wants to hear by mail of what they follow."""

    AT_ONCE = "at_once", _("At once")
    WEEKLY = "weekly", _("Once a week")
    NONE = "none", pgettext_lazy("mails", "Not at all")


class NoticeKind(models.TextChoices):
    """What a notification is about."""

    PROPOSAL_PUBLISHED = "proposal_published", _("A new proposal")
    PROPOSAL_COMMENTED = "proposal_commented", _("A new comment")
    PROPOSAL_ANSWERED = "proposal_answered", _("An official answer")
    COMMENT_REPLIED = "comment_replied", _("A reply to your comment")
    OWN_PUBLISHED = "own_published", _("What you wrote is published")
    OWN_HIDDEN = "own_hidden", _("What you wrote was hidden")
    OWN_RESTORED = "own_restored", _("What you wrote is shown again")
    WARNED = "warned", _("A warning from the moderators")
    BLOCKED = "blocked", _("You cannot write for a time")
    UNDONE = "undone", _("A decision about you was taken back")
    HANDED_IN = "handed_in", _("Your proposal is handed in")
    INVITED = "invited", _("An invitation to be co-author")
    MERGED = "merged", _("A proposal was merged with another")


class MailState(models.TextChoices):
    """`sending` is claimed before it goes out: one that stays so is never sent again."""

    NONE = "none", pgettext_lazy("a mail", "None")
    WAITING = "waiting", pgettext_lazy("a mail", "Waiting")
    SENDING = "sending", pgettext_lazy("a mail", "Being sent")
    SENT = "sent", pgettext_lazy("a mail", "Sent")
    FAILED = "failed", pgettext_lazy("a mail", "Refused by the mail server")


class CostKind(models.TextChoices):
    UNKNOWN = "unknown", _("I do not know")
    BAND = "band", _("Roughly")
    EXACT = "exact", _("I know the amount")


class CostBand(models.TextChoices):
    """A rough cost. `COST_BOUNDS` says where each ends, in whole units of the budget's currency."""

    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Large")
    VERY_LARGE = "very_large", _("Very large")


COST_BOUNDS = {CostBand.SMALL: 5_000, CostBand.MEDIUM: 20_000, CostBand.LARGE: 100_000}


class VoteType(models.TextChoices):
    """Pabulib's words."""

    CHOOSE_1 = "choose-1", _("One project")
    APPROVAL = "approval", _("Several projects")
    KNAPSACK = "knapsack", _("Projects within the budget")
    ORDINAL = "ordinal", _("Projects in order")
    CUMULATIVE = "cumulative", _("Points to share out")
    SCORING = "scoring", _("Points for each project")


class BoxState(models.TextChoices):
    """How far a ballot box has come. It never goes back."""

    DRAFT = "draft", _("In preparation")
    FROZEN = "frozen", _("Rules fixed")
    CLOSED = "closed", _("Closed")
    RECONCILED = "reconciled", _("Reconciled")
    SEALED = "sealed", _("Sealed")
    COUNTED = "counted", _("Counted")
    PUBLISHED = "published", _("Published")


SEALED_STATES = frozenset({BoxState.SEALED, BoxState.COUNTED, BoxState.PUBLISHED})


class RollKind(models.TextChoices):
    CLOSED = "closed", _("Imported from a register")
    OPEN = "open", _("People enter themselves")


class DeclarationState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class TieOrder(models.TextChoices):
    RECORDED = "recorded", _("In the recorded order")
    LOT = "lot", _("By lot")


class Proof(models.TextChoices):
    """How an entry of the roll was proven to be a person's."""

    NONE = "none", _("Not proven yet")
    ACCOUNT = "account", _("Account")
    CODE = "code", _("Personal code")
    CENSUS = "census", _("Document number and birth date")
    CLAIM = "claim", _("Identity provider")
    OFFICER = "officer", _("Officer at the desk")
    DECLARATION = "declaration", _("Own declaration")
    DOCUMENT = "document", _("Document that staff have seen")


class ActKind(models.TextChoices):
    """What only two named people do together."""

    FREEZE = "freeze", _("Fix the rules")
    EXTEND = "extend", _("Extend the vote")
    CORRECT = "correct", _("Correction notice")
    ANNUL = "annul", _("Annul the vote")
    RESUME = "resume", _("Lift the suspension")
    DRAW = "draw", _("Enter the public value of the lot")
    SEAL = "seal", _("Seal the box")
    PUBLISH = "publish", _("Publish the result")
    CONFIRM = "confirm", _("Enter the decision of the council")
    KEY_LOST = "key_lost", _("Declare the key lost")


VOTE_TYPES_WITH_POINTS = frozenset({VoteType.ORDINAL, VoteType.CUMULATIVE, VoteType.SCORING})


class DecisionKind(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RULED_OUT = "ruled_out", _("Ruled out")
    KEPT = "kept", _("Kept")


class Channel(models.TextChoices):
    WEB = "web", _("Online")
    PAPER = "paper", _("On paper")
    DESK = "desk", _("At a desk")
    KIOSK = "kiosk", _("At a kiosk")
    UNKNOWN = "unknown", _("Not stated")


class ResultSource(models.TextChoices):
    IMPORTED = "imported", _("Imported from a published file")
    COUNTED = "counted", _("Counted here")


class Role(models.TextChoices):
    """What a person may do beyond being a citizen. Authorship belongs to a proposal, so it is no role here."""

    MODERATOR = "moderator", _("Moderator")
    VALUATOR = "valuator", _("Valuator")
    OFFICER = "officer", _("Field officer")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")
    AUDITOR = "auditor", _("Auditor")
    MANAGER = "manager", _("Budget manager")
    ADMINISTRATOR = "administrator", _("Administrator")
