"""The journeys of somebody young and of their guardian, on the site and by real mails."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from frontend_templates.guardians.links import link_to
from frontend_templates.guardians.sending import send_guardian_mails
from participation.actions.guardians import name_guardian
from participation.choices import ConsentState, PhaseKind
from participation.models import GuardianConsent, Outbox, Person
from participation.models.guardian_consent import ANSWER_WITHIN
from tests.factories.discussion import make_discussed
from tests.factories.participation import make_person
from tests.factories.proposals import make_open_budget, put_proposal

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def young() -> Person:
    return make_person(email="young@example.org", display_name="Noor")


@pytest.fixture
def signed_in(young) -> Client:
    client = Client()
    client.force_login(young)
    return client


def born_years_ago(years: int) -> str:
    return f"{timezone.localdate().year - years}-01-01"


def sent_link(number: int) -> str:
    return re.search(r"https?://[^/]+(\S+)", mail.outbox[number].body)[1]


def test_from_the_first_click_to_the_yes_and_back(signed_in, young, visitor):
    budget = make_open_budget(PhaseKind.PROPOSING, minimum_age=12, guardian_below=16)
    new = f"/en/budgets/{budget.slug}/proposals/new/"
    asked = signed_in.get(new)
    assert asked.status_code == 302
    age = asked["Location"]
    assert "Date of birth" in signed_in.get(age).content.decode()
    assert signed_in.post(age, {"born": born_years_ago(14)}).status_code == 302
    assert "E-mail address of a parent" in signed_in.get(age).content.decode()
    signed_in.post(age, {"contact": "mother@example.org"})
    assert signed_in.get(new).status_code == 302
    assert send_guardian_mails(timezone.now()) == 1
    assert send_guardian_mails(timezone.now()) == 0
    assert mail.outbox[0].to == ["mother@example.org"]
    page = visitor.get(sent_link(0))
    assert "May Noor take part?" in page.content.decode()
    assert "young@example.org" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "You have agreed" in visitor.post(sent_link(0), {"answer": "yes"}).content.decode()
    assert visitor.get(sent_link(0)).status_code == 410
    assert visitor.post(sent_link(0), {"answer": "no"}).status_code == 410
    assert send_guardian_mails(timezone.now()) == 2
    assert {tuple(one.to) for one in mail.outbox[1:]} == {("young@example.org",), ("mother@example.org",)}
    assert signed_in.get(new).status_code == 200
    assert f'href="{new}"' in signed_in.get(age).content.decode()
    [number] = [at for at, one in enumerate(mail.outbox) if at and one.to == ["mother@example.org"]]
    visitor.get(sent_link(number))
    assert GuardianConsent.objects.get().state == ConsentState.GIVEN
    assert "does not hold any more" in visitor.post(sent_link(number)).content.decode()
    assert signed_in.get(new).status_code == 302


def test_a_no_is_told_and_somebody_else_can_be_named(signed_in, young, visitor):
    young.born = f"{timezone.localdate().year - 13}-01-01"
    young.save()
    consent = name_guardian(actor=young, contact="father@example.org", at=timezone.now())
    visitor.post(link_to("guardian", consent).removeprefix("http://127.0.0.1:8000"), {"answer": "no"})
    page = signed_in.get("/en/profile/age/").content.decode()
    assert "has not agreed" in page
    assert 'name="contact"' in page


def test_the_too_young_read_one_sentence(signed_in, young):
    young.born = f"{timezone.localdate().year - 8}-01-01"
    young.save()
    budget = make_open_budget(PhaseKind.PROPOSING, minimum_age=12)
    page = signed_in.get(f"/en/budgets/{budget.slug}/proposals/new/")
    assert page.status_code == 409
    assert "You are too young to take part in this budget." in page.content.decode()


def test_it_is_asked_before_a_comment_is_written_and_beside_a_support(signed_in):
    proposal = make_discussed(make_open_budget(PhaseKind.SUPPORTING, minimum_age=12))
    at = f"/en/budgets/{proposal.budget.slug}/proposals/{proposal.public_number}/"
    asked = signed_in.get(f"{at}comments/new/")
    assert asked["Location"] == f"/en/profile/age/?next={at.replace('/', '%2F')}comments%2Fnew%2F"
    page = signed_in.get(f"{at}support/").content.decode()
    assert "Say when you were born first" in page
    assert f"/en/profile/age/?next={at}support/" in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_the_way_back_leads_nowhere_else(signed_in, elsewhere):
    page = signed_in.get("/en/profile/age/", {"next": elsewhere}).content.decode()
    assert "Back to what you were doing" not in page
    assert f'href="{elsewhere}"' not in page


def test_links_are_of_one_kind_each_and_do_not_last(young, visitor):
    at = timezone.now() - ANSWER_WITHIN
    consent = name_guardian(actor=young, contact="a@example.org", at=at)
    answer = link_to("guardian", consent).split("/")[-2]
    end = link_to("guardian_end", consent).split("/")[-3]
    assert answer != end
    assert visitor.get(f"/en/guardian/{answer}/").status_code == 410
    fresh = name_guardian(actor=young, contact="a@example.org", at=at + timedelta(days=2))
    token = link_to("guardian", fresh).split("/")[-2]
    assert visitor.get(f"/en/guardian/{token}/").status_code == 200
    for wrong in (token[:-1] + "x", fresh.uuid.hex, "x.y", link_to("guardian_end", fresh).split("/")[-3]):
        assert visitor.get(f"/en/guardian/{wrong}/").status_code == 410
        assert visitor.post(f"/en/guardian/{wrong}/", {"answer": "yes"}).status_code == 410
    assert visitor.post(f"/en/guardian/{token}/end/").status_code == 410
    fresh.refresh_from_db()
    assert fresh.state == ConsentState.WAITING


def test_a_post_without_an_answer_changes_nothing(young, visitor):
    consent = name_guardian(actor=young, contact="a@example.org", at=timezone.now())
    page = visitor.post(link_to("guardian", consent).removeprefix("http://127.0.0.1:8000"), {"answer": "maybe"})
    consent.refresh_from_db()
    assert (page.status_code, consent.state) == (200, ConsentState.WAITING)


def test_a_mail_that_cannot_go_out_is_tried_again(young, settings):
    name_guardian(actor=young, contact="a@example.org", at=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_guardian_mails(timezone.now()) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_guardian_mails(timezone.now()) == 1


def test_no_mail_goes_to_whom_nothing_is_asked_of_any_more(young):
    for contact in ("a@example.org", "b@example.org"):
        name_guardian(actor=young, contact=contact, at=timezone.now())
    assert send_guardian_mails(timezone.now()) == 1
    assert [one.to for one in mail.outbox] == [["b@example.org"]]
    assert not Outbox.objects.waiting().filter(kind="guardian_asked").exists()


def test_the_mail_is_in_the_language_of_the_young_person(young, french_home):
    young.language = "fr"
    young.save()
    name_guardian(actor=young, contact="a@example.org", at=timezone.now())
    send_guardian_mails(timezone.now())
    assert "/fr/guardian/" in mail.outbox[0].body


def test_of_oneself_alone(visitor):
    assert visitor.get("/en/profile/age/").status_code == 302


def test_a_group_is_made_and_writes(signed_in, young):
    signed_in.post("/en/profile/groups/", {"kind": "association", "name": "Friends of the park", "is_adult": "on"})
    assert "Friends of the park" in signed_in.get("/en/profile/groups/").content.decode()
    proposal = make_discussed()
    at = f"/en/budgets/{proposal.budget.slug}/proposals/{proposal.public_number}/"
    form = signed_in.get(f"{at}comments/new/").content.decode()
    assert "Friends of the park (Association)" in form
    own = put_proposal(make_open_budget(), author=young)
    name = f"/en/budgets/{own.budget.slug}/proposals/own/{own.uuid}/name/"
    group = young.groups_spoken_for.get()
    assert signed_in.post(name, {"group": str(group.uuid)}).status_code == 302
    page = Client().get(f"/en/budgets/{own.budget.slug}/proposals/{own.public_number}/").content.decode()
    assert "Friends of the park (Association)" in page
    assert "Noor" not in page
    stranger = Client()
    stranger.force_login(make_person())
    assert stranger.get(name).status_code == 404
    assert stranger.post(f"/en/profile/groups/{group.uuid}/leave/").status_code == 404
    assert signed_in.post(name, {"group": "00000000-0000-4000-8000-000000000000"}).status_code == 200
    signed_in.post(f"/en/profile/groups/{group.uuid}/leave/")
    group.refresh_from_db()
    assert group.contact is None


def test_a_group_that_cannot_be_says_why_beside_its_field(signed_in):
    page = signed_in.post("/en/profile/groups/", {"kind": "class", "name": "Town hall", "is_adult": "on"})
    assert "could be taken for that of the administration" in page.content.decode()
