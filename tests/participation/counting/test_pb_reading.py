"""What a Pabulib file may look like, and the line each fault is found on."""

from io import BytesIO

import numpy as np
import pytest

from participation.counting.election import VoteType
from participation.counting.pb_format import CHANNELS, PbFormatError, read_pb
from participation.counting.tally import as_decimal, tally, tally_scale
from tests.participation.counting.builders import PROJECTS, VOTES, pb_text, read_text

WITH_POINTS = "voter_id;vote;points"


def tallies(text):
    election = read_text(text).election
    return [str(as_decimal(value, tally_scale(election))) for value in tally(election)]


def fault(text):
    with pytest.raises(PbFormatError) as caught:
        read_text(text)
    assert str(caught.value) == f"line {caught.value.line}: {caught.value.message}"
    assert caught.value.message.endswith(".")
    return caught.value.line, caught.value.message


ALIKE = {
    "crlf": pb_text(end="\r\n"),
    "byte order mark": "\ufeff" + pb_text(),
    "headings in any case": pb_text().replace("META", "meta").replace("VOTES", " Votes "),
    "spaces around cells": pb_text(votes=(" Voter_ID ; VOTE", " 1 ; a ", "2;a , b", "3; b")),
    "another column order": pb_text(
        projects=("name;cost;project_id", "x;60;a", "y;50;b"), votes=("vote;age;voter_id", "a;7;1", "a,b;;2", "b;;3")
    ),
    "blank lines": pb_text().replace("\n", "\n\n"),
    "quoted cells": pb_text(projects=(PROJECTS[0], 'a;60;"Trees; ""new""\nand old"', '"b";50;', "")),
    "no line end at the end": pb_text().rstrip("\n"),
    "an amount with an exponent": pb_text(budget="1e+02"),
    "an amount with zeros": pb_text(budget="100.0"),
    "a decimal comma": pb_text(budget="100,00"),
    "unknown keys and columns": pb_text(instance="2020", comment="#1: x").replace("name", "colour"),
    "short rows": pb_text(votes=("voter_id;vote;sex", "1;a", "2;a,b;K", "3;b")),
    "text after a quote": pb_text(projects=(PROJECTS[0], 'a;60;"Big" tree', "b;50;")),
    "a stray carriage return": pb_text(projects=(PROJECTS[0], "a;60;Big\rtree", "b;50;")),
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE)
def test_the_same_election_can_be_written_in_many_ways(text):
    election = read_text(text).election
    assert [(project.id, project.cost_minor) for project in election.projects] == [("a", 6000), ("b", 5000)]
    assert (election.budget_minor, tally(election), election.ballots.total) == (10000, [2, 2], 3)


