"""Documents through the API: a form with a file, strict, with stable codes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from participation.models import ProposalDocument
from site_config.anonymous_reads import shelf
from tests.api.test_co_authors import client_of
from tests.factories.documents import action, link, pdf_bytes, text
from tests.factories.participation import locale, make_person
from tests.factories.proposals import make_draft, make_open_budget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    locale("en")


@pytest.fixture
def draft():
    return make_draft(make_open_budget())


def send(client, proposal, data: bytes | None = None, **changed):
    file = SimpleUploadedFile("a.pdf", pdf_bytes() if data is None else data, "application/pdf")
    sent = {"file": file, "title": "A plan", "may_publish": "true", **changed}
    return client.post(f"/api/v1/proposals/{proposal.uuid}/documents/", {k: v for k, v in sent.items() if v != ""})


def test_added_read_and_removed(draft):
    author = client_of(draft.author)
    answer = send(author, draft)
    assert (answer.status_code, answer.json()["title"], answer.json()["pages"]) == (201, "A plan", 1)
    assert send(author, draft).json()["uuid"] == answer.json()["uuid"]
    shelf.clear()
    [shown] = author.get(f"/api/v1/proposals/{draft.uuid}/").json()["documents"]
    assert shown == answer.json()
    assert author.get(shown["file"])["Content-Type"] == "application/pdf"
    assert Client().get(shown["file"]).status_code == 404
    where = f"/api/v1/proposals/{draft.uuid}/documents/{shown['uuid']}/"
    assert client_of(make_person()).delete(where).status_code == 404
    assert author.delete(where).status_code == 204
    assert author.delete(where).status_code == 404


@pytest.mark.parametrize(
    ("data", "changed", "status", "code"),
    [
        (b"no", {}, 409, "document_unreadable"),
        (pdf_bytes(annotation=link(action("JavaScript", JS=text("1")))), {}, 409, "document_active"),
        (pdf_bytes(101), {}, 409, "document_too_large"),
        (None, {"may_publish": "false"}, 409, "document_rights_missing"),
        (None, {"title": ""}, 400, "invalid"),
        (None, {"title": "x" * 151}, 400, "invalid"),
        (None, {"title": ["a", "b"]}, 400, "invalid"),
        (None, {"pages": "9"}, 400, "invalid"),
        (None, {"file": "text"}, 400, "invalid"),
        (None, {"file": ""}, 400, "invalid"),
    ],
)
def test_bad_input_changes_nothing(draft, data, changed, status, code):
    answer = send(client_of(draft.author), draft, data, **changed)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert status == 400 or answer.json()["code"] == code
    assert not ProposalDocument.objects.exists()


def test_somebody_elses_is_not_there(draft):
    assert send(client_of(make_person()), draft).status_code == 404
    assert send(Client(), draft).status_code in {401, 403}
    json = {"content_type": "application/json"}
    where = f"/api/v1/proposals/{draft.uuid}/documents/"
    assert client_of(draft.author).post(where, "{}", **json).status_code == 415
