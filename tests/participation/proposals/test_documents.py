"""Whatever is sent as a document: only its pages survive, and what could act is refused."""

import io
import zlib

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from participation.actions.erasure import erase_account
from participation.actions.proposal_documents import add_document, remove_document
from participation.actions.proposals import discard
from participation.documents import MOST_BYTES, written_anew
from participation.exports.personal_data import files_of
from participation.models import ProposalDocument
from participation.refusals import ActionRefused, Refusal
from tests.factories.documents import action, link, named, pdf_bytes, text
from tests.factories.participation import make_person
from tests.factories.proposals import image_bytes, make_draft, make_open_budget, make_proposal, next_phase

NOW = timezone.now()
UNREADABLE, ACTIVE, LARGE = Refusal.DOCUMENT_UNREADABLE, Refusal.DOCUMENT_ACTIVE, Refusal.DOCUMENT_TOO_LARGE


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(ActionRefused) as refused:
        written_anew(data)
    return refused.value.refusal


def test_its_pages_stay_and_who_made_it_is_forgotten():
    data = pdf_bytes(3)
    assert data.count(b"SECRET") >= 2
    document = written_anew(data)
    assert (document.pages, len(PdfReader(io.BytesIO(document.data)).pages)) == (3, 3)
    assert b"SECRET" not in document.data
    assert not PdfReader(io.BytesIO(document.data)).metadata


def test_links_to_the_web_and_within_it_stay():
    for harmless in (
        action("URI", URI=text("https://example.org/")),
        action("URI", URI=text("mailto:a@example.org")),
        action("GoTo", D=ArrayObject([])),
    ):
        assert b"/Link" in written_anew(pdf_bytes(annotation=link(harmless))).data


@pytest.mark.parametrize(
    "acts",
    [
        action("JavaScript", JS=text("app.alert(1)")),
        action("Launch", F=text("cmd.exe")),
        action("URI", URI=text("javascript:alert(1)")),
        action("URI", URI=text("file:///etc/passwd")),
        action("GoToR", F=text("other.pdf")),
        action("GoToE", T=named(R=NameObject("/C"))),
        action("SubmitForm", F=text("https://example.org/")),
        action("ImportData", F=text("a.fdf")),
        action("Named", N=NameObject("/Print")),
        action("GoTo", Next=action("Launch", F=text("cmd.exe"))),
        named(Type=NameObject("/Action")),
    ],
    ids=range(11),
)
def test_actions_are_refused_wherever_they_hang(acts):
    assert refusal_of(pdf_bytes(annotation=link(acts))) is ACTIVE
    assert refusal_of(pdf_bytes(root={"/OpenAction": acts})) is ACTIVE
    assert refusal_of(pdf_bytes(root={"/Names": named(Dests=named(Kids=ArrayObject([acts])))})) is ACTIVE


@pytest.mark.parametrize("kind", ["FileAttachment", "Movie", "Sound", "Screen", "RichMedia", "3D", "Widget"])
def test_annotations_that_act_are_refused(kind):
    assert refusal_of(pdf_bytes(annotation=link(DictionaryObject(), kind))) is ACTIVE


@pytest.mark.parametrize(
    "root",
    [
        {"/Names": named(JavaScript=named(Names=ArrayObject([])))},
        {"/Names": named(EmbeddedFiles=named(Names=ArrayObject([])))},
        {"/AcroForm": named(Fields=ArrayObject([]))},
        {"/AcroForm": named(XFA=text("<xdp/>"))},
        {"/AA": named(WC=DictionaryObject())},
        {"/Collection": DictionaryObject()},
        {"/AF": ArrayObject([])},
        {"/X": named(Type=NameObject("/Filespec"))},
    ],
    ids=range(8),
)
def test_forms_scripts_and_attachments_are_refused(root):
    assert refusal_of(pdf_bytes(root=root)) is ACTIVE


def test_a_kind_that_stands_elsewhere_in_the_file_is_looked_up():
    data = pdf_bytes(annotation=link(action("Launch", F=text("cmd.exe")))).replace(b"/S /Launch", b"/S 99 0 R  ")
    data = data.replace(b"\nxref\n", b"\n99 0 obj\n/Launch\nendobj\nxref\n")
    assert refusal_of(data) in {ACTIVE, UNREADABLE}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"not a document",
        b"<html>%PDF-1.7",
        b"\n" + pdf_bytes(),
        b"PK\x03\x04" + pdf_bytes(),
        pdf_bytes()[:200],
        pdf_bytes(0, told=""),
        pdf_bytes(password="x"),
        b"%PDF-1.7\n" + image_bytes(size=(8, 8)),
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    ],
    ids=range(11),
)
def test_what_is_no_document_is_refused(data):
    assert refusal_of(data) is UNREADABLE


