"""Proposing step by step, and everything around it: who may, what is kept, and what bad input comes to."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontend_templates.discussion import traps
from participation.actions.decisions import Why, decide
from participation.actions.flags import flag
from participation.actions.moderation import hide
from participation.actions.proposal_photos import add_photo
from participation.choices import DecisionOnWords, FlagReason, PhaseKind, Role
from participation.models import CannedReason, CannedReasonText, District, Proposal, RoleAssignment, Support
from site_config.anonymous_reads import shelf
from tests.factories.discussion import make_holder
from tests.factories.participation import locale, make_category, make_envelope, make_person
from tests.factories.proposals import image_bytes, make_draft, make_open_budget, make_proposal, next_phase
from tests.frontend_templates.pages import INLINE_HANDLER, INLINE_SCRIPT, read
from tests.frontend_templates.test_proposal_list import body

BASE = "/en/budgets/green/proposals/"
IDEA = {"title": "Trees", "what_and_why": "Shade.", "who_benefits": "All", "language": "en"}
PLACE = {"address": "Mill Street", "latitude": "47.2", "longitude": "-1.5"}
EVIL = "<script>alert(1)</script>"
NOT_OURS = {"status": "published", "support_count": "99", "public_number": "7", "author": "1", "supports": "9"}
MOST_QUERIES = 16


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def budget(home):
    return make_open_budget(slug="green")


@pytest.fixture
def ada():
    return make_person(display_name="Ada")


@pytest.fixture
def author(ada) -> Client:
    return signed_in(ada)


@pytest.fixture
def moderator() -> Client:
    person = make_person()
    RoleAssignment.objects.create(person=person, role=Role.MODERATOR)
    return signed_in(person)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own(proposal: Proposal, step: str) -> str:
    return f"{BASE}own/{proposal.uuid}/{step}/"


def begin(client: Client, **changed) -> str:
    """The address after the first step."""
    response = client.post(f"{BASE}new/", {**IDEA, **hidden_in(client.get(f"{BASE}new/")), **changed})
    assert response.status_code == 302, read(response).text
    return response["Location"]


def hidden_in(response) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(key|stamp)" value="([^"]+)"', response.content.decode()))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Tests type faster than people."""
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", -1)


def photo_data(data: bytes | None = None, **changed) -> dict:
    file = SimpleUploadedFile("photo.jpg", data or image_bytes(), "image/jpeg")
    return {"photo": file, "alt": "A tree", "may_publish": "on", **changed}


def test_the_whole_way(budget, author):
    make_envelope(budget, slug="north", title="North")
    make_envelope(budget, slug="south", title="South")
    nature = make_category("Nature")
    place = begin(author, categories=[nature.slug])
    cost = author.post(place, {**PLACE, "envelope": "north"})["Location"]
    photo = author.post(cost, {"cost": "exact", "amount": "12 000,50"})["Location"]
    assert author.post(photo, photo_data())["Location"] == photo
    check = photo.replace("/photo/", "/check/")
    page = read(author.get(check))
    for words in ("Trees", "Shade.", "All", "Nature", "Mill Street", "North", "€12,000.50", "Ada"):
        assert words in page.text
    assert not Proposal.objects.public().exists()
    done = author.post(check)["Location"]
    assert "It has the number 1." in read(author.get(done)).text
    proposal = Proposal.objects.public().get()
    assert (proposal.cost_minor, proposal.latitude, proposal.envelope.slug) == (1_200_050, 47.2, "north")
    assert proposal.photos.get().alt == "A tree"
    public = read(Client().get(f"{BASE}1/"))
    for words in ("Trees", "Shade.", "Ada", "Mill Street", "North", "€12,000.50", "handed in", "published"):
        assert words in public.text


def test_the_shortest_way(budget, author):
    cost = author.post(begin(author, who_benefits=""), {"whole_area": "on"})["Location"]
    photo = author.post(cost, {"cost": "unknown"})["Location"]
    author.post(photo.replace("/photo/", "/check/"))
    assert "The whole district or the whole town" in read(Client().get(f"{BASE}1/")).text


