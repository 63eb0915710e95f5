"""What somebody of ill will sends or asks for, at every address at once: it is refused or shown harmless."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from participation.choices import Role
from participation.models import ActivityEntry, Comment, Proposal, SearchedWords
from site_config.anonymous_reads import shelf
from tests.routes.rows import API, EVERYBODY, QUERIES, SITE
from tests.routes.things import ANONYMOUS, AUTHOR, CITIZEN, NEIGHBOUR, SUPERUSER, Things, make_things
from tests.routes.walk import address, ask

pytestmark = pytest.mark.django_db
SECRET = "Zwetschgenbaum"
SCRIPT = "<script>alert(1)</script>"
WORD = "Mirabelle"
# The citizen is invited to be co-author, and may see what of.
OTHERS = (ANONYMOUS, Role.VALUATOR, Role.MODERATOR, NEIGHBOUR, SUPERUSER)
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def things(settings, tmp_path) -> Things:
    settings.STAFF_MFA_REQUIRED, settings.MEDIA_ROOT = False, str(tmp_path)
    return make_things()


def client_of(things: Things, role: str) -> Client:
    client = Client()
    if person := things.people[role]:
        client.force_login(person)
    shelf.clear()
    cache.clear()
    return client


def path_of(things: Things, route: str) -> str:
    return address(route, things.parts(route)) + QUERIES.get(route, "")


def texts(client: Client, things: Things, rows: list) -> dict[str, str]:
    """By route, what is read there."""
    found = {}
    for row in rows:
        if "GET" in row.methods:
            answer = client.get(path_of(things, row.route))
            data = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[row.route] = data.decode("utf-8", "replace")
    return found


@pytest.mark.parametrize("role", OTHERS)
def test_somebody_elses_draft_shows_nowhere(things, role):
    draft = Proposal.objects.get(status="draft")
    Proposal.objects.filter(pk=draft.pk).update(title=SECRET, what_and_why=WORD, sort_key=SECRET.lower())
    SearchedWords.objects.filter(proposal=draft).update(words=WORD.lower())
    client = client_of(things, role)
    found = texts(
        client, things, [row for row in (*SITE, *API) if row.answers is not EVERYBODY or "ideas" in row.route]
    )
    found |= texts(client, things, [row for row in SITE if row.route.startswith("en/budgets/<slug:slug>/proposals/")])
    for query in ("", "?mine=true", "?status=draft", f"?q={WORD}"):
        found[f"list {query}"] = client.get(f"/api/v1/proposals/{query}").content.decode()
    for path in (f"/en/search/?q={WORD}", f"/api/v1/search/?q={WORD}"):
        found[path] = client.get(path).content.decode()
    for end in ("proposals.csv", "proposals.geojson", "feed.rss"):
        answer = client.get(f"/en/budgets/ideas/proposals/{end}?q={WORD}")
        found[end] = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    shown = [name for name, text in found.items() if str(draft.uuid) in text or SECRET in text]
    assert shown == []


@pytest.mark.parametrize("stray", ["status", "support_count", "author", "is_official", "moderates", "__proto__"])
def test_no_body_of_the_api_takes_a_stray_field(things, stray):
    client, before = client_of(things, AUTHOR), ActivityEntry.objects.count()
    rows = [(method, row) for row in API for method in row.methods.split() if method in WRITES - {"DELETE"}]
    assert len(rows) > 25
    taken = {}
    for method, row in rows:
        cache.clear()
        answer = ask(client, method, path_of(things, row.route), {stray: "published"})
        if answer.status_code < 400 or answer.status_code >= 500:
            taken[f"{method} {row.route}"] = answer.status_code
    assert taken == {}
    assert ActivityEntry.objects.count() == before


LISTS = [
    row.route
    for row in API
    if row.route.startswith("api/v1/")
    and "GET" in row.methods
    and row.route.endswith("s/")
    and "reasons" not in row.route
    and "<" not in row.route
]
LISTS += ["api/v1/me/inbox/", "api/v1/moderation/queue/", "api/v1/proposals/<uuid:uuid>/comments/"]
PRIVATE = ("author", "author__email", "author_id", "email", "password", "born", "guardian_contact", "id__gt", "fields")


@pytest.mark.parametrize("route", sorted(set(LISTS)))
def test_no_list_is_asked_about_what_is_private_or_without_bounds(things, route):
    client = client_of(things, SUPERUSER)
    path = address(route, things.parts(route))
    assert client.get(path).status_code == 200
    for query in (*(f"{name}=a" for name in PRIVATE), f"page_size={10**9}", f"page={10**30}", "order=author__email"):
        assert client.get(f"{path}?{query}").status_code == 400, query


@pytest.mark.parametrize("length", [10_000, 500])
@pytest.mark.parametrize("sign", ["a", "a ", "%22", "%25", "(", "*", "%E2%80%AE", "%00"])
def test_a_search_string_without_end_is_answered(things, length, sign):
    client = client_of(things, CITIZEN)
    for path in (
        "/en/search/?q=", "/api/v1/search/?q=", "/api/v1/proposals/?q=", "/en/budgets/ideas/proposals/?q=",
        "/en/budgets/ideas/proposals/proposals.csv?q=", "/en/budgets/ideas/proposals/feed.rss?q=",
    ):  # fmt: skip
        answer = client.get(path + sign * (length // len(sign)))
        assert answer.status_code in {200, 400, 404, 414}, (path, answer.status_code)


def test_script_in_any_words_stays_words(things):
    words = {"title": SCRIPT, "what_and_why": SCRIPT, "who_benefits": SCRIPT, "address": SCRIPT, "cost_note": SCRIPT}
    known = {field.name for field in Proposal._meta.fields}
    Proposal.objects.update(**{name: value for name, value in words.items() if name in known})
    Comment.objects.update(body=SCRIPT)
    for person in filter(None, things.people.values()):
        person.display_name = SCRIPT[:30]
        person.save(update_fields=["display_name"])
    for role in (AUTHOR, Role.MODERATOR):
        found = texts(client_of(things, role), things, [row for row in SITE if "proposals" in row.route])
        assert any("&lt;script&gt;alert(1)" in text for text in found.values())
        pages = {name: text for name, text in found.items() if not name.endswith((".csv", ".geojson"))}
        assert [name for name, text in pages.items() if "<script>alert" in text] == []


def test_a_body_that_is_no_object_or_too_large_is_refused_everywhere(things):
    client = client_of(things, AUTHOR)
    rows = [(method, row) for row in API for method in row.methods.split() if method in WRITES - {"DELETE"}]
    for method, row in rows:
        for body in ("[1, 2]", '"x"', "{", '{"a": 1, "a": 2}', "[" * 5_000, json.dumps({"x": "a" * 100_000})):
            cache.clear()
            answer = client.generic(method, path_of(things, row.route), body, content_type="application/json")
            assert 400 <= answer.status_code < 500, (method, row.route, body[:20], answer.status_code)
