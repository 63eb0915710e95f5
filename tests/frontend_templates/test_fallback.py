"""A page that is not translated is shown as it was first written, and says so; what is not public never is."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import PageViewRestriction, Site

from tests.cms_pages.translators import locale_of, make_home, make_page, sent
from tests.factories.pages import put_pages
from tests.factories.participation import make_budget, make_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = make_home()
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


def language_of(page: str, words: str) -> str:
    """What those who have it read out are told of these words."""
    found = BeautifulSoup(page, "html.parser").body.find(string=lambda text: words in text)
    assert found, words
    return found.find_parent(lang=True)["lang"]


def gettext_in(code: str, words: str) -> str:
    with override(code):
        return gettext(words)


WORDS = {  # by address: some of the source, some of the interface
    "events/evening": (("Hall", "Words.", "1 Main street"), ("Sign up", "Draw the map", "Seats")),
    "news/article": (("Article", "It works."), ("Draw the map", "To decide on")),
    "offer": (("Offer", "benches"), ("References", "Write to us")),
    "legal": (("The town", "Who decides?"), ("Publisher", "Host")),
    "news": (("Article",), ("As a feed (RSS)",)),
    "events": (("Evening", "Hall"), ("To come",)),
}


@pytest.mark.parametrize("code", ["fr", "ar"])
@pytest.mark.parametrize("address", WORDS)
def test_words_of_the_interface_are_not_taken_for_those_of_the_source(client, home, code, address):
    locale_of(code)
    put_pages(home)
    make_phase(make_budget(slug="town", municipal_budget_minor=900_000_000))
    page = client.get(f"/{code}/{address}/").content.decode()
    of_source, of_interface = WORDS[address]
    assert {words: language_of(page, words) for words in of_source} == dict.fromkeys(of_source, "en")
    said = {words: language_of(page, gettext_in(code, words)) for words in of_interface}
    assert said == dict.fromkeys(of_interface, code)


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_the_source_with_a_notice(client, home, code):
    locale_of(code)
    make_page(home)
    answer = client.get(f"/{code}/how/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in page
    assert language_of(page, "Page how") == language_of(page, "Who decides?") == "en"
    assert language_of(page, gettext_in(code, "This page is not translated yet. It is shown as it was first written."))


def test_a_translation_that_is_a_draft_is_not_shown(client, home):
    locale_of("fr")
    page = make_page(home)
    sent(home)
    sent(page)
    answer = client.get("/fr/how/")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.get("/fr/").status_code == 200


def test_what_is_not_public_is_not_there(client, home):
    locale_of("fr")
    make_page(home, "draft", live=False)
    expired = make_page(home, "expired", expire_at=timezone.now())
    expired.unpublish()
    for slug in ("draft", "expired", "nothing"):
        assert client.get(f"/fr/{slug}/").status_code == 404


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_what_is_private_stays_so(client, home, kind):
    locale_of("fr")
    page = make_page(home)
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="p")
    answer = client.get("/fr/how/")
    assert "Who decides?" not in answer.content.decode()


def test_a_language_that_staff_did_not_add_has_no_pages(client, home):
    make_page(home)
    assert client.get("/de/how/").status_code == 404
    locale_of("de")
    assert client.get("/de/how/").status_code == 200


def test_it_costs_no_more_with_more_pages(client, home, django_assert_max_num_queries):
    locale_of("fr")
    make_page(home)
    client.get("/fr/how/?a=1")
    with django_assert_max_num_queries(40) as few:
        client.get("/fr/how/?a=2")
    for number in range(8):
        make_page(home, f"more-{number}")
    with django_assert_max_num_queries(40) as many:
        client.get("/fr/how/?a=3")
    assert len(many) == len(few)
