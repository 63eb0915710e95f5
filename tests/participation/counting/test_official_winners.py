"""Real elections come out as they officially did."""

import csv
import os
from pathlib import Path

import pytest

from participation.counting.count import count
from participation.counting.pb_format import read_pb
from participation.counting.rules import rule_of_file
from tests.participation.counting.builders import DATA

MORE = os.environ.get("PABULIB_DATA")


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def check(path: Path, row: dict[str, str]) -> None:
    with path.open("rb") as stream:
        file = read_pb(stream)
    outcome = count(file.election, rule_of_file(file.meta, file.election.vote_type))
    assert len(file.channels) == int(row["votes"]) == file.election.ballots.total
    assert len(outcome.lines) == int(row["projects"]) == len(file.project_rows)
    assert outcome.spent_minor + outcome.left_minor == file.election.budget_minor
    if row["official_winners"] != "-":
        assert list(outcome.winners) == row["official_winners"].split(",")


@pytest.mark.parametrize("row", manifest(DATA), ids=lambda row: row["file"])
def test_a_file_of_ours_has_its_official_winners(row):
    check(DATA / row["file"], row)


@pytest.mark.parametrize("row", manifest(DATA), ids=lambda row: row["file"])
def test_the_stated_votes_of_a_file_are_its_tallies(row):
    with (DATA / row["file"]).open("rb") as stream:
        file = read_pb(stream)
    outcome = count(file.election, rule_of_file(file.meta, file.election.vote_type))
    column = "score" if "score" in file.project_rows[0] else "votes"
    stated = {project["project_id"]: float(project[column]) for project in file.project_rows}
    assert {line.project: float(line.tally) for line in outcome.lines} == stated


@pytest.mark.skipif(not MORE, reason="PABULIB_DATA names no folder with a MANIFEST.tsv")
def test_every_file_of_a_larger_folder_has_its_official_winners():
    folder = Path(MORE or "")
    rows = manifest(folder)
    assert rows
    for row in rows:
        check(folder / row["file"], row)
