import pytest

from participation.models import Person
from tests.factories.participation import make_person
from tests.frontend_templates.pages import FORM, INLINE_HANDLER, Reader, read

PASSWORD = "a long enough password"
OWN = (
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/3rdparty/",
    "/en/profile/",
)


@pytest.fixture
def citizen(client, home):
    person = make_person(email="citizen@example.org")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    client.force_login(person)
    return client


def test_faults_are_summarised_on_top_and_linked(visitor, home):
    page = Reader(visitor.post("/accounts/login/", {"login": "nobody", "password": ""}).content.decode())
    links = [one["href"] for one in page.all("a")]
    assert "#id_login" in links
    assert "#id_password" in links
    [field] = [one for one in page.all("input") if one.get("id") == "id_login"]
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) <= set(page.ids)


def test_a_wrong_password_is_said(visitor, home):
    make_person(email="citizen@example.org")
    response = visitor.post("/accounts/login/", {"login": "citizen@example.org", "password": "wrong"})
    assert 'role="alert"' in response.content.decode()


def test_sign_in_and_out(visitor, home):
    person = make_person(email="citizen@example.org", password=PASSWORD)
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    assert visitor.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    page = read(visitor.get("/en/"))
    assert "Sign out" in page.text
    assert "Sign in" not in page.text
    assert visitor.get("/accounts/logout/").status_code == 200
    assert "Sign out" in read(visitor.get("/en/")).text
    visitor.post("/accounts/logout/")
    assert "Sign in" in read(visitor.get("/en/")).text


def test_nobody_is_invited_to_sign_up_while_that_is_closed(visitor, home, settings):
    settings.SIGN_UP = False
    links = [one["href"] for one in read(visitor.get("/accounts/login/")).all("a")]
    assert "/accounts/password/reset/" in links
    assert not [address for address in links if "signup" in address]
    typed = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert "made by the administration" in read(visitor.post("/accounts/signup/", typed)).text
    assert not Person.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("address", OWN)
def test_pages_of_ones_own(citizen, address):
    response = citizen.get(address)
    page = read(response)
    assert page.headings.count(1) == 1
    assert "style=" not in response.content.decode()
    assert not INLINE_HANDLER.search(response.content.decode())
    assert len(page.ids) == len(set(page.ids))
    labelled = {label.get("for") for label in page.all("label")}
    assert {one.get("id") for one in page.all("input") if one.get("type") != "hidden"} <= labelled
    assert "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", OWN)
def test_pages_of_ones_own_are_not_for_others(visitor, home, address):
    assert visitor.get(address).status_code == 302


def test_a_signed_in_person_gets_private_pages_with_nothing_but_get_forms(citizen, town):
    response = citizen.get("/en/budgets/town/projects/")
    assert "private" in response["Cache-Control"]
    assert all('method="get"' in form for form in FORM.findall(response.content.decode()))
