from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.choices import Opening, PhaseKind
from participation.timetable import (
    OPENS_BY_DEFAULT,
    Stage,
    next_boundary,
    next_phase,
    openings,
    overlaps,
    phase_at,
    stage,
)

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    ends_at: datetime


def span(first_day: int, last_day: int) -> Span:
    return Span(START + timedelta(days=first_day), START + timedelta(days=last_day))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


PROPOSING, VOTING, DELIVERING = span(0, 10), span(10, 20), span(25, 30)
TIMETABLE = [DELIVERING, PROPOSING, VOTING]  # in no order: nobody promises one


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day(10) - TICK, Stage.AHEAD),
        (day(10), Stage.NOW),
        (day(20) - TICK, Stage.NOW),
        (day(20), Stage.PAST),
    ],
)
def test_a_phase_includes_its_start_and_excludes_its_end(moment, expected):
    assert stage(VOTING, moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day(0) - TICK, None),
        (day(0), PROPOSING),
        (day(10) - TICK, PROPOSING),
        (day(10), VOTING),
        (day(20), None),
        (day(25) - TICK, None),
        (day(25), DELIVERING),
        (day(30), None),
    ],
)
def test_one_phase_ends_where_the_next_begins_and_gaps_belong_to_none(moment, expected):
    assert phase_at(TIMETABLE, moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day(-1), PROPOSING),
        (day(0) - TICK, PROPOSING),
        (day(0), VOTING),
        (day(10), DELIVERING),
        (day(22), DELIVERING),
        (day(25), None),
    ],
)
def test_the_next_phase_is_the_first_still_ahead(moment, expected):
    assert next_phase(TIMETABLE, moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day(-1), day(0)),
        (day(0) - TICK, day(0)),
        (day(0), day(10)),
        (day(10), day(20)),
        (day(20), day(25)),
        (day(29), day(30)),
        (day(30), None),
    ],
)
def test_the_next_boundary_is_strictly_later(moment, expected):
    assert next_boundary(TIMETABLE, moment) == expected


def test_without_phases_there_is_nothing_now_and_nothing_to_come():
    assert phase_at([], START) is None
    assert next_phase([], START) is None
    assert next_boundary([], START) is None
    assert not overlaps(VOTING, [])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (span(0, 10), False),
        (span(20, 25), False),
        (span(30, 40), False),
        (Span(day(5), day(10) + TICK), True),
        (Span(day(20) - TICK, day(25)), True),
        (span(10, 20), True),
        (span(12, 13), True),
        (span(5, 25), True),
    ],
)
def test_phases_overlap_when_some_moment_is_in_both(other, expected):
    assert overlaps(VOTING, [span(100, 101), other]) is expected
    assert overlaps(other, [VOTING]) is expected


@given(first=st.tuples(*[st.integers(0, 12)] * 2), second=st.tuples(*[st.integers(0, 12)] * 2))
def test_overlap_means_a_shared_half_day(first, second):
    one, two = (span(start, start + length + 1) for start, length in (first, second))
    shared = any(
        stage(one, day(half / 2)) is Stage.NOW and stage(two, day(half / 2)) is Stage.NOW for half in range(60)
    )
    assert overlaps(one, [two]) is shared


@given(cuts=st.lists(st.integers(0, 400), min_size=2, max_size=12, unique=True).map(sorted))
def test_walking_from_boundary_to_boundary_meets_every_phase_once(cuts):
    phases = [span(start, end) for start, end in pairwise(cuts)]
    moment, met = day(-1), []
    while (moment := next_boundary(reversed(phases), moment)) is not None:
        met.append(phase_at(phases, moment))
    assert met == [*phases, None]


@pytest.mark.parametrize("kind", PhaseKind)
def test_every_kind_has_a_default(kind):
    assert openings(kind, None) == OPENS_BY_DEFAULT[kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PhaseKind.INFORMING, set()),
        (PhaseKind.PROPOSING, {"proposals", "comments"}),
        (PhaseKind.SUPPORTING, {"supports", "comments"}),
        (PhaseKind.VALUATING, {"comments"}),
        (PhaseKind.VOTING, {"votes"}),
        (PhaseKind.COUNTING, set()),
        (PhaseKind.DELIVERING, {"comments"}),
    ],
)
def test_what_each_kind_opens(kind, expected):
    assert {opening.value for opening in openings(kind, None)} == expected


def test_only_voting_opens_votes():
    assert [kind for kind in PhaseKind if Opening.VOTES in openings(kind, None)] == [PhaseKind.VOTING]


def test_a_switched_list_replaces_the_default_and_an_empty_one_closes_everything():
    assert openings(PhaseKind.VOTING, ["comments"]) == {Opening.COMMENTS}
    assert openings(PhaseKind.VOTING, []) == frozenset()


def test_an_unknown_opening_is_an_error():
    with pytest.raises(ValueError, match="fireworks"):
        openings(PhaseKind.VOTING, ["fireworks"])
