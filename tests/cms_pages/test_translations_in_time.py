"""A translation is public when its source is: not before, at the same hour, and as long."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation

from cms_pages.models import StandardPage
from cms_pages.translation.works import Catalogue, State
from participation.choices import Role
from tests.cms_pages.translators import locale_of, make_home, make_page, make_staff, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    locale_of("fr")
    home = make_home()
    sent(home)
    home.get_translation(locale_of("fr")).save_revision().publish()
    return home


@pytest.fixture
def translator(client, home):
    person = make_staff(Role.TRANSLATOR, home.get_translation(locale_of("fr")), "add", "change", "publish")
    client.force_login(person)
    return person


@pytest.fixture
def waiting(home):
    """Approved, to be public tomorrow and for a week."""
    page = make_page(home, "party", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.expire_at = page.go_live_at + timedelta(days=7)
    page.save()
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def work(person):
    return {one.title: one for one in Catalogue(person).works(locale_of("fr"))}["Page party"]


def do(client, what: str) -> None:
    client.post(reverse("translations_do") + "?locale=fr", {"do": what})


def french() -> StandardPage:
    return StandardPage.objects.get(locale__language_code="fr")


def translate_all(person) -> None:
    for segment in work(person).translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of_id=segment.string_id, locale=locale_of("fr"), context_id=segment.context_id, data="Oui"
        )


def in_the_tools_editor(client, page):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)


@pytest.fixture(params=["list", "editor"])
def published(client, translator, waiting, request, django_capture_on_commit_callbacks):
    """Its translation, published by one button or the other."""
    do(client, "begin")
    translate_all(translator)
    page = french()
    with django_capture_on_commit_callbacks(execute=True):
        if request.param == "list":
            do(client, "publish")
        else:
            assert in_the_tools_editor(client, page).status_code == 200
    return french()


def test_it_waits_for_the_hour_of_its_source(published, waiting, translator):
    assert not published.live
    assert published.approved_schedule
    assert (published.go_live_at, published.expire_at) == (waiting.go_live_at, waiting.expire_at)
    assert work(translator).state == State.DONE


def test_both_are_public_at_the_hour(published, waiting):
    hour = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        revision.content["go_live_at"] = hour.isoformat()
        revision.approved_go_live_at = hour
        revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert set(Page.objects.filter(translation_key=waiting.translation_key, live=True)) == {
        waiting.page_ptr,
        published.page_ptr,
    }


def test_the_translation_of_a_draft_waits_for_its_approval(client, home, translator):
    page = make_page(home, "party", live=False)
    sent(page)
    answer = in_the_tools_editor(client, french())
    assert "What this translates is not published" in answer.content.decode()
    assert not french().live
    assert not french().approved_schedule
