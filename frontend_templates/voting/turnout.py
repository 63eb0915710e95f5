"""How many have voted online, day by day, as the signed checkpoints say: never more, and only where the box says so."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from participation.ballot_box.turnout import Group, told_in_groups
from participation.choices import Channel
from participation.lists import listed
from participation.models import BallotBox


@dataclass(frozen=True)
class DayOfTurnout:
    """The last checkpoint of a day: ballots in the box by then, and by which channels they came."""

    day: datetime
    ballots: int
    channels: list[tuple[str, int]]


def turnout_of(box: BallotBox) -> list[DayOfTurnout]:
    if not box.shows_turnout:
        return []
    days: dict[object, DayOfTurnout] = {}
    for body in box.checkpoints.order_by("seq").values_list("body", flat=True):
        said = json.loads(body)
        if "counts" not in said:
            continue
        at = timezone.localtime(datetime.fromisoformat(said["at"]))
        days[at.date()] = DayOfTurnout(at, sum(said["counts"].values()), by_channel(said["counts"]))
    return list(days.values())


def by_channel(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Those with few ballots are told together."""
    groups = told_in_groups(Group((name,), 0, ballots) for name, ballots in counts.items())
    return [(listed([str(Channel(name).label) for name in group.names]), group.participants) for group in groups]
