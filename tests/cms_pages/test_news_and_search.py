from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from cms_pages.models import HomePage, NewsIndexPage, NewsPage, SiteImage
from site_config.anonymous_reads import shelf
from tests.factories.participation import make_budget, make_envelope, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> NewsIndexPage:
    root = Page.get_first_root_node()
    root.get_children().delete()
    home = root.add_child(instance=HomePage(title="Home", slug="town"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return home.add_child(instance=NewsIndexPage(title="News", slug="news"))


def article(index: NewsIndexPage, number: int, **fields) -> NewsPage:
    day = date(2026, 1, 1) + timedelta(days=number)
    words = {"title": f"Article {number}", "introduction": "What happened."}
    return index.add_child(instance=NewsPage(slug=f"article-{number}", date=day, **{**words, **fields}))


def a_picture() -> SiteImage:
    return SiteImage.objects.create(title="Bench", file=get_test_image_file(size=(120, 80)), description="A bench")


def queries_of(client, path: str) -> int:
    shelf.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_news_cost_the_same_however_many_there_are(client, index):
    for number in range(2):
        article(index, number, picture=a_picture())
    queries_of(client, "/en/news/")
    few = queries_of(client, "/en/news/")
    for number in range(2, 12):
        article(index, number, picture=a_picture())
    queries_of(client, "/en/news/")
    assert queries_of(client, "/en/news/") == few


def test_news_come_newest_first_a_page_at_a_time(client, index):
    for number in range(14):
        article(index, number)
    text = client.get("/en/news/").content.decode()
    assert text.index("Article 13") < text.index("Article 12")
    assert "Article 1<" not in text
    assert "Article 1<" in client.get("/en/news/?page=2").content.decode()
    for strange in ("0", "-1", "x", "9" * 40):
        assert client.get("/en/news/", {"page": strange}).status_code == 200


def test_the_first_page_tells_the_latest(client, index):
    for number in range(5):
        article(index, number)
    text = client.get("/en/").content.decode()
    assert "Article 4" in text
    assert "Article 1<" not in text


def test_a_photo_comes_in_three_formats_with_its_size(client, index):
    picture = SiteImage.objects.create(title="Bench", file=get_test_image_file(size=(1600, 900)), description="A bench")
    article(index, 1, picture=picture)
    text = client.get("/en/news/article-1/").content.decode()
    for kind in ("avif", "webp"):
        assert f'<source type="image/{kind}" srcset="/media/images/' in text
    assert 'width="800" height="450" alt="A bench">' in text
    assert 'alt="" loading="lazy"' in client.get("/en/news/").content.decode()


def test_search_finds_words_of_pages_and_projects(client, index):
    article(index, 1, title="The lighthouse opens")
    envelope = make_envelope(make_budget())
    make_project(envelope, title="A lighthouse keeper's garden")
    make_project(envelope, title="Benches")
    text = client.get("/en/search/", {"q": "lighthouse"}).content.decode()
    assert "The lighthouse opens" in text
    assert "keeper" in text
    assert "Benches" not in text


def test_search_shows_nothing_that_is_private_or_a_draft(client, index):
    hidden = article(index, 1, title="Secret lighthouse")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    make_project(make_envelope(make_budget(status="draft")), title="Drafted lighthouse")
    text = client.get("/en/search/", {"q": "lighthouse"}).content.decode()
    assert "Secret" not in text
    assert "Drafted" not in text


@pytest.mark.parametrize(
    "query", ["", " ", "x" * 10_000, "%00", "\0", "'\"<script>", "* & | ! ( )", "%ff", "\N{SNOWMAN}"]
)
def test_strange_searches_do_no_harm(client, index, query):
    page = client.get("/en/search/", {"q": query})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
