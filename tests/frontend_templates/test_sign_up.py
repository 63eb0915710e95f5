"""The way in: signing up by e-mail, by password or by mailed code, and what strangers can learn from it."""

import re
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.translation import gettext, override

from participation.models import Person
from tests.factories.participation import make_person
from tests.frontend_templates.pages import INLINE_HANDLER, INLINE_SCRIPT, read

PASSWORD = "a long enough password"
NEW = "new@example.org"

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def no_tries_of_before():
    cache.clear()


def sign_up(client: Client, email: str = NEW, **typed):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD, **typed})


def sign_in(client: Client, email: str = NEW, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def link_in(message) -> str:
    [address] = re.findall(r"http://testserver(/\S+)", message.body.replace("http://testserver/\n", ""))[:1]
    return address


def is_signed_in(client: Client) -> bool:
    return client.get("/en/profile/").status_code == 200


def citizen(email: str = "citizen@example.org", **fields) -> Person:
    person = make_person(email=email, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def test_an_account_counts_once_its_address_is_confirmed(visitor):
    answer = sign_up(visitor, "New@Example.org")
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(visitor)
    sign_in(visitor)
    assert not is_signed_in(visitor)

    address = link_in(mail.outbox[0])
    assert mail.outbox[0].to == [NEW]
    page = read(visitor.get(address))
    assert NEW in page.text
    assert not EmailAddress.objects.get().verified  # a mail scanner that follows links confirms nothing
    visitor.post(address)
    assert EmailAddress.objects.get().verified
    sign_in(visitor)
    assert is_signed_in(visitor)


def test_a_used_link_is_said_to_be_used(visitor):
    sign_up(visitor)
    address = link_in(mail.outbox[0])
    visitor.post(address)
    again = visitor.post(address)
    assert again.status_code in {200, 302, 404}
    assert "too old, was used already" in visitor.get("/accounts/confirm-email/no-such-key/").content.decode()
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_signing_up_again_looks_the_same_and_tells_only_the_mailbox(visitor, is_confirmed):
    person = make_person(email=NEW, password="quite another password")
    EmailAddress.objects.create(user=person, email=NEW, verified=is_confirmed, primary=True)
    other = Client()
    fresh = sign_up(other, "fresh@example.org")
    known = sign_up(visitor)
    assert (known.status_code, known["Location"]) == (fresh.status_code, fresh["Location"])
    shown = [client.get(known["Location"]).content.decode() for client in (visitor, other)]
    assert shown[0].replace(NEW, "fresh@example.org") == shown[1]
    assert Person.objects.filter(email=NEW).count() == 1
    person.refresh_from_db()
    assert person.check_password("quite another password")
    assert mail.outbox[-1].to == [NEW]


@pytest.mark.parametrize("address", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_other_doors_do_not_tell_whether_there_is_an_account(address):
    citizen("known@example.org")
    answers = [Client().post(address, {"email": email}) for email in ("known@example.org", "unknown@example.org")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["known@example.org"], ["unknown@example.org"]]


def test_signing_in_leads_where_somebody_wanted_to_go(visitor):
    citizen()
    asked = visitor.get("/en/profile/")["Location"]
    page = read(visitor.get(asked))
    [hidden] = [one for one in page.all("input") if one.get("name") == "next"]
    typed = {"login": "citizen@example.org", "password": PASSWORD, "next": hidden["value"]}
    assert visitor.post("/accounts/login/", typed)["Location"] == "/en/profile/"


def test_a_code_signs_in_once(visitor):
    citizen()
    answer = visitor.post("/accounts/login/code/", {"email": "citizen@example.org"})
    code = re.search(r"\n\n(\S{6,9})\n\n", mail.outbox[0].body)[1]
    page = read(visitor.get(answer["Location"]))
    assert not INLINE_SCRIPT.search(visitor.get(answer["Location"]).content.decode())
    assert "citizen@example.org" in page.text
    assert visitor.post(answer["Location"], {"code": "WRONG1"}).status_code == 200
    assert not is_signed_in(visitor)
    visitor.post(answer["Location"], {"code": code})
    assert is_signed_in(visitor)
    other = Client()
    other.post("/accounts/login/code/", {"email": "nobody@example.org"})
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(other)


def test_three_wrong_codes_end_it(visitor):
    citizen()
    visitor.post("/accounts/login/code/", {"email": "citizen@example.org"})
    code = re.search(r"\n\n(\S{6,9})\n\n", mail.outbox[0].body)[1]
    for _ in range(3):
        visitor.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    visitor.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(visitor)


def test_a_forgotten_password_is_replaced_and_other_devices_are_out(visitor):
    citizen()
    elsewhere = Client()
    sign_in(elsewhere, "citizen@example.org")
    assert is_signed_in(elsewhere)
    visitor.post("/accounts/password/reset/", {"email": "citizen@example.org"})
    form = visitor.get(link_in(mail.outbox[0]))["Location"]
    html = visitor.get(form).content.decode()
    assert not INLINE_SCRIPT.search(html)
    assert not INLINE_HANDLER.search(html)
    new = "an even longer password"
    assert visitor.post(form, {"password1": new, "password2": new}).status_code == 302
    assert not is_signed_in(elsewhere)
    sign_in(visitor, "citizen@example.org", new)
    assert is_signed_in(visitor)
    again = Client().get(link_in(mail.outbox[0]))
    assert "was used already" in again.content.decode()


def test_a_changed_password_ends_every_other_session(visitor):
    citizen()
    elsewhere = Client()
    for client in (visitor, elsewhere):
        sign_in(client, "citizen@example.org")
    new = "an even longer password"
    visitor.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(visitor)
    assert not is_signed_in(elsewhere)
    assert "was changed" in mail.outbox[-1].body


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "no address"},
        {"email": "a" * 10_240 + "@example.org"},
        {"email": "a\x00@example.org"},
        {"email": "a\r\nBcc: b@example.org"},
        {"email": ["a@example.org", "b@example.org"], "password1": "short"},
        {"password1": "x" * 10_240, "password2": "x" * 10_240},
        {"password1": "another long password"},
        {"password1": "\x00" * 20, "password2": "\x00" * 20},
        {"password1": "", "password2": ""},
    ],
)
def test_what_cannot_be_an_account_is_said_and_makes_none(visitor, typed):
    answer = visitor.post("/accounts/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD, **typed})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Person.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("key", ["x", "x" * 2_000, "1:2:3", "MQ:1aaaaa:" + "b" * 43])
def test_a_made_up_link_confirms_nothing(visitor, key):
    for answer in (visitor.get(f"/accounts/confirm-email/{key}/"), visitor.post(f"/accounts/confirm-email/{key}/")):
        assert answer.status_code in {200, 404}


def test_the_language_of_signing_up_is_kept(visitor, french_home):
    visitor.post(
        "/accounts/signup/",
        {"email": NEW, "password1": PASSWORD, "password2": PASSWORD},
        headers={"accept-language": "fr"},
    )
    assert Person.objects.get().language == "fr"


def test_mails_name_the_town_and_its_site(visitor):
    sign_up(visitor)
    [message] = mail.outbox
    assert message.subject == "Confirm your e-mail address"
    assert message.body.endswith("Testtown\nhttp://127.0.0.1:8000\n")
    assert PASSWORD not in message.body


def test_mails_come_in_the_language_that_was_chosen(visitor, french_home):
    citizen(language="fr")
    visitor.post("/accounts/password/reset/", {"email": "citizen@example.org"})
    with override("fr"):
        assert mail.outbox[0].subject == gettext("A new password")
        assert mail.outbox[0].body.startswith(gettext("Hello,"))


STRANGE = ("", " ", "http://[", "x" * 10_240, "\x00", "\u202e", "a\r\nb: c", "%s%n{{ 7 }}", "😀" * 100, ["a", "b"])
FORMS = {
    "/accounts/login/": ("login", "password", "remember", "next"),
    "/accounts/signup/": ("email", "password1", "password2", "next"),
    "/accounts/login/code/": ("email", "next"),
    "/accounts/login/code/confirm/": ("code", "action"),
    "/accounts/password/reset/": ("email",),
    "/accounts/password/reset/key/1-set-password/": ("password1", "password2"),
    "/accounts/reauthenticate/": ("password", "next"),
    "/accounts/password/change/": ("oldpassword", "password1", "password2"),
    "/accounts/email/": ("email", "action_add", "action_remove"),
    "/accounts/2fa/authenticate/": ("code",),
    "/accounts/2fa/totp/activate/": ("code",),
    "/accounts/3rdparty/": ("account",),
    "/accounts/3rdparty/signup/": ("email",),
    "/accounts/logout/": ("next",),
    "/en/profile/": ("display_name", "language", "reminders"),
    "/en/profile/erase/": ("is_sure",),
}


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("is_somebody", [True, False])
def test_nothing_that_is_typed_makes_a_page_fall_over(address, is_somebody):
    person = citizen()
    for value in STRANGE:
        client = Client()
        if is_somebody:
            client.force_login(person)
        answer = client.post(address, dict.fromkeys(FORMS[address], value))
        assert answer.status_code < 500, value
        assert "http://evil" not in answer.get("Location", "")
    for nexts in ("http://evil.example/", "//evil.example/", "javascript:alert(1)", "\x00"):
        answer = Client().post(f"{address}?next={quote(nexts)}", {"login": person.email, "password": PASSWORD})
        assert answer.status_code < 500
        assert not answer.get("Location", "").startswith(("http://evil", "//evil", "javascript"))


# Limits ---------------------------------------------------------------------------------------------------------


def tries_until_refused(forged: bool, settings=None) -> int:
    for number in range(40):
        header = {"x-forwarded-for": f"10.0.0.{number}"} if forged else {}
        answer = Client().post("/accounts/password/reset/", {"email": f"p{number}@example.org"}, headers=header)
        if answer.status_code == 429:
            return number
    return 40


def test_limits_do_not_believe_a_forged_address():
    assert tries_until_refused(forged=True) == 20


def test_a_trusted_proxy_is_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert tries_until_refused(forged=True) == 40


def test_both_doors_count_by_one_setting(settings):
    assert settings.TRUSTED_PROXY_COUNT == settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == 0


def test_too_many_tries_are_said_on_a_page(visitor):
    citizen()
    for _ in range(12):
        answer = sign_in(visitor, "citizen@example.org", "wrong wrong wrong")
    assert answer.status_code in {200, 429}
    assert 'role="alert"' in answer.content.decode()
    sign_in(visitor, "citizen@example.org")
    assert not is_signed_in(visitor)


def test_the_page_of_a_limit_is_ours():
    for number in range(21):
        answer = Client().post("/accounts/password/reset/", {"email": f"p{number}@example.org"})
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()
    assert "Testtown" in answer.content.decode()
