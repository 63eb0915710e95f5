"""The minutes of a vote, to print and sign, in the town's own language."""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from participation.choices import BoxState, Channel, Proof
from participation.exports.doubts import papers_could_change, unexplained_papers
from participation.lists import listed
from participation.models import BallotBox, Result

ACTS = {
    "key_made": _("Key made"),
    "key_restored": _("Key restored"),
    "key_lost": _("Key lost"),
    "roll_imported": _("Roll imported"),
    "frozen": BoxState.FROZEN.label,
    "extended": _("Vote extended"),
    "corrected": _("Correction notice"),
    "suspended": _("Voting interrupted"),
    "resumed": _("Voting goes on"),
    "closed": BoxState.CLOSED.label,
    "reconciled": BoxState.RECONCILED.label,
    "sealed": BoxState.SEALED.label,
    "drawn": _("Lot drawn"),
    "counted": BoxState.COUNTED.label,
    "published": BoxState.PUBLISHED.label,
    "audited": _("Statement of the auditor"),
    "confirmed": _("Decision of the council"),
}
INCIDENTS = ("suspended", "resumed", "corrected", "extended", "key_restored", "key_lost")


def minutes(box: BallotBox, results: dict[str, Result], bodies: list[str]) -> str:
    """`bodies` are those of the chain of acts."""
    with override(None):
        acts = [json.loads(body) for body in bodies]
        sealed = next(act["details"] for act in acts if act["kind"] == "sealed")
        context = {
            "box": box,
            "acts": [(act["at"], ACTS[act["kind"]], what_was_said(act["details"])) for act in acts],
            "incidents": any(act["kind"] in INCIDENTS for act in acts),
            "sealed": sealed,
            "entries": sum(group["entries"] for group in sealed["districts"]),
            "groups": groups_told(sealed),
            "counts": box.paper_counts.select_related("station"),
            "unexplained": unexplained_papers(box),
            "results": [(one, list(one.lines.with_projects()), papers_could_change(one)) for one in results.values()],
        }
        return render_to_string("participation/minutes.html", context)


def what_was_said(details: dict[str, Any]) -> str:
    """The words of an act for people, where it has some."""
    return str(details.get("note") or details.get("text") or details.get("words") or "")


def groups_told(sealed: dict[str, Any]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Tables of people who took part: by district, by channel, by kind of proof."""
    channels = {channel.value: str(channel.label) for channel in Channel}
    unknown = {"": str(_("District unknown"))}
    return [
        (str(_("Turnout by district")), [told(one, unknown) for one in sealed["districts"]]),
        (str(_("How people voted")), [told(one, channels) for one in sealed["channels"]]),
        (
            str(_("How they were known to be on the roll")),
            [(str(Proof(proof).label), people) for proof, people in sealed["proofs"].items()],
        ),
    ]


def told(group: dict[str, Any], words: dict[str, str]) -> tuple[str, int]:
    return listed([words.get(name, name) for name in group["names"]]), group["participants"]
