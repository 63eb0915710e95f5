"""`python -m participation.counting`, as a program."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from participation.counting.command_line import main
from tests.participation.counting.builders import DATA, PROJECTS, pb_text

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "participation.counting"]
KEYS = ["file", "rule", "winners", "tally", "spent_minor", "left_minor", "error"]


def run(*arguments):
    """The program as a process of its own."""
    result = subprocess.run(
        [*PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert "Traceback" not in result.stderr
    return result


@pytest.fixture
def reports(capsys):
    """The program within this process, which is quicker: its exit code and its lines."""

    def run_within(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, [json.loads(line) for line in printed.out.splitlines()]

    return run_within


@pytest.fixture
def ballots(tmp_path):
    def write(name="ballots.pb", **changes):
        path = tmp_path / name
        path.write_text(pb_text(**changes), encoding="utf-8")
        return path

    return write


def test_exit_codes_and_streams_of_the_program(ballots, tmp_path):
    assert run(ballots()).returncode == 0
    assert run(tmp_path).returncode == 1
    wrong = run()
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("usage: python -m participation.counting")


def test_a_file_is_one_line_of_json(ballots):
    path = ballots(projects=(PROJECTS[0], "ä;60;", "b;50;"), votes=("voter_id;vote", "1;ä", "2;ä,b", "3;b"))
    result = run(path)
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout == (
        f'{{"file": "{path}", "rule": "greedy", "winners": ["\\u00e4"], "tally": {{"\\u00e4": 2, "b": 2}}, '
        '"spent_minor": 6000, "left_minor": 4000, "error": null}\n'
    )


def test_the_other_files_are_still_printed(ballots, tmp_path, reports):
    missing, broken = tmp_path / "missing.pb", tmp_path / "broken.pb"
    broken.write_bytes(pb_text().encode()[:-3])
    code, lines = reports(missing, tmp_path, broken, ballots())
    assert code == 1
    assert [list(line) for line in lines] == [KEYS] * 4
    assert [bool(line["error"]) for line in lines] == [True, True, True, False]
    assert lines[0] == dict.fromkeys(KEYS) | {
        "file": str(missing),
        "error": "The file cannot be read: No such file or directory.",
    }
    assert lines[2]["error"] == "line 16: The file is cut off within this row."


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, bytes(range(256)) * 100, b"\n" * 200_000, b"x" * 3_000_000, b"\xff\xfe", b'"' * 999]
)
def test_what_is_no_file_of_ballots_is_one_sentence(content, tmp_path, reports):
    path = tmp_path / "odd.pb"
    path.write_bytes(content)
    code, (line,) = reports(path)
    assert code == 1
    assert line["error"].startswith("line ")
    assert line["error"].endswith(".")


def test_a_rule_can_be_asked_for(reports):
    code, (line,) = reports(DATA / "Poland_Swiecie_2023.pb", "--rule", "greedy-no-skip")
    assert (code, line["rule"]) == (0, "greedy-no-skip")


def test_tallies_with_decimals_are_numbers(ballots, reports):
    votes = ("voter_id;vote;points", "1;a;1.25", "2;a,b;1,2", "3;b;3.0")
    _, (line,) = reports(ballots(vote_type="cumulative", votes=votes))
    assert line["tally"] == {"a": 2.25, "b": 5}


@pytest.mark.parametrize(
    ("options", "winners"),
    [
        (["--threshold", "70%"], []),
        (["--threshold", "2"], ["a"]),
        (["--cheaper-first"], ["b"]),
        (["--rule", "greedy-custom", "--top-up", "100"], ["a"]),
        (["--rule", "greedy-custom"], ["a", "b"]),
        (["--rule", "equalshares"], ["a"]),
        (["--rule", "equalshares", "--completion", "add1", "--increment", "0.5", "--integral-start"], ["a"]),
        (["--rule", "equalshares/add1", "--stop-when-exhaustive", "--comparison", "--utility", "points"], ["b"]),
    ],
)
def test_options_change_the_rule(options, winners, ballots, reports):
    code, (line,) = reports(ballots(), *options)
    assert (code, line["error"], line["winners"]) == (0, None, winners)


def test_the_threshold_of_the_file_holds_whatever_the_rule(ballots, reports):
    path = ballots(min_project_score_threshold="3")
    for rule in ("greedy", "greedy-no-skip", "greedy-custom", "equalshares"):
        assert reports(path, "--rule", rule)[1][0]["winners"] == []
    assert reports(path, "--threshold", "1")[1][0]["winners"] == ["a"]


@pytest.mark.parametrize(
    "options",
    [
        ["--completion", "add1"],
        ["--no-comparison"],
        ["--top-up", "50"],
        ["--rule", "equalshares", "--no-stop-when-exhaustive"],
        ["--rule", "equalshares/add1", "--increment", "0.001"],
        ["--decisions", "no-such-file.json"],
    ],
)
def test_an_option_that_does_not_go_with_the_rule_is_an_error(options, ballots, reports):
    code, (line,) = reports(ballots(), *options)
    assert code == 1
    assert line["winners"] is None
    assert line["error"].endswith(".")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x.pb", "--rule", "lottery"],
        ["x.pb", "--threshold", "many"],
        ["x.pb", "--threshold", "200%"],
        ["x.pb", "--completion", "all"],
        ["x.pb", "--increment", "0"],
        ["x.pb", "--top-up", "101"],
        ["x.pb", "--rul", "greedy"],
    ],
)
def test_a_wrong_command_line_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    assert caught.value.code == 2
    assert printed.out == ""
    assert "usage" in printed.err


def test_decisions_are_read_from_a_file(ballots, tmp_path, reports):
    decisions = tmp_path / "decisions.json"
    decisions.write_text('{"withdrawn": ["a"]}', encoding="utf-8")
    assert reports(ballots(), "--decisions", decisions)[1][0]["winners"] == ["b"]


@pytest.mark.parametrize(
    "text", ['{"withdrawn": ["x"]}', '{"with": []}', '{"kept": ["b", "a"]}', "[1", "\xff", "[" * 99999]
)
def test_wrong_decisions_are_an_error_of_each_file(text, ballots, tmp_path, reports):
    decisions = tmp_path / "decisions.json"
    decisions.write_text(text, encoding="latin-1")
    code, (line,) = reports(ballots(), "--decisions", decisions)
    assert code == 1
    assert line["error"].endswith(".")


def test_explanations_stand_before_the_error(ballots, reports):
    code, (line,) = reports(ballots(), "--explain")
    assert code == 0
    assert list(line) == [*KEYS[:-1], "explanation", "error"]
    assert line["explanation"] == [
        "a is funded for 60 with a tally of 2; 40 are left.",
        "b (tally 2) is not funded: it costs 50, 10 more than the 40 left.",
    ]
    assert reports("missing.pb", "--explain")[1][0]["explanation"] is None


@pytest.mark.parametrize("name", ["Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Katowice_2025_Zawodzie.pb"])
def test_every_project_is_explained(name, reports):
    _, (line,) = reports(DATA / name, "--explain")
    assert len(line["explanation"]) == len(line["tally"])


def test_a_reader_that_leaves_is_no_fault(ballots):
    process = subprocess.Popen(
        [*PROGRAM, *[str(ballots())] * 2000], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 1
    process.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as on Unix")
def test_an_interrupt_is_quiet(ballots):
    process = subprocess.Popen(
        [*PROGRAM, *[str(ballots())] * 10_000], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert errors == b""
    assert process.returncode == -signal.SIGINT
