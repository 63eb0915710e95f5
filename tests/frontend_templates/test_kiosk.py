"""A desk and a kiosk at a polling station: the channel is told, nothing is remembered, nobody learns of a ballot."""

import re

import pytest
from django.test import Client

from participation.ballot_box.casting import cast
from participation.choices import Channel, Proof, Role
from participation.models import ActivityEntry, Ballot, Budget, RoleAssignment, RollEntry
from tests.factories.participation import make_person
from tests.factories.votes import choice, give_pass, make_open_box, make_voter
from tests.participation.ballot_box.test_roll import HEADER, bring_in, code_in, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(db):
    return make_open_box()


def officer(settings, role: Role | None = Role.OFFICER) -> Client:
    """With a pass for every budget there is."""
    settings.STAFF_MFA_REQUIRED = False
    person, client = make_person(is_staff=True), Client()
    if role:
        RoleAssignment.objects.create(person=person, role=role)
    for budget in Budget.objects.all():
        give_pass(person, budget)
    client.force_login(person)
    return client


def address(box, rest: str = "") -> str:
    return f"/en/budgets/{box.budget.slug}/vote/{rest}"


def fill_in(client: Client, box) -> str:
    page = client.post(address(box, "town/"), {"do": "review", "choice": ["1", "2"], "all-1": "1", "all-2": "1"})
    text = page.content.decode()
    found = re.search(r'name="ballot" value="([^"]*)"', text)
    draft = found[1].replace("&quot;", '"') if found else '{"envelopes":{"all":{"projects":[1,2]}}}'
    return client.post(address(box, "town/cast/"), {"ballot": draft, "replaces": ""}, follow=True).content.decode()


def test_a_ballot_at_the_desk_is_told_from_others_and_leaves_nobody_behind(box, settings):
    entry = RollEntry.objects.get(pk=make_voter(box, register_id="7").value)
    client = officer(settings)
    page = client.post(address(box, f"desk/{entry.pk}/"), follow=True).content.decode()
    assert "Cast, receipt" not in page
    said = fill_in(client, box)
    assert "This device has forgotten the voter." in said
    assert Ballot.objects.get().channel == Channel.DESK
    assert client.get(address(box, "town/")).status_code == 302


def test_the_desk_never_learns_whether_there_is_a_ballot(box, settings):
    pages = []
    for has_voted in (False, True):
        voter = make_voter(box)
        if has_voted:
            cast(box=box, voter=voter, ballot=choice(1), replaces=b"")
        client = officer(settings)
        opened = client.post(address(box, f"desk/{voter.value}/"), follow=True).content.decode()
        overview = client.get(address(box)).content.decode()
        receipts = client.get(address(box, "receipts/")).status_code
        cast_page = re.sub(r"[0-9A-Z]{4}(-[0-9A-Z]+)+", "CODE", fill_in(client, box))
        pages.append([plain(opened), plain(overview), receipts, plain(cast_page)])
    assert pages[0] == pages[1]


def plain(page: str) -> list[str]:
    """All that is said and all that forms carry, in whatever order: that is drawn anew for each session."""
    page = re.sub(r'name="(csrfmiddlewaretoken|order)" value="[^"]*"', "", page)
    page = re.sub(r"[\w.-]+@[\w.-]+", "", page)
    return sorted(re.findall(r"[^<>\s]+", page))


def test_at_the_desk_the_earlier_proof_holds_no_longer(box, settings, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,,,,\n")
    code = code_in(written(box)[0])
    voter = Client()
    voter.post(address(box, "code/"), {"code": code})
    assert voter.get(address(box, "town/")).status_code == 200
    officer(settings).post(address(box, f"desk/{RollEntry.objects.get().pk}/"))
    assert RollEntry.objects.get().proof == Proof.OFFICER
    assert voter.get(address(box, "town/")).status_code == 302
    assert ActivityEntry.objects.filter(verb="open_ballot_at_desk", subject=str(box.uuid)).exists()


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.AUDITOR])
def test_only_officers_open_a_desk_or_a_kiosk(box, settings, role):
    entry = make_voter(box).value
    for client in (Client(), officer(settings, role)):
        assert client.post(address(box, f"desk/{entry}/")).status_code in (302, 403)
        assert client.post(address(box, "kiosk/")).status_code in (302, 403)
        assert client.get(address(box, "wipe/")).status_code == 404
    assert RollEntry.objects.get().proof == Proof.CODE


def test_a_voter_marked_on_paper_gets_no_desk(box, settings):
    entry = make_voter(box, paper=True).value
    page = officer(settings).post(address(box, f"desk/{entry}/"), follow=True)
    assert page.status_code in (200, 302, 409)
    assert not Ballot.objects.exists()


def test_a_kiosk_signs_out_whoever_signed_in_there(box, settings):
    client, person = officer(settings), make_person()
    client.post(address(box, "kiosk/"))
    client.force_login(person)
    assert "Sign out" in client.get(address(box)).content.decode()
    wiped = client.get(address(box, "wipe/"), follow=True).content.decode()
    assert "Sign out" not in wiped
    assert "Finish, for the next person" in wiped


def test_a_kiosk_is_signed_out_tells_its_channel_and_wipes_itself(box, settings, tmp_path):
    bring_in(box, tmp_path, HEADER + "1,,,,\n")
    code = code_in(written(box)[0])
    client = officer(settings)
    page = client.post(address(box, "kiosk/"), follow=True).content.decode()
    assert "Finish, for the next person" in page
    assert "Sign out" not in page
    assert 'http-equiv="refresh"' in page
    client.post(address(box, "code/"), {"code": code})
    fill_in(client, box)
    assert Ballot.objects.get().channel == Channel.KIOSK
    larger = client.get(address(box, "wipe/") + "?size", follow=True).content.decode()
    assert "kiosk-large" in larger
    assert "You are here with a personal code." in larger
    contrast = client.get(address(box, "wipe/") + "?contrast", follow=True).content.decode()
    assert "kiosk-contrast" in contrast
    wiped = client.get(address(box, "wipe/"), follow=True).content.decode()
    assert "You are here with a personal code." not in wiped
    assert "kiosk-contrast" not in wiped
    assert client.get(address(box, "town/")).status_code == 302


def test_a_desk_without_a_pass_is_told_so(box, settings):
    entry = make_voter(box).value
    person, client = make_person(is_staff=True), officer(settings)
    RoleAssignment.objects.create(person=person, role=Role.OFFICER)
    client.force_login(person)
    answer = client.post(address(box, f"desk/{entry}/"))
    assert answer.status_code == 409
