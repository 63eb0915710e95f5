"""Co-authors on the site: without JavaScript, from the invitation to leaving."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from frontend_templates.notices.inviting import send_invitations
from participation.models import CoAuthor, Invitation
from site_config.anonymous_reads import shelf
from tests.factories.participation import make_person
from tests.factories.proposals import make_draft, make_open_budget, make_proposal
from tests.frontend_templates.test_proposing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(home):
    return make_open_budget(slug="green")


@pytest.fixture
def ben():
    return make_person(display_name="Ben")


def page_of(proposal) -> str:
    return f"/en/budgets/green/proposals/own/{proposal.uuid}/co-authors/"


def test_by_name_from_inviting_to_leaving(budget, ben):
    proposal = make_proposal(budget)
    author, other = signed_in(proposal.author), signed_in(ben)
    assert author.post(page_of(proposal), {"do": "invite", "whom": "Ben"}).status_code == 302
    assert "Ben" in author.get(page_of(proposal)).content.decode()
    listed = other.get("/en/invitations/").content.decode()
    assert proposal.title in listed
    asked = Invitation.objects.get()
    answer = other.post("/en/invitations/", {"do": "yes", "invitation": asked.uuid})
    assert answer["Location"] == "/en/budgets/green/proposals/mine/"
    assert proposal.title in other.get(answer["Location"]).content.decode()
    shelf.clear()
    assert "Ben" in Client().get("/en/budgets/green/proposals/1/").content.decode()
    assert "Keep the changes" in other.get("/en/budgets/green/proposals/1/edit/").content.decode()
    assert other.post(page_of(proposal), {"do": "leave"}).status_code == 302
    assert not CoAuthor.objects.exists()
    assert other.get(page_of(proposal)).status_code == 404


def test_by_mail_with_a_code_that_is_typed(budget, ben):
    draft = make_draft(budget)
    signed_in(draft.author).post(page_of(draft), {"do": "invite", "whom": "ben@example.org"})
    send_invitations(timezone.now())
    code = mail.outbox[0].body.split("#", 1)[1].split()[0]
    assert "/en/invitations/" in mail.outbox[0].body
    other = signed_in(ben)
    assert other.post("/en/invitations/", {"code": code}).status_code == 302
    other.post("/en/invitations/", {"do": "no", "invitation": Invitation.objects.get().uuid})
    assert not CoAuthor.objects.exists()
    assert "not valid any more" in other.post("/en/invitations/", {"code": code}).content.decode()


def test_codes_are_not_guessed_without_end(budget, ben):
    other = signed_in(ben)
    pages = [other.post("/en/invitations/", {"code": "AAAA"}).content.decode() for _ in range(11)]
    assert "Too many codes" in pages[-1]
    assert "Too many codes" not in pages[9]


@pytest.mark.parametrize("whom", ["", "Nobody", "a@", "Ada", "x" * 300])
def test_bad_input_is_said_on_the_form(budget, whom):
    draft = make_draft(budget)
    page = signed_in(draft.author).post(page_of(draft), {"do": "invite", "whom": whom})
    assert (page.status_code, "fault" in page.content.decode()) == (200, True)
    assert not Invitation.objects.exists()


def test_a_draft_is_there_for_its_authors_alone(budget, ben):
    draft = make_draft(budget)
    CoAuthor.objects.create(proposal=draft, person=ben, since=timezone.now())
    own = f"/en/budgets/green/proposals/own/{draft.uuid}/"
    for step in ("idea/", "place/", "cost/", "photo/", "check/", "co-authors/"):
        assert signed_in(ben).get(own + step).status_code == 200, step
        assert signed_in(make_person()).get(own + step).status_code == 404, step
    assert "Its author hands it in" in signed_in(ben).get(f"{own}check/").content.decode()
    assert signed_in(ben).post(f"{own}check/").status_code == 404
    assert signed_in(ben).post(f"{own}discard/").status_code == 404


def test_somebody_elses_invitation_is_not_there(budget, ben):
    draft = make_draft(budget)
    signed_in(draft.author).post(page_of(draft), {"do": "invite", "whom": "Ben"})
    asked = Invitation.objects.get()
    assert signed_in(make_person()).post("/en/invitations/", {"do": "yes", "invitation": asked.uuid}).status_code == 404
    signed_in(draft.author).post(page_of(draft), {"do": "take_back", "invitation": asked.uuid})
    assert not Invitation.objects.exists()
