"""Sign-in through an OpenID provider, a real one on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.core.cache import cache
from django.test import Client

from frontend_templates.provider_faults import is_nonsense
from participation.ballot_box.roll import new_person_ref
from participation.choices import Proof
from participation.models import Person, RollEntry
from site_config.env import OidcProvider
from tests.factories.participation import make_person
from tests.factories.votes import make_open_box
from tests.frontend_templates.oidc_provider import CLIENT, SECRET, Provider
from tests.frontend_templates.pages import read

LOGIN = "/accounts/oidc/town/login/"

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    cache.clear()
    provider = Provider()
    told = OidcProvider("town", "The town’s portal", provider.address, CLIENT, SECRET, provider.address)
    settings.OIDC_PROVIDERS = [told]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [told.as_app()]}}
    yield provider
    provider.stop()


def go(client: Client, address: str = LOGIN) -> str:
    """As a browser does: out to the provider, and with its answer back."""
    out = client.post(address)["Location"]
    back = requests.get(out, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://testserver")


def is_signed_in(client: Client) -> bool:
    return client.get("/en/profile/").status_code == 200


def test_both_pages_offer_the_provider(provider, visitor):
    for address in ("/accounts/login/", "/accounts/signup/"):
        page = read(visitor.get(address))
        assert "Go on with The town’s portal" in page.text
        assert [one for one in page.all("form") if one["action"].startswith(LOGIN) and one["method"] == "post"]


def test_a_provider_that_knows_the_register_opens_the_entry_of_the_roll(provider, visitor, settings):
    box = make_open_box()
    entry = RollEntry.objects.create(box=box, person_ref=new_person_ref(), register_id="7", envelopes=["all"])
    visitor.get(go(visitor))
    page = f"/en/budgets/{box.budget.slug}/vote/"
    visitor.get(page)
    entry.refresh_from_db()
    assert entry.proof == Proof.NONE
    settings.OIDC_PROVIDERS = [replace(settings.OIDC_PROVIDERS[0], register="sub")]
    assert "Fill in the ballot" in visitor.get(page).content.decode()
    entry.refresh_from_db()
    assert (entry.proof, entry.account) == (Proof.CLAIM, Person.objects.get())


def test_without_providers_there_is_no_button(visitor):
    assert "Go on with" not in read(visitor.get("/accounts/login/")).text


def test_a_link_alone_starts_nothing(provider, visitor):
    """Somebody else's page could otherwise sign people in as somebody."""
    answer = visitor.get(LOGIN)
    assert answer.status_code == 200
    assert "The town’s portal" in read(answer).text


def test_who_the_provider_knows_gets_an_account(provider, visitor):
    out = visitor.post(LOGIN)["Location"]
    asked = parse_qs(urlsplit(out).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/town/login/callback/"]

    visitor.get(go(visitor))

    assert is_signed_in(visitor)
    person = Person.objects.get()
    assert (person.email, person.display_name, person.has_usable_password()) == ("ana@example.org", "", False)
    assert EmailAddress.objects.get().verified
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.extra_data) == ("town", "7", {})
    assert not SocialToken.objects.exists()


def test_the_second_time_it_is_the_same_account(provider, visitor):
    visitor.get(go(visitor))
    other = Client()
    other.get(go(other))
    assert is_signed_in(other)
    assert Person.objects.count() == 1


def test_an_address_the_provider_has_not_confirmed_is_confirmed_here(provider, visitor):
    provider.claims["email_verified"] = False
    answer = visitor.get(go(visitor))
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(visitor)
    assert mail.outbox[0].to == ["ana@example.org"]


def test_a_provider_takes_nobodys_account(provider, visitor):
    """Whoever has an account here with this address signs in to it first, and connects the two then."""
    person = make_person(email="ana@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    visitor.get(go(visitor))
    assert not is_signed_in(visitor)
    assert not SocialAccount.objects.exists()

    client = Client()
    client.force_login(person)
    client.get(go(client, f"{LOGIN}?process=connect"))
    assert SocialAccount.objects.get().user == person
    page = read(client.get("/accounts/3rdparty/"))
    assert "The town’s portal" in page.text
    visitor.get(go(visitor))
    assert is_signed_in(visitor)
    answer = client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert answer.status_code == 302
    assert not SocialAccount.objects.exists()


def test_somebody_elses_connection_cannot_be_removed(provider, visitor):
    visitor.get(go(visitor))
    nosy = make_person()
    client = Client()
    client.force_login(nosy)
    assert client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk}).status_code == 200
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=made-up", "?code=x&state=made-up", "?state=" + "x" * 5_000]
)
def test_a_made_up_answer_signs_nobody_in(provider, visitor, query):
    answer = visitor.get(f"/accounts/oidc/town/login/callback/{query}")
    assert answer.status_code < 500
    assert not is_signed_in(visitor)
    assert not Person.objects.exists()


