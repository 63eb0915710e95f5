"""Proposals through the API: the same rules as on the site, and nothing that is not asked for."""

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from participation.actions.moderation import hide
from participation.choices import PhaseKind
from participation.models import Proposal, ProposalPhoto, Support
from site_config.anonymous_reads import shelf
from tests.api.test_errors import assert_problem
from tests.factories.participation import (
    locale,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_person,
    make_phase,
)
from tests.factories.proposals import make_draft, make_open_budget, make_proposal, next_phase, put_proposal

pytestmark = pytest.mark.django_db
BASE = "/api/v1/proposals/"
WORDS = {"title": "Trees", "what_and_why": "Shade.", "address": "Here"}
EVERYTHING = {**WORDS, "who_benefits": "All", "latitude": 47, "longitude": -1.5, "cost_minor": 100, "language": "en"}


@pytest.fixture(autouse=True)
def english():
    locale("en")


@pytest.fixture
def budget():
    return make_open_budget(slug="green")


@pytest.fixture
def ada():
    return make_person(display_name="Ada")


@pytest.fixture
def author(ada):
    return signed_in(ada)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, method: str, path: str = "", body: object = None):
    data = body if isinstance(body, bytes | str) else json.dumps(body) if body is not None else ""
    extra = {"data": data, "content_type": "application/json"} if method != "get" else {}
    shelf.clear()
    return getattr(client, method)(BASE + path, **extra)


def begun(client, **changed) -> dict:
    answer = send(client, "post", body={"budget": "green", **EVERYTHING, **changed})
    assert answer.status_code == 201, answer.content
    return answer.json()


def state() -> list[dict]:
    return list(Proposal.objects.order_by("pk").values())


def found(client, **query) -> list[str]:
    shelf.clear()
    answer = client.get(BASE, query)
    assert answer.status_code == 200, answer.content
    return [one["title"] for one in answer.json()["results"]]


def test_the_whole_way(budget, author, ada):
    north, nature = make_envelope(budget), make_category("Nature")
    make_envelope(budget)
    draft = begun(author, envelope=str(north.uuid), categories=[nature.slug])
    assert (draft["status"], draft["public_number"], draft["author"]) == ("draft", None, "Ada")
    assert draft["cost"] == {"kind": "exact", "band": "small", "exact": {"amount_minor": 100, "currency": "EUR"}}
    assert draft["envelope"] == str(north.uuid)
    assert [one["name"] for one in draft["categories"]] == ["Nature"]
    assert draft["refusals"]["submit"] is None
    assert draft["refusals"]["withdraw"]["code"] == "wrong_status"
    changed = send(author, "patch", f"{draft['uuid']}/", {"title": "More trees", "cost_band": "large"}).json()
    assert (changed["title"], changed["what_and_why"]) == ("More trees", "Shade.")
    assert changed["cost"] == {"kind": "band", "band": "large", "exact": None}
    for _ in range(2):
        answer = send(author, "post", f"{draft['uuid']}/submit/")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert (answer.json()["status"], answer.json()["public_number"]) == ("published", 1)
    everybody = Client().get(f"{BASE}{draft['uuid']}/")
    assert "s-maxage" in everybody["Cache-Control"]
    assert everybody.json()["supported"] is None
    assert everybody.json()["refusals"]["edit"]["code"] == "not_signed_in"
    assert send(author, "post", f"{draft['uuid']}/withdraw/").json()["status"] == "withdrawn"


def test_the_same_uuid_begins_one_draft(budget, author):
    key = str(uuid.uuid4())
    answers = [send(author, "post", body={"budget": "green", "uuid": key, "title": title}) for title in "ab"]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert Proposal.objects.get().title == "b"
    stranger = signed_in(make_person())
    assert_problem(send(stranger, "post", body={"budget": "green", "uuid": key, "title": "c"}), 404, "not_found")


