"""Why an action was refused: a stable code for programs, one sentence for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The value is the code of the API and never changes; the label is the sentence."""

    PHASES_OVERLAP = "phases_overlap", _("Another phase of this budget covers part of these dates.")
    ALREADY_PUBLISHED = "already_published", _("This is published already.")
    COUNTED_ALREADY = "counted_already", _("These ballots are counted already.")
    NO_BALLOT_BOX = "no_ballot_box", _("This envelope belongs to no ballot box, so no rule says how to count it.")


class ActionRefused(Exception):
    """Raised by an action that changed nothing. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
