"""The one thing a page invites its reader to do, which changes with the phase."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.choices import Opening
from participation.models import Budget


@dataclass(frozen=True)
class Invitation:
    """`until` is the moment at which something else begins; None where nothing ends."""

    label: str
    address: str
    until: datetime | None


def invitation(budget: Budget, at: datetime, *, has_results: bool, is_open: bool = False) -> Invitation:
    """To what is open: voting, proposing, supporting; then to look at the result, else at the projects."""
    phase = budget.phase_at(at)
    until, openings = (phase.ends_at, phase.openings) if phase else (None, frozenset())
    if is_open:
        return Invitation(_("Vote now"), reverse("vote", args=[budget.slug]), until)
    if Opening.PROPOSALS in openings:
        return Invitation(_("Propose something"), reverse("propose", args=[budget.slug]), until)
    if Opening.SUPPORTS in openings:
        return Invitation(_("Support proposals"), reverse("proposals", args=[budget.slug]), until)
    if has_results:
        return Invitation(_("See the result"), reverse("results", args=[budget.slug]), until)
    return Invitation(_("See the projects"), reverse("projects", args=[budget.slug]), until)
