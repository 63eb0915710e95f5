"""What was done to a vote since its rules were fixed, in dated sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from frontend_templates.ends import said_end
from participation.actions.box_opening import public_acts
from participation.models import BallotBox


@dataclass(frozen=True)
class Notice:
    """`project` is the number of the one that is corrected."""

    at: datetime
    words: str
    project: int | None = None


def notices_of(box: BallotBox) -> list[Notice]:
    return [notice(act["kind"], datetime.fromisoformat(act["at"]), act["details"]) for act in public_acts(box)]


def notice(kind: str, at: datetime, details: dict[str, Any]) -> Notice:
    project = details.get("project")
    if kind == "extended":
        until = said_end(datetime.fromisoformat(details["closes_at"]))
        words = _("The vote was extended until %(moment)s") % {"moment": until}
    elif kind == "corrected":
        words = _("Correction to project No. %(number)s: %(text)s") % {"number": project, "text": details["text"]}
    elif kind == "annulled":
        words = _("The vote was annulled: %(reason)s") % {"reason": details["reason"]}
    elif kind == "suspended":
        words = _("Voting was interrupted.")
    else:
        words = _("Voting goes on. %(note)s") % {"note": details["note"]}
    return Notice(at, words, project)
