"""Small real records for tests. Every keyword may be given; what is not given gets a sensible value."""

from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone
from wagtail.models import Locale

from participation.choices import BudgetStatus, PhaseKind, ResultSource
from participation.models import (
    BallotBox,
    Budget,
    BudgetText,
    Category,
    CategoryText,
    District,
    Envelope,
    EnvelopeText,
    Person,
    Phase,
    PhaseText,
    Project,
    ProjectText,
    Regulations,
    RegulationsText,
    Result,
    ResultLine,
)

_number = count(1)


def locale(language_code: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=language_code)[0]


def make_person(*, email: str = "", password: str = "a long enough password", **fields) -> Person:
    return Person.objects.create_user(email or f"person{next(_number)}@example.org", password, **fields)


def make_budget(*, title: str = "A greener town", slug: str = "", **fields) -> Budget:
    budget = Budget.objects.create(
        slug=slug or f"budget-{next(_number)}",
        **{"status": BudgetStatus.PUBLISHED, "share_minor": 10_000_000, **fields},
    )
    BudgetText.objects.create(identity=budget, locale=locale(), title=title, introduction="What shall we build?")
    return budget


def make_phase(
    budget: Budget,
    *,
    kind: PhaseKind = PhaseKind.VOTING,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    title: str = "",
    **fields,
) -> Phase:
    start = starts_at or timezone.now() - timedelta(days=1)
    phase = Phase.objects.create(
        budget=budget, kind=kind, starts_at=start, ends_at=ends_at or start + timedelta(days=7), **fields
    )
    PhaseText.objects.create(identity=phase, locale=locale(), title=title or str(kind.label))
    return phase


def make_district(name: str = "") -> District:
    return District.objects.create(name=name or f"District {next(_number)}")


def make_category(name: str = "Nature", slug: str = "") -> Category:
    category = Category.objects.create(slug=slug or f"{name.lower()}-{next(_number)}")
    CategoryText.objects.create(identity=category, locale=locale(), name=name)
    return category


def make_ballot_box(budget: Budget, **fields) -> BallotBox:
    return BallotBox.objects.create(budget=budget, **{"slug": f"box-{next(_number)}", **fields})


def make_envelope(
    budget: Budget, *, title: str = "The whole town", amount_minor: int = 10_000_000, **fields
) -> Envelope:
    envelope = Envelope.objects.create(
        budget=budget, amount_minor=amount_minor, **{"slug": f"envelope-{next(_number)}", **fields}
    )
    EnvelopeText.objects.create(identity=envelope, locale=locale(), title=title)
    return envelope


def make_project(envelope: Envelope, *, title: str = "", cost_minor: int = 1_000_000, **fields) -> Project:
    number = next(_number)
    project = Project.objects.create(
        budget=envelope.budget,
        envelope=envelope,
        cost_minor=cost_minor,
        **{"public_number": number, "recorded_order": number, **fields},
    )
    ProjectText.objects.create(
        identity=project, locale=locale(), title=title or f"Project {number}", description="Why."
    )
    return project


def make_regulations(budget: Budget, *, version: int = 1, valid_from: date | None = None) -> Regulations:
    made = Regulations.objects.create(
        budget=budget, version=version, valid_from=valid_from or timezone.localdate() - timedelta(days=1)
    )
    RegulationsText.objects.create(identity=made, locale=locale(), title=f"Version {version}", body="Who may vote.")
    return made


def make_result(envelope: Envelope, *, funded=(), lost=(), published: bool = True) -> Result:
    """A result whose winners are `funded` and whose other projects are `lost`, in this order."""
    now = timezone.now()
    spent = sum(project.cost_minor for project in funded)
    result = Result.objects.create(
        envelope=envelope,
        source=ResultSource.COUNTED,
        rule={"name": "greedy"},
        facts={"ballots": 10, "valid": 10, "blank": 0},
        spent_minor=spent,
        left_minor=envelope.amount_minor - spent,
        sha256="0" * 64,
        counted_at=now,
        published_at=now if published else None,
    )
    for position, project in enumerate([*funded, *lost], start=1):
        won = position <= len(funded)
        ResultLine.objects.create(
            result=result,
            position=position,
            project=project,
            tally=100 - position,
            funded=won,
            reason="funded" if won else "did_not_fit",
            reason_facts={"left_minor": 0, "missing_minor": project.cost_minor},
        )
    return result