def test_a_form_with_too_many_links_keeps_what_was_typed(budget, author):
    hidden = hidden_in(author.get(f"{BASE}new/"))
    many = "https://a.example " * 6
    page = author.post(f"{BASE}new/", {**IDEA, **hidden, "what_and_why": many})
    assert page.status_code == 200
    assert "This holds too many links." in page.content.decode()
    assert many.strip() in page.content.decode()
    assert not Proposal.objects.exists()


def test_the_first_form_sent_twice_makes_one_draft(budget, author):
    hidden = hidden_in(author.get(f"{BASE}new/"))
    for _ in range(2):
        assert author.post(f"{BASE}new/", {**IDEA, **hidden}).status_code == 302
    assert Proposal.objects.count() == 1


def test_handing_in_and_photos_sent_twice_are_as_once(budget, author, ada):
    draft, data = make_draft(budget, ada), image_bytes()
    for _ in range(2):
        author.post(own(draft, "photo"), photo_data(data))
        assert author.post(own(draft, "check"))["Location"] == own(draft, "done")
    draft.refresh_from_db()
    assert (draft.public_number, draft.photos.count(), draft.versions.count()) == (1, 1, 1)


def test_a_draft_is_kept_empty_and_resumed(budget, author):
    assert begin(author, do="later", title="", what_and_why="") == f"{BASE}mine/"
    draft = Proposal.objects.get()
    assert "A proposal without a title" in read(author.get(f"{BASE}mine/")).text
    page = read(author.get(own(draft, "check")))
    assert "Something is missing" in page.text
    assert "Hand in my proposal" not in page.text
    assert author.post(own(draft, "check")).status_code == 409
    assert author.post(f"{own(draft, 'idea')}?then=check", IDEA)["Location"] == own(draft, "check")
    assert author.post(own(draft, "place"), {"do": "later"})["Location"] == f"{BASE}mine/"
    assert 'value="Trees"' in author.get(own(draft, "idea")).content.decode()


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("idea", {**IDEA, "title": ""}, "title"),
        ("idea", {**IDEA, "title": "x" * 151}, "title"),
        ("idea", {**IDEA, "title": "a\0b"}, "title"),
        ("idea", {**IDEA, "what_and_why": "x" * 5_001}, "what_and_why"),
        ("idea", {**IDEA, "language": "xx"}, "language"),
        ("idea", {**IDEA, "categories": ["nowhere"]}, "categories"),
        ("place", {}, "address"),
        ("place", {"latitude": "47"}, "longitude"),
        ("place", {"latitude": "91", "longitude": "0"}, "latitude"),
        ("place", {"latitude": "nan", "longitude": "inf"}, "latitude"),
        ("place", {"address": "Here", "whole_area": "on"}, "whole_area"),
        ("place", {"address": "x" * 301}, "address"),
        ("place", {"address": "x", "envelope": "elsewhere"}, "envelope"),
        ("cost", {}, "cost"),
        ("cost", {"cost": "cheap"}, "cost"),
        ("cost", {"cost": "exact"}, "amount"),
        ("cost", {"cost": "exact", "amount": "-5"}, "amount"),
        ("cost", {"cost": "exact", "amount": "0"}, "amount"),
        ("cost", {"cost": "exact", "amount": "1e99"}, "amount"),
        ("cost", {"cost": "exact", "amount": "9" * 30}, "amount"),
        ("cost", {"cost": "exact", "amount": "12.345"}, "amount"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(budget, author, ada, step, data, field):
    for slug in ("north", "south"):
        make_envelope(budget, slug=slug)
    make_category("Nature")
    draft = make_draft(budget, ada)
    before = Proposal.objects.values().get()
    page = read(author.post(own(draft, step), data))
    assert "Please check the following" in page.text
    assert f"#{field}" in [one.get("href") for one in page.all("a")]
    assert f"{field}-fault" in page.ids
    assert Proposal.objects.values().get() == before


def test_four_categories_are_too_many(budget, author, ada):
    slugs = [make_category().slug for _ in range(4)]
    page = read(author.post(own(make_draft(budget, ada), "idea"), {**IDEA, "categories": slugs}))
    assert "A proposal may have three categories." in page.text


def test_amounts_in_other_digits(budget, author, ada):
    draft = make_draft(budget, ada)
    author.post(own(draft, "cost"), {"cost": "exact", "amount": "١٢٠٠٠"})
    draft.refresh_from_db()
    assert draft.cost_minor == 1_200_000
    author.post(own(draft, "cost"), {"cost": "large"})
    draft.refresh_from_db()
    assert (draft.cost_minor, draft.cost_band) == (None, "large")


@pytest.mark.parametrize(
    "data",
    [
        photo_data(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        photo_data(image_bytes() + b"<script>alert(1)</script>"),
        photo_data(b"\xff" * (10 * 1024 * 1024 + 1)),
        photo_data(alt=" "),
        photo_data(may_publish=""),
        {"alt": "A tree", "may_publish": "on"},
        {"photo": "words", "alt": "A tree", "may_publish": "on"},
    ],
    ids=range(7),
)
def test_bad_photos_are_refused_beside_the_field(budget, author, ada, data):
    draft = make_draft(budget, ada)
    for part in data.values():
        if hasattr(part, "seek"):
            part.seek(0)
    page = read(author.post(own(draft, "photo"), data))
    assert "Please check the following" in page.text
    assert not draft.photos.exists()


def test_stray_fields_are_passed_over(budget, author, ada):
    begin(author, **NOT_OURS)
    draft = Proposal.objects.get()
    author.post(own(draft, "place"), {**PLACE, **NOT_OURS})
    draft.refresh_from_db()
    assert (draft.status, draft.support_count, draft.public_number, draft.author) == ("draft", 0, None, ada)


def test_script_in_any_field_is_shown_as_text(budget, author, ada):
    draft = make_draft(budget, ada)
    author.post(own(draft, "idea"), dict.fromkeys(IDEA, EVIL) | {"language": "en"})
    author.post(own(draft, "place"), {"address": EVIL})
    author.post(own(draft, "photo"), photo_data(alt=EVIL))
    author.post(own(draft, "check"))
    for address in (f"{BASE}1/", BASE, f"{BASE}mine/", own(draft, "photo"), f"{BASE}1/edit/", f"{BASE}1/withdraw/"):
        html = author.get(address).content.decode()
        assert EVIL not in html, address
        assert "&lt;script&gt;" in html, address


PATHS = ("new/", "mine/", "waiting/", "own/{uuid}/idea/", "own/{uuid}/photo/", "own/{uuid}/check/", "own/{uuid}/done/")


@pytest.mark.parametrize("path", [*PATHS, "own/{uuid}/discard/", "own/{uuid}/again/", "1/support/", "1/edit/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_one_is_sent_to_sign_in(budget, ada, visitor, path, method):
    address = BASE + path.format(uuid=make_draft(budget, ada).uuid)
    response = getattr(visitor, method)(address)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={address}"
    assert (response["Cache-Control"], response.cookies) == ("no-store", {})


READ_ONLY = ("post", "done")
OWN = ("idea", "place", "cost", "photo", "check", "done", "discard")


@pytest.mark.parametrize("step", OWN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_draft_is_not_there(budget, ada, moderator, step, method):
    draft = make_draft(budget, ada)
    for client in (signed_in(make_person()), moderator, signed_in(make_person(is_superuser=True))):
        assert getattr(client, method)(own(draft, step)).status_code == (405 if (method, step) == READ_ONLY else 404)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_somebody_elses_draft_is_not_proposed_again_or_named(budget, ada, moderator):
    draft = make_draft(budget, ada, title="Secret plan")
    stranger = signed_in(make_person())
    assert stranger.post(own(draft, "again")).status_code == 404
    key = {**IDEA, **hidden_in(stranger.get(f"{BASE}new/")), "key": str(draft.uuid)}
    assert stranger.post(f"{BASE}new/", key).status_code == 404
    for client in (stranger, moderator, Client()):
        for path in (
            "",
            "?q=secret&status=all",
            "mine/",
            "waiting/",
            "proposals.csv?status=all",
            "feed.rss?status=all",
        ):
            response = client.get(BASE + path, follow=True)
            assert "Secret" not in (body(response) if response.streaming else response.content.decode())
        assert "Secret" not in client.get("/en/search/?q=secret").content.decode().replace("?q=secret", "")


@pytest.mark.parametrize("status", ["draft", "submitted", "hidden"])
@pytest.mark.parametrize("size", ["large", "small"])
def test_photos_are_seen_by_who_sees_the_proposal(budget, ada, author, moderator, status, size):
    budget.moderates_first = status == "submitted"
    budget.save()
    proposal = make_draft(budget, ada) if status == "draft" else make_proposal(budget, ada)
    photo = add_photo(
        actor=ada, proposal=proposal, data=image_bytes(), alt="A tree", may_publish=True, at=timezone.now()
    )
    if status == "hidden":
        boss = make_person(is_superuser=True)
        hide(actor=boss, proposal=proposal, reason="Rude", at=timezone.now())
    address = f"{BASE}photos/{photo.uuid}/{size}.jpg"
    assert author.get(address)["Cache-Control"] == "no-store"
    assert moderator.get(address).status_code == (404 if status == "draft" else 200)
    for client in (Client(), signed_in(make_person())):
        assert client.get(address).status_code == 404


def test_a_public_photo_may_be_kept_for_a_while(budget, visitor):
    proposal = make_proposal(budget)
    asked = {"actor": proposal.author, "proposal": proposal, "alt": "A tree", "may_publish": True, "at": timezone.now()}
    photo = add_photo(data=image_bytes(), **asked)
    response = visitor.get(f"{BASE}photos/{photo.uuid}/small.jpg")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/jpeg", "public, max-age=300")
    assert b"".join(response).startswith(b"\xff\xd8")
    assert visitor.get(f"{BASE}photos/{photo.uuid}/original.jpg").status_code == 404
    assert visitor.get(f"/media/{photo.small.name}").status_code == 404


def test_a_change_is_a_version_that_everybody_can_read(budget, author, ada, visitor):
    make_proposal(budget, ada, title="Trees")
    page = read(author.get(f"{BASE}1/edit/"))
    data = {"title": "Fewer trees", "what_and_why": "Sun.", "language": "en", "address": "Here", "cost": "small"}
    assert page.all("textarea")
    assert author.post(f"{BASE}1/edit/", data)["Location"] == f"{BASE}1/"
    text = read(visitor.get(f"{BASE}1/")).text
    assert "Fewer trees" in text
    assert "What it said before" in text
    assert "Version 1" in read(visitor.get(f"{BASE}1/versions/")).text
    budget.shows_versions = False
    budget.save()
    shelf.clear()
    assert "What it said before" not in read(visitor.get(f"{BASE}1/")).text
    assert "Version 1" in read(author.get(f"{BASE}1/versions/")).text


def test_only_the_author_changes_and_withdraws(budget, author, ada, moderator):
    make_proposal(budget, ada)
    for client in (moderator, signed_in(make_person())):
        for path in ("edit/", "withdraw/"):
            assert client.get(f"{BASE}1/{path}").status_code == 404
            assert client.post(f"{BASE}1/{path}", {}).status_code == 404
    for _ in range(2):
        assert author.post(f"{BASE}1/withdraw/").status_code == 302
    assert "Its author has withdrawn" in read(Client().get(f"{BASE}1/")).text


def test_drafts_are_thrown_away(budget, author, ada):
    draft = make_draft(budget, ada)
    assert read(author.get(own(draft, "discard"))).all("form")
    assert author.post(own(draft, "discard"))["Location"] == f"{BASE}mine/"
    assert author.post(own(draft, "discard")).status_code == 404


def test_photos_are_removed(budget, author, ada):
    draft = make_draft(budget, ada)
    author.post(own(draft, "photo"), photo_data())
    address = f"{own(draft, 'photo')}{draft.photos.get().uuid}/remove/"
    for _ in range(2):
        assert author.post(address).status_code == 302
    assert not draft.photos.exists()


def test_what_a_photo_shows_is_said_anew(budget, author, ada, moderator):
    proposal = make_proposal(budget, ada)
    photo = add_photo(
        actor=ada, proposal=proposal, data=image_bytes(), alt="A bnech", may_publish=True, at=timezone.now()
    )
    address = f"{own(proposal, 'photo')}{photo.uuid}/"
    assert f'href="{address}"' in author.get(own(proposal, "photo")).content.decode()
    assert 'value="A bnech"' in author.get(address).content.decode()
    assert author.post(address, {"alt": ""}).status_code == 200
    assert author.post(address, {"alt": "A bench"})["Location"] == own(proposal, "photo")
    assert proposal.photos.get().alt == "A bench"
    assert proposal.versions.last().files[0]["words"] == "A bench"
    for stranger in (moderator, signed_in(make_person())):
        assert stranger.post(address, {"alt": "Mine"}).status_code == 404
    next_phase(budget, PhaseKind.VALUATING)
    assert author.get(address).status_code == author.post(address, {"alt": "Late"}).status_code == 409
    assert proposal.photos.get().alt == "A bench"


def test_a_map_is_offered_where_there_is_something_to_draw(budget, author, ada, settings):
    draft = make_draft(budget, ada)
    assert "<osp-point" not in author.get(own(draft, "place")).content.decode()
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert 'data-tiles="https://tiles.example/' in author.get(own(draft, "place")).content.decode()
    settings.TILE_URL = ""
    ring = [[-1.5, 47.2], [-1.4, 47.2], [-1.4, 47.3], [-1.5, 47.2]]
    district = District.objects.create(name="North", boundary={"type": "Polygon", "coordinates": [ring]})
    make_envelope(budget, district=district)
    for address in (own(draft, "place"), f"{BASE}{make_proposal(budget, ada).public_number}/edit/"):
        page = author.get(address).content.decode()
        assert page.count("<osp-point") == 1
        assert 'data-districts="/en/budgets/green/districts.geojson"' in page


def test_after_the_phase_every_door_says_so(budget, author, ada):
    draft, _ = make_draft(budget, ada), make_proposal(budget, ada)
    next_phase(budget, PhaseKind.VALUATING)
    for address, data in (
        (f"{BASE}new/", IDEA),
        (own(draft, "idea"), IDEA),
        (own(draft, "check"), {}),
        (own(draft, "photo"), photo_data()),
        (f"{BASE}1/edit/", IDEA),
        (f"{BASE}1/withdraw/", {}),
        (f"{BASE}1/support/", {"do": "give"}),
    ):
        response = author.post(address, data)
        assert response.status_code == 409, address
        assert "any more" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
    assert "any more" in read(author.get(f"{BASE}mine/")).text


def test_last_years_proposal_is_proposed_again(budget, author, ada):
    earlier = make_open_budget(slug="before")
    old = make_proposal(earlier, ada, title="Trees again")
    assert "Trees again" in read(author.get(f"{BASE}mine/")).text
    place = author.post(own(old, "again"))["Location"]
    assert 'value="Trees again"' in author.get(place).content.decode()


def test_a_moderator_publishes_hides_and_shows_again(budget, author, ada, moderator):
    budget.moderates_first = True
    budget.save()
    draft = make_draft(budget, ada, title="Trees")
    author.post(own(draft, "check"))
    assert "A moderator looks at it" in read(author.get(own(draft, "done"))).text
    assert Client().get(f"{BASE}1/").status_code == 404
    assert "not public" in read(author.get(f"{BASE}1/")).text
    assert "Trees" in read(moderator.get(f"{BASE}waiting/")).text
    moderator.post(f"{BASE}1/moderate/", {"do": "publish"})
    assert Client().get(f"{BASE}1/").status_code == 200
    assert "Please check" in read(moderator.post(f"{BASE}1/moderate/", {"do": "hide", "words": " "})).text
    moderator.post(f"{BASE}1/moderate/", {"do": "hide", "words": "It names a neighbour."})
    shelf.clear()
    assert Client().get(f"{BASE}1/").status_code == 404
    assert "It names a neighbour." in read(author.get(f"{BASE}1/")).text
    moderator.post(f"{BASE}1/moderate/", {"do": "restore"})
    assert Client().get(f"{BASE}1/").status_code == 200
    before = list(Proposal.objects.values())
    for wrong in ({"do": "explode"}, {"do": "restore"}, {"do": "dismiss"}, {"do": "block", "words": "Rude"}, {}):
        assert "Please check" in read(moderator.post(f"{BASE}1/moderate/", wrong)).text
    assert list(Proposal.objects.values()) == before


def test_a_reason_of_the_list_is_read_in_ones_own_language(budget, author, ada):
    proposal, canned = make_proposal(budget, ada), CannedReason.objects.create(slug="rude")
    for code, words in (("en", "It is rude."), ("fr", "C’est grossier.")):
        CannedReasonText.objects.create(identity=canned, locale=locale(code), words=words)
    decide(
        actor=make_holder(),
        kind=DecisionOnWords.HIDE,
        subject=proposal,
        why=Why("Please.", canned),
        at=timezone.now(),
    )
    page = f"/budgets/green/proposals/{proposal.public_number}/"
    for code, words in (("en", "It is rude."), ("fr", "C’est grossier.")):
        text = author.get(f"/{code}{page}").content.decode()
        assert words in text
        assert "Please." in text


def test_who_moderates_one_budget_finds_what_was_reported_there(budget, ada):
    proposal = make_proposal(budget, ada, title="Trees")
    here, elsewhere = (signed_in(make_holder(Role.MODERATOR, one)) for one in (budget, make_open_budget()))
    assert "Trees" not in read(here.get(f"{BASE}waiting/")).text
    flag(actor=make_person(), subject=proposal, reason=FlagReason.SPAM, note="It sells trees.", at=timezone.now())
    assert "Trees" in read(here.get(f"{BASE}waiting/")).text
    assert "It sells trees." in read(here.get(f"{BASE}1/moderate/")).text
    assert [elsewhere.get(f"{BASE}{path}").status_code for path in ("waiting/", "1/moderate/")] == [403, 403]
    here.post(f"{BASE}1/moderate/", {"do": "dismiss"})
    assert "Trees" not in read(here.get(f"{BASE}waiting/")).text
    assert Client().get(f"{BASE}1/").status_code == 200


def test_others_do_not_moderate(budget, author, ada):
    make_proposal(budget, ada)
    for address in (f"{BASE}waiting/", f"{BASE}1/moderate/"):
        assert author.get(address).status_code == 403
    assert author.post(f"{BASE}1/moderate/", {"do": "hide", "words": "x"}).status_code == 403


@pytest.fixture
def supporting(budget):
    make_proposal(budget, title="Trees")
    return next_phase(budget)


def test_support_is_given_and_taken_back_in_words(supporting, author, visitor):
    assert "Support this proposal" in read(visitor.get(f"{BASE}1/")).text
    assert "You do not support" in read(author.get(f"{BASE}1/support/")).text
    for _ in range(2):
        assert author.post(f"{BASE}1/support/", {"do": "give"}).status_code == 302
    assert "You support this proposal." in read(author.get(f"{BASE}1/support/")).text
    assert "You support this proposal." in read(author.get(f"{BASE}1/")).text
    assert Proposal.objects.get().support_count == 1
    author.post(f"{BASE}1/support/", {"do": "nonsense"})
    author.post(f"{BASE}1/support/", {"do": "take_back"})
    assert not Support.objects.exists()


def test_what_is_left_is_said(supporting, author, ada):
    supporting.most_supports = 1
    supporting.save()
    assert "You can support 1 more proposal." in read(author.get(f"{BASE}1/support/")).text
    author.post(f"{BASE}1/support/", {"do": "give"})
    assert "You can support 0 more proposals." in read(author.get(f"{BASE}1/support/")).text


def test_a_page_says_why_it_cannot_be_supported(budget, visitor):
    make_proposal(budget)
    assert "Support this proposal" not in read(visitor.get(f"{BASE}1/")).text


@pytest.mark.parametrize("path", ["", "1/"])
def test_public_pages_are_the_same_for_all_without_a_session(budget, visitor, path):
    make_proposal(budget)
    response = visitor.get(BASE + path)
    assert "s-maxage" in response["Cache-Control"]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def own_pages(proposal: Proposal, draft: Proposal) -> list[str]:
    steps = [own(draft, step) for step in ("idea", "place", "cost", "photo", "check", "discard")]
    paths = ("new/", "mine/", "1/", "1/edit/", "1/withdraw/", "1/support/", "1/moderate/", "waiting/")
    return [*steps, own(proposal, "done"), *(BASE + path for path in paths)]


def test_pages_behind_the_door_keep_to_the_rules_of_all_pages(budget):
    boss = make_person(is_superuser=True, display_name="Boss")
    draft, proposal = make_draft(budget, boss), make_proposal(budget, boss)
    make_category("Nature")
    client = signed_in(boss)
    for address in own_pages(proposal, draft):
        response = client.get(address)
        html, page = response.content.decode(), read(response)
        assert not INLINE_SCRIPT.search(html)
        assert not INLINE_HANDLER.search(html)
        assert "style=" not in html
        assert len(page.ids) == len(set(page.ids)), address
        assert page.headings.count(1) == 1
        assert "Please check" not in page.text, address
        labelled = {label.get("for") for label in page.all("label")}
        fields = [
            one for tag in ("input", "select", "textarea") for one in page.all(tag) if one.get("type") != "hidden"
        ]
        assert {one.get("id") for one in fields} <= labelled, address
        if address != f"{BASE}1/":
            assert response["Cache-Control"] == "no-store", address


@pytest.mark.parametrize("path", ["1/", "mine/", "waiting/", "1/support/"])
def test_a_page_costs_the_same_whatever_there_is(budget, path):
    boss, counts = make_person(is_superuser=True), []
    client = signed_in(boss)
    for rows in (2, 9):
        for _ in range(rows):
            proposal = make_proposal(budget, boss)
            proposal.versions.create(number=2, at=timezone.now(), language="en")
        Proposal.objects.filter(public_number__gt=1, public_number__lte=rows).update(
            status="submitted", published_at=None
        )
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(BASE + path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES, counts


def test_a_machine_that_fills_the_hidden_field_makes_nothing(budget, author):
    hidden = hidden_in(author.get(f"{BASE}new/"))
    answer = author.post(f"{BASE}new/", {**IDEA, **hidden, "website": "https://spam.example"})
    assert answer.status_code == 409
    assert "as if a machine had sent it" in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("stamp", [None, "", "1:forged:stamp", "x" * 500])
def test_a_form_that_was_never_given_out_is_shown_once_more(budget, author, stamp):
    hidden = hidden_in(author.get(f"{BASE}new/")) | ({} if stamp is None else {"stamp": stamp})
    if stamp is None:
        del hidden["stamp"]
    page = author.post(f"{BASE}new/", {**IDEA, **hidden})
    assert page.status_code == 200
    assert "Look at it once more and send it again" in read(page).text
    assert IDEA["title"] in page.content.decode()
    assert not Proposal.objects.exists()
    again = author.post(f"{BASE}new/", {**IDEA, **hidden_in(page)})
    assert (again.status_code, Proposal.objects.count()) == (302, 1)


def test_a_form_that_is_sent_too_fast_is_shown_once_more(budget, author, monkeypatch):
    monkeypatch.setattr(traps, "QUICKEST_SECONDS", 2)
    page = author.post(f"{BASE}new/", {**IDEA, **hidden_in(author.get(f"{BASE}new/"))})
    assert "That was very fast" in read(page).text
    assert not Proposal.objects.exists()


def test_the_stamp_of_another_is_none(budget, author):
    hidden = hidden_in(signed_in(make_person()).get(f"{BASE}new/"))
    assert "once more" in read(author.post(f"{BASE}new/", {**IDEA, **hidden})).text
    assert not Proposal.objects.exists()
