"""What the translation tool's editor sends, one string at a time."""

import pytest
from django.contrib.auth.models import Permission
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, StringTranslation, Translation

from cms_pages.models import SiteImage, StandardPage
from participation.choices import Role
from tests.cms_pages.translators import locale_of, make_home, make_page, make_staff, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    locale_of("fr")
    home = make_home()
    sent(home)
    page = make_page(home)
    picture = SiteImage.objects.create(title="Tree", file=get_test_image_file())
    page.body.append(("picture", picture))
    page.save()
    sent(page)
    return home


@pytest.fixture
def translator(client, town):
    person = make_staff(Role.TRANSLATOR, town.get_translation(locale_of("fr")), "add", "change", "publish")
    client.force_login(person)
    return person


def translation() -> Translation:
    return Translation.objects.get(source__object_id=StandardPage.objects.first().translation_key)


def segment(words: str) -> StringSegment:
    return StringSegment.objects.get(source=translation().source, string__data__contains=words)


def put(client, words: str, *, to: int | None = None, **form):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation().pk, to or segment(words).pk])
    return client.put(address, encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)


def test_a_string_is_kept(client, translator):
    answer = put(client, "decides", value="Qui décide ?")
    assert (answer.status_code, answer.json()["error"]) == (201, None)
    assert StringTranslation.objects.get().data == "Qui décide ?"
    assert put(client, "decides", value="Qui donc ?").status_code == 200
    assert StringTranslation.objects.get().last_translated_by == translator


@pytest.mark.parametrize(
    ("words", "said", "fault"),
    [
        ("the rules", 'Lisez <a id="a1">les règles</a>.', "{town} is missing"),
        ("the rules", "Lisez <b>{town}</b>.", "is missing"),
        ("the rules", 'Lisez <a id="a1">x</a> {town}<script>alert(1)</script>', "<script> is not in the source"),
        ("the rules", 'Lisez <a id="a1" onclick="x()">x</a> {town}', "is not in the source"),
        ("Page how", "x" * 256, "longer than 255 characters"),
    ],
)
def test_what_is_not_true_to_its_source_is_said_beside_it_and_not_kept(client, translator, words, said, fault):
    answer = put(client, words, value=said)
    assert fault in answer.json()["error"]
    assert answer.json()["error"].startswith("Not saved: ")
    assert StringTranslation.objects.count() == 0


@pytest.mark.parametrize("form", [{}, {"other": "x"}, {"value": "\0"}, {"value": "x" * 100_001}])
def test_what_cannot_be_read(client, translator, form):
    answer = put(client, "decides", **form)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].endswith("value")
    assert StringTranslation.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"value": 1}', "application/json", 415),
        ("[]", "text/plain", 415),
        ("value", "multipart/form-data", 400),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form(client, translator, body, kind, status):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation().pk, segment("decides").pk])
    assert client.put(address, body, content_type=kind).status_code == status


def test_a_string_of_another_page_is_not_there(client, translator, town):
    other = StringSegment.objects.exclude(source=translation().source).first()
    assert put(client, "", to=other.pk, value="x").status_code == 404
    assert put(client, "", to=99_999, value="x").status_code == 404


PICTURE, LINK = ".image", "'"


def put_override(client, place: str, form):
    found = OverridableSegment.objects.get(source=translation().source, context__path__endswith=place)
    address = reverse("wagtail_localize:edit_override", args=[translation().pk, found.pk])
    return client.put(address, encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)


def test_another_picture_and_address_for_this_language(client, translator):
    other = SiteImage.objects.create(title="Arbre", file=get_test_image_file())
    put(client, "the rules", value='<a id="a1">Les règles</a> de <b>{town}</b>')
    assert put_override(client, PICTURE, {"value": other.pk}).status_code == 400
    may_choose = Permission.objects.get(codename="choose_image")
    translator.groups.first().collection_permissions.create(
        collection=Collection.get_first_root_node(), permission=may_choose
    )
    assert put_override(client, PICTURE, {"value": other.pk}).status_code == 201
    assert put_override(client, LINK, {"value": "https://example.fr/"}).status_code == 201
    translation().save_target(publish=False)
    french = StandardPage.objects.get(locale__language_code="fr").get_latest_revision_as_object()
    assert french.body[2].value == other
    assert 'href="https://example.fr/"' in french.body[1].value.source


@pytest.mark.parametrize(
    "form", [{}, *({"value": value} for value in ("", "abc", "-1", "999999", "1.5", "[]", "\0", "9" * 30))]
)
def test_a_picture_that_is_none(client, translator, form):
    answer = put_override(client, PICTURE, form)
    assert answer.status_code == 400
    assert SegmentOverride.objects.count() == 0


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "", "//evil.example", "vbscript:x"])
def test_an_address_that_is_none(client, translator, value):
    assert put_override(client, LINK, {"value": value}).status_code == 400
    assert SegmentOverride.objects.count() == 0


def test_nothing_that_a_page_has_takes_just_anything(client, translator):
    for one in OverridableSegment.objects.filter(source=translation().source):
        address = reverse("wagtail_localize:edit_override", args=[translation().pk, one.pk])
        answer = client.put(address, encode_multipart(BOUNDARY, {"value": "x"}), content_type=MULTIPART_CONTENT)
        assert answer.status_code == 400, one.context.path
    assert SegmentOverride.objects.count() == 0