FAULTS = {
    "an unknown project": (pb_text(votes=(*VOTES[:3], "3;c")), 16, "'c'"),
    "an empty member": (pb_text(votes=(*VOTES[:3], "3;b,")), 16, "unknown project ''"),
    "a repeated voter": (pb_text(votes=(*VOTES[:3], "2;b")), 16, "'2'"),
    "no voter id": (pb_text(votes=(*VOTES[:3], "\\N;b")), 16, "voter id"),
    "a row of separators": (pb_text(votes=(*VOTES, ";"), num_votes="4"), 17, "voter id"),
    "a row too long": (pb_text(votes=(*VOTES[:2], "2;a;x", "3;b")), 15, "cells"),
    "too few ballots": (pb_text(num_votes="4"), 4, "num_votes"),
    "too many ballots": (pb_text(num_votes="2"), 16, "num_votes"),
    "too few projects": (pb_text(num_projects="3"), 3, "num_projects"),
    "too many projects": (pb_text(num_projects="1"), 11, "num_projects"),
    "a count that is none": (pb_text(num_votes="3.5"), 4, "num_votes"),
    "a budget of zero": (pb_text(budget="0"), 5, "zero"),
    "a budget below a cent": (pb_text(budget="0.001"), 5, "zero"),
    "a negative budget": (pb_text(budget="-5"), 5, "'-5'"),
    "a budget in words": (pb_text(budget="1 000"), 5, "'1 000'"),
    "an absurd budget": (pb_text(budget="1" + "0" * 15), 5, "too large"),
    "no budget": (pb_text(budget=None), 7, "budget"),
    "an empty vote type": (pb_text(vote_type="None"), 6, "vote_type"),
    "an unknown vote type": (pb_text(vote_type="plurality"), 6, "'plurality'"),
    "an unreadable default score": (pb_text(default_score="x"), 8, "default_score"),
    "a cost below a cent": (pb_text(projects=(PROJECTS[0], "a;0.001;", "b;50;")), 10, "decimals"),
    "a negative cost": (pb_text(projects=(PROJECTS[0], "a;60;", "b;-50;")), 11, "'-50'"),
    "no cost": (pb_text(projects=(PROJECTS[0], "a;;", "b;50;")), 10, "no cost"),
    "foreign digits": (pb_text(projects=(PROJECTS[0], "a;\u0663;", "b;50;")), 10, "amount"),
    "a repeated project": (pb_text(projects=(PROJECTS[0], "a;60;", "a;50;")), 11, "'a'"),
    "no project id": (pb_text(projects=(PROJECTS[0], "a;60;", "none;50;")), 11, "no id"),
    "a repeated key": (pb_text(comment="x\nrule;greedy"), 9, "'rule'"),
    "no key": (pb_text(comment="x\n;greedy"), 9, "no key"),
    "a repeated column": (pb_text(votes=("voter_id;vote;Vote", *VOTES[1:])), 13, "'vote'"),
    "a missing column": (pb_text(projects=("project_id;name", "a;x", "b;y")), 9, "cost"),
    "no points": (pb_text(vote_type="cumulative"), 13, "points"),
    "too few points": (pb_text(vote_type="cumulative", votes=(WITH_POINTS, "1;a;1", "2;a,b;1", "3;b;1")), 15, "points"),
    "negative points": (pb_text(vote_type="cumulative", votes=(WITH_POINTS, "1;a;-1", "2;;", "3;;")), 14, "negative"),
    "points in words": (pb_text(vote_type="scoring", votes=(WITH_POINTS, "1;a;x", "2;;", "3;;")), 14, "'x'"),
    "seven decimals": (pb_text(vote_type="ordinal", votes=(WITH_POINTS, "1;a;0.1234567", "2;;", "3;;")), 14, "six"),
    "a row cut off": (pb_text(votes=(*VOTES[:3], "3")).rstrip("\n"), 16, "cut off"),
    "a quote that never ends": (pb_text(votes=(*VOTES[:3], '3;"b')), 16, "never ends"),
    "a section too many": (pb_text() + "VOTES\nvoter_id;vote\n", 17, "VOTES"),
    "no sections": ("hello;you\n", 1, "META"),
    "an empty file": ("", 1, "META"),
    "no projects": (pb_text().split("PROJECTS")[0], 8, "PROJECTS"),
    "no votes": (pb_text().split("VOTES")[0], 12, "VOTES"),
    "a heading alone": (pb_text().split("voter_id")[0], 13, "column names"),
    "a NUL byte": (pb_text(comment="a\0b"), 8, "NUL"),
    "no text": (pb_text().encode() + b"\xff\n", 17, "UTF-8"),
    "a very long line": (pb_text(comment="x" * 2_300_000), 8, "million bytes"),
    "a very long cell": (pb_text(comment="x" * 200_000), 8, "cell"),
    "many blank lines": ("\n" * 20_000, 10_001, "blank"),
}


