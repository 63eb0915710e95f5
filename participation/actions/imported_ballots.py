"""The ballots of an imported file become counted ballots, a batch at a time."""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from participation.choices import Channel
from participation.content import write_content
from participation.counting.election import Election
from participation.counting.pb_format import CHANNELS, PbFile
from participation.counting.tally import as_decimal
from participation.models import CountedBallot, Envelope, Project

BATCH = 5_000


def store_ballots(
    envelope: Envelope, file: PbFile, projects: list[Project], progress: Callable[[str, int, int], None]
) -> None:
    """Numbered 1, 2, 3, ... in the order of the file, which `progress` follows."""
    waiting = counted_ballots(envelope, file, [project.public_number for project in projects])
    total, stored = len(file.ballot_rows), 0
    progress("storing", 0, total)
    while batch := list(islice(waiting, BATCH)):
        CountedBallot.objects.bulk_create(batch, batch_size=BATCH)
        stored += len(batch)
        progress("storing", stored, total)


def counted_ballots(envelope: Envelope, file: PbFile, numbers: list[int]) -> Iterator[CountedBallot]:
    contents = list(distinct_contents(file.election, numbers))
    channels = [Channel(name) for name in CHANNELS]
    rows = zip(file.ballot_rows.tolist(), file.channels.tolist(), strict=True)
    for number, (row, channel) in enumerate(rows, start=1):
        yield CountedBallot(envelope=envelope, number=number, content=contents[row], channel=channels[channel])


def distinct_contents(election: Election, numbers: list[int]) -> Iterator[str]:
    """The content of each row of the election's ballots."""
    ballots = election.ballots
    starts, choices = ballots.starts.tolist(), ballots.choices.tolist()
    points = None if ballots.points is None else ballots.points.tolist()
    for start, end in pairwise(starts):
        given = None if points is None else [point_value(value, ballots.point_scale) for value in points[start:end]]
        yield write_content(election.vote_type, [numbers[choice] for choice in choices[start:end]], given)


def point_value(value: int, scale: int) -> int | str:
    return value // scale if value % scale == 0 else str(as_decimal(value, scale))
