"""The list of proposals: search, filters, orders, views, and the same as files."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.models import ProposalDocument, ProposalPhoto
from site_config.anonymous_reads import shelf
from tests.factories.discussion import put_comment
from tests.factories.participation import (
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_person,
    make_phase,
)
from tests.factories.proposals import make_open_budget, put_proposal
from tests.frontend_templates.pages import read

LIST = "/en/budgets/green/proposals/"
TITLES = ("Élan", "A bench", "Zebra crossing", "Old idea", "مكتبة")
MOST_QUERIES = 12


@pytest.fixture
def green(home):
    """Three published, one withdrawn, one in Arabic; and one of each kind that nobody else sees."""
    budget = make_budget(slug="green")
    north, south = (make_envelope(budget, slug=slug, title=slug) for slug in ("north", "south"))
    nature = make_category("Nature")
    elan = put_proposal(budget, title="Élan", public_number=1, envelope=north, cost_band="small", support_count=5)
    elan.categories.add(nature)
    put_proposal(
        budget, title="A bench", public_number=2, envelope=south, latitude=47.2, longitude=-1.5, support_count=9
    )
    put_proposal(budget, title="Zebra crossing", public_number=3, cost_band="large", cost_minor=5_000_000)
    put_proposal(budget, title="Old idea", public_number=4, status="withdrawn")
    merged = {"status": "merged", "merged_into": budget.proposals.get(public_number=1)}
    put_proposal(budget, title="مكتبة", public_number=5, language="ar", **merged)
    put_proposal(budget, title="Unseen waits", public_number=6, status="submitted", published_at=None)
    hidden = {"status": "hidden", "hidden_because": "Rude", "hidden_from": "published"}
    put_proposal(budget, title="Unseen hidden", public_number=7, **hidden)
    put_proposal(budget, title="Unseen withdrawn", public_number=8, status="withdrawn", published_at=None)
    put_proposal(budget, title="Unseen draft", public_number=None, submitted_at=None, status="draft", published_at=None)
    return budget


def shown(page) -> list[str]:
    return [word.strip() for word in page.words if word.strip() in TITLES]


def body(response) -> str:
    return b"".join(response).decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Zebra crossing", "A bench", "Élan"]),
        ("q=elan", ["Élan"]),
        ("q=SHADE+élan", ["Élan"]),
        ("q=shade+nothing", []),
        ("q=unseen&status=all", []),
        ("envelope=north", ["Élan"]),
        ("cost=large", ["Zebra crossing"]),
        ("cost=unknown", ["A bench"]),
        ("status=withdrawn", ["Old idea"]),
        ("status=merged", ["مكتبة"]),
        ("status=all&order=title", ["A bench", "Élan", "Old idea", "Zebra crossing", "مكتبة"]),
        ("order=supports", ["A bench", "Élan", "Zebra crossing"]),
        ("order=title", ["A bench", "Élan", "Zebra crossing"]),
        ("view=table", ["Zebra crossing", "A bench", "Élan"]),
        ("view=map", ["Zebra crossing", "A bench", "Élan"]),
    ],
)
def test_filters_and_orders(visitor, green, query, titles):
    page = read(visitor.get(f"{LIST}?{query}"))
    assert shown(page) == titles
    assert f"{len(titles)} proposal" in page.text


def test_by_category(visitor, green):
    slug = green.proposals.get(public_number=1).categories.get().slug
    page = read(visitor.get(f"{LIST}?category={slug}&q=elan"))
    assert shown(page) == ["Élan"]
    chips = [one["href"] for one in page.all("a") if one.get("class") == "chip"]
    assert chips == [f"?category={slug}", "?q=elan"]


def test_a_random_order_is_the_same_for_the_same_seed_and_says_so(visitor, green):
    first, again = (read(visitor.get(f"{LIST}?order=random&seed=3")) for _ in range(2))
    assert shown(first) == shown(again)
    assert "random order" in first.text
    orders = {tuple(shown(read(visitor.get(f"{LIST}?order=random&seed={seed}")))) for seed in range(16)}
    assert len(orders) > 1


@pytest.mark.parametrize(
    "query",
    [
        "envelope=nowhere",
        "category=%00",
        "q=%00",
        "order=votes",
        "order=random&seed=-1",
        "order=random&seed=99",
        "page=0",
        "page=x",
        "page=99999999999999999999999",
        "page_size=1000000000",
        "cost=cheap",
        "status=draft",
        "status=hidden",
        "status=submitted",
        "view=chart",
    ],
)
def test_words_that_mean_nothing_still_show_a_list(visitor, green, query):
    assert sorted(shown(read(visitor.get(f"{LIST}?{query}")))) == ["A bench", "Zebra crossing", "Élan"]


def test_pages_keep_the_filters(visitor, home):
    budget = make_budget(slug="green")
    for _ in range(30):
        put_proposal(budget)
    page = read(visitor.get(f"{LIST}?order=title&q=idea"))
    assert "30 proposals" in page.text
    assert "Page 1 of 2" in page.text
    [following] = [one["href"] for one in page.all("a") if one.get("rel") == "next"]
    assert {"order=title", "q=idea", "page=2"} <= set(following.strip("?").split("&"))
    assert "Page 2 of 2" in read(visitor.get(f"{LIST}{following}")).text
    assert "Page 2 of 2" in read(visitor.get(f"{LIST}?page=77")).text


def test_a_search_of_ten_kilobytes_is_cut(visitor, green):
    page = read(visitor.get(f"{LIST}?q={'x' * 10_240}"))
    assert "0 proposals" in page.text


def test_addresses_of_a_list_repeat_only_what_was_asked_for(visitor, green):
    text = visitor.get(f"{LIST}?q={'z' * 10_000}&view=table&colour={'y' * 10_000}&seed=3").content.decode()
    text = text[text.index("<main") : text.index("</main>")]
    assert "zzz" in text
    assert "z" * 101 not in text
    assert "yyy" not in text
    assert f"proposals.csv?q={'z' * 100}&amp;seed=3" in text


def test_the_page_of_a_proposal_says_and_draws_where_its_point_is(visitor, green, settings):
    text = visitor.get(f"{LIST}2/").content.decode()
    assert 'href="geo:47.2,-1.5"' in text
    assert "<osp-map" not in text, "there is nothing to draw around it"
    settings.TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    shelf.clear()
    assert visitor.get(f"{LIST}2/").content.decode().count("<osp-map") == 1
    assert "<osp-map" not in visitor.get(f"{LIST}1/").content.decode()


def test_nothing_that_is_not_public_is_named_anywhere(visitor, green):
    visitor.force_login(make_person())
    for name in ("", "proposals.csv", "proposals.geojson", "feed.rss"):
        for query in ("", "?status=all", "?status=hidden", "?q=unseen&status=all"):
            response = visitor.get(f"{LIST}{name}{query}")
            assert "Unseen" not in (body(response) if response.streaming else response.content.decode())


@pytest.mark.parametrize("number", [6, 7, 8, 9, 0, "99999999999999999999"])
def test_nothing_that_is_not_public_has_a_page(visitor, green, number):
    assert visitor.get(f"{LIST}{number}/").status_code == 404
    visitor.force_login(make_person())
    for path in ("", "support/", "edit/", "withdraw/", "moderate/"):
        assert visitor.get(f"{LIST}{number}/{path}").status_code == 404


def test_counts_are_not_shown_where_the_budget_hides_them(visitor, green):
    green.shows_supports = False
    green.save()
    for address in (LIST, f"{LIST}?view=table", f"{LIST}?order=supports", f"{LIST}2/"):
        assert "upports" not in read(visitor.get(address)).text
    assert shown(read(visitor.get(f"{LIST}?order=supports"))) == ["Zebra crossing", "A bench", "Élan"]
    table = body(visitor.get(f"{LIST}proposals.csv"))
    assert all(row["supports"] == "" for row in csv.DictReader(io.StringIO(table)))
    assert '"supports": null' in body(visitor.get(f"{LIST}proposals.geojson"))


def test_the_table_for_spreadsheets_has_the_same_filters(visitor, green):
    put_proposal(green, title="=HYPERLINK(1)", public_number=20, who_benefits="@all")
    response = visitor.get(f"{LIST}proposals.csv?order=title")
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(body(response))))
    assert [row["title"] for row in rows] == ["'=HYPERLINK(1)", "A bench", "Élan", "Zebra crossing"]
    assert (rows[0]["who_benefits"], rows[0]["author"]) == ("'@all", "A citizen")
    assert (rows[1]["latitude"], rows[1]["longitude"], rows[1]["supports"]) == ("47.2", "-1.5", "9")
    assert (rows[3]["cost"], rows[3]["currency"], rows[3]["cost_band"]) == ("50000", "EUR", "large")
    assert rows[1]["address"] == "http://testserver/en/budgets/green/proposals/2/"
    assert len(list(csv.reader(io.StringIO(body(visitor.get(f"{LIST}proposals.csv?q=elan")))))) == 2


def test_points_on_a_map_have_the_same_filters(visitor, green):
    data = json.loads(body(visitor.get(f"{LIST}proposals.geojson")))
    [feature] = data["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-1.5, 47.2]}
    assert (feature["properties"]["title"], feature["properties"]["envelope"]) == ("A bench", "south")
    assert json.loads(body(visitor.get(f"{LIST}proposals.geojson?envelope=north")))["features"] == []


def test_the_feed_has_the_same_filters_and_no_markup_in_it(visitor, green):
    put_proposal(green, title="<script>x</script>", public_number=30)
    response = visitor.get(f"{LIST}feed.rss?order=title")
    titles = [one.text for one in ElementTree.fromstring(response.content).iter("title")][1:]
    assert titles == ["<script>x</script>", "A bench", "Élan", "Zebra crossing"]
    assert b"<script" not in response.content
    assert "s-maxage" in response["Cache-Control"]


def test_markup_in_any_field_is_shown_as_text(visitor, green):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    author = make_person(display_name=evil)
    fields = dict.fromkeys(("title", "what_and_why", "who_benefits", "address"), evil)
    put_proposal(green, public_number=40, author=author, **fields)
    for address in (LIST, f"{LIST}?view=table", f"{LIST}40/", f"{LIST}?q={evil}"):
        html = visitor.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;" in html


def test_words_in_another_language_are_marked(visitor, green):
    assert 'lang="ar" dir="rtl"' in visitor.get(f"{LIST}?status=all").content.decode()
    assert '<h1 lang="ar" dir="rtl">' in visitor.get(f"{LIST}5/").content.decode()


def fill(budget, rows: int) -> None:
    for number in range(rows):
        envelope = make_envelope(budget, slug=f"envelope-{number}")
        proposal = put_proposal(budget, envelope=envelope, author=make_person(display_name="Ada"))
        proposal.categories.add(make_category("Nature"), make_category("Sport"))
        photo = {"alt": "A tree", "may_publish": True, "sha256": "0", "width": 3, "height": 2}
        ProposalPhoto.objects.create(proposal=proposal, added_at=proposal.published_at, **photo)
    make_phase(budget)


def queries(visitor, address: str) -> int:
    visitor.get(address)
    shelf.clear()
    with CaptureQueriesContext(connection) as asked:
        response = visitor.get(address)
        assert response.status_code == 200
        if response.streaming:
            body(response)
    return len(asked)


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("", MOST_QUERIES),
        ("?view=table", MOST_QUERIES),
        ("?q=idea&order=supports", MOST_QUERIES),
        ("proposals.csv", 11),
        ("proposals.geojson", 11),
        ("feed.rss", 8),
    ],
)
def test_a_list_costs_the_same_whatever_its_length(visitor, home, address, most, signed_in):
    if signed_in:
        visitor.force_login(make_person())
    counts = []
    for rows in (3, 20):
        budget = make_budget(slug=f"with-{rows}")
        fill(budget, rows)
        counts.append(queries(visitor, f"/en/budgets/with-{rows}/proposals/{address}"))
    assert counts[0] == counts[1]
    assert counts[0] <= most, counts


@pytest.mark.parametrize(("signed_in", "most"), [(False, MOST_QUERIES), (True, MOST_QUERIES + 1)])
def test_a_proposal_costs_these_queries(visitor, home, signed_in, most):
    """With envelope, categories, photo, document and comments. Signed in, roles and supports are asked for too."""
    if signed_in:
        visitor.force_login(make_person())
    budget = make_budget(slug="green")
    fill(budget, 1)
    proposal = budget.proposals.get()
    for number in range(5):
        put_comment(proposal)
        document = {"title": "Plan", "may_publish": True, "pages": 1, "size": 9, "added_at": proposal.published_at}
        ProposalDocument.objects.create(proposal=proposal, sha256=str(number), **document)
    assert queries(visitor, f"{LIST}{proposal.public_number}/") == most


def test_a_district_narrows_the_list_and_every_file_of_it(home, visitor):
    budget = make_budget(slug="green")
    north, south = (make_envelope(budget, district=make_district(name)) for name in ("North", "South"))
    put_proposal(budget, title="Trees", envelope=north, latitude=47, longitude=1)
    put_proposal(budget, title="Bench", envelope=south, latitude=47, longitude=1)
    asked = f"?district={north.district.uuid}"
    for path in ("", "proposals.csv", "proposals.geojson", "feed.rss"):
        shelf.clear()
        answer = visitor.get(f"/en/budgets/green/proposals/{path}{asked}")
        said = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert ("Trees" in said, "Bench" in said) == (True, False), path
    assert "North" in visitor.get(f"/en/budgets/green/proposals/{asked}").content.decode()
    for nonsense in ("x", "' or 1", "00000000-0000-0000-0000-000000000000"):
        assert visitor.get("/en/budgets/green/proposals/", {"district": nonsense}).status_code == 200


@pytest.mark.parametrize(
    ("query", "opened", "words"),
    [("?q=zzz", False, "No proposal fits"), ("", False, "There are no proposals yet"), ("", True, "can be the first")],
)
def test_an_empty_list_says_why_it_is_empty(home, visitor, query, opened, words):
    (make_open_budget if opened else make_budget)(slug="green")
    shelf.clear()
    assert words in visitor.get(f"/en/budgets/green/proposals/{query}").content.decode()