@pytest.mark.parametrize(("text", "line", "part"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_line(text, line, part):
    found, message = fault(text)
    assert found == line
    assert part in message


def test_a_fault_after_a_cell_of_many_lines_names_the_line_in_the_file():
    projects = (PROJECTS[0], 'a;60;"one\n\ntwo"', "b;50;")
    assert fault(pb_text(projects=projects, votes=(*VOTES[:3], "3;c")))[0] == 18


def test_a_fault_far_down_names_its_line():
    votes = [f"{number};a" for number in range(5000)]
    votes[4321] = "4321;c"
    assert fault(pb_text(votes=("voter_id;vote", *votes), num_votes="5000"))[0] == 14 + 4321


class Endless:
    """A stream that repeats one block and counts how often it was asked."""

    def __init__(self, block: bytes, start: bytes = b"") -> None:
        self.block, self.start, self.reads = block, start, 0

    def read(self, size: int) -> bytes:
        self.reads += 1
        start, self.start = self.start, b""
        return start + self.block * (size // len(self.block))


@pytest.mark.parametrize(
    "stream",
    [
        Endless(b"\0"),
        Endless(b"0"),
        Endless(b"\n"),
        Endless(b"   \n"),
        Endless(b";\n"),
        Endless(b'";\n"', b"META\n"),
        Endless(b"a\n", b'META\n"'),
        Endless(b'"a\n";', b"META\nkey;value\n"),
        Endless(b"5;a\n", pb_text().encode()),
    ],
)
def test_endless_input_is_refused_early(stream):
    with pytest.raises(PbFormatError):
        read_pb(stream)
    assert stream.reads < 50


def test_meta_without_end_is_refused():
    rows = b"".join(b"k%d;v\n" % number for number in range(20_000))
    with pytest.raises(PbFormatError, match="too many keys"):
        read_pb(BytesIO(b"META\nkey;value\n" + rows))


def test_progress_counts_bytes():
    text, seen = pb_text().encode(), []
    read_pb(BytesIO(text), seen.append)
    assert seen == [len(text)]


def test_meta_and_rows_are_kept_as_text():
    file = read_text(pb_text(projects=("Project_ID;COST;Target", "a;60;\\N", "b;50;x, y"), instance="007"))
    assert file.meta["instance"] == "007"
    assert file.project_rows == [
        {"project_id": "a", "cost": "60", "beneficiaries": ""},
        {"project_id": "b", "cost": "50", "beneficiaries": "x, y"},
    ]


def test_ids_are_text():
    projects = ("project_id;cost", "01;1", "1;1", "2022/SRO/0008;1", "RM-XIII.2;1")
    text = pb_text(projects=projects, votes=("voter_id;vote", "1;01,RM-XIII.2", "2;1", "3;01"), num_projects="4")
    assert tallies(text) == ["2", "1", "0", "1"]


def test_channels_and_contents_stand_in_the_order_of_the_file():
    votes = ("voter_id;vote;voting_method", "1;a;internet", "2;b;paper", "3;a;", "4;;Kiosk", "5;a;Web", "6;a;pigeon")
    file = read_text(pb_text(votes=votes, num_votes="6"))
    assert [CHANNELS[number] for number in file.channels] == ["web", "paper", "unknown", "kiosk", "web", "unknown"]
    assert file.channels.dtype == np.uint8
    assert file.ballot_rows.tolist() == [0, 1, 0, 2, 0, 0]
    assert file.election.ballots.copies.tolist() == [4, 1, 1]


def test_a_missing_method_is_unknown():
    assert read_text(pb_text()).channels.tolist() == [0, 0, 0]


def test_an_empty_vote_is_a_blank_ballot():
    file = read_text(pb_text(votes=("voter_id;vote", "1;", "2;None", "3;b")))
    assert (file.election.ballots.blank, file.election.ballots.total) == (2, 3)


def test_a_project_named_twice_counts_twice():
    assert tallies(pb_text(votes=("voter_id;vote", "1;a,a", "2;b", "3;a"))) == ["3", "1"]


POINTS = {
    ("ordinal", ("voter_id;vote", "1;a,b", "2;b", "3;b,a")): ["3", "4"],
    ("ordinal", (WITH_POINTS, "1;a,b;5,1", "2;b;5", "3;;")): ["5", "6"],
    ("cumulative", (WITH_POINTS, "1;a,b;0.25,1", "2;b;5", "3;a;1.5")): ["1.75", "6"],
    ("approval", (WITH_POINTS, "1;a,b;x", "2;b;", "3;;")): ["1", "2"],
    ("scoring", (WITH_POINTS, "1;a,b;-3,1", "2;b;5", "3;;")): ["-2", "6.5"],
}


@pytest.mark.parametrize(("key", "expected"), POINTS.items(), ids=str)
def test_tallies_follow_the_vote_type(key, expected):
    vote_type, votes = key
    assert tallies(pb_text(vote_type=vote_type, votes=votes, default_score="0.5")) == expected


def test_points_are_kept_in_the_coarsest_scale():
    text = pb_text(vote_type="cumulative", votes=(WITH_POINTS, "1;a,b;0.50,1", "2;b;5", "3;a;1.5"))
    ballots = read_text(text).election.ballots
    assert (ballots.point_scale, ballots.points.tolist()) == (10, [5, 10, 50, 15])


@pytest.mark.parametrize(("stated", "limit"), [(None, 10000), ("70", 7000)])
def test_a_knapsack_is_limited_by_the_budget_or_as_stated(stated, limit):
    election = read_text(pb_text(vote_type="knapsack", max_sum_cost=stated)).election
    assert election.vote_type is VoteType.KNAPSACK
    assert election.limits.max_sum_cost_minor == limit


def test_an_unreadable_limit_is_passed_over():
    election = read_text(pb_text(max_length="some", min_length="2")).election
    assert (election.limits.max_length, election.limits.min_length) == (None, 2)


@pytest.mark.parametrize(
    ("currency", "minor"), [("JPY", 60), ("eur", 6000), ("KWD", 60000), ("CLF", 600000), ("", 6000)]
)
def test_minor_units_follow_the_currency(currency, minor):
    assert read_text(pb_text(currency=currency)).election.projects[0].cost_minor == minor


def test_a_budget_finer_than_the_minor_unit_is_cut():
    assert read_text(pb_text(budget="100.999")).election.budget_minor == 10099
