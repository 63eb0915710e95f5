"""A ballot as it stands on the page: an envelope is a part, a project is a line."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from frontend_templates.voting.checks import Found
from frontend_templates.voting.marks import Marks, field_name, has_numbers
from frontend_templates.voting.notices import Notice
from frontend_templates.voting.rules_said import rules_said
from frontend_templates.voting.totals import Totals, totals
from participation.ballot_box.rules import EnvelopeRules, FrozenRules, most_projects
from participation.choices import VoteType
from participation.models import BallotBox, Category, Envelope, Project


@dataclass(frozen=True)
class Line:
    """`missing_minor` is how much more than is left a project costs that is not chosen."""

    project: Project
    cost_minor: int
    name: str
    target: str
    mark: str
    missing_minor: int
    fault: Found | None
    notices: list[Notice]

    @property
    def points(self) -> int:
        """Or the rank. Only where the ballot is known to be whole."""
        return int(self.mark)


@dataclass(frozen=True)
class Part:
    envelope: Envelope
    limits: EnvelopeRules
    said: list[str]
    lines: list[Line]
    totals: Totals
    faults: list[Found]
    ranks: range

    @property
    def chosen(self) -> list[Line]:
        """What is chosen: by rank where there are ranks."""
        marked = [line for line in self.lines if line.mark]
        if self.ranks:
            return sorted(marked, key=lambda line: (line.points, line.project.public_number))
        return sorted(marked, key=lambda line: line.project.public_number)


@dataclass(frozen=True)
class Sheet:
    box: BallotBox
    rules: FrozenRules
    parts: list[Part]
    faults: list[Found]

    @property
    def control(self) -> str:
        """What stands beside each project: radio, checkbox, number or select."""
        if self.rules.vote_type == VoteType.CHOOSE_1:
            return "radio"
        if self.rules.vote_type == VoteType.ORDINAL:
            return "select"
        return "number" if has_numbers(self.rules.vote_type) else "checkbox"

    @property
    def counts_along(self) -> bool:
        """Whether there is a total to keep in view."""
        return self.control == "checkbox" or any(part.totals.whole_points is not None for part in self.parts)


def sheet(
    box: BallotBox,
    rules: FrozenRules,
    slugs: Iterable[str],
    marks: Marks,
    *,
    order: str,
    faults: Iterable[Found] = (),
    notices: Iterable[Notice] = (),
) -> Sheet:
    """The envelopes of `slugs` with their projects in the order that belongs to `order`."""
    found = list(faults)
    envelopes = box.envelopes.filter(slug__in=list(slugs)).with_texts().select_related("district").order_by("pk")
    projects = list(Project.objects.filter(envelope__in=envelopes).with_texts())
    categories = category_names(rules)
    parts = []
    for envelope in envelopes:
        limits, marked = rules.envelopes[envelope.slug], marks.get(envelope.slug, {})
        own = [fault for fault in found if fault.envelope == envelope.slug]
        used = totals(rules, limits, marked)
        listed = shuffled((one for one in projects if one.envelope_id == envelope.pk), order)
        lines = [
            line(one, limits, marked.get(one.public_number, ""), used, own, notices)
            for one in listed
            if one.public_number in limits.costs
        ]
        said = rules_said(rules, limits, box.budget.currency, categories)
        parts.append(Part(envelope, limits, said, lines, used, own, ranks_of(rules, limits)))
    return Sheet(box, rules, parts, found)


def line(
    project: Project, limits: EnvelopeRules, mark: str, used: Totals, faults: list[Found], notices: Iterable[Notice]
) -> Line:
    number = project.public_number
    cost = limits.costs[number]
    return Line(
        project=project,
        cost_minor=cost,
        name=field_name(limits.slug),
        target=field_name(limits.slug, number),
        mark=mark,
        missing_minor=0 if mark else used.missing_minor(cost),
        fault=next((fault for fault in faults if fault.number == number), None),
        notices=[notice for notice in notices if notice.project == number],
    )


def shuffled(projects: Iterable[Project], order: str) -> list[Project]:
    def place(project: Project) -> bytes:
        return hashlib.sha256(f"{order}/{project.public_number}".encode()).digest()

    return sorted(projects, key=place)


def ranks_of(rules: FrozenRules, limits: EnvelopeRules) -> range:
    if rules.vote_type != VoteType.ORDINAL:
        return range(0)
    most = most_projects(rules.vote_type, limits.limits)
    return range(1, min(most or len(limits.costs), len(limits.costs)) + 1)


def category_names(rules: FrozenRules) -> dict[str, str]:
    slugs = {slug for envelope in rules.envelopes.values() for slug in envelope.category_limits}
    if not slugs:
        return {}
    return {category.slug: str(category) for category in Category.objects.filter(slug__in=slugs).with_texts()}
