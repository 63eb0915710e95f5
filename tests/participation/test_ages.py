"""Who is old enough, on which day; and what it takes of a guardian before somebody young takes part."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from participation.actions.comments import comment_on
from participation.actions.erasure import erase_account
from participation.actions.guardians import answer_for, name_guardian, say_born, take_consent_back
from participation.actions.proposals import submit
from participation.actions.supports import support, take_back
from participation.choices import ConsentState, PhaseKind, Role
from participation.eligibility import age_on, refusal_by_age
from participation.exports.personal_data import document
from participation.models import ActivityEntry, GuardianConsent, Person
from participation.models.guardian_consent import ANSWER_WITHIN
from participation.refusals import ActionRefused, Refusal
from tests.factories.discussion import make_discussed, make_holder
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, next_phase, put_proposal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def refusal(act, **named) -> Refusal | None:
    try:
        act(**named)
    except ActionRefused as refused:
        return refused.refusal
    return None


def aged(years: int, **fields) -> Person:
    """Somebody whose birthday was yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return make_person(born=yesterday.replace(year=yesterday.year - years, day=min(yesterday.day, 28)), **fields)


@pytest.mark.parametrize(
    ("born", "age"), [(date(2010, 6, 14), 16), (date(2010, 6, 15), 16), (date(2010, 6, 16), 15), (date(2026, 6, 15), 0)]
)
def test_one_grows_older_on_the_birthday(born, age):
    assert age_on(born, AT.date()) == age


def test_the_29th_of_february_has_its_birthday_on_the_1st_of_march():
    assert [age_on(date(2012, 2, 29), day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [13, 14]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (None, Refusal.BIRTH_DATE_MISSING),
        (date(2015, 6, 16), Refusal.BELOW_MINIMUM_AGE),
        (date(2015, 6, 15), Refusal.GUARDIAN_MISSING),
        (date(2010, 6, 16), Refusal.GUARDIAN_MISSING),
        (date(2010, 6, 15), None),
    ],
)
def test_before_at_and_after_each_age(born, expected):
    budget = make_open_budget(minimum_age=11, guardian_below=16)
    assert refusal_by_age(make_person(born=born), budget, AT) is expected


