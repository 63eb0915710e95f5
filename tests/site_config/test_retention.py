"""What is erased by the clock, before, at and after its time."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from participation.actions.field import claim_proposal, hash_of
from participation.actions.guardians import answer_for, name_guardian
from participation.actions.personal_data import ask_for_personal_data, finish_personal_data
from participation.actions.retention import forget_names_on_paper, forget_notifications, forget_silent_guardians
from participation.ballot_box.roll import new_code
from participation.choices import Role
from participation.exports.personal_data import path_of
from participation.models import FieldEntry, GuardianConsent, Notification, Person, PersonalDataExport, RoleAssignment
from site_config.periodic import PERIODIC_JOBS
from site_config.retention import remove_old_downloads, remove_unconfirmed_accounts
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, put_proposal
from tests.factories.votes import make_draft_box, make_voter

pytestmark = pytest.mark.django_db
AT = datetime(2031, 5, 20, 12, tzinfo=UTC)
YEAR, MONTH = timedelta(days=365), timedelta(days=30)
FORTNIGHT, WEEK, MOMENT = timedelta(days=14), timedelta(days=7), timedelta(microseconds=1)


def signed_up(*, confirmed: bool = False, since: timedelta = FORTNIGHT + MOMENT, **fields) -> Person:
    person = make_person(**fields)
    Person.objects.filter(pk=person.pk).update(date_joined=AT - since)
    EmailAddress.objects.create(user=person, email=person.email, verified=confirmed, primary=True)
    return person


def is_there(person: Person) -> bool:
    return Person.objects.filter(pk=person.pk, erased_at=None).exists()


@pytest.mark.parametrize(
    ("since", "stays"), [(FORTNIGHT - MOMENT, True), (FORTNIGHT, True), (FORTNIGHT + MOMENT, False)]
)
def test_an_account_that_nobody_confirmed_goes_after_its_time(since, stays):
    person = signed_up(since=since)
    remove_unconfirmed_accounts(AT)
    assert is_there(person) is stays
    assert EmailAddress.objects.exists() is stays


def test_who_confirmed_an_address_stays():
    person = signed_up(confirmed=True)
    EmailAddress.objects.create(user=person, email="second@example.org", verified=False)
    remove_unconfirmed_accounts(AT)
    assert is_there(person)


def test_whoever_has_a_task_stays():
    staff, superuser = signed_up(is_staff=True), signed_up(is_superuser=True)
    officer, editor = signed_up(), signed_up()
    RoleAssignment.objects.create(person=officer, role=Role.OFFICER)
    editor.groups.add(Group.objects.create(name="Writers"))
    remove_unconfirmed_accounts(AT)
    assert all(map(is_there, (staff, superuser, officer, editor)))


def test_one_that_a_roll_names_is_erased_and_hinders_no_other():
    named, other = signed_up(), signed_up()
    make_voter(make_draft_box(), account=named)
    remove_unconfirmed_accounts(AT)
    remove_unconfirmed_accounts(AT)
    assert not Person.objects.filter(pk=other.pk).exists()
    assert Person.objects.get(pk=named.pk).erased_at == AT


@pytest.mark.parametrize(("since", "stays"), [(WEEK, True), (WEEK + MOMENT, False)])
def test_downloads_go_after_a_week(tmp_path, settings, since, stays):
    settings.PERSONAL_DATA_DIR = tmp_path
    person = make_person()
    export = ask_for_personal_data(actor=person, person=person, at=AT - since)
    finish_personal_data(uuid=export.uuid, at=AT - since)
    remove_old_downloads(AT)
    assert path_of(export).exists() is stays
    assert PersonalDataExport.objects.exists() is stays


def test_the_worker_does_both():
    ours = {remove_unconfirmed_accounts, remove_old_downloads}
    ours |= {forget_notifications, forget_names_on_paper, forget_silent_guardians}
    assert ours <= {job.run for job in PERIODIC_JOBS}


@pytest.mark.parametrize(("since", "stays"), [(YEAR, True), (YEAR + MOMENT, False)])
@pytest.mark.parametrize("read_at", [None, AT])
def test_notifications_go_after_a_year(since, stays, read_at):
    for number, person in enumerate((make_person(), make_person())):
        Notification.objects.create(
            person=person, event=number, kind="proposal_published", at=AT - since * number, read_at=read_at
        )
    forget_notifications(AT)
    assert Notification.objects.count() == 1 + stays


@pytest.mark.parametrize(("since", "stays"), [(YEAR, True), (YEAR + MOMENT, False)])
def test_names_on_paper_go_after_a_year_and_the_code_still_claims(since, stays):
    proposal = put_proposal(make_open_budget(), submitted_at=AT - since)
    code = new_code()
    FieldEntry.objects.create(proposal=proposal, name="Ada", address="1 Mill Street", code_hash=hash_of(code))
    forget_names_on_paper(AT)
    entry = FieldEntry.objects.get()
    assert (entry.name, entry.address) == (("Ada", "1 Mill Street") if stays else ("", ""))
    person = make_person()
    assert claim_proposal(actor=person, code=code, at=AT).author == person


@pytest.mark.parametrize(("since", "stays"), [(MONTH, True), (MONTH + MOMENT, False)])
def test_who_never_answered_is_forgotten(since, stays):
    person = make_person()
    name_guardian(actor=person, contact="a@example.org", at=AT - since)
    forget_silent_guardians(AT)
    person.refresh_from_db()
    assert (person.guardian_contact == "a@example.org") is stays
    assert GuardianConsent.objects.exists() is stays


def test_what_a_guardian_said_stays():
    person = make_person()
    consent = name_guardian(actor=person, contact="a@example.org", at=AT - YEAR)
    answer_for(consent=consent, agrees=True, at=AT - YEAR)
    forget_silent_guardians(AT)
    person.refresh_from_db()
    assert (person.guardian_contact, person.guardian_agreed_at) == ("a@example.org", AT - YEAR)


def test_every_time_stands_in_the_settings(settings):
    quarter = timedelta(days=90)
    expected = {"unconfirmed accounts": FORTNIGHT, "downloads of personal data": WEEK, "rolls": quarter}
    expected |= {"notifications": YEAR, "names on paper": YEAR, "guardians without an answer": MONTH}
    expected |= {"messages": timedelta(days=365), "sign-ups for events": timedelta(days=30)}
    expected |= {"machine translations": quarter}
    assert expected == settings.RETENTION
