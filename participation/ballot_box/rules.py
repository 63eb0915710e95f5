"""The rules of a box as they are frozen: canonical JSON with its hash, and what casting reads of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from participation.ballot_box.canonical import canonical, sha256
from participation.counting.election import Limits, VoteType
from participation.counting.money import exponent_of
from participation.counting.pb_limits import limits_of
from participation.counting.rules import Rule
from participation.models import BallotBox, Envelope, Project

FORMAT = "osp/rules/v1"


@dataclass(frozen=True)
class EnvelopeRules:
    """What a ballot may hold in one envelope: costs and categories of its projects by number."""

    slug: str
    costs: dict[int, int]
    categories: dict[int, tuple[str, ...]]
    limits: Limits
    category_limits: dict[str, int]

    @property
    def least(self) -> int:
        return 1 if self.limits.min_length is None else self.limits.min_length


@dataclass(frozen=True)
class FrozenRules:
    vote_type: VoteType
    most_envelopes: int | None
    envelopes: dict[str, EnvelopeRules]


def text_of(time: datetime) -> str:
    return time.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def rules_of(
    box: BallotBox, *, opens_at: datetime, closes_at: datetime, public_key: str, recount_sha256: str
) -> dict[str, Any]:
    """The document of rules of a box as it stands now."""
    envelopes = box.envelopes.select_related("district", "budget").order_by("slug")
    return {
        "format": FORMAT,
        "box": str(box.uuid),
        "budget": box.budget.slug,
        "slug": box.slug,
        "vote_type": str(box.vote_type),
        "currency": box.budget.currency,
        "opens_at": text_of(opens_at),
        "closes_at": text_of(closes_at),
        "counting_rule": Rule.from_json(box.counting_rule).as_json(),
        "tie_order": str(box.tie_order),
        "lot_source": box.lot_source,
        "most_envelopes": box.most_envelopes,
        "roll": {
            "kind": str(box.roll_kind),
            "asks_for_proof": box.asks_for_proof,
            "minimum_age": box.minimum_age,
            "age_on": box.age_on and box.age_on.isoformat(),
        },
        "auditor": {"name": box.auditor_name, "key": box.auditor_key, "signing_key": box.auditor_signing_key},
        "observers": list(box.observers),
        "public_key": public_key,
        "recount_sha256": recount_sha256,
        "envelopes": [envelope_rules(box, envelope) for envelope in envelopes],
    }


def envelope_rules(box: BallotBox, envelope: Envelope) -> dict[str, Any]:
    projects = envelope.projects.in_recorded_order().prefetch_related("categories", "texts")
    return {
        "slug": envelope.slug,
        "district": envelope.district and envelope.district.name,
        "amount_minor": envelope.amount_minor,
        "limits": {name: str(value) for name, value in box.limits.items()},
        "category_limits": dict(box.category_limits),
        "projects": [project_rules(project) for project in projects],
    }


def project_rules(project: Project) -> dict[str, Any]:
    return {
        "number": project.public_number,
        "title": title_of(project),
        "cost_minor": project.cost_minor,
        "categories": sorted(category.slug for category in project.categories.all()),
        "exclusive_group": project.exclusive_group,
    }


def title_of(project: Project) -> str:
    """In the town's own language: it stands in files, whose reader has no say in the language."""
    return str(project.text_in(settings.LANGUAGE_CODE) or project.uuid)


def frozen_text(rules: dict[str, Any]) -> tuple[str, str]:
    """The canonical text and its SHA-256."""
    text = canonical(rules)
    return text, sha256(text)


@lru_cache(maxsize=64)
def read_rules(text: str) -> FrozenRules:
    """The rules for casting. Texts of frozen rules never change, so they are read once."""
    document = json.loads(text)
    vote_type = VoteType(document["vote_type"])
    exponent = exponent_of(document["currency"])
    return FrozenRules(
        vote_type=vote_type,
        most_envelopes=document["most_envelopes"],
        envelopes={one["slug"]: read_envelope(one, vote_type, exponent) for one in document["envelopes"]},
    )


def read_envelope(one: dict[str, Any], vote_type: VoteType, exponent: int) -> EnvelopeRules:
    cap = one["amount_minor"] if vote_type is VoteType.KNAPSACK else None
    limits = limits_of(one["limits"], exponent, cap)
    return EnvelopeRules(
        slug=one["slug"],
        costs={project["number"]: project["cost_minor"] for project in one["projects"]},
        categories={project["number"]: tuple(project["categories"]) for project in one["projects"]},
        limits=limits,
        category_limits=one["category_limits"],
    )


def titles_in(text: str) -> dict[int, str]:
    """The frozen titles of all projects, by number."""
    envelopes = json.loads(text)["envelopes"]
    return {project["number"]: project["title"] for envelope in envelopes for project in envelope["projects"]}


def most_projects(vote_type: VoteType, limits: Limits) -> int | None:
    return 1 if vote_type is VoteType.CHOOSE_1 and limits.max_length is None else limits.max_length


def within(value: Decimal | int, least: Decimal | int | None, most: Decimal | int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def categories_over(rules: EnvelopeRules, numbers: Iterable[int]) -> list[str]:
    """The categories of which more projects are chosen than may be."""
    counts: dict[str, int] = {}
    for number in numbers:
        for category in rules.categories[number]:
            counts[category] = counts.get(category, 0) + 1
    return sorted(name for name, most in rules.category_limits.items() if counts.get(name, 0) > most)
