"""The way into the staff workspace: by the account pages, and never without a second factor."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse

from participation.choices import Role
from participation.models import Person, RoleAssignment
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    """RFC 6238: what an authenticator app shows now."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def with_address(person: Person) -> Person:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def administrator() -> Person:
    return with_address(make_person(email="administrator@town.example", is_staff=True, is_superuser=True))


def sign_in(client, person: Person):
    """By the form, as people do it. Failed tries and used codes of before are forgotten."""
    cache.clear()
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_the_workspace_has_no_sign_in_of_its_own(client):
    answer = client.get("/cms/login/?next=/cms/pages/")

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next=/cms/pages/")


def test_a_password_sent_to_its_old_address_signs_nobody_in(client, administrator):
    answer = client.post("/cms/login/", {"username": administrator.email, "password": PASSWORD})

    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_signing_out_is_done_by_the_account_pages(client, administrator):
    TOTP.activate(administrator, SECRET)
    client.force_login(administrator)

    assert client.get("/cms/logout/")["Location"] == reverse("account_logout")


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/budget/"])
def test_a_stranger_is_sent_to_sign_in(client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/users/", "/cms/budget/"])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, administrator, address):
    sign_in(client, administrator)

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    page = client.get(reverse("account_reauthenticate"))
    assert "Staff need a second factor" in page.content.decode()


def test_without_a_second_factor_nothing_is_written(client, administrator):
    sign_in(client, administrator)

    answer = client.post(reverse("budget:add"), {"slug": "rivemont", "status": "draft", "currency": "EUR"})

    assert answer["Location"] == reverse("mfa_activate_totp")


def test_with_one_set_up_they_get_in(client, administrator):
    sign_in(client, administrator)
    asked_again = client.get("/cms/", follow=True)
    assert asked_again.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert Authenticator.objects.filter(user=administrator, type=Authenticator.Type.TOTP).exists()

    assert client.get("/cms/").status_code == 200


def test_afterwards_the_password_alone_opens_nothing(client, administrator):
    TOTP.activate(administrator, SECRET)

    answer = sign_in(client, administrator)

    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/cms/")["Location"].startswith(reverse("account_login"))


def test_a_wrong_code_opens_nothing(client, administrator):
    TOTP.activate(administrator, SECRET)
    sign_in(client, administrator)
    wrong = f"{(int(code_of(SECRET)) + 500_000) % 1_000_000:06d}"

    assert client.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200

    assert client.get("/cms/")["Location"].startswith(reverse("account_login"))


def test_password_and_code_open_the_workspace(client, administrator):
    TOTP.activate(administrator, SECRET)
    sign_in(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})

    assert client.get("/cms/").status_code == 200


def test_recovery_codes_are_not_to_be_had_in_place_of_the_app(client, administrator):
    sign_in(client, administrator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("mfa_generate_recovery_codes"))

    assert not Authenticator.objects.filter(user=administrator).exists()


def test_where_none_is_asked_for_the_password_is_enough(client, administrator, settings):
    settings.STAFF_MFA_REQUIRED = False
    sign_in(client, administrator)

    assert client.get("/cms/").status_code == 200


def test_a_citizen_gets_in_with_no_factor_at_all(client, settings):
    """Neither before nor after setting one up."""
    citizen = with_address(make_person())
    sign_in(client, citizen)
    assert client.get("/cms/")["Location"] == reverse("mfa_activate_totp")

    TOTP.activate(citizen, SECRET)

    answer = client.get("/cms/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_a_role_in_the_town_opens_the_workspace(client, role):
    person = with_address(make_person(is_staff=True))
    RoleAssignment.objects.create(person=person, role=role)
    TOTP.activate(person, SECRET)
    client.force_login(person)

    assert client.get("/cms/").status_code == 200


def test_the_rest_of_the_site_asks_for_no_second_factor(client, administrator):
    sign_in(client, administrator)

    assert client.get("/en/budgets/").status_code == 200


@pytest.mark.parametrize("address", ["/cms/password_reset/", "/cms/account/change_password/"])
def test_the_workspace_changes_no_password(client, administrator, address):
    TOTP.activate(administrator, SECRET)
    client.force_login(administrator)

    assert client.get(address).status_code == 404
