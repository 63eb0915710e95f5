"""The rules of a ballot in sentences, as they stand above it all the time."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.ballot_box.rules import EnvelopeRules, FrozenRules, most_projects
from participation.choices import VoteType
from participation.money import format_money, format_number


def rules_said(rules: FrozenRules, envelope: EnvelopeRules, currency: str, categories: Mapping[str, str]) -> list[str]:
    """For one envelope. `categories` are the names of categories by their slugs."""
    return [
        *what_to_do(rules.vote_type),
        *how_many(rules, envelope),
        *how_dear(envelope, currency),
        *how_many_points(envelope),
        *how_many_of_a_category(envelope, categories),
    ]


def what_to_do(vote_type: str) -> Iterator[str]:
    if vote_type == VoteType.CHOOSE_1:
        yield _("Choose one project.")
    elif vote_type == VoteType.ORDINAL:
        yield _("Give ranks: 1 is the project that you want most.")
    elif vote_type == VoteType.CUMULATIVE:
        yield _("Share out points among the projects.")
    elif vote_type == VoteType.SCORING:
        yield _("Give points to each project that you want to judge.")


def how_many(rules: FrozenRules, envelope: EnvelopeRules) -> Iterator[str]:
    least, most = envelope.least, most_projects(rules.vote_type, envelope.limits)
    if rules.vote_type == VoteType.CHOOSE_1 and most == 1:
        return
    if least > 1:
        shown = {"shown": format_number(least)}
        yield ngettext("Choose at least %(shown)s project.", "Choose at least %(shown)s projects.", least) % shown
    if most is not None:
        shown = {"shown": format_number(most)}
        yield ngettext("Choose at most %(shown)s project.", "Choose at most %(shown)s projects.", most) % shown
    elif rules.vote_type == VoteType.APPROVAL:
        yield _("Choose as many projects as you like.")


def how_dear(envelope: EnvelopeRules, currency: str) -> Iterator[str]:
    least, most = envelope.limits.min_sum_cost_minor, envelope.limits.max_sum_cost_minor
    if most is not None:
        yield _("Together they may cost at most %(amount)s.") % {"amount": format_money(most, currency)}
    if least is not None:
        yield _("Together they must cost at least %(amount)s.") % {"amount": format_money(least, currency)}


def how_many_points(envelope: EnvelopeRules) -> Iterator[str]:
    limits = envelope.limits
    if limits.min_points is not None:
        yield _("A project may get no fewer than %(points)s points.") % {"points": format_number(limits.min_points)}
    if limits.max_points is not None:
        yield _("A project may get no more than %(points)s points.") % {"points": format_number(limits.max_points)}
    least, most = limits.min_sum_points, limits.max_sum_points
    if least is not None and least == most:
        yield _("Share out exactly %(points)s points.") % {"points": format_number(least)}
        return
    if least is not None:
        yield _("Share out at least %(points)s points.") % {"points": format_number(least)}
    if most is not None:
        yield _("Share out at most %(points)s points.") % {"points": format_number(most)}


def how_many_of_a_category(envelope: EnvelopeRules, categories: Mapping[str, str]) -> Iterator[str]:
    for slug, most in sorted(envelope.category_limits.items()):
        shown = {"name": categories.get(slug, slug), "shown": format_number(most)}
        yield (
            ngettext("At most %(shown)s project of %(name)s.", "At most %(shown)s projects of %(name)s.", most) % shown
        )
