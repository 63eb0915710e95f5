"""Of each constraint on accounts: something that just about keeps it, and something that breaks it."""

from datetime import UTC, date, datetime

from participation.models import Person, PersonalDataExport, RegulationsAcceptance
from tests.factories.participation import make_budget, make_person, make_regulations

AT = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = date(2026, 1, 1)
NOBODY = {"is_active": False, "erased_at": AT}


def person_with(**fields) -> None:
    Person.objects.filter(pk=make_person().pk).update(**fields)


def two_exports(**second) -> None:
    person = make_person()
    for more in ({}, second):
        PersonalDataExport.objects.create(person=person, asked_at=AT, **more)


def two_versions(version: int, day: date) -> None:
    budget = make_budget()
    make_regulations(budget, version=1, valid_from=FIRST)
    make_regulations(budget, version=version, valid_from=day)


def two_acceptances(*versions: int) -> None:
    person, budget = make_person(), make_budget()
    made = {version: make_regulations(budget, version=version, valid_from=date(2026, 1, version)) for version in (1, 2)}
    for version in versions:
        RegulationsAcceptance.objects.create(person=person, regulations=made[version], at=AT)


PEOPLE = {
    "budget_minimum_age_of_people": (lambda: make_budget(minimum_age=1), lambda: make_budget(minimum_age=0)),
    "person_reminders_agreed": (
        lambda: person_with(reminders=True, reminders_agreed_at=AT),
        lambda: person_with(reminders=True),
    ),
    "person_erased_is_nobody": (
        lambda: person_with(**NOBODY),
        lambda: person_with(**NOBODY, display_name="Ana"),
    ),
    "personal_data_waits_once": (lambda: two_exports(made_at=AT), two_exports),
    "personal_data_made_after_asked": (
        lambda: two_exports(made_at=AT),
        lambda: two_exports(made_at=datetime(2025, 12, 31, tzinfo=UTC)),
    ),
    "regulations_version_once": (
        lambda: two_versions(2, date(2026, 2, 1)),
        lambda: two_versions(1, date(2026, 2, 1)),
    ),
    "regulations_one_a_day": (lambda: two_versions(2, date(2026, 1, 2)), lambda: two_versions(2, FIRST)),
    "regulations_version_from_one": (
        lambda: make_regulations(make_budget(), version=1),
        lambda: make_regulations(make_budget(), version=0),
    ),
    "regulations_accepted_once": (lambda: two_acceptances(1, 2), lambda: two_acceptances(1, 1)),
}