def test_the_only_envelope_and_the_language_are_taken_for_granted(budget, author):
    envelope = make_envelope(budget)
    draft = send(author, "post", body={"budget": "green"}).json()
    assert (draft["envelope"], draft["language"]) == (str(envelope.uuid), "en")
    assert draft["refusals"]["submit"]["code"] == "incomplete"
    assert_problem(send(author, "post", f"{draft['uuid']}/submit/"), 409, "incomplete")


def test_a_change_after_handing_in_is_a_version(budget, author, ada):
    proposal = make_proposal(budget, ada)
    send(author, "patch", f"{proposal.uuid}/", {"title": "New"})
    assert proposal.versions.count() == 2
    assert_problem(send(author, "patch", f"{proposal.uuid}/", {"title": ""}), 409, "incomplete")
    cleared = send(author, "patch", f"{proposal.uuid}/", {"cost_minor": None}).json()
    assert cleared["cost"] == {"kind": "unknown", "band": None, "exact": None}


BAD = [
    ({"status": "published"}, "/status", "unknown_field"),
    ({"supports": 9}, "/supports", "unknown_field"),
    ({"support_count": 9}, "/support_count", "unknown_field"),
    ({"author": 1}, "/author", "unknown_field"),
    ({"public_number": 7}, "/public_number", "unknown_field"),
    ({"published_at": "2020-01-01T00:00:00Z"}, "/published_at", "unknown_field"),
    ({"title": 5}, "/title", "invalid"),
    ({"title": None}, "/title", "null"),
    ({"title": ["a"]}, "/title", "invalid"),
    ({"title": "x" * 151}, "/title", "max_length"),
    ({"title": "a\0b"}, "/title", "null_characters_not_allowed"),
    ({"what_and_why": "x" * 5_001}, "/what_and_why", "max_length"),
    ({"language": "xx"}, "/language", "unknown_locale"),
    ({"latitude": 91, "longitude": 0}, "/latitude", "max_value"),
    ({"latitude": "47", "longitude": 0}, "/latitude", "invalid"),
    ({"latitude": True, "longitude": 0}, "/latitude", "invalid"),
    ({"latitude": 1e999, "longitude": 0}, "/latitude", "invalid"),
    ({"latitude": 1}, "/latitude", "half_a_point"),
    ({"latitude": 1, "longitude": None}, "/latitude", "half_a_point"),
    ({"whole_area": "yes"}, "/whole_area", "invalid"),
    ({"whole_area": 1}, "/whole_area", "invalid"),
    ({"envelope": "x"}, "/envelope", "invalid"),
    ({"envelope": str(uuid.uuid4())}, "/envelope", "does_not_exist"),
    ({"envelope": {"a": 1}}, "/envelope", "invalid"),
    ({"categories": "nature"}, "/categories", "not_a_list"),
    ({"categories": ["nowhere"]}, "/categories", "does_not_exist"),
    ({"categories": ["a" * 81]}, "/categories/0", "max_length"),
    ({"categories": ["a\0"]}, "/categories/0", "null_characters_not_allowed"),
    ({"categories": [None]}, "/categories/0", "null"),
    ({"categories": list("abcd")}, "/categories", "max_length"),
    ({"cost_band": "cheap"}, "/cost_band", "invalid_choice"),
    ({"cost_minor": 0}, "/cost_minor", "min_value"),
    ({"cost_minor": 1.5}, "/cost_minor", "invalid"),
    ({"cost_minor": "5"}, "/cost_minor", "invalid"),
    ({"cost_minor": True}, "/cost_minor", "invalid"),
    ({"cost_band": "small", "cost_minor": 5}, "/cost_band", "cost_twice"),
]


