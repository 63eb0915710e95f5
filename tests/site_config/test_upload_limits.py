"""What is too large is refused before it is read, in the form of whoever answers there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from site_config.upload_limits import length_of

pytestmark = pytest.mark.django_db
KILO = 1024
PARTS = "multipart/form-data; boundary=x"


class Unread:
    """A body of which nobody may read anything."""

    def read(self, *sizes: int) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def announced(path: str, length: int, kind: str = PARTS):
    environment = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind, "wsgi.input": Unread()}
    return Client().request(PATH_INFO=path, REQUEST_METHOD="POST", **environment)


@pytest.fixture(autouse=True)
def small(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = KILO
    settings.MOST_UPLOADED, settings.MOST_UPLOADED_BY_STAFF = 2 * KILO, 3 * KILO


@pytest.mark.parametrize(
    ("path", "length", "kind"),
    [
        ("/api/v1/proposals/", KILO + 1, "application/json"),
        ("/api/v1/proposals/", 2 * KILO + 1, PARTS),
        ("/api/v1/nothing/", 10**30, "text/plain"),
    ],
)
def test_the_api_says_it_in_its_form(path, length, kind):
    answer = announced(path, length, kind)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert (answer.json()["code"], answer["Cache-Control"]) == ("too_large", "no-store")


def test_the_account_api_says_it_in_its_form():
    answer = announced("/_allauth/app/v1/auth/login", 5 * KILO, "application/json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "too_large")


@pytest.mark.parametrize("path", ["/en/budgets/x/proposals/new/", "/accounts/login/", "/en/nothing/"])
def test_the_site_says_it_on_a_page(path):
    answer = announced(path, 2 * KILO + 1)
    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()


@pytest.mark.parametrize(("length", "status"), [(3 * KILO, 302), (3 * KILO + 1, 413)])
def test_staff_upload_more(length, status, monkeypatch):
    monkeypatch.setattr(Unread, "read", lambda one, *sizes: b"")
    monkeypatch.setattr(Unread, "readline", lambda one, *sizes: b"")
    assert announced("/cms/images/add/", length).status_code in {status, 403 if status == 302 else status}


def test_what_is_just_small_enough_is_read():
    file = SimpleUploadedFile("a.jpg", b"x" * KILO)
    assert Client().post("/api/v1/nothing/", {"photo": file}).status_code == 404


@pytest.mark.parametrize("told", ["", "-1", "1e9", "٣", "0x10"])
def test_a_length_that_is_none_says_nothing(rf, told):
    request = rf.get("/", CONTENT_LENGTH=told)
    assert length_of(request) == 0
