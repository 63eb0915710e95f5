"""One's own account, as its owner sees it, and as nobody else does."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log as wagtail_log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms_pages.models import ContactMessage, EventSignUp
from participation.actions.personal_data import finish_personal_data
from participation.choices import Role
from participation.exports.personal_data import document
from participation.models import ActivityEntry, Person, PersonalDataExport, RoleAssignment
from participation.refusals import Refusal
from tests.factories.participation import make_person
from tests.frontend_templates.pages import INLINE_HANDLER, INLINE_SCRIPT, read

PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def afresh(tmp_path, settings):
    cache.clear()
    settings.PERSONAL_DATA_DIR = tmp_path / "personal-data"


def citizen(email: str = "ana@example.org", **fields) -> Person:
    person = make_person(email=email, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def signed_in(email: str = "ana@example.org") -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.fixture
def person() -> Person:
    return citizen(display_name="Ana")


@pytest.fixture
def client(person) -> Client:
    return signed_in()


def again(client: Client, address: str, password: str = PASSWORD):
    """Shows once more who one is, and goes on to an address."""
    return client.post(f"/accounts/reauthenticate/?next={address}", {"password": password})


OWN = ("/en/profile/", "/en/profile/erase/", "/en/profile/data/5f9f2c7e-0d56-4c0e-9d7c-2f6a3c6f1c11/")
POSTED = ("/en/profile/sign-out-everywhere/", "/en/profile/data/", "/en/profile/erase/", "/en/profile/")


@pytest.mark.parametrize("address", OWN)
def test_strangers_are_sent_to_sign_in(visitor, address):
    assert visitor.get(address)["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", POSTED)
def test_strangers_change_nothing(visitor, person, address):
    assert visitor.post(address, {"is_sure": "on"})["Location"].startswith("/accounts/login/?next=")
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.parametrize("address", POSTED)
def test_forms_of_other_sites_are_refused(person, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post(address).status_code == 403


@pytest.mark.parametrize("address", ["/en/profile/sign-out-everywhere/", "/en/profile/data/"])
def test_links_change_nothing(client, address):
    assert client.get(address).status_code == 405


def test_the_profile_is_kept(client, person):
    answer = client.post("/en/profile/", {"display_name": " Ana  María ", "language": "en", "reminders": "on"})
    assert answer["Location"] == "/en/profile/"
    person.refresh_from_db()
    assert (person.display_name, person.language, person.reminders) == ("Ana María", "en", True)
    page = client.get("/en/profile/")
    assert page["Cache-Control"] == "no-store"
    assert "Your profile is kept." in read(page).text
    client.post("/en/profile/", {"display_name": "Ana"})
    person.refresh_from_db()
    assert (person.language, person.reminders, person.reminders_agreed_at) == ("", False, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"display_name": "аdmin"}, Refusal.NAME_MIXED.label),
        ({"display_name": "Moderator"}, Refusal.NAME_RESERVED.label),
        ({"display_name": "Ana\u202e"}, Refusal.NAME_UNREADABLE.label),
        ({"display_name": "A\x00na"}, "Null characters are not allowed."),
        ({"display_name": "x" * 100}, Refusal.NAME_TOO_LONG.label),
        ({"display_name": "x" * 10_240}, "at most 320 characters"),
        ({"display_name": "Ana", "language": "tlh"}, "not one of the available choices"),
        ({"display_name": "Ana", "language": "x" * 10_240}, "not one of the available choices"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(client, person, typed, sentence):
    answer = client.post("/en/profile/", typed)
    assert str(sentence) in read(answer).text
    assert 'aria-invalid="true"' in answer.content.decode()
    person.refresh_from_db()
    assert person.display_name == "Ana"


def test_signing_out_everywhere_ends_every_session_of_one_person(client, person):
    elsewhere, other = signed_in(), None
    citizen("other@example.org")
    other = signed_in("other@example.org")
    answer = client.post("/en/profile/sign-out-everywhere/")
    assert answer["Location"] == "/accounts/login/?language=en"
    assert "signed out on every device" in read(client.get("/accounts/login/")).text
    assert [one.get("/en/profile/").status_code for one in (client, elsewhere, other)] == [302, 302, 200]


# All my data ----------------------------------------------------------------------------------------------------


def made(client) -> PersonalDataExport:
    assert client.post("/en/profile/data/")["Location"] == "/en/profile/"
    export = PersonalDataExport.objects.latest("pk")
    assert "are being put together" in read(client.get("/en/profile/")).text
    finish_personal_data(uuid=export.uuid, at=timezone.now())
    return export


def test_ones_data_are_downloaded(client, person):
    TOTP.activate(person, SECRET)
    SocialAccount.objects.create(user=person, provider="town", uid="7", extra_data={"name": "Ana"})
    export = made(client)
    page = read(client.get("/en/profile/"))
    [address] = [one["href"] for one in page.all("a") if "/data/" in one["href"]]
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        held = json.loads(archive.read("data.json"))
    assert held["addresses"] == [{"email": "ana@example.org", "verified": True, "primary": True}]
    assert held["second_factors"] == ["totp"]
    assert held["providers"] == [{"provider": "town", "uid": "7"}]
    assert SECRET not in json.dumps(held)
    assert str(export.uuid) in address


def test_the_file_holds_what_was_written_on_pages_from_a_confirmed_address(person):
    for email in ("ANA@example.org", "ana2@example.org", "else@example.org"):
        written = {"at": timezone.now(), "name": email, "email": email, "language": "en"}
        ContactMessage.objects.create(page=uuid4(), page_title="Support", words="Hello", **written)
        EventSignUp.objects.create(event=uuid4(), event_title="Fair", over_at=timezone.now(), **written)
    EmailAddress.objects.create(user=person, email="ana2@example.org", verified=False)
    told = document(person)
    for part in ("messages", "event_sign_ups"):
        assert [one["email"] for one in told[part]] == ["ANA@example.org"]


def test_choices_of_mails_are_found_from_the_profile(client):
    page = read(client.get("/en/profile/"))
    assert "/en/following/" in [one["href"] for one in page.all("a")]
    assert "/en/profile/" in [one["href"] for one in read(client.get("/en/following/")).all("a")]


def test_the_data_of_somebody_else_are_not_there(client):
    export = made(client)
    citizen("other@example.org")
    address = f"/en/profile/data/{export.uuid}/"
    assert client.get(address).status_code == 200
    assert signed_in("other@example.org").get(address).status_code == 404
    administrator = make_person(is_staff=True, is_superuser=True)
    nosy = Client()
    nosy.force_login(administrator)
    assert nosy.get(address).status_code == 404


def test_what_is_not_made_or_gone_is_not_there(client, person):
    waiting = PersonalDataExport.objects.create(person=person, asked_at=timezone.now())
    assert client.get(f"/en/profile/data/{waiting.uuid}/").status_code == 404
    PersonalDataExport.objects.update(made_at=timezone.now())
    assert client.get(f"/en/profile/data/{waiting.uuid}/").status_code == 404
    assert client.get("/en/profile/data/../../etc/passwd/").status_code == 404


def test_asking_twice_is_said(client):
    made(client)
    answer = client.post("/en/profile/data/", follow=True)
    assert "less than an hour ago" in read(answer).text


# The end of an account ------------------------------------------------------------------------------------------


def test_erasing_wants_the_password_again_and_a_word(client, person):
    address = "/en/profile/erase/"
    assert client.get(address)["Location"].startswith("/accounts/reauthenticate/?next=")
    assert again(client, address, "wrong").status_code == 200
    assert client.get(address).status_code == 302
    page = client.get("/accounts/reauthenticate/").content.decode()
    assert not INLINE_SCRIPT.search(page)
    assert not INLINE_HANDLER.search(page)
    again(client, address)
    assert read(client.get(address)).headings.count(1) == 1
    assert 'role="alert"' in client.post(address).content.decode()
    person.refresh_from_db()
    assert person.is_active


def test_a_form_sent_too_late_waits_for_the_password(client, person):
    answer = client.post("/en/profile/erase/", {"is_sure": "on"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    again(client, "/en/profile/erase/", "wrong")
    person.refresh_from_db()
    assert person.is_active
    assert "Nothing personal of it is left" in read(again(client, "/en/profile/erase/")).text


def test_erasing_leaves_nothing_personal_and_signs_out_everywhere(client, person):
    TOTP.activate(person, SECRET)
    SocialAccount.objects.create(user=person, provider="town", uid="7")
    elsewhere = Client()
    elsewhere.force_login(person)
    made(client)
    again(client, "/en/profile/erase/")
    answer = client.post("/en/profile/erase/", {"is_sure": "on"})
    assert "Nothing personal of it is left" in read(answer).text
    person.refresh_from_db()
    assert (person.is_active, person.public_name) == (False, "deleted account")
    for model in (EmailAddress, Authenticator, SocialAccount, PersonalDataExport):
        assert not model.objects.exists()
    assert [one.get("/en/profile/").status_code for one in (client, elsewhere)] == [302, 302]
    refused = Client().post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert 'role="alert"' in refused.content.decode()


def test_the_cms_forgets_the_name_too(client, person):
    UserProfile.get_for_user(person)
    wagtail_log(instance=person, action="wagtail.edit")
    again(client, "/en/profile/erase/")
    client.post("/en/profile/erase/", {"is_sure": "on"})
    assert not UserProfile.objects.exists()
    assert ModelLogEntry.objects.get().label == str(person.uuid)


def test_nothing_can_be_mailed_to_an_erased_account(client, person):
    again(client, "/en/profile/erase/")
    client.post("/en/profile/erase/", {"is_sure": "on"})
    person.refresh_from_db()
    for address in ("/accounts/password/reset/", "/accounts/login/code/"):
        Client().post(address, {"email": "ana@example.org"})
        Client().post(address, {"email": person.email})
    assert not [
        message for message in mail.outbox if "code signs you in" in message.body or "new password" in message.body
    ]


def test_who_works_for_the_administration_is_told_why_not(person, client):
    RoleAssignment.objects.create(person=person, role=Role.OFFICER)
    again(client, "/en/profile/erase/")
    answer = client.post("/en/profile/erase/", {"is_sure": "on"})
    assert answer.status_code == 409
    assert str(Refusal.HOLDS_A_ROLE.label) in answer.content.decode()
    person.refresh_from_db()
    assert person.is_active


def test_a_person_without_a_password_needs_none_to_go():
    person = citizen("code@example.org", password=None)
    client = Client()
    client.force_login(person)
    assert client.post("/en/profile/erase/", {"is_sure": "on"}).status_code == 200
    person.refresh_from_db()
    assert person.erased_at


# Moments of signing in ------------------------------------------------------------------------------------------


def test_no_moment_of_signing_in_is_kept(person):
    TOTP.activate(person, SECRET)
    factor = Authenticator.objects.get()
    factor.record_usage()
    factor.refresh_from_db()
    assert factor.last_used_at is None
    assert timezone.localtime(factor.created_at).time().isoformat() == "00:00:00"


def test_no_moment_of_coming_from_a_provider_is_kept(person):
    account = SocialAccount.objects.create(user=person, provider="town", uid="7", extra_data={"name": "Ana"})
    account.refresh_from_db()
    assert account.extra_data == {}
    before = account.last_login
    assert timezone.localtime(before).time().isoformat() == "00:00:00"
    account.date_joined -= timedelta(days=40, minutes=7)
    account.save()
    account.refresh_from_db()
    assert account.last_login == account.date_joined
    assert timezone.localtime(account.last_login).time().isoformat() == "00:00:00"


def test_signing_in_writes_no_row_with_a_time(person):
    ActivityEntry.objects.all().delete()
    signed_in()
    assert not ActivityEntry.objects.exists()


# Addresses and second factors -----------------------------------------------------------------------------------


def test_an_address_is_added_confirmed_made_first_and_the_old_one_removed(client, person):
    page = read(client.get("/accounts/email/"))
    assert "mails go here" in page.text
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert "not confirmed yet" in read(client.get("/accounts/email/")).text
    person.refresh_from_db()
    assert person.email == "ana@example.org"
    EmailAddress.objects.filter(email="new@example.org").update(verified=True)
    client.post("/accounts/email/", {"action_primary": "1", "email": "new@example.org"})
    client.post("/accounts/email/", {"action_remove": "1", "email": "ana@example.org"})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert [one.email for one in EmailAddress.objects.all()] == ["new@example.org"]


@pytest.mark.parametrize("email", ["", "no address", "x" * 10_240 + "@example.org", "a\x00b@example.org"])
def test_no_address_is_no_address(client, email):
    for action in ("action_add", "action_primary", "action_remove", "action_send"):
        answer = client.post("/accounts/email/", {action: "1", "email": email})
        assert answer.status_code in {200, 302}
    assert EmailAddress.objects.count() == 1


def test_pages_of_second_factors_are_ours(client, person):
    again(client, "/accounts/2fa/")
    setting_up = client.get("/accounts/2fa/totp/activate/")
    assert "Scan this picture" in read(setting_up).text
    assert 'role="alert"' in client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).content.decode()
    TOTP.activate(person, SECRET)
    client.post("/accounts/2fa/recovery-codes/generate/")
    for address in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        answer = client.get(f"/accounts/2fa/{address}")
        page = read(answer)
        assert page.headings.count(1) == 1
        assert "style=" not in answer.content.decode()
        assert not INLINE_SCRIPT.search(answer.content.decode())
    assert len(page.all("button")) == 1


def test_a_second_factor_is_asked_for_and_recovery_codes_help(client, person):
    TOTP.activate(person, SECRET)
    again(client, "/accounts/2fa/")
    client.post("/accounts/2fa/recovery-codes/generate/")
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert codes[0] in read(client.get("/accounts/2fa/recovery-codes/")).text
    fresh = Client()
    answer = fresh.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert fresh.get("/en/profile/").status_code == 302
    page = fresh.get("/accounts/2fa/authenticate/").content.decode()
    assert "recovery codes" in page
    assert not INLINE_SCRIPT.search(page)
    fresh.post("/accounts/2fa/authenticate/", {"code": "00000000"})
    assert fresh.get("/en/profile/").status_code == 302
    fresh.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert fresh.get("/en/profile/").status_code == 200
    assert Authenticator.objects.exclude(last_used_at=None).count() == 0
