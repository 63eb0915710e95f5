import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client, RequestFactory

from frontend_templates.views.errors import error_page
from site_config import errors
from tests.frontend_templates.pages import Reader


def test_not_found(visitor, home):
    response = visitor.get("/en/nothing/")
    assert response.status_code == 404
    page = Reader(response.content.decode())
    assert "There is no page at this address" in page.text
    assert page.all("main")
    assert not response.cookies
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_each_has_words_of_its_own(db, status):
    response = error_page(RequestFactory().get("/en/"), status)
    assert response.status_code == status
    html = response.content.decode()
    assert str(status) in html
    assert html.count("<h1") == 1
    assert "style=" not in html
    assert "<script" not in html


def test_no_two_say_the_same(db):
    texts = {
        Reader(error_page(RequestFactory().get("/en/"), status).content.decode()).text
        for status in (400, 403, 404, 500, 503)
    }
    assert len(texts) == 5


def test_an_error_is_told_even_without_a_database():
    """This test has no database: a query would fail it."""
    response = error_page(RequestFactory().get("/en/budgets/"), 500)
    assert "went wrong on our side" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(ValueError, 500, b"went wrong on our side"), (OperationalError, 503, b"back in a moment")],
)
def test_a_page_that_fails_shows_the_error_page(home, monkeypatch, error, status, words):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("frontend_templates.views.budgets.render", fail)
    response = Client(raise_request_exception=False).get("/en/budgets/")
    assert response.status_code == status
    assert words in response.content


def test_the_handlers(db):
    request = RequestFactory().get("/en/")
    assert errors.bad_request(request, BadRequest()).status_code == 400
    assert errors.permission_denied(request, PermissionDenied()).status_code == 403
    assert errors.csrf_failure(request).status_code == 403


def test_a_form_without_its_token_is_refused_in_words(home):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    assert b"your form has expired" in response.content
