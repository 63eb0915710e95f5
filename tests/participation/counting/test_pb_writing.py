"""What is written can be read again."""

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.counting.pb_format import CHANNELS, BallotRow, write_pb
from participation.counting.tally import tally, tally_scale
from tests.participation.counting.builders import read_data, read_text

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
NAMES = WORDS.map(str.strip).filter(lambda text: text and text.lower() not in ("none", "\\n"))
IDS = NAMES.filter(lambda text: "," not in text and "\r" not in text)
META = {"budget": "1000", "vote_type": "approval", "currency": "EUR"}


def written(meta, projects, ballots) -> str:
    out = StringIO(newline="")
    write_pb(out, meta, projects, ballots)
    return out.getvalue()


def rows_of(file):
    """The ballots of a file as they would be written."""
    ballots, ids = file.election.ballots, [project.id for project in file.election.projects]
    for number, (row, channel) in enumerate(zip(file.ballot_rows, file.channels, strict=True), 1):
        start, end = ballots.starts[row], ballots.starts[row + 1]
        points = None if ballots.points is None else [f"{point}" for point in ballots.points[start:end]]
        yield BallotRow(number, [ids[choice] for choice in ballots.choices[start:end]], points, CHANNELS[channel])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_reading_what_was_written_gives_the_same(data):
    ids = data.draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    projects = [{"project_id": name, "cost": "10", "name": data.draw(NAMES)} for name in ids]
    ballots = data.draw(st.lists(st.tuples(st.lists(st.sampled_from(ids), max_size=4), st.sampled_from(CHANNELS))))
    meta = META | {"num_projects": str(len(ids)), "num_votes": str(len(ballots)), "comment": data.draw(NAMES)}
    rows = [BallotRow(number, choices, None, channel) for number, (choices, channel) in enumerate(ballots, 1)]
    text = written(meta, projects, rows)
    file = read_text(text)
    assert [project.id for project in file.election.projects] == ids
    assert [row["project_id"] for row in file.project_rows] == ids
    assert tally(file.election) == [sum(row.choices.count(name) for row in rows) for name in ids]
    assert list(rows_of(file)) == rows
    assert written(file.meta, file.project_rows, rows_of(file)) == written(
        file.meta, read_text(written(file.meta, file.project_rows, rows)).project_rows, rows
    )


@pytest.mark.parametrize(
    "name", ["Poland_Katowice_2025_Zawodzie.pb", "Poland_Swiecie_2023.pb", "Switzerland_Zurich_S5R.pb"]
)
def test_a_real_file_survives(name):
    first = read_data(name)
    again = read_text(written(first.meta, first.project_rows, rows_of(first)))
    assert (again.meta, again.project_rows) == (first.meta, first.project_rows)
    assert tally(again.election) == tally(first.election)
    assert tally_scale(again.election) == tally_scale(first.election)
    assert again.channels.tolist() == first.channels.tolist()


def test_cells_are_quoted_where_they_must_be():
    projects = [{"project_id": "a", "cost": "1", "name": 'Trees; "new"\nand old'}]
    text = written(META | {"num_projects": "1", "num_votes": "0"}, projects, [])
    assert 'a;1;"Trees; ""new""\nand old"\r\n' in text


def test_a_blank_ballot_with_points_can_come_first():
    meta = META | {"vote_type": "cumulative", "num_projects": "1", "num_votes": "2"}
    ballots = [BallotRow(1, [], [], "web"), BallotRow(2, ["a"], ["2.5"], "desk")]
    text = written(meta, [{"project_id": "a", "cost": "1"}], ballots)
    assert text.endswith("voter_id;vote;points;voting_method\r\n1;;;internet\r\n2;a;2.5;desk\r\n")


def test_an_id_that_cannot_stand_in_a_list_is_refused():
    with pytest.raises(ValueError, match="comma"):
        written(META, [], [BallotRow(1, ["a,b"], None, "web")])
