"""How many have voted online, day by day, as the signed checkpoints say: never more, and only where the box says so."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from participation.models import BallotBox


@dataclass(frozen=True)
class DayOfTurnout:
    """The last checkpoint of a day: ballots in the box by then."""

    day: datetime
    ballots: int


def turnout_of(box: BallotBox) -> list[DayOfTurnout]:
    if not box.shows_turnout:
        return []
    days: dict[object, DayOfTurnout] = {}
    for body in box.checkpoints.order_by("seq").values_list("body", flat=True):
        said = json.loads(body)
        if "counts" not in said:
            continue
        at = timezone.localtime(datetime.fromisoformat(said["at"]))
        days[at.date()] = DayOfTurnout(at, sum(said["counts"].values()))
    return list(days.values())