@pytest.mark.parametrize(("body", "pointer", "code"), BAD)
def test_bad_bodies_get_a_code_and_change_nothing(budget, author, ada, body, pointer, code):
    draft = make_draft(budget, ada)
    before = state()
    text = json.dumps(body).replace("Infinity", "1e999")
    answers = (
        send(author, "patch", f"{draft.uuid}/", text),
        send(author, "post", body=json.dumps({"budget": "green", **body}).replace("Infinity", "1e999")),
    )
    for answer in answers:
        faults = assert_problem(answer, 400, "invalid")["errors"]
        assert (pointer, code) in {(fault["pointer"], fault["code"]) for fault in faults}, faults
    assert state() == before


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "null",
        "5",
        '"x"',
        "{",
        '{"title": "a", "title": "b"}',
        '{"title": NaN}',
        '{"title": "\\ud800"}',
        "[" * 1_000,
        '{"a": ' * 20 + "1" + "}" * 20,
        '{"cost_minor": ' + "9" * 400 + "}",
        json.dumps({"title": "x" * 70_000}),
        b"\xff\xfe",
    ],
)
def test_what_is_no_object_of_ours_is_refused(budget, author, ada, body):
    draft = make_draft(budget, ada)
    before = state()
    for method, path in (("patch", f"{draft.uuid}/"), ("post", "")):
        answer = send(author, method, path, body)
        assert answer.status_code == 400, answer.content
        assert answer["Content-Type"] == "application/problem+json"
    assert state() == before


def test_brackets_in_texts_are_fine(budget, author):
    assert begun(author, title="[" * 40 + '"\\')["title"] == "[" * 40 + '"\\'


def test_bodies_where_none_belongs(budget, author, ada):
    draft = make_draft(budget, ada)
    for body in ({"status": "published"}, [1], "x"):
        for method, path in (("post", "submit"), ("post", "withdraw"), ("put", "support")):
            answer = send(author, method, f"{draft.uuid}/{path}/", body)
            assert answer.status_code == 400, (path, answer.content)
    assert Proposal.objects.get().status == "draft"


def test_what_belongs_elsewhere_is_refused(budget, author):
    elsewhere = make_envelope(make_budget())
    body = {"budget": "green", "envelope": str(elsewhere.uuid)}
    assert_problem(send(author, "post", body=body), 409, "envelope_elsewhere")
    budget.categories.add(make_category("Nature"))
    other = make_category("Sport")
    assert_problem(
        send(author, "post", body={"budget": "green", "categories": [other.slug]}), 409, "category_elsewhere"
    )
    twice = {"budget": "green", "whole_area": True, "address": "Here"}
    assert_problem(send(author, "post", body=twice), 409, "place_twice")
    assert state() == []


def test_a_budget_that_is_not_public_is_not_there(author):
    make_open_budget(slug="secret", status="draft")
    body = assert_problem(send(author, "post", body={"budget": "secret"}), 400, "invalid")
    assert body["errors"][0]["pointer"] == "/budget"


WRITES = [("post", "submit/"), ("post", "withdraw/"), ("put", "support/"), ("delete", "support/"), ("patch", "")]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_writing_takes_an_account_and_a_token(budget, ada, method, path):
    proposal = make_proposal(budget, ada)
    body = {} if method == "patch" else None
    assert_problem(send(Client(), method, f"{proposal.uuid}/{path}", body), 401, "not_signed_in")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert_problem(send(strict, method, f"{proposal.uuid}/{path}", body), 403, "forbidden")
    assert_problem(send(Client(), "post", body={"budget": "green"}), 401, "not_signed_in")


@pytest.mark.parametrize(("method", "path"), [*WRITES, ("get", "")])
@pytest.mark.parametrize("person", ["stranger", "moderator"])
def test_somebody_elses_draft_is_not_there(budget, ada, method, path, person):
    draft = make_draft(budget, ada, title="Secret")
    client = signed_in(make_person(is_superuser=person == "moderator"))
    before = state()
    body = {"title": "Mine"} if method == "patch" else None
    assert_problem(send(client, method, f"{draft.uuid}/{path}", body), 404, "not_found")
    assert state() == before
    assert (
        found(client) == found(client, status="draft") == found(client, mine="true") == found(client, q="secret") == []
    )


