"""Account pages have one address for all languages, and speak that of the page from which somebody came."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from participation.models import Person
from tests.factories.participation import make_person
from tests.frontend_templates.pages import read
from tests.frontend_templates.test_languages import switch

PASSWORD = "a long enough password"
ENGLISH = {"accept-language": "en"}

pytestmark = pytest.mark.usefixtures("town", "french_home")


@pytest.fixture
def reader() -> Client:
    """Whose browser asks for English, whatever they read."""
    return Client(headers=ENGLISH)


def links_to(page, path: str) -> list[str]:
    return [one["href"] for one in page.all("a") if (one.get("href") or "").startswith(path)]


def language_of(page) -> str:
    return page.all("html")[0]["lang"]


def test_signing_in_speaks_the_language_of_the_page_and_leads_back_to_it(reader):
    person = make_person(email="citizen@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    [sign_in] = links_to(read(reader.get("/fr/budgets/town/")), "/accounts/login/")
    assert sign_in == "/accounts/login/?next=/fr/budgets/town/"
    page = read(reader.get(sign_in))
    assert language_of(page) == "fr"
    assert "/accounts/login/?next=/fr/" in links_to(page, "/accounts/")
    faulty = reader.post("/accounts/login/", {"login": "citizen@example.org", "password": "wrong"})
    assert language_of(read(faulty)) == "fr"
    right = {"login": "citizen@example.org", "password": PASSWORD}
    assert reader.post("/accounts/login/", right)["Location"] == "/fr/"
    assert language_of(read(reader.get("/accounts/email/"))) == "fr"


def test_an_account_keeps_the_language_in_which_it_was_made(reader):
    reader.get("/accounts/signup/?next=/fr/")
    typed = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    answer = reader.post("/accounts/signup/", typed, follow=True)
    assert language_of(read(answer)) == "fr"
    assert Person.objects.get(email="new@example.org").language == "fr"


def test_the_switch_changes_the_language_and_where_the_page_leads_to(reader):
    there = switch(read(reader.get("/accounts/login/?next=/en/budgets/town/")))["fr"]
    assert there == "/accounts/login/?next=/fr/budgets/town/&language=fr"
    assert language_of(read(reader.get(there))) == "fr"
    assert language_of(read(reader.get("/accounts/signup/"))) == "fr"
    back = switch(read(reader.get("/accounts/signup/")))["en"]
    assert language_of(read(reader.get(back))) == "en"


@pytest.mark.parametrize("query", ["", "?language=de", "?language=xx", "?language=%00", "?next=/de/", "?next=//fr/"])
def test_a_language_that_staff_did_not_choose_is_not_spoken(query):
    reader = Client(headers={"accept-language": "de"})
    assert language_of(read(reader.get(f"/accounts/login/{query}"))) == "en"
    assert "django_language" not in reader.cookies


def test_the_cookie_is_for_account_pages_alone(reader):
    reader.get("/accounts/login/?next=/fr/")
    cookie = reader.cookies["django_language"]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == ("fr", "/accounts/", True)
    public = reader.get("/en/budgets/")
    assert language_of(read(public)) == "en"
    assert not public.cookies


def test_what_hangs_on_the_cookie_is_kept_nowhere(reader):
    address = "/accounts/password/reset/done/"
    reader.get("/accounts/login/?next=/fr/")
    answer = reader.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert language_of(read(answer)) == "fr"
    assert language_of(read(Client(headers=ENGLISH).get(address))) == "en"


def test_links_of_ones_own_pages_take_the_language_along(reader):
    person = make_person(email="citizen@example.org", password=PASSWORD)
    reader.force_login(person)
    page = read(reader.get("/fr/profile/"))
    links = links_to(page, "/accounts/")
    assert links and all("language=" in link for link in links)
    assert language_of(read(reader.get("/accounts/password/change/?language=fr"))) == "fr"
    assert reader.post("/fr/profile/sign-out-everywhere/")["Location"] == "/accounts/login/?language=fr"
