"""Where cards and calls to action lead: to the page in the reader's language, and nowhere once it is gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from site_config.anonymous_reads import shelf
from tests.factories.pages import card_to, put_page
from tests.factories.participation import locale
from tests.frontend_templates.pages import read


@pytest.fixture
def target(home):
    return put_page(home, "standard", "target")


@pytest.fixture
def about(home, target):
    call = {"text": "Come", "link_text": "Go there", "page": target.pk}
    return put_page(home, "standard", "about", card_to(target), ("call_to_action", call))


def links(visitor, address: str) -> set[str]:
    shelf.clear()
    return {
        one["href"] for one in read(visitor.get(address)).all("a") if "target" in one["href"] or "cible" in one["href"]
    }


def test_to_the_page_itself(visitor, about):
    assert links(visitor, "/en/about/") == {"/en/target/"}


def test_to_its_translation(visitor, about, target, french_home):
    french = target.copy_for_translation(locale("fr"))
    french.slug = "cible"
    french.save_revision().publish()
    about.copy_for_translation(locale("fr")).save_revision().publish()
    assert links(visitor, "/fr/about/") == {"/fr/cible/"}


def test_to_what_was_written_first_where_it_is_not_translated(visitor, about, target, french_home):
    french = target.copy_for_translation(locale("fr"))
    french.slug = "cible"
    french.save_revision().publish()
    locale("ar")
    assert links(visitor, "/ar/about/") == {"/ar/target/"}


@pytest.mark.parametrize("fate", ["deleted", "unpublished", "private"])
def test_nowhere_once_the_page_is_gone(visitor, about, target, fate):
    if fate == "deleted":
        target.delete()
    elif fate == "unpublished":
        target.unpublish()
    else:
        PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    page = read(visitor.get("/en/about/"))
    assert links(visitor, "/en/about/") == set()
    assert "A card" in page.text
    assert "Come" in page.text
    assert "Go there" not in page.text


def test_many_cards_cost_as_much_as_few(visitor, home):
    pages = [put_page(home, "standard", f"target-{number}") for number in range(12)]
    counts = []
    for few in (2, 12):
        put_page(home, "standard", f"with-{few}", *(card_to(page) for page in pages[:few]))
        visitor.get(f"/en/with-{few}/")
        shelf.clear()
        with CaptureQueriesContext(connection) as asked:
            assert len(read(visitor.get(f"/en/with-{few}/")).all("li")) >= few
        counts.append(len(asked))
    assert counts[0] == counts[1]