def test_somebody_elses_proposal_is_read_and_not_written(budget, ada):
    proposal, stranger = make_proposal(budget, ada), signed_in(make_person())
    before = state()
    for method, path in (("patch", ""), ("post", "submit/"), ("post", "withdraw/")):
        body = {"title": "Mine"} if method == "patch" else None
        assert_problem(send(stranger, method, f"{proposal.uuid}/{path}", body), 404, "not_found")
    assert state() == before
    assert stranger.get(f"{BASE}{proposal.uuid}/").status_code == 200


def test_hidden_ones_are_their_authors_and_moderators(budget, ada, author):
    proposal, boss = make_proposal(budget, ada, title="Rude"), make_person(is_superuser=True)
    hide(actor=boss, proposal=proposal, reason="Rude", at=timezone.now())
    for client, status in ((author, 200), (signed_in(boss), 200), (signed_in(make_person()), 404), (Client(), 404)):
        assert client.get(f"{BASE}{proposal.uuid}/").status_code == status
        assert found(client) == []
    assert found(author, mine="true") == ["Rude"]
    assert_problem(Client().get(f"{BASE}?mine=true"), 401, "not_signed_in")


@pytest.mark.parametrize("path", ["", "?mine=true"])
def test_nothing_shows_of_a_budget_that_is_not_public(budget, ada, author, path):
    proposal = make_proposal(budget, ada)
    budget.status = "draft"
    budget.save()
    assert author.get(BASE + path).json()["results"] == []
    assert author.get(f"{BASE}{proposal.uuid}/").status_code == 404


def test_supports_are_given_and_taken_back(budget, author, ada):
    proposal = make_proposal(budget)
    assert_problem(send(author, "put", f"{proposal.uuid}/support/"), 409, "supports_closed")
    next_phase(budget)
    for _ in range(2):
        answer = send(author, "put", f"{proposal.uuid}/support/")
        assert answer.json() == {"supported": True, "support_count": 1}
    detail = author.get(f"{BASE}{proposal.uuid}/").json()
    assert (detail["supported"], detail["support_count"], detail["refusals"]["support"]) == (True, 1, None)
    assert author.get(BASE).json()["results"][0]["supported"] is True
    for _ in range(2):
        answer = send(author, "delete", f"{proposal.uuid}/support/")
        assert answer.json() == {"supported": False, "support_count": 0}
    assert not Support.objects.exists()


def test_limits_and_hidden_counts(budget, author):
    proposals = [make_proposal(budget) for _ in range(2)]
    budget = next_phase(budget)
    budget.most_supports, budget.shows_supports = 1, False
    budget.save()
    assert send(author, "put", f"{proposals[0].uuid}/support/").json() == {"supported": True, "support_count": None}
    assert_problem(send(author, "put", f"{proposals[1].uuid}/support/"), 409, "too_many_supports")
    assert author.get(f"{BASE}{proposals[1].uuid}/").json()["refusals"]["support"]["code"] == "too_many_supports"
    assert author.get(f"{BASE}{proposals[1].uuid}/").json()["support_count"] is None
    assert found(author, order="supports") == []


def test_everything_is_closed_afterwards(budget, author, ada):
    draft, proposal = make_draft(budget, ada), make_proposal(budget, ada)
    next_phase(budget, PhaseKind.VALUATING)
    before = state()
    closed = "proposals_closed"
    assert_problem(send(author, "post", body={"budget": "green"}), 409, closed)
    assert_problem(send(author, "patch", f"{draft.uuid}/", {"title": "x"}), 409, closed)
    assert_problem(send(author, "post", f"{draft.uuid}/submit/"), 409, closed)
    assert_problem(send(author, "post", f"{proposal.uuid}/withdraw/"), 409, closed)
    assert_problem(send(author, "put", f"{proposal.uuid}/support/"), 409, "supports_closed")
    assert state() == before