def test_an_answer_is_good_once_and_for_one_browser(provider, visitor):
    back = go(visitor)
    thief = Client()
    assert thief.get(back).status_code < 500
    assert not is_signed_in(thief)
    visitor.get(back)
    assert is_signed_in(visitor)
    assert Client().get(back).status_code < 500


def test_a_provider_that_fails_is_said(provider, visitor):
    provider.broken = "discovery"
    answer = visitor.post(LOGIN)
    assert answer.status_code == 503
    assert "has not told us who you are" in answer.content.decode()


DISCOVERY = "/.well-known/openid-configuration"
NONSENSE = [{}, [], None, "soon", 5, b"<html>", b"", b"\xff", {"issuer": "x", "jwks_uri": 5}]


@pytest.mark.parametrize("told", NONSENSE)
def test_a_provider_whose_discovery_is_nonsense_is_said(provider, visitor, caplog, told):
    provider.nonsense[DISCOVERY] = told
    answer = visitor.post(LOGIN)
    assert answer.status_code == 503
    assert "has not told us who you are" in answer.content.decode()
    assert "Traceback" not in caplog.text
    form = {"provider": "town", "callback_url": "/en/", "process": "login"}
    assert Client().post("/_allauth/browser/v1/auth/provider/redirect", form).status_code < 504


@pytest.mark.parametrize("missing", ["issuer", "token_endpoint", "userinfo_endpoint"])
def test_a_key_that_is_missing_on_the_way_back_is_said(provider, visitor, missing):
    back = go(visitor)
    provider.nonsense[DISCOVERY] = {name: told for name, told in provider.discovery().items() if name != missing}
    assert visitor.get(back).status_code == 503
    assert not is_signed_in(visitor)
    assert not Person.objects.exists()


@pytest.mark.parametrize("path", ["/userinfo", "/jwks", DISCOVERY])
@pytest.mark.parametrize("told", NONSENSE)
def test_nonsense_on_the_way_back_is_no_fault_of_ours(provider, visitor, path, told):
    back = go(visitor)
    provider.nonsense[path] = told
    answer = visitor.get(back)
    assert answer.status_code in {200, 302, 401, 503}
    assert path != DISCOVERY or (answer.status_code == 503 and not is_signed_in(visitor))


@pytest.mark.parametrize("path", ["/jwks", DISCOVERY])
@pytest.mark.parametrize("told", [*NONSENSE, {"keys": 5}, {"keys": [{}]}, {"keys": [{"kid": "key-1"}]}])
def test_a_token_that_cannot_be_checked_is_refused(provider, path, told):
    provider.nonsense[path] = told
    answer = by_token(token_of(provider))
    assert answer.status_code in {400, 503}
    assert answer.json()["errors"]
    assert not Person.objects.exists()


def test_a_fault_of_our_own_is_not_put_down_to_a_provider():
    try:
        {}["issuer"]
    except KeyError as error:
        assert not is_nonsense(error)


def test_a_provider_that_is_not_ours_is_not_there(provider, visitor):
    assert visitor.post("/accounts/oidc/other/login/").status_code == 404
    assert visitor.get("/accounts/oidc/other/login/callback/").status_code == 404


def token_of(provider: Provider, **changed) -> dict:
    return {"client_id": CLIENT, "id_token": provider.id_token(**changed)}


def by_token(token: dict):
    body = {"provider": "town", "process": "login", "token": token}
    return Client().post("/_allauth/app/v1/auth/provider/token", body, content_type="application/json")


def test_an_app_may_bring_a_signed_token(provider):
    answer = by_token(token_of(provider))
    assert answer.status_code == 200
    assert answer.json()["meta"]["session_token"]
    assert SocialAccount.objects.get().uid == "7"


@pytest.mark.parametrize("changed", [{"aud": "somebody else"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_a_token_for_another_or_too_old_is_refused(provider, changed):
    assert by_token(token_of(provider, **changed)).status_code == 400
    assert not Person.objects.exists()


def test_a_token_signed_by_another_is_refused(provider):
    other = Provider()
    other.stop()
    token = other.id_token(iss=provider.address)
    assert by_token({"client_id": CLIENT, "id_token": token}).status_code == 400
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"provider": "town"},
        {"provider": "other", "callback_url": "/en/", "process": "login"},
        {"provider": "town", "callback_url": "https://evil.example/", "process": "login"},
        {"provider": "town", "callback_url": "x" * 10_240, "process": "login"},
        {"provider": "\x00", "callback_url": "\x00", "process": "\x00"},
    ],
)
def test_a_page_is_sent_on_only_where_it_may(provider, form):
    answer = Client().post("/_allauth/browser/v1/auth/provider/redirect", form)
    assert answer.status_code < 500
    assert not answer.get("Location", "").startswith((provider.address, "https://evil"))


def test_a_page_is_sent_on_to_the_provider(provider):
    form = {"provider": "town", "callback_url": "/en/", "process": "login"}
    answer = Client().post("/_allauth/browser/v1/auth/provider/redirect", form)
    assert answer["Location"].startswith(provider.address)
