"""The steps of proposing, with where each stands."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Proposal

STEPS: dict[str, str | Promise] = {
    "idea": _("Your idea"),
    "place": _("Place"),
    "cost": _("Cost"),
    "photo": _("Photo"),
    "check": _("Check your answers"),
}


@dataclass(frozen=True)
class Step:
    """`address` is empty before there is a draft."""

    label: str | Promise
    address: str
    is_here: bool


def steps(here: str, proposal: Proposal | None) -> list[Step]:
    return [Step(label, address(name, proposal), name == here) for name, label in STEPS.items()]


def address(name: str, proposal: Proposal | None) -> str:
    if proposal is None:
        return ""
    where = [proposal.budget.slug, proposal.uuid]
    if name in {"photo", "check"}:
        return reverse({"photo": "proposal_photos", "check": "proposal_check"}[name], args=where)
    return reverse("proposal_step", args=[*where, name])


def as_key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
