"""A translator whose part is the French site, at every door that leads to a page outside it."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms_pages.models import StandardPage
from participation.choices import Role
from tests.cms_pages.translators import locale_of, make_home, make_page, make_staff, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """An English page with a draft beside it, and a Spanish translation that is not the translator's business."""
    locale_of("fr"), locale_of("es")
    home = make_home()
    sent(home, "fr")
    sent(home, "es")
    page = make_page(home)
    sent(page, "es")
    make_page(home, "secret-draft", live=False)
    return home


@pytest.fixture
def translator(client, town):
    person = make_staff(Role.TRANSLATOR, town.get_translation(locale_of("fr")), "add", "change", "publish")
    client.force_login(person)
    return person


def english() -> StandardPage:
    return StandardPage.objects.get(slug="how", locale__language_code="en")


def spanish() -> StandardPage:
    return StandardPage.objects.get(locale__language_code="es")


def is_refused(answer) -> bool:
    """Wagtail sends whoever may not back to the first page of the workspace."""
    return answer.status_code in {403, 404} or (
        answer.status_code == 302
        and answer["Location"].split("?")[0] in {reverse("wagtailadmin_home"), "/accounts/login/"}
    )


PAGES = (
    "edit",
    "copy",
    "delete",
    "unpublish",
    "move",
    "history",
    "history_results",
    "usage",
    "preview_on_edit",
    "view_draft",
)
PAGES += ("convert_alias", "workflow_history", "revisions_compare", "revisions_view", "revisions_revert", "lock")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("of", [english, spanish])
def test_the_doors_of_wagtail(client, translator, name, of):
    page = of()
    revision = page.latest_revision_id
    words = {
        "revisions_compare": [page.pk, "earliest", "latest"],
        "revisions_view": [page.pk, revision],
        "revisions_revert": [page.pk, revision],
    }.get(name, [page.pk])
    address = reverse(f"wagtailadmin_pages:{name}", args=words)
    for answer in (client.get(address), client.post(address)):
        assert is_refused(answer) or answer.status_code == 405
        assert page.title not in answer.content.decode()
    assert not StandardPage.objects.filter(slug="how-2").exists()


def tool(name: str, *words: object) -> str:
    return reverse(f"wagtail_localize:{name}", args=words)


def doors_of_the_tool() -> list[tuple[str, str, dict]]:
    translation = Translation.objects.get(source__object_id=english().translation_key)
    segment = StringSegment.objects.filter(source=translation.source).first()
    source = TranslationSource.objects.get(object_id=english().translation_key)
    return [
        ("get", tool("submit_page_translation", english().pk), {}),
        ("post", tool("submit_page_translation", english().pk), {"locales": [locale_of("fr").pk]}),
        ("get", tool("update_translations", source.pk), {}),
        ("post", tool("update_translations", source.pk), {"publish_translations": "on"}),
        ("post", tool("update_translations", source.pk), {}),
        ("get", tool("download_pofile", translation.pk), {}),
        ("post", tool("upload_pofile", translation.pk), {}),
        ("post", tool("stop_translation", translation.pk), {}),
        ("get", tool("preview_translation", translation.pk), {}),
        ("put", tool("edit_string_translation", translation.pk, segment.pk), {"value": "x"}),
        ("get", tool("convert_to_alias", spanish().pk), {}),
        ("post", tool("convert_to_alias", spanish().pk), {}),
    ]


@pytest.mark.parametrize("number", range(12))
def test_the_doors_of_the_translation_tool(client, translator, number):
    verb, address, data = doors_of_the_tool()[number]
    answer = getattr(client, verb)(address, data)
    assert is_refused(answer), answer.status_code
    assert "Page how" not in answer.content.decode()
    assert not StandardPage.objects.filter(locale__language_code="fr").exists()
    assert not spanish().live
    assert spanish().alias_of_id is None
    assert Translation.objects.get(source__object_id=english().translation_key).enabled
    assert StringTranslation.objects.count() == 0


def test_whoever_may_not_publish_makes_no_alias(client, town):
    sent(english(), "fr")
    client.force_login(make_staff(Role.TRANSLATOR, town.get_translation(locale_of("fr")), "add", "change"))
    page = StandardPage.objects.get(locale__language_code="fr")
    assert is_refused(client.post(tool("convert_to_alias", page.pk)))
    assert not StandardPage.objects.get(pk=page.pk).live


def test_the_tools_report_is_our_own_list(client, translator):
    answer = client.get(reverse("wagtail_localize:translations_report"), follow=True)
    assert answer.redirect_chain[0][0] == reverse("translations")
    assert "secret-draft" not in answer.content.decode()


@pytest.mark.parametrize(("role", "is_open"), [(Role.TRANSLATOR, True), (None, False)])
def test_names_of_snippets_are_for_those_who_may_see_them(client, town, role, is_open):
    client.force_login(make_staff(role, town, "change"))
    address = tool("snippets_api_listing", "cms_pages", "siteframe")
    answer = client.get(address)
    assert (answer.status_code == 200) is is_open
    assert is_open or is_refused(answer)


def test_words_of_the_budget_are_not_sent_by_those_who_may_not_write_them(client, town):
    client.force_login(make_staff(Role.EDITOR, town, "change"))
    address = tool("submit_snippet_translation", "participation", "budgettext", 1)
    assert is_refused(client.get(address))


def test_whoever_chooses_a_page_sees_no_drafts_of_others(client, translator, town):
    for address in (
        reverse("wagtailadmin_choose_page_child", args=[town.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Page",
    ):
        page = client.get(address).content.decode()
        assert "Page how" in page
        assert "secret-draft" not in page
    client.force_login(make_staff(Role.EDITOR, town, "change"))
    assert "secret-draft" in client.get(reverse("wagtailadmin_choose_page_child", args=[town.pk])).content.decode()
