"""Stations whose urns hold other papers than people were marked there."""

from participation.models import BallotBox, PaperCount
from participation.refusals import Refusal


def refusal_by_differences(box: BallotBox, counts: list[PaperCount]) -> Refusal | None:
    """Each difference is explained, or stated as one that nobody can explain. `counts` are all of the box."""
    if box.batches.exclude(station__in=[count.station_id for count in counts]).exists():
        return Refusal.PAPERS_DIFFER
    silent = [count for count in counts if not count.difference_explained and not count.stays_unexplained]
    return Refusal.PAPERS_DIFFER if any(count.difference for count in silent) else None


def unexplained(counts: list[PaperCount]) -> int:
    """Papers that may be missing or too many."""
    return sum(abs(count.difference) for count in counts if count.stays_unexplained)
