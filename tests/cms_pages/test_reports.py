"""Each report of what needs care finds the one case that was planted, and nothing on a page that is well."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms_pages.models import SiteImage, StandardPage
from participation.choices import Role
from tests.cms_pages.translators import locale_of, make_staff, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, home):
    client.force_login(make_staff(Role.EDITOR, home, "add", "change", "publish"))


def put(home, slug: str, *body, **fields) -> StandardPage:
    page = StandardPage(title=f"Page {slug}", slug=slug, locale=home.locale, **fields)
    page.body = list(body)
    home.add_child(instance=page)
    return page


def listed(client, report: str, **query) -> str:
    answer = client.get(f"/cms/reports/{report}/", query)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def link_to(page: Page) -> tuple[str, RichText]:
    return "text", RichText(f'<p>See <a linktype="page" id="{page.pk}">the rules of the game</a>.</p>')


@pytest.mark.parametrize("target", ["draft", "deleted"])
def test_a_broken_link(client, editor, home, target):
    well = put(home, "well")
    broken = put(home, "target", live=target != "draft")
    put(home, "planted", link_to(broken))
    put(home, "sound", link_to(well))
    if target == "deleted":
        broken.delete()
    report = listed(client, "findings", kind="broken_link")
    assert "Page planted" in report
    assert "Page sound" not in report


def test_a_picture_without_words(client, editor, home):
    named = {"title": "Bench", "file": get_test_image_file()}
    mute = SiteImage.objects.create(**named)
    put(home, "planted", ("card", {"title": "A", "text": "", "picture": mute, "page": None}))
    told = SiteImage.objects.create(**{**named, "title": "Tree"}, description="A tree")
    put(home, "sound", ("card", {"title": "A", "text": "", "picture": told, "page": None}))
    report = listed(client, "findings", kind="image_alt")
    assert "Page planted" in report
    assert "Page sound" not in report
    images = listed(client, "images-without-words")
    assert "Bench" in images
    assert "Tree" not in images


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("placeholder", ("heading", "Lorem ipsum")),
        ("link_name", ("text", RichText('<p><a href="https://a.example/">click here</a></p>'))),
        ("heading_order", ("heading", "Nothing below")),
    ],
)
def test_our_own_checks(client, editor, home, kind, block):
    put(home, "planted", block)
    put(home, "sound", ("heading", "Who decides?"), ("text", RichText("<p>You do.</p>")))
    report = listed(client, "findings", kind=kind)
    assert "Page planted" in report
    assert "Page sound" not in report


def test_a_page_that_nobody_touched_for_a_year(client, editor, home):
    for slug, days in (("planted", 366), ("sound", 364)):
        page = put(home, slug)
        page.save_revision().publish()
        at = timezone.now() - timedelta(days=days)
        Page.objects.filter(pk=page.pk).update(latest_revision_created_at=at)
    report = listed(client, "untouched")
    assert "Page planted" in report
    assert "Page sound" not in report


def test_untranslated_and_outdated(client, home, french_home):
    client.force_login(make_staff(Role.TRANSLATOR, home, "add", "change", "publish"))
    put(home, "untranslated")
    outdated = put(home, "outdated")
    sent(outdated)
    outdated.title = "Page outdated now"
    outdated.save_revision().publish()

    def titles(state: str) -> str:
        return client.get("/cms/translations/", {"locale": "fr", "state": state}).content.decode()

    assert locale_of("fr") == french_home.locale
    assert "Page untranslated" in titles("not-begun")
    assert "Page outdated now" not in titles("not-begun")
    assert "Page outdated now" in titles("outdated")
    assert "Page untranslated" not in titles("outdated")
