"""A page that is not translated is shown as it was first written, and says so; what is not public never is."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from tests.cms_pages.translators import locale_of, make_home, make_page, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = make_home()
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


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
    assert 'id="main" tabindex="-1" lang="en" dir="ltr"' in page or 'id="main" tabindex="-1" lang="en"' in page
    assert "Who decides?" in page


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
