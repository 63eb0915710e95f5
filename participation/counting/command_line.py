"""Counts Pabulib files and prints one line of JSON for each."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

from participation.counting.count import count
from participation.counting.decisions import NO_DECISIONS, Decisions
from participation.counting.explain import explanations
from participation.counting.money import AMOUNT, quoted, to_minor
from participation.counting.numbers import Threshold, percent_of
from participation.counting.outcome import Outcome
from participation.counting.pb_format import PbFile, PbFormatError, read_pb
from participation.counting.rules import Completion, Rule, Utility, rule_named, rule_of_file, threshold_of_file

Value = TypeVar("Value")
COUNTED, SOME_ERRORS = 0, 1
SWITCHES = (
    "threshold",
    "completion",
    "stop_when_exhaustive",
    "comparison",
    "utility",
    "cheaper_first",
    "integral_start",
    "top_up_percent",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all files were counted, 1 when any had an error; a wrong command line exits with 2."""
    options = parser().parse_args(arguments)
    try:
        return print_files(options)
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_ERRORS


def print_files(options: argparse.Namespace) -> int:
    code = COUNTED
    for name in options.files:
        report = report_on(name, options)
        if report["error"] is not None:
            code = SOME_ERRORS
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()
    return code


def report_on(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """The keys in the order in which they are printed."""
    explained = ["explanation"] if options.explain else []
    report: dict[str, Any] = dict.fromkeys(
        ["file", "rule", "winners", "tally", "spent_minor", "left_minor", *explained, "error"]
    )
    report["file"] = name
    try:
        with Path(name).open("rb") as stream:
            file = read_pb(stream)
        rule = rule_of(file, options)
        outcome = count(file.election, rule, decisions_in(options.decisions))
    except (PbFormatError, ValueError) as error:
        report["error"] = str(error)
    except OSError as error:
        report["error"] = f"The file cannot be read: {error.strerror}."
    except MemoryError:
        report["error"] = "The file is too large for the memory there is."
    else:
        report |= figures(rule, outcome)
        if options.explain:
            report["explanation"] = explanations(outcome)
    return report


def rule_of(file: PbFile, options: argparse.Namespace) -> Rule:
    """The rule of the file or the one asked for, with the switches of the command line."""
    if options.rule is None:
        rule = rule_of_file(file.meta, file.election.vote_type)
    else:
        rule = replace(options.rule, threshold=threshold_of_file(file.meta))
    given = {switch: getattr(options, switch) for switch in SWITCHES if getattr(options, switch) is not None}
    if options.increment is not None:
        given["increment"] = to_minor(options.increment, file.election.exponent)
    return rule.with_switches(given)


def figures(rule: Rule, outcome: Outcome) -> dict[str, Any]:
    tallies = {line.index: line for line in outcome.lines}
    lines = [tallies[index] for index in sorted(tallies)]
    return {
        "rule": rule.name,
        "winners": list(outcome.winners),
        "tally": {
            line.project: int(line.tally) if line.tally == int(line.tally) else float(line.tally) for line in lines
        },
        "spent_minor": outcome.spent_minor,
        "left_minor": outcome.left_minor,
    }


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m participation.counting", description=__doc__, allow_abbrev=False)
    options.add_argument("files", nargs="+", metavar="FILE.pb")
    options.add_argument("--rule", type=argument(rule_named), metavar="NAME")
    options.add_argument("--threshold", type=argument(Threshold.read), metavar="N or N%%")
    options.add_argument("--completion", type=argument(Completion), choices=list(Completion))
    options.add_argument("--stop-when-exhaustive", action=argparse.BooleanOptionalAction, default=None)
    options.add_argument("--comparison", action=argparse.BooleanOptionalAction, default=None)
    options.add_argument("--utility", type=argument(Utility), choices=list(Utility))
    options.add_argument("--cheaper-first", action="store_true", default=None)
    options.add_argument("--integral-start", action="store_true", default=None)
    options.add_argument("--increment", type=argument(checked_amount), metavar="AMOUNT")
    options.add_argument("--top-up", dest="top_up_percent", type=argument(percent_of), metavar="PERCENT")
    options.add_argument("--decisions", metavar="FILE.json")
    options.add_argument("--explain", action="store_true")
    return options


def argument(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Reads an argument so that the sentence of a ValueError reaches the user."""

    def read_argument(text: str) -> Value:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read_argument


def checked_amount(text: str) -> str:
    """An amount whose minor units only the currency of each file can tell."""
    if not AMOUNT.fullmatch(text) or not text.strip("0.,"):
        raise ValueError(f"{quoted(text)} is not an amount above zero.")
    return text


def decisions_in(name: str | None) -> Decisions:
    """The decisions of the file of that name. ValueError with one sentence when it cannot be read."""
    if name is None:
        return NO_DECISIONS
    try:
        with Path(name).open(encoding="utf-8") as stream:
            return Decisions.from_json(json.load(stream))
    except (OSError, RecursionError) as error:
        raise ValueError(f"The decisions cannot be read: {getattr(error, 'strerror', error)}.") from None
    except (JSONDecodeError, UnicodeDecodeError):
        raise ValueError("The decisions are not JSON.") from None
