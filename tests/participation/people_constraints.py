"""Of each constraint on accounts: something that just about keeps it, and something that breaks it."""

from datetime import UTC, date, datetime

from participation.choices import ConsentState
from participation.models import CitizenGroup, GuardianConsent, Person, PersonalDataExport, RegulationsAcceptance
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


def consents(*states: ConsentState, **fields) -> None:
    person = make_person()
    for state in states:
        when = {} if state == ConsentState.WAITING else {"answered_at": AT}
        when |= {"ended_at": AT} if state == ConsentState.ENDED else {}
        GuardianConsent.objects.create(
            person=person, contact="g@example.org", text_version=1, asked_at=AT, state=state, **{**when, **fields}
        )


def groups(*names: str, kind: str = "class") -> None:
    for name in names:
        CitizenGroup.objects.create(kind=kind, name=name, made_at=AT)


PEOPLE = {
    "budget_guardian_above_minimum_age": (
        lambda: make_budget(minimum_age=11, guardian_below=12),
        lambda: make_budget(minimum_age=12, guardian_below=12),
    ),
    "person_guardian_agreed_is_somebody": (
        lambda: person_with(guardian_agreed_at=AT, guardian_contact="g@example.org"),
        lambda: person_with(guardian_agreed_at=AT),
    ),
    "guardian_consent_one_current": (
        lambda: consents(ConsentState.ENDED, ConsentState.REFUSED, ConsentState.GIVEN),
        lambda: consents(ConsentState.GIVEN, ConsentState.WAITING),
    ),
    "guardian_consent_says_when": (
        lambda: consents(ConsentState.WAITING),
        lambda: consents(ConsentState.GIVEN, answered_at=None),
    ),
    "citizen_group_name_once": (lambda: groups("Class 5b", "Class 5c"), lambda: groups("Class 5b", "CLASS 5B")),
    "citizen_group_kind_known": (lambda: groups("Chess", kind="other"), lambda: groups("Chess", kind="party")),
    "citizen_group_has_a_name": (lambda: groups("X"), lambda: groups("")),
    "budget_minimum_age_of_people": (lambda: make_budget(minimum_age=1), lambda: make_budget(minimum_age=0)),
    "person_reminders_agreed": (
        lambda: person_with(reminders=True, reminders_agreed_at=AT),
        lambda: person_with(reminders=True),
    ),
    "person_erased_is_nobody": (
        lambda: person_with(**NOBODY),
        lambda: person_with(**NOBODY, born=FIRST),
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