def test_filters_and_orders(budget):
    north = make_envelope(budget, district=make_district())
    nature = make_category("Nature")
    elan = put_proposal(budget, title="Élan", envelope=north, cost_band="small", support_count=2)
    elan.categories.add(nature)
    put_proposal(budget, title="Bench", latitude=47.2, longitude=-1.5, support_count=5)
    put_proposal(budget, title="Old", status="withdrawn")
    put_proposal(make_budget(slug="other"), title="Elsewhere", status="withdrawn")
    client = Client()
    assert found(client) == ["Elsewhere", "Old", "Bench", "Élan"]
    assert found(client, budget="green", order="supports", status="published") == ["Bench", "Élan"]
    assert found(client, q="elan shade") == ["Élan"]
    assert found(client, envelope=north.uuid) == found(client, district=north.district.uuid) == ["Élan"]
    assert found(client, category=nature.slug) == found(client, cost="small") == ["Élan"]
    assert found(client, bbox="-2,47,-1,48") == ["Bench"]
    assert found(client, cost="unknown", budget="green", order="title") == ["Bench", "Old"]
    assert sorted(found(client, order="random", seed=3)) == ["Bench", "Elsewhere", "Old", "Élan"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=red", "unknown_parameter"),
        ("supports=9", "unknown_parameter"),
        (f"page_size={10**9}", "out_of_range"),
        ("page=0", "out_of_range"),
        (f"page={10**30}", "out_of_range"),
        ("page=2", "no_such_page"),
        (f"q={'x' * 10_240}", "invalid"),
        ("q=%00", "invalid"),
        ("status=adopted", "invalid"),
        ("order=votes", "invalid"),
        ("seed=16", "invalid"),
        ("bbox=1,2,3", "invalid"),
        ("mine=false", "invalid"),
        ("envelope=x", "invalid"),
        ("budget=a&budget=b", "repeated_parameter"),
        ("locale=xx", "unknown_locale"),
    ],
)
def test_bad_questions_are_refused(budget, query, code):
    assert_problem(Client().get(f"{BASE}?{query}"), 400, code)


def test_other_methods(author, budget, ada):
    proposal = make_proposal(budget, ada)
    for method, path in (("put", ""), ("delete", ""), ("put", f"{proposal.uuid}/")):
        assert_problem(send(author, method, path, {} if method == "put" else None), 405, "method_not_allowed")
    assert_problem(author.post(BASE, {"budget": "green"}), 415, "unsupported_media_type")
    assert_problem(author.get(f"{BASE}{uuid.uuid4()}/"), 404, "not_found")


def test_an_address_of_a_person_is_nowhere(budget):
    proposal = make_proposal(budget, make_person(email="private@example.org"))
    for address in (BASE, f"{BASE}{proposal.uuid}/"):
        assert "private@" not in Client().get(address).content.decode()


def fill(rows: int, author) -> None:
    for _ in range(rows):
        budget = make_budget(most_supports=5)
        make_phase(budget, kind=PhaseKind.SUPPORTING)
        proposal = put_proposal(budget, envelope=make_envelope(budget), author=author)
        proposal.categories.add(make_category("Nature"), make_category("Sport"))
        photo = {"alt": "A tree", "may_publish": True, "sha256": "0", "width": 3, "height": 2}
        ProposalPhoto.objects.create(proposal=proposal, added_at=proposal.published_at, **photo)


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(
    ("reader", "query", "queries"),
    [
        ("nobody", {}, 7),
        ("nobody", {"q": "idea", "order": "random", "seed": 3}, 7),
        ("author", {}, 8),
        ("author", {"mine": "true"}, 8),
    ],
)
def test_a_list_costs_these_queries(ada, author, rows, reader, query, queries, django_assert_num_queries):
    fill(rows, ada)
    client = Client() if reader == "nobody" else author
    found(client)
    with django_assert_num_queries(queries):
        assert len(found(client, page_size=100, **query)) == rows


def test_one_costs_these_queries(ada, author, django_assert_num_queries):
    fill(1, ada)
    address = f"{BASE}{Proposal.objects.get().uuid}/"
    author.get(address)
    with django_assert_num_queries(7):
        author.get(address)
