"""The account API: both kinds of clients, what it takes, and that nothing makes it fall over."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from api.account_input import TAKEN
from participation.actions.people import sign_out_everywhere
from participation.models import Person
from tests.factories.participation import make_person
from tests.factories.votes import choice, make_open_box, make_voter

PASSWORD = "a long enough password"
BALLOT = "/api/v1/ballot-boxes/5f9f2c7e-0d56-4c0e-9d7c-2f6a3c6f1c11/ballot/"
APP, BROWSER = "/_allauth/app/v1/", "/_allauth/browser/v1/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_of_before():
    cache.clear()


@pytest.fixture
def person() -> Person:
    person = make_person(email="ana@example.org", display_name="Ana")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def send(path: str, body=None, *, method: str = "post", token: str = "", client: Client | None = None, **more):
    headers = {**({"X-Session-Token": token} if token else {}), **more.pop("headers", {})}
    data = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
    kind = more.pop("kind", "application/json")
    return (client or Client()).generic(method.upper(), path, data, kind, headers=headers)


def sign_in(email: str = "ana@example.org") -> str:
    answer = send(f"{APP}auth/login", {"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    return answer.json()["meta"]["session_token"]


def session(token: str) -> int:
    return send(f"{APP}auth/session", method="get", token=token).status_code


def test_an_app_signs_up_confirms_and_signs_in():
    answer = send(f"{APP}auth/signup", {"email": "new@example.org", "password": PASSWORD})
    assert answer.status_code == 401
    [message] = mail.outbox
    key = re.search(r"confirm-email/(\S+)/", message.body)[1]
    assert send(f"{APP}auth/email/verify", {"key": "made-up"}).status_code == 400
    assert send(f"{APP}auth/email/verify", {"key": key}).status_code in {200, 401}
    assert EmailAddress.objects.get().verified
    assert send(f"{APP}auth/email/verify", {"key": key}).status_code in {400, 409}
    assert session(sign_in("new@example.org")) == 200


def test_signing_up_again_looks_the_same(person):
    answers = [
        send(f"{APP}auth/signup", {"email": email, "password": PASSWORD})
        for email in ("ana@example.org", "new@example.org")
    ]
    known, fresh = ({**one.json(), "meta": None} for one in answers)
    assert (answers[0].status_code, known) == (answers[1].status_code, fresh)


def test_a_browser_needs_its_csrf_token(person):
    client = Client(enforce_csrf_checks=True)
    body = {"email": person.email, "password": PASSWORD}
    refused = send(f"{BROWSER}auth/login", body, client=client)
    assert refused.status_code == 403
    assert refused.json()["code"] == "forbidden"
    client.get(f"{BROWSER}config")
    csrf = client.cookies["csrftoken"].value
    answer = send(f"{BROWSER}auth/login", body, client=client, headers={"X-CSRFToken": csrf})
    assert answer.status_code == 200
    assert client.get(f"{BROWSER}auth/session").json()["data"]["user"]["email"] == person.email


def test_an_app_signs_out(person):
    token = sign_in()
    assert session(token) == 200
    send(f"{APP}auth/session", method="delete", token=token)
    assert session(token) in {401, 410}


def test_signing_out_everywhere_ends_the_sessions_of_apps_too(person):
    token = sign_in()
    assert session(token) == 200
    sign_out_everywhere(actor=person, person=person, at=timezone.now())
    assert session(token) == 401
    assert send(BALLOT, method="get", token=token).status_code == 401


def test_a_code_by_mail(person):
    answer = send(f"{APP}auth/code/request", {"email": person.email})
    token = answer.json()["meta"]["session_token"]
    code = re.search(r"\n\n(\S{6,9})\n\n", mail.outbox[0].body)[1]
    assert send(f"{APP}auth/code/confirm", {"code": "WRONG1"}, token=token).status_code == 400
    assert send(f"{APP}auth/code/confirm", {"code": code}, token=token).status_code == 200


def test_a_second_factor_is_asked_for_and_not_dated(person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    answer = send(f"{APP}auth/login", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 401
    token = answer.json()["meta"]["session_token"]
    assert send(f"{APP}auth/2fa/authenticate", {"code": "000000"}, token=token).status_code == 400
    assert send(f"{APP}account/authenticators", method="get", token=token).status_code == 401
    assert Authenticator.objects.get().last_used_at is None


def test_limits_do_not_believe_a_forged_address():
    for number in range(40):
        body, forged = {"email": f"p{number}@example.org"}, {"X-Forwarded-For": f"10.0.0.{number}"}
        answer = send(f"{APP}auth/password/request", body, headers=forged)
        if answer.status_code == 429:
            break
    assert number == 20
    assert answer.json()["status"] == 429


# What it takes --------------------------------------------------------------------------------------------------

BAD_BODIES = [
    ("{", "invalid_json"),
    ("[]", "invalid_json"),
    ('"text"', "invalid_json"),
    ("null", "invalid_json"),
    (b"\xff\xfe", "invalid_json"),
    ('{"email": 1.5}', "invalid_json"),
    ('{"email": NaN}', "invalid_json"),
    ('{"email": "a@example.org", "email": "b@example.org"}', "invalid_json"),
    ("[" * 10_000, "invalid_json"),
    ('{"email": "\\ud800"}', "invalid_json"),
    ({"email": "a@example.org", "is_staff": True}, "unknown_field"),
    ({"x" * 10_240: 1}, "unknown_field"),
    ({"email": 5, "password": PASSWORD}, "wrong_type"),
    ({"email": None, "password": PASSWORD}, "wrong_type"),
    ({"email": ["a@example.org"], "password": PASSWORD}, "wrong_type"),
    ({"email": {"a": 1}, "password": PASSWORD}, "wrong_type"),
    ({"email": True, "password": PASSWORD}, "wrong_type"),
    ({"email": "a@example.org", "password": 10**15}, "wrong_type"),
    ({"email": "x" * 10_240, "password": PASSWORD}, "too_long"),
    ({"email": "a\x00@example.org", "password": PASSWORD}, "control_character"),
    ({"email": "a@example.org\r\nBcc: b@example.org", "password": PASSWORD}, "control_character"),
]


@pytest.mark.parametrize(("body", "code"), BAD_BODIES)
@pytest.mark.parametrize("client", [APP, BROWSER])
def test_what_it_cannot_take_gets_a_stable_code_and_changes_nothing(client, body, code):
    answer = send(f"{client}auth/signup", body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == code
    assert answer["Cache-Control"] == "no-store"
    assert not Person.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("size", [70_000, 2_000_000])
def test_a_large_body_is_refused(size):
    answer = send(f"{APP}auth/login", {"email": "a@example.org", "password": "x" * size})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_it_takes_json_alone(person, kind):
    answer = send(f"{APP}auth/login", json.dumps({"email": person.email, "password": PASSWORD}), kind=kind)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (415, "unsupported_media_type")


def test_a_long_password_is_not_hashed():
    answer = send(f"{APP}auth/signup", {"email": "new@example.org", "password": "x" * 2_000})
    assert answer.status_code == 400
    assert answer.json()["errors"][0] == {
        "code": "password_too_long",
        "message": "This password is too long.",
        "param": "password",
    }


@pytest.mark.parametrize(
    "path", ["account/phone", "auth/phone/verify", "tokens/refresh", "auth/nothing", "auth/code/resend"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_what_is_not_offered_is_not_there(path, method):
    answer = send(f"{APP}{path}", {}, method=method)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("token", ["x", "x" * 10_240, "../../etc/passwd", "a" * 32, "\u00e9"])
def test_a_made_up_token_is_nobodys(token):
    assert send(f"{APP}auth/session", method="get", token=token).status_code in {401, 410}
    assert send(BALLOT, method="get", token=token).status_code == 401


def routes() -> set[str]:
    """The paths of the package, as they are wired."""
    found = set()

    def walk(patterns, before: str) -> None:
        for one in patterns:
            here = before + str(one.pattern)
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, here)
            else:
                found.add(here)

    walk(get_resolver().url_patterns, "/")
    return {path for path in found if path.startswith("/_allauth/")}


def test_the_table_names_what_there_is():
    for path in TAKEN:
        assert {f"{APP}{path}", f"{BROWSER}{path}"} <= routes()


STRANGE = (
    None,
    True,
    0,
    -1,
    10**15,
    "",
    "x",
    "x" * 9_000,
    "\x00",
    "\u202e",
    [],
    {},
    [[]],
    {"a": "b"},
    {"id_token": "x"},
)


@pytest.mark.parametrize("path", sorted(TAKEN))
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_no_value_of_any_field_makes_it_fall_over(person, path, is_signed_in):
    token = sign_in() if is_signed_in else ""
    for method in ("get", "post", "put", "patch", "delete", "options"):
        fields = TAKEN[path].get(method.upper(), {"email": str})
        for value in STRANGE:
            answer = send(f"{APP}{path}", dict.fromkeys(fields, value), method=method, token=token)
            assert answer.status_code < 500, (path, method, value)
            if answer.status_code in {401, 410} and is_signed_in:
                cache.clear()
                token = sign_in() if person.check_password(PASSWORD) else ""
    for header in ("X-Email-Verification-Key", "X-Password-Reset-Key"):
        answer = send(f"{APP}{path}", method="get", token=token, headers={header: "x-y" * 100})
        assert answer.status_code < 500


# The public API by an app ---------------------------------------------------------------------------------------


def test_an_app_casts_a_ballot_with_its_token(person):
    box = make_open_box()
    make_voter(box, account=person)
    token = sign_in()
    address = f"/api/v1/ballot-boxes/{box.uuid}/ballot/"
    answer = send(address, {**choice(1), "replaces": ""}, token=token)
    assert answer.status_code == 201, answer.content
    own = send(address, method="get", token=token)
    assert own.json()["receipt"] == answer.json()["receipt"]
    assert send(address, method="get").status_code == 401


def test_what_an_app_sees_is_never_kept_for_others(person):
    token = sign_in()
    mine = send("/api/v1/budgets/", method="get", token=token)
    assert "s-maxage" not in mine["Cache-Control"]
    assert "private" in mine["Cache-Control"]
    assert "s-maxage" in send("/api/v1/budgets/", method="get")["Cache-Control"]