def test_what_stands_before_and_after_the_pages_is_gone():
    data = pdf_bytes() + b"<script>alert(1)</script>PK\x05\x06" + b"\0" * 18
    assert b"script" not in written_anew(data).data


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(pdf_bytes(100), None), (pdf_bytes(101), LARGE), (b"%PDF-1.7" + b"\0" * MOST_BYTES, LARGE)],
    ids=range(3),
)
def test_size_and_pages_are_bounded(data, refusal):
    if refusal is None:
        assert written_anew(data).pages == 100
    else:
        assert refusal_of(data) is refusal


def test_an_object_stream_that_grows_without_measure_is_refused():
    bomb = zlib.compress(b"\0" * 300_000_000, 9)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /W [1 2 1] /Size 9 /Root 2 0 R /Filter /FlateDecode /Length "
    body = head + str(len(bomb)).encode() + b" >>\nstream\n" + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    assert refusal_of(body) in {UNREADABLE, LARGE}


def test_what_is_built_without_end_is_refused():
    deep = DictionaryObject()
    for _ in range(300):
        deep = named(X=deep)
    assert refusal_of(pdf_bytes(root={"/X": deep})) in {UNREADABLE, LARGE}


def added(proposal, data: bytes | None = None, **changed) -> ProposalDocument:
    whole = {"actor": proposal.author, "title": "A plan", "may_publish": True, "at": NOW}
    return add_document(proposal=proposal, data=data or pdf_bytes(), **{**whole, **changed})


def refused(proposal, **changed) -> Refusal:
    with pytest.raises(ActionRefused) as caught:
        added(proposal, **changed)
    return caught.value.refusal


@pytest.mark.django_db
def test_the_same_twice_is_kept_once_and_three_at_most(media):
    draft = make_draft(make_open_budget())
    assert added(draft) == added(draft)
    for pages in (2, 3):
        added(draft, pdf_bytes(pages))
    assert refused(draft, data=pdf_bytes(4)) is Refusal.TOO_MANY_DOCUMENTS
    assert len(list(media.rglob("*.pdf"))) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"title": " \n"}, Refusal.TITLE_MISSING),
        ({"may_publish": False}, Refusal.DOCUMENT_RIGHTS_MISSING),
        ({"data": b"no"}, UNREADABLE),
    ],
)
def test_what_is_refused_leaves_nothing(media, changed, refusal):
    assert refused(make_draft(make_open_budget()), **changed) is refusal
    assert not ProposalDocument.objects.exists()
    assert not list(media.rglob("*.pdf"))


@pytest.mark.django_db
def test_only_authors_and_only_while_it_can_be_changed():
    draft = make_draft(make_open_budget())
    assert refused(draft, actor=make_person()) is Refusal.NOT_YOURS
    next_phase(draft.budget)
    assert refused(draft, at=timezone.now()) is Refusal.PROPOSALS_CLOSED


@pytest.mark.django_db
def test_a_change_of_what_is_handed_in_is_a_version_and_is_looked_at_again(django_capture_on_commit_callbacks):
    proposal = make_proposal(make_open_budget())
    with django_capture_on_commit_callbacks(execute=True):
        document = added(proposal)
        name = document.file.name
        remove_document(actor=proposal.author, document=document, at=NOW)
    said = [[one["words"] for one in version.files] for version in proposal.versions.all()]
    assert said == [[], ["A plan"], []]
    assert not default_storage.exists(name)
    waits = make_proposal(make_open_budget(moderates_first=True))
    waits.status, waits.published_at = "published", NOW
    waits.save()
    added(waits)
    waits.refresh_from_db()
    assert (waits.status, waits.versions.last().was_public) == ("submitted", False)


@pytest.mark.django_db
def test_it_goes_with_the_draft_and_along_with_my_data(media, django_capture_on_commit_callbacks):
    draft, other = make_draft(make_open_budget()), make_draft(make_open_budget())
    document = added(draft)
    added(other)
    assert [name for name, _ in files_of(draft.author)] == [f"{document.uuid}.pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        discard(actor=draft.author, proposal=draft, at=NOW)
        erase_account(actor=other.author, person=other.author, at=NOW)
    assert not list(media.rglob("*.pdf"))
