"""The closed lists of the field, and named groups of them. Values are stored and shown in the API: never rename one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class VoteType(models.TextChoices):
    """Pabulib's words."""

    CHOOSE_1 = "choose-1", _("One project")
    APPROVAL = "approval", _("Several projects")
    KNAPSACK = "knapsack", _("Projects within the budget")
    ORDINAL = "ordinal", _("Projects in order")
    CUMULATIVE = "cumulative", _("Points to share out")
    SCORING = "scoring", _("Points for each project")


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
