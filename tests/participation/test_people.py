"""What people do with an account of their own: profile, reminders, sessions, their data, its end."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from participation.actions import erasure
from participation.actions.erasure import erase_account, remove_account
from participation.actions.people import agree_to_reminders, change_profile, sign_out_everywhere
from participation.actions.personal_data import (
    ask_for_personal_data,
    finish_personal_data,
    make_personal_data,
    remove_personal_data,
)
from participation.actions.records import remove_record
from participation.actions.regulations import accept_regulations
from participation.choices import Role
from participation.eligibility import refusal_to_take_part
from participation.exports import personal_data
from participation.exports.personal_data import path_of
from participation.models import (
    ActivityEntry,
    Declaration,
    DeclarationProof,
    Person,
    PersonalDataExport,
    Proposal,
    Regulations,
    RegulationsAcceptance,
    Reminder,
    RoleAssignment,
    RollEntry,
    Support,
)
from participation.refusals import ActionRefused, Refusal
from tests.factories.participation import locale, make_budget, make_person, make_regulations
from tests.factories.proposals import put_proposal
from tests.factories.votes import make_draft_box, make_voter

pytestmark = pytest.mark.django_db
AT = datetime(2031, 5, 4, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.PERSONAL_DATA_DIR = tmp_path / "personal-data"
    return settings.PERSONAL_DATA_DIR


@pytest.fixture
def person():
    locale("en")
    return make_person(email="ana@example.org", display_name="Ana", language="en", guardian_contact="Eva, 555 0100")


def refusal_of(call, **keywords) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        call(**keywords)
    return refused.value.refusal


def profile(person, **fields):
    return change_profile(actor=person, person=person, at=AT, **{"display_name": "Ana", "language": "", **fields})


def test_a_profile_is_changed_and_logged(person):
    profile(person, display_name="  Ana   María ", language="en")

    person.refresh_from_db()
    assert (person.display_name, person.language, person.public_name) == ("Ana María", "en", "Ana María")
    entry = ActivityEntry.objects.get()
    assert (entry.actor, entry.verb, entry.subject, entry.at) == (person, "change_profile", str(person.uuid), AT)
    assert "Ana" not in json.dumps(entry.details)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"display_name": "аdmin"}, Refusal.NAME_MIXED),
        ({"display_name": "Moderator"}, Refusal.NAME_RESERVED),
        ({"display_name": "x" * 10_240}, Refusal.NAME_TOO_LONG),
        ({"display_name": "Ana\u202e"}, Refusal.NAME_UNREADABLE),
        ({"language": "tlh"}, Refusal.LANGUAGE_UNKNOWN),
        ({"language": "fr"}, Refusal.LANGUAGE_UNKNOWN),
    ],
)
def test_a_refused_profile_changes_nothing(person, fields, refusal):
    assert refusal_of(profile, person=person, **fields) is refusal
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("Ana", "en")
    assert not ActivityEntry.objects.exists()


@pytest.mark.parametrize("name", ["Jeanne Martin", "jeanne-martin", "JEANNE MART1N", "Jéanne  Martin"])
def test_nobody_is_called_like_somebody_who_works_for_the_administration(person, name):
    RoleAssignment.objects.create(person=make_person(display_name="Jeanne Martin"), role=Role.MODERATOR)
    assert refusal_of(profile, person=person, display_name=name) is Refusal.NAME_RESERVED
    person.refresh_from_db()
    assert person.display_name == "Ana"


def test_two_of_the_administration_may_have_one_name_and_who_has_a_name_keeps_it(person):
    profile(make_person(display_name="", is_staff=True), display_name="Ana")
    assert profile(person, display_name="Ana", language="").language == ""
    assert refusal_of(profile, person=make_person(), display_name="ana") is Refusal.NAME_RESERVED


def test_others_never_see_an_address():
    assert "@" not in make_person(email="b@example.org").public_name


def test_agreement_to_reminders_is_off_and_kept_with_its_moment(person):
    assert person.reminders is False
    agree_to_reminders(actor=person, person=person, agrees=True, at=AT)
    agree_to_reminders(actor=person, person=person, agrees=True, at=AT + DAY)
    person.refresh_from_db()
    assert (person.reminders, person.reminders_agreed_at) == (True, AT)
    agree_to_reminders(actor=person, person=person, agrees=False, at=AT + DAY)
    person.refresh_from_db()
    assert (person.reminders, person.reminders_agreed_at) == (False, None)
    assert list(ActivityEntry.objects.order_by("at").values_list("verb", flat=True)) == [
        "agree_to_reminders",
        "end_reminders",
    ]


def test_signing_out_everywhere_turns_the_hash_of_one_person_alone(person):
    other = make_person()
    before, of_other = person.get_session_auth_hash(), other.get_session_auth_hash()
    turned = sign_out_everywhere(actor=person, person=person, at=AT)
    other.refresh_from_db()
    assert turned.get_session_auth_hash() != before
    assert other.get_session_auth_hash() == of_other


def test_the_hash_follows_password_and_old_keys(person, settings):
    before = person.get_session_auth_hash()
    old_key, settings.SECRET_KEY = settings.SECRET_KEY, "another key, long enough to be one of its own"
    settings.SECRET_KEY_FALLBACKS = [old_key]
    assert list(person.get_session_auth_fallback_hash()) == [before]
    person.set_password("another long password")
    assert list(person.get_session_auth_fallback_hash()) != [before]


# All my data ----------------------------------------------------------------------------------------------------


def ask(person, at=AT) -> PersonalDataExport:
    return ask_for_personal_data(actor=person, person=person, at=at)


def test_the_file_is_made_by_the_worker_and_holds_what_is_kept(person, own_folder, monkeypatch):
    box = make_draft_box()
    make_voter(box, account=person, register_id="R7")
    monkeypatch.setitem(personal_data.SECTIONS, "poems", lambda one: [one.display_name])
    monkeypatch.setattr(personal_data, "FILES", [lambda one: [("photo.txt", b"bytes")]])
    export = ask(person)
    assert DBTaskResult.objects.get().backend_name == "jobs"
    assert not path_of(export).exists()

    make_personal_data.call(str(export.uuid))
    make_personal_data.call(str(export.uuid))

    export.refresh_from_db()
    assert export.made_at
    assert path_of(export).stat().st_mode & 0o077 == 0
    assert settings.MEDIA_ROOT not in path_of(export).parents
    with zipfile.ZipFile(path_of(export)) as archive:
        assert sorted(archive.namelist()) == ["data.json", "files/photo.txt"]
        held = json.loads(archive.read("data.json"))
    assert held["account"]["email"] == "ana@example.org"
    assert held["rolls"][0]["register_id"] == "R7"
    assert held["poems"] == ["Ana"]
    assert held["activity"][0]["verb"] == "ask_for_personal_data"
    assert not [word for word in ("password", "person_ref", "salt", "hash") if word in json.dumps(held)]
    assert [path.name for path in own_folder.iterdir()] == [f"{export.uuid}.zip"]


def test_one_file_at_a_time_and_one_an_hour(person):
    export = ask(person)
    assert refusal_of(ask, person=person) is Refusal.EXPORT_WAITS
    finish_personal_data(uuid=export.uuid, at=AT)
    assert refusal_of(ask, person=person, at=AT + HOUR - timedelta(seconds=1)) is Refusal.EXPORT_RECENT
    ask(person, at=AT + HOUR)


def test_files_go_with_their_rows_after_their_time(person):
    export = ask(person)
    finish_personal_data(uuid=export.uuid, at=AT)
    path = path_of(export)
    assert remove_personal_data(before=AT) == 0
    assert path.exists()
    assert remove_personal_data(before=AT + timedelta(seconds=1)) == 1
    assert not path.exists()
    assert not PersonalDataExport.objects.exists()


def test_a_file_whose_person_went_meanwhile_is_not_left(person, own_folder):
    export = ask(person)
    erase_account(actor=person, person=person, at=AT)
    make_personal_data.call(str(export.uuid))
    assert not own_folder.exists() or not list(own_folder.iterdir())


def test_a_failing_section_leaves_no_half_file(person, own_folder, monkeypatch):
    monkeypatch.setitem(personal_data.SECTIONS, "broken", lambda one: 1 / 0)
    export = ask(person)
    with pytest.raises(ZeroDivisionError):
        make_personal_data.call(str(export.uuid))
    assert not list(own_folder.iterdir())


# The end of an account ------------------------------------------------------------------------------------------


def test_erasing_leaves_a_row_without_anything_personal(person):
    agree_to_reminders(actor=person, person=person, agrees=True, at=AT)
    export = ask(person)
    finish_personal_data(uuid=export.uuid, at=AT)
    before = person.get_session_auth_hash()

    erased = erase_account(actor=person, person=person, at=AT)

    erased.refresh_from_db()
    assert (erased.email, erased.display_name, erased.language) == (f"{erased.uuid}@deleted.invalid", "", "")
    assert erased.guardian_contact == ""
    assert (erased.is_active, erased.reminders, erased.erased_at) == (False, False, AT)
    assert not erased.has_usable_password()
    assert erased.get_session_auth_hash() != before
    assert (str(erased), erased.public_name) == ("deleted account", "deleted account")
    assert not path_of(export).exists()
    assert authenticate(username="ana@example.org", password="a long enough password") is None


def test_names_beside_roles_of_before_go_too(person):
    for named in (person, make_person(display_name="Anabel")):
        role = RoleAssignment.objects.create(person=named, role=Role.OFFICER)
        remove_record(actor=None, record=role, at=AT)
    erase_account(actor=person, person=person, at=AT)
    left = [entry.details for entry in ActivityEntry.objects.filter(verb="delete").order_by("pk")]
    assert left[0] == {}
    assert left[1]["name"].startswith("Anabel: ")


def test_the_address_is_free_again(person):
    erase_account(actor=person, person=person, at=AT)
    assert make_person(email="ana@example.org").pk != person.pk


def test_entries_of_rolls_stay_as_they_are(person):
    box = make_draft_box()
    make_voter(box, account=person, register_id="R7")
    entry = RollEntry.objects.get(account=person)
    before = RollEntry.objects.filter(pk=entry.pk).values().get()
    erase_account(actor=person, person=person, at=AT)
    assert RollEntry.objects.filter(pk=entry.pk).values().get() == before


def test_a_step_of_a_later_model_is_one_line(person, monkeypatch):
    forgotten = []
    monkeypatch.setattr(erasure, "STEPS", [*erasure.STEPS, lambda one: forgotten.append(one.email)])
    erase_account(actor=person, person=person, at=AT)
    assert forgotten == ["ana@example.org"]


@pytest.mark.parametrize("kind", ["staff", "superuser", "role"])
def test_who_works_for_the_administration_is_not_erased(kind):
    person = make_person(is_staff=kind == "staff", is_superuser=kind == "superuser")
    if kind == "role":
        RoleAssignment.objects.create(person=person, role=Role.OFFICER)
    assert refusal_of(erase_account, actor=person, person=person, at=AT) is Refusal.HOLDS_A_ROLE
    person.refresh_from_db()
    assert person.is_active


def test_an_erased_account_does_nothing_more(person):
    erase_account(actor=person, person=person, at=AT)
    assert refusal_of(erase_account, actor=person, person=person, at=AT) is Refusal.ACCOUNT_ERASED
    assert refusal_of(profile, person=person) is Refusal.ACCOUNT_ERASED
    assert refusal_of(ask, person=person) is Refusal.ACCOUNT_ERASED
    assert refusal_of(sign_out_everywhere, actor=person, person=person, at=AT) is Refusal.ACCOUNT_ERASED


@pytest.mark.parametrize("fields", [{"is_active": True}, {"display_name": "Ana"}, {"is_superuser": True}])
def test_the_database_keeps_erased_people_nobody(person, fields):
    erase_account(actor=person, person=person, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**fields)


def test_an_account_that_nothing_names_leaves_no_row(person):
    remove_account(actor=None, person=person, at=AT)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert ActivityEntry.objects.get().verb == "erase_account"


def test_one_that_something_names_leaves_nobody(person):
    make_voter(make_draft_box(), account=person)
    remove_account(actor=None, person=person, at=AT)
    assert Person.objects.get(pk=person.pk).erased_at == AT


# Regulations ----------------------------------------------------------------------------------------------------


def regulations(budget, version: int, day: datetime) -> Regulations:
    return make_regulations(budget, version=version, valid_from=day.date())


def accept(person, version, at=AT):
    return accept_regulations(actor=person, person=person, regulations=version, at=at)


def test_a_budget_without_regulations_asks_for_nothing(person):
    assert refusal_to_take_part(person, make_budget(), AT) is None


def test_the_current_version_must_be_accepted_and_only_that(person):
    budget = make_budget()
    first, second = regulations(budget, 1, AT - DAY), regulations(budget, 2, AT + DAY)
    assert str(first) == "Version 1"
    assert refusal_to_take_part(person, budget, AT - 2 * DAY) is None
    assert refusal_to_take_part(person, budget, AT) is Refusal.REGULATIONS_NOT_ACCEPTED
    assert refusal_of(accept, person=person, version=second) is Refusal.REGULATIONS_NOT_CURRENT
    accept(person, first)
    assert refusal_of(accept, person=person, version=first) is Refusal.DONE_ALREADY
    assert refusal_to_take_part(person, budget, AT) is None
    assert refusal_to_take_part(person, budget, AT + DAY) is Refusal.REGULATIONS_NOT_ACCEPTED
    assert refusal_of(accept, person=person, version=first, at=AT + DAY) is Refusal.REGULATIONS_NOT_CURRENT
    assert RegulationsAcceptance.objects.get().at == AT
    assert ActivityEntry.objects.get().verb == "accept_regulations"


def test_regulations_begin_at_midnight_in_the_town(person, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    budget = make_budget()
    regulations(budget, 1, datetime(2031, 5, 5, tzinfo=UTC))
    assert refusal_to_take_part(person, budget, datetime(2031, 5, 4, 11, 59, tzinfo=UTC)) is None
    after = refusal_to_take_part(person, budget, datetime(2031, 5, 4, 12, 0, tzinfo=UTC))
    assert after is Refusal.REGULATIONS_NOT_ACCEPTED


def test_acceptance_of_another_budget_does_not_count(person):
    one, other = make_budget(), make_budget()
    accept(person, regulations(one, 1, AT - DAY))
    regulations(other, 1, AT - DAY)
    assert refusal_to_take_part(person, other, AT) is Refusal.REGULATIONS_NOT_ACCEPTED


def test_drafts_go_with_their_author_and_what_was_handed_in_stays_without_a_name():
    person = make_person(display_name="Ana")
    budget = make_budget()
    draft = Proposal.objects.create(budget=budget, author=person, language="en")
    public = put_proposal(budget, author=person)
    Support.objects.create(proposal=public, person=person)
    erase_account(actor=person, person=person, at=AT)
    assert not Proposal.objects.filter(pk=draft.pk).exists()
    public.refresh_from_db()
    assert public.author_name == "deleted account"
    assert Support.objects.get().person is None


# What points to a person, and the part of their file in which it is told.
TOLD = {
    "participation.citizengroup.contact": "groups",
    "participation.proposal.author": "proposals",
    "participation.coauthor.person": "co_authored",
    "participation.invitation.inviter": "invitations",
    "participation.invitation.person": "invitations",
    "participation.comment.author": "comments",
    "participation.commentvote.person": "comment_votes",
    "participation.declaration.person": "declarations",
    "participation.flag.person": "reports",
    "participation.moderationdecision.person": "decisions",
    "participation.follow.person": "follows",
    "participation.notification.person": "notifications",
    "participation.guardianconsent.person": "guardian_consents",
    "participation.activityentry.actor": "activity",
    "participation.reminder.person": "reminders",
    "participation.regulationsacceptance.person": "accepted_regulations",
    "participation.roleassignment.person": "roles",
    "participation.rollentry.account": "rolls",
    "participation.support.person": "supports",
}
# What somebody did or may do for the administration, and what is the file itself.
OF_AN_OFFICE = {
    *("fieldentry.officer", "keyedpaper.officer", "supportsheet.officer", "merge.actor", "moderationdecision.actor"),
    *("officerpass.person", "paperbatch.first_keyed_by", "paperbatch.second_keyed_by", "personaldataexport.person"),
    *("twopersonact.asked_by", "twopersonact.confirmed_by"),
}


def test_whatever_points_to_a_person_is_told_in_their_file():
    pointing = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_app_config("participation").get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model is Person
    }
    assert pointing - {f"participation.{name}" for name in OF_AN_OFFICE} == set(TOLD)
    assert set(TOLD.values()) <= set(personal_data.SECTIONS)


def test_the_file_holds_earlier_words_reminders_and_proofs(monkeypatch):
    person, box = make_person(), make_draft_box()
    put_proposal(make_budget(), author=person, title="A bench")
    Reminder.objects.create(box=box, person=person)
    declared = Declaration.objects.create(
        budget=box.budget,
        person=person,
        name="Ana",
        born=date(1990, 1, 1),
        address="1 Mill Street",
        state="waiting",
        declared_on=AT.date(),
    )
    DeclarationProof.objects.create(declaration=declared, data=b"%PDF-scan", is_pdf=True)
    told = personal_data.document(person)
    assert [(one["number"], one["title"]) for one in told["proposal_versions"]] == [(1, "A bench")]
    assert told["reminders"] == [{"box__budget__slug": box.budget.slug, "box__slug": box.slug}]
    assert list(personal_data.files_of(person)) == [(f"proof-{declared.pk}.pdf", b"%PDF-scan")]
    assert list(personal_data.files_of(make_person())) == []


def test_the_file_holds_what_somebody_wrote_and_backed():
    person = make_person()
    budget = make_budget()
    own, other = put_proposal(budget, author=person, title="A bench"), put_proposal(budget, title="A tree")
    Support.objects.create(proposal=other, person=person)
    told = personal_data.document(person)
    assert [one["title"] for one in told["proposals"]] == ["A bench"]
    assert [one["proposal__title"] for one in told["supports"]] == ["A tree"]
    assert own.uuid == told["proposals"][0]["uuid"]
