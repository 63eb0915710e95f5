"""The one thing a page invites its reader to do, which changes with the phase."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.models import Budget


@dataclass(frozen=True)
class Invitation:
    """`until` is the moment at which something else begins; None where nothing ends."""

    label: str
    address: str
    until: datetime | None


def invitation(budget: Budget, at: datetime, *, has_results: bool, is_open: bool = False) -> Invitation:
    """To vote while a ballot box is open, then to look at the result, else at the projects."""
    phase = budget.phase_at(at)
    until = phase.ends_at if phase else None
    if is_open:
        return Invitation(_("Vote now"), reverse("vote", args=[budget.slug]), until)
    if has_results:
        return Invitation(_("See the result"), reverse("results", args=[budget.slug]), until)
    return Invitation(_("See the projects"), reverse("projects", args=[budget.slug]), until)
