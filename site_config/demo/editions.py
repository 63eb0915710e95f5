"""The budgets of the demo town in which people propose, or did so: their words, phases and money."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from participation.choices import BudgetStatus, Opening, PhaseKind
from participation.models import (
    Budget,
    BudgetText,
    Category,
    District,
    Envelope,
    EnvelopeText,
    Phase,
    PhaseText,
    Regulations,
    RegulationsText,
)
from site_config.demo.town import CATEGORIES, DISTRICTS, EUROS, say

# One can propose, support and discuss at once, so that all is tried out in one visit.
ALL_THREE = [Opening.PROPOSALS.value, Opening.SUPPORTS.value, Opening.COMMENTS.value]
PHASES = (
    (PhaseKind.PROPOSING, ALL_THREE, "Ideas and supports", "Idées et soutiens"),
    (PhaseKind.VALUATING, None, "The town checks and costs", "La ville étudie et chiffre"),
    (PhaseKind.VOTING, None, "The vote", "Le vote"),
    (PhaseKind.DELIVERING, None, "Building", "Les travaux"),
)


@dataclass(frozen=True)
class Edition:
    """`days` are those on which its phases begin and the last one ends, counted from the day of loading."""

    slug: str
    days: tuple[int, ...]
    euros: tuple[int, int, int]
    english: dict[str, str]
    french: dict[str, str]
    settings: dict[str, object] = field(default_factory=dict)
    has_regulations: bool = False


NEXT_YEAR = Edition(
    slug="rivemont-ideas",
    days=(-20, 40, 120, 141, 500),
    euros=(250_000, 100_000, 100_000),
    english={"title": "Ideas for next year", "introduction": "450,000 euros: what should Rivemont do with them?"},
    french={"title": "Des idées pour demain", "introduction": "450 000 euros : que doit en faire Rivemont ?"},
    settings={"most_proposals": 20, "most_supports": 80},
)
SPRING = Edition(
    slug="rivemont-spring",
    days=(-110, -40, 80, 101, 510),
    euros=(90_000, 45_000, 45_000),
    english={"title": "Ideas of spring", "introduction": "The ideas are in. The services check and cost each of them."},
    french={
        "title": "Les idées du printemps",
        "introduction": "Les idées sont là. Les services étudient et chiffrent chacune.",
    },
    settings={"most_supports_per_envelope": 40},
    has_regulations=True,
)
SCHOOLYARDS = Edition(
    slug="rivemont-our-yards",
    days=(-9, 50, 130, 151, 520),
    euros=(60_000, 20_000, 20_000),
    english={"title": "Schoolyards", "introduction": "Children say what their yards need. Moderators look first."},
    french={
        "title": "Cours d’école",
        "introduction": "Les enfants disent ce qui manque à leurs cours. Les modérateurs regardent d’abord.",
    },
    settings={"moderates_first": True, "first_comments_wait": True},
)


def make_edition(edition: Edition, at: datetime) -> Budget:
    budget = Budget.objects.create(
        slug=edition.slug,
        status=BudgetStatus.PUBLISHED,
        currency="EUR",
        share_minor=sum(edition.euros) * EUROS,
        **edition.settings,
    )
    say(BudgetText, budget, en=edition.english, fr=edition.french)
    budget.categories.set(Category.objects.filter(slug__in=CATEGORIES))
    make_phases(budget, edition, timezone.make_aware(datetime.combine(timezone.localdate(at), time.min)))
    make_envelopes(budget, edition)
    if edition.has_regulations:
        make_regulations(budget, timezone.localdate(at) + timedelta(days=edition.days[0]))
    return budget


def make_phases(budget: Budget, edition: Edition, today: datetime) -> None:
    dates = [today + timedelta(days=days) for days in edition.days]
    for (kind, switched, title, titre), begins, ends in zip(PHASES, dates, dates[1:], strict=False):
        phase = Phase.objects.create(budget=budget, kind=kind, starts_at=begins, ends_at=ends, switched=switched)
        say(PhaseText, phase, en={"title": title}, fr={"title": titre})


def make_envelopes(budget: Budget, edition: Edition) -> None:
    north, south = (District.objects.get(name=name) for name in DISTRICTS)
    kinds = (
        ("town", None, "The whole town", "Toute la ville"),
        ("north", north, "Rivemont North", "Rivemont Nord"),
        ("south", south, "Rivemont South", "Rivemont Sud"),
    )
    for (slug, district, title, titre), euros in zip(kinds, edition.euros, strict=True):
        made = Envelope.objects.create(budget=budget, slug=slug, amount_minor=euros * EUROS, district=district)
        say(EnvelopeText, made, en={"title": title}, fr={"title": titre})


def make_regulations(budget: Budget, day) -> None:
    rules = Regulations.objects.create(budget=budget, version=1, valid_from=day)
    say(
        RegulationsText,
        rules,
        en={
            "title": "Rules of the ideas of spring",
            "body": "Whoever lives in Rivemont may propose, from twelve years on.",
        },
        fr={
            "title": "Règles des idées du printemps",
            "body": "Toute personne qui habite Rivemont peut proposer, dès douze ans.",
        },
    )