def test_the_day_is_that_of_the_town(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    budget, person = make_open_budget(minimum_age=16), make_person(born=date(2010, 6, 16))
    with timezone.override("Pacific/Auckland"):
        evening = datetime(2026, 6, 15, 11, 59, tzinfo=UTC)
        assert refusal_by_age(person, budget, evening) is Refusal.BELOW_MINIMUM_AGE
        assert refusal_by_age(person, budget, evening + timedelta(minutes=1)) is None


def test_a_budget_without_a_rule_asks_nobody():
    assert refusal_by_age(make_person(), make_open_budget(), AT) is None


def test_the_young_do_not_propose_support_or_comment():
    budget, young, at = make_open_budget(PhaseKind.PROPOSING, minimum_age=12), aged(11), timezone.now()
    assert refusal(make_draft, budget=budget, author=young) is Refusal.BELOW_MINIMUM_AGE
    proposal = put_proposal(next_phase(budget, PhaseKind.SUPPORTING))
    said = {"key": uuid.uuid4(), "body": "Good.", "language": "en"}
    assert refusal(support, actor=young, proposal=proposal, at=at) is Refusal.BELOW_MINIMUM_AGE
    assert refusal(comment_on, actor=young, proposal=proposal, at=at, **said) is Refusal.BELOW_MINIMUM_AGE
    for act, more in ((support, {}), (comment_on, said)):
        assert refusal(act, actor=aged(12), proposal=proposal, at=at, **more) is None


def test_a_draft_is_handed_in_only_while_the_guardian_agrees():
    budget, young, at = make_open_budget(guardian_below=16), aged(12), timezone.now()
    consent = name_guardian(actor=young, contact="mother@example.org", at=at)
    answer_for(consent=consent, agrees=True, at=at)
    young.refresh_from_db()
    draft = make_draft(budget, young)
    take_consent_back(consent=consent, at=at)
    young.refresh_from_db()
    draft.author = young
    assert refusal(submit, actor=young, proposal=draft, at=at) is Refusal.GUARDIAN_MISSING


def test_a_support_is_taken_back_at_any_age():
    budget = make_open_budget(PhaseKind.SUPPORTING)
    proposal, young, at = put_proposal(budget), aged(12), timezone.now()
    support(actor=young, proposal=proposal, at=at)
    budget.guardian_below = 16
    budget.save()
    assert take_back(actor=young, proposal=proposal, at=at)


def test_who_answers_for_the_administration_is_not_asked_for_an_age():
    proposal = make_discussed(make_open_budget(PhaseKind.SUPPORTING, minimum_age=16))
    holder = make_holder(Role.VALUATOR)
    said = {"key": uuid.uuid4(), "body": "It is feasible.", "language": "en", "officially": True}
    assert refusal(comment_on, actor=holder, proposal=proposal, at=timezone.now(), **said) is None


def test_the_date_of_birth_is_said_once_and_has_to_be_real():
    person = make_person()
    for born in (date(2026, 6, 16), date(1890, 1, 1)):
        assert refusal(say_born, actor=person, born=born, at=AT) is Refusal.BIRTH_DATE_UNREAL
    say_born(actor=person, born=date(2026, 6, 15), at=AT)
    assert refusal(say_born, actor=person, born=date(1990, 1, 1), at=AT) is Refusal.BIRTH_DATE_GIVEN
    person.refresh_from_db()
    assert person.born == date(2026, 6, 15)


def test_a_guardian_answers_once_and_in_time():
    person = make_person()
    consent = name_guardian(actor=person, contact="mother@example.org", at=AT)
    late = AT + ANSWER_WITHIN
    assert refusal(answer_for, consent=consent, agrees=True, at=late) is Refusal.CONSENT_NOT_OPEN
    answer_for(consent=consent, agrees=True, at=late - SECOND)
    consent.refresh_from_db()
    assert (consent.state, consent.answered_at, consent.text_version) == (ConsentState.GIVEN, late - SECOND, 1)
    assert refusal(answer_for, consent=consent, agrees=False, at=late - SECOND) is Refusal.CONSENT_NOT_OPEN


def test_a_no_leaves_the_way_open_to_name_somebody_else():
    person = make_person(born=date(2014, 1, 1))
    answer_for(consent=name_guardian(actor=person, contact="a@example.org", at=AT), agrees=False, at=AT)
    person.refresh_from_db()
    budget = make_open_budget(guardian_below=16)
    assert refusal_by_age(person, budget, AT) is Refusal.GUARDIAN_MISSING
    name_guardian(actor=person, contact="b@example.org", at=AT)
    person.refresh_from_db()
    assert refusal_by_age(person, budget, AT) is Refusal.GUARDIAN_WAITS


def test_naming_another_ends_what_the_first_said():
    person = make_person()
    first = name_guardian(actor=person, contact="a@example.org", at=AT)
    answer_for(consent=first, agrees=True, at=AT)
    second = name_guardian(actor=person, contact="b@example.org", at=AT)
    person.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, person.guardian_agreed_at) == (ConsentState.ENDED, None)
    assert not take_consent_back(consent=first, at=AT)
    assert second.state == ConsentState.WAITING


def test_nobody_is_their_own_guardian_and_nobody_is_asked_without_end():
    person = make_person(email="young@example.org")
    own = refusal(name_guardian, actor=person, contact="Young@example.org", at=AT)
    assert own is Refusal.GUARDIAN_IS_YOU
    for _ in range(3):
        name_guardian(actor=person, contact="a@example.org", at=AT)
    assert refusal(name_guardian, actor=person, contact="a@example.org", at=AT) is Refusal.TOO_FAST
    assert refusal(name_guardian, actor=person, contact="a@example.org", at=AT + timedelta(days=1)) is None


def test_all_of_it_is_exported_and_erased_and_no_log_tells_it():
    person = make_person(born=date(2014, 1, 1))
    answer_for(consent=name_guardian(actor=person, contact="a@example.org", at=AT), agrees=True, at=AT)
    person.refresh_from_db()
    told = document(person)
    assert told["account"]["born"] == date(2014, 1, 1)
    assert [one["contact"] for one in told["guardian_consents"]] == ["a@example.org"]
    details = str(list(ActivityEntry.objects.values_list("details", flat=True)))
    assert "a@example.org" not in details
    assert "2014" not in details
    erase_account(actor=person, person=person, at=AT)
    person.refresh_from_db()
    assert (person.born, person.guardian_contact, person.guardian_agreed_at) == (None, "", None)
    assert not GuardianConsent.objects.exists()
