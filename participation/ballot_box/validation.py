"""Whether a whole ballot keeps the frozen rules: one clear fault at a time, with a stable code. Pure."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.ballot_box.canonical import canonical
from participation.ballot_box.rules import EnvelopeRules, FrozenRules, categories_over, most_projects, within
from participation.content import write_content
from participation.counting.election import POINTS_TYPES, VoteType


class Fault(models.TextChoices):
    """What is wrong with a ballot: the value is the code of the API and never changes."""

    NOT_A_BALLOT = "not_a_ballot", _("This cannot be read as a ballot.")
    UNKNOWN_FIELD = "unknown_field", _("A ballot has no such field.")
    UNKNOWN_ENVELOPE = "unknown_envelope", _("This envelope does not belong to this vote.")
    ENVELOPE_NOT_OPEN = "envelope_not_open", _("You may not vote in this envelope.")
    TOO_MANY_ENVELOPES = "too_many_envelopes", _("You may vote in fewer envelopes at once.")
    EMPTY = "empty", _("Nothing is chosen.")
    UNKNOWN_PROJECT = "unknown_project", _("This project is not on the ballot.")
    PROJECT_TWICE = "project_twice", _("A project is chosen twice.")
    TOO_FEW = "too_few", _("Too few projects are chosen.")
    TOO_MANY = "too_many", _("Too many projects are chosen.")
    OVER_BUDGET = "over_budget", _("The chosen projects cost more than there is.")
    UNDER_COST = "under_cost", _("The chosen projects cost less than the rules ask for.")
    CATEGORY_FULL = "category_full", _("Too many projects of one category are chosen.")
    POINTS_MISSING = "points_missing", _("Each chosen project needs its points.")
    POINTS_OUT_OF_RANGE = "points_out_of_range", _("The points of a project are outside what the rules allow.")
    POINTS_SUM = "points_sum", _("The sum of the points is not what the rules ask for.")


class InvalidBallot(ValueError):
    """The ballot breaks a rule; nothing was changed. `pointer` says where."""

    def __init__(self, fault: Fault, pointer: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.pointer = fault, pointer


def content_of(ballot: Any, rules: FrozenRules, open_envelopes: frozenset[str] | None) -> str:
    """The canonical content of a ballot `{"envelopes": {slug: {"projects": [...], "points": [...]}}}`.

    `open_envelopes` are those open to the voter; None on paper, where each paper is for who may use it.
    Raises InvalidBallot.
    """
    choices = envelopes_of(ballot)
    parts = {}
    for slug, choice in choices.items():
        if slug not in rules.envelopes:
            raise InvalidBallot(Fault.UNKNOWN_ENVELOPE, f"/envelopes/{slug[:40]}")
        if open_envelopes is not None and slug not in open_envelopes:
            raise InvalidBallot(Fault.ENVELOPE_NOT_OPEN, f"/envelopes/{slug}")
        parts[slug] = envelope_content(choice, rules.vote_type, rules.envelopes[slug], f"/envelopes/{slug}")
    if rules.most_envelopes is not None and len(parts) > rules.most_envelopes:
        raise InvalidBallot(Fault.TOO_MANY_ENVELOPES, "/envelopes")
    return canonical(parts)


def envelopes_of(ballot: Any) -> dict[str, Any]:
    refuse_other_than(ballot, {"envelopes"}, "")
    choices = ballot.get("envelopes")
    if not isinstance(choices, dict):
        raise InvalidBallot(Fault.NOT_A_BALLOT, "/envelopes")
    if not choices:
        raise InvalidBallot(Fault.EMPTY, "/envelopes")
    return choices


def refuse_other_than(value: Any, known: set[str], pointer: str) -> None:
    if not isinstance(value, dict):
        raise InvalidBallot(Fault.NOT_A_BALLOT, pointer)
    for name in value:
        if name not in known:
            raise InvalidBallot(Fault.UNKNOWN_FIELD, f"{pointer}/{name[:40]}")


def envelope_content(choice: Any, vote_type: VoteType, rules: EnvelopeRules, pointer: str) -> dict[str, Any]:
    with_points = vote_type in POINTS_TYPES and vote_type is not VoteType.ORDINAL
    refuse_other_than(choice, {"projects", "points"} if with_points else {"projects"}, pointer)
    numbers = whole_numbers(choice.get("projects"), f"{pointer}/projects")
    check_numbers(numbers, vote_type, rules, f"{pointer}/projects")
    points = None
    if with_points:
        points = whole_numbers(choice.get("points"), f"{pointer}/points", Fault.POINTS_MISSING)
        check_points(points, len(numbers), rules, f"{pointer}/points")
    content: dict[str, Any] = json.loads(write_content(vote_type, numbers, points))
    return content


def whole_numbers(values: Any, pointer: str, missing: Fault = Fault.NOT_A_BALLOT) -> list[int]:
    if not isinstance(values, list):
        raise InvalidBallot(missing, pointer)
    for place, value in enumerate(values):
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidBallot(Fault.NOT_A_BALLOT, f"{pointer}/{place}")
    return values


def check_numbers(numbers: list[int], vote_type: VoteType, rules: EnvelopeRules, pointer: str) -> None:
    for place, number in enumerate(numbers):
        if number not in rules.costs:
            raise InvalidBallot(Fault.UNKNOWN_PROJECT, f"{pointer}/{place}")
    if len(set(numbers)) < len(numbers):
        raise InvalidBallot(Fault.PROJECT_TWICE, pointer)
    if not numbers:
        raise InvalidBallot(Fault.EMPTY, pointer)
    most = most_projects(vote_type, rules.limits)
    if len(numbers) < rules.least:
        raise InvalidBallot(Fault.TOO_FEW, pointer)
    if most is not None and len(numbers) > most:
        raise InvalidBallot(Fault.TOO_MANY, pointer)
    cost = sum(rules.costs[number] for number in numbers)
    if not within(cost, None, rules.limits.max_sum_cost_minor):
        raise InvalidBallot(Fault.OVER_BUDGET, pointer)
    if not within(cost, rules.limits.min_sum_cost_minor, None):
        raise InvalidBallot(Fault.UNDER_COST, pointer)
    if categories_over(rules, numbers):
        raise InvalidBallot(Fault.CATEGORY_FULL, pointer)


def check_points(points: list[int], chosen: int, rules: EnvelopeRules, pointer: str) -> None:
    if len(points) != chosen:
        raise InvalidBallot(Fault.POINTS_MISSING, pointer)
    least = rules.limits.min_points if rules.limits.min_points is not None else 0
    for place, value in enumerate(points):
        if not within(value, least, rules.limits.max_points):
            raise InvalidBallot(Fault.POINTS_OUT_OF_RANGE, f"{pointer}/{place}")
    if not within(sum(points), rules.limits.min_sum_points, rules.limits.max_sum_points):
        raise InvalidBallot(Fault.POINTS_SUM, pointer)
