"""What a voter put beside each project, as typed: from a form, to a ballot, and back.

A mark is "1" beside a chosen project, or its points or rank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from participation.ballot_box.rules import EnvelopeRules
from participation.choices import VOTE_TYPES_WITH_POINTS, VoteType

CHOSEN = "1"
LONGEST = 12
Marks = dict[str, dict[int, str]]


class MarkFault(models.TextChoices):
    """What no ballot can be made of."""

    NO_NUMBER = "no_number", _("Write a whole number here.")
    RANK_TWICE = "rank_twice", _("Two projects have the same rank.")


@dataclass
class MarkRefused(Exception):
    fault: MarkFault
    envelope: str
    number: int


def has_numbers(vote_type: str) -> bool:
    """Whether something is typed or chosen beside each project, rather than ticked."""
    return vote_type in VOTE_TYPES_WITH_POINTS


def field_name(envelope: str, number: int | None = None) -> str:
    return f"mark-{envelope}" if number is None else f"mark-{envelope}-{number}"


def marks_posted(data: QueryDict, vote_type: str, envelopes: Iterable[EnvelopeRules]) -> Marks:
    read = numbers_posted if has_numbers(vote_type) else ticks_posted
    return {one.slug: read(data, one) for one in envelopes}


def numbers_posted(data: QueryDict, envelope: EnvelopeRules) -> dict[int, str]:
    typed = {number: data.get(field_name(envelope.slug, number), "").strip()[:LONGEST] for number in envelope.costs}
    return {number: mark for number, mark in typed.items() if mark}


def ticks_posted(data: QueryDict, envelope: EnvelopeRules) -> dict[int, str]:
    ticked = set(data.getlist(field_name(envelope.slug)))
    return {number: CHOSEN for number in envelope.costs if str(number) in ticked}


def ballot_of(marks: Marks, vote_type: str) -> dict[str, Any]:
    """A whole ballot; envelopes without a mark are left out. Raises MarkRefused."""
    choices = {slug: choice_of(slug, marked, vote_type) for slug, marked in marks.items()}
    return {"envelopes": {slug: choice for slug, choice in choices.items() if choice["projects"]}}


def choice_of(slug: str, marked: Mapping[int, str], vote_type: str) -> dict[str, Any]:
    if not has_numbers(vote_type):
        return {"projects": sorted(marked)}
    points = {number: whole(mark, slug, number) for number, mark in marked.items()}
    if vote_type == VoteType.ORDINAL:
        return {"projects": in_order(points, slug)}
    if vote_type == VoteType.CUMULATIVE:
        points = {number: value for number, value in points.items() if value}
    numbers = sorted(points)
    return {"projects": numbers, "points": [points[number] for number in numbers]}


def whole(mark: str, slug: str, number: int) -> int:
    try:
        return int(mark)
    except ValueError:
        raise MarkRefused(MarkFault.NO_NUMBER, slug, number) from None


def in_order(ranks: Mapping[int, int], slug: str) -> list[int]:
    """By rank. Ranks that are left out change no order."""
    ordered = sorted(ranks, key=lambda number: (ranks[number], number))
    for before, after in pairwise(ordered):
        if ranks[before] == ranks[after]:
            raise MarkRefused(MarkFault.RANK_TWICE, slug, after)
    return ordered


def marks_of(choices: Mapping[str, Mapping[str, Any]], vote_type: str) -> Marks:
    """The marks of the choices of a valid ballot."""
    return {slug: marks_of_choice(choice, vote_type) for slug, choice in choices.items()}


def marks_of_choice(choice: Mapping[str, Any], vote_type: str) -> dict[int, str]:
    numbers = choice["projects"]
    if vote_type == VoteType.ORDINAL:
        return {number: str(rank) for rank, number in enumerate(numbers, start=1)}
    points = choice.get("points") or [CHOSEN] * len(numbers)
    return {number: str(value) for number, value in zip(numbers, points, strict=True)}
