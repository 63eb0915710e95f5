"""Documents on the site: added without JavaScript, given out as files, and there for whoever sees the proposal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from participation.actions.moderation import hide
from participation.choices import Role
from participation.models import ProposalDocument, RoleAssignment
from site_config.anonymous_reads import shelf
from tests.factories.documents import action, link, pdf_bytes, text
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal
from tests.frontend_templates.test_proposing import signed_in

pytestmark = pytest.mark.django_db
BASE = "/en/budgets/green/proposals/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def budget(home):
    return make_open_budget(slug="green")


def send(client, proposal, data: bytes | None = None, **changed):
    file = SimpleUploadedFile("../evil.html", pdf_bytes() if data is None else data, "text/html")
    sent = {"do": "document", "document": file, "title": "A <b>plan</b>", "may_publish_document": "on", **changed}
    return client.post(f"{BASE}own/{proposal.uuid}/photo/", {name: one for name, one in sent.items() if one})


def test_it_is_given_out_as_a_file_and_nothing_else(budget):
    proposal = make_proposal(budget)
    assert send(signed_in(proposal.author), proposal).status_code == 302
    page = Client().get(f"{BASE}1/").content.decode()
    address = f"{BASE}documents/{ProposalDocument.objects.get().uuid}.pdf"
    assert address in page
    assert "A &lt;b&gt;plan&lt;/b&gt;" in page
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a-bplanb.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("data", "changed", "said"),
    [
        (b"no", {}, "no PDF"),
        (pdf_bytes(annotation=link(action("Launch", F=text("cmd")))), {}, "scripts"),
        (None, {"title": ""}, "required"),
        (None, {"may_publish_document": ""}, "required"),
        (None, {"document": ""}, "required"),
    ],
)
def test_bad_input_is_said_on_the_form_and_changes_nothing(budget, data, changed, said):
    draft = make_draft(budget)
    page = send(signed_in(draft.author), draft, data, **changed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not ProposalDocument.objects.exists()


def test_a_drafts_and_a_hidden_ones_are_not_there_for_others(budget):
    draft, proposal = make_draft(budget), make_proposal(budget)
    moderator = make_person()
    RoleAssignment.objects.create(person=moderator, role=Role.MODERATOR)
    for one in (draft, proposal):
        send(signed_in(one.author), one)
    hide(actor=moderator, proposal=proposal, reason="Rude.", at=timezone.now())
    shelf.clear()
    of_draft, of_hidden = (f"{BASE}documents/{one.uuid}.pdf" for one in ProposalDocument.objects.order_by("pk"))
    seen = {
        "nobody": Client(),
        "somebody": signed_in(make_person()),
        "moderator": signed_in(moderator),
        "author": signed_in(draft.author),
        "other author": signed_in(proposal.author),
    }
    codes = {who: (client.get(of_draft).status_code, client.get(of_hidden).status_code) for who, client in seen.items()}
    assert codes == {
        "nobody": (404, 404),
        "somebody": (404, 404),
        "moderator": (404, 200),
        "author": (200, 404),
        "other author": (404, 200),
    }
    assert "no-store" in seen["author"].get(of_draft)["Cache-Control"]


def test_another_budget_does_not_lead_to_it(budget):
    make_open_budget(slug="other")
    proposal = make_proposal(budget)
    send(signed_in(proposal.author), proposal)
    uuid = ProposalDocument.objects.get().uuid
    assert Client().get(f"/en/budgets/other/proposals/documents/{uuid}.pdf").status_code == 404


def test_nobody_else_adds_or_removes(budget):
    proposal = make_proposal(budget)
    assert send(signed_in(make_person()), proposal).status_code == 404
    author = signed_in(proposal.author)
    send(author, proposal)
    where = f"{BASE}own/{proposal.uuid}/documents/{ProposalDocument.objects.get().uuid}/remove/"
    assert signed_in(make_person()).post(where).status_code == 404
    assert author.post(where).status_code == 302
    assert not ProposalDocument.objects.exists()


def test_versions_show_what_there_was(budget):
    proposal = make_proposal(budget)
    author = signed_in(proposal.author)
    send(author, proposal)
    author.post(f"{BASE}own/{proposal.uuid}/documents/{ProposalDocument.objects.get().uuid}/remove/")
    shelf.clear()
    page = Client().get(f"{BASE}1/versions/").content.decode()
    assert page.count("A &lt;b&gt;plan&lt;/b&gt;") == 1
    assert "taken away since" in page
    budget.shows_versions = False
    budget.save()
    shelf.clear()
    assert Client().get(f"{BASE}1/versions/").status_code == 404
    assert author.get(f"{BASE}1/versions/").status_code == 200
