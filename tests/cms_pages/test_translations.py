"""The translators' list, and the one PO file that goes out of it and comes in again."""

from html import unescape

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from cms_pages.models import SiteFrame, StandardPage
from cms_pages.translation.works import Catalogue, State
from participation.choices import Role
from participation.models import BudgetText
from tests.cms_pages.translators import locale_of, make_home, make_page, make_staff, make_words, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    locale_of("fr")
    home = make_home()
    sent(home)
    make_page(home)
    make_words()
    SiteFrame.objects.create(locale=locale_of("en"), footer_text="<p>Write to us.</p>")
    return home


@pytest.fixture
def translator(client, town):
    person = make_staff(Role.TRANSLATOR, town.get_translation(locale_of("fr")), "add", "change", "publish")
    client.force_login(person)
    return person


def works(person, code="fr"):
    return {work.title: work for work in Catalogue(person).works(locale_of(code))}


def listed(client, **query) -> str:
    return client.get(reverse("translations"), {"locale": "fr", **query}).content.decode()


def begin(client) -> None:
    client.post(reverse("translations_do") + "?locale=fr", {"do": "begin"}, follow=True)


def exported(client) -> polib.POFile:
    return polib.pofile(client.get(reverse("translations_export"), {"locale": "fr"}).content.decode())


def filled(client) -> polib.POFile:
    po = exported(client)
    for entry in po:
        entry.msgstr = entry.msgid.replace("Read", "Lisez").replace("Who", "Qui")
    return po


def said(answer) -> list[str]:
    return [unescape(str(message)).strip() for message in answer.context["messages"]]


def take_in(client, content, **more):
    file = SimpleUploadedFile("fr.po", str(content).encode() if not isinstance(content, bytes) else content)
    answer = client.post(reverse("translations_import") + "?locale=fr", {"file": file, **more}, follow=True)
    assert answer.status_code == 200
    return said(answer)


def test_everything_is_in_one_list_whether_begun_or_not(client, translator):
    found = works(translator)

    assert {title: work.state for title, work in found.items()} == {
        "Our town": State.INCOMPLETE,
        "Page how": State.NOT_BEGUN,
        "Parks": State.NOT_BEGUN,
        "English": State.NOT_BEGUN,
    }
    page = listed(client)
    assert "Page how" in page
    assert "Budget" in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"kind": "standardpage"}, "Page how", "Parks"),
        ({"state": "incomplete"}, "Our town", "Page how"),
        ({"state": "open"}, "Page how", "written before"),
        ({"locale": "en"}, "English", "Page how"),
        ({"kind": "nonsense", "state": "\x00"}, "Page how", "nonsense"),
    ],
)
def test_filters(client, translator, query, there, not_there):
    page = listed(client, **query)
    assert there in page
    assert not_there not in page


def test_what_was_written_in_the_language_itself_is_complete(client, translator):
    words = BudgetText.objects.get(title="Parks")
    BudgetText.objects.create(identity=words.identity, locale=locale_of("fr"), title="Parcs")
    assert (works(translator)["Parks"].state, works(translator)["Parks"].percent) == (State.OWN, 100)


def test_what_is_begun_is_a_draft_until_it_is_published(client, translator):
    begin(client)
    assert not StandardPage.objects.get(locale__language_code="fr").live
    assert not works(translator)["Our town"].target.live


def test_from_nothing_to_a_hundred_percent_with_one_file(client, translator):
    begin(client)
    assert {work.state for work in works(translator).values()} == {State.INCOMPLETE}

    assert take_in(client, filled(client)) == [f"{len(exported(client))} translations taken in."]

    found = works(translator)
    assert {work.percent for work in found.values()} == {100}
    assert {work.state for work in found.values()} == {State.READY}


def test_what_is_complete_is_published_with_one_button(client, translator, django_capture_on_commit_callbacks):
    begin(client)
    take_in(client, filled(client))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("translations_do") + "?locale=fr", {"do": "publish"})
    assert {work.state for work in works(translator).values()} == {State.DONE}
    page = StandardPage.objects.get(locale__language_code="fr")
    assert page.live
    assert page.body[0].value == "Qui decides?"
    assert 'href="https://example.org/"' in str(page.body[1].value)
    assert BudgetText.objects.filter(locale__language_code="fr", title="Parks").exists()


def test_the_translation_of_a_draft_is_never_published(client, translator, town):
    begin(client)
    take_in(client, filled(client))
    StandardPage.objects.get(locale__language_code="en").unpublish()
    assert not works(translator)["Page how"].may_publish


def test_who_may_not_publish_does_not(client, town):
    person = make_staff(Role.TRANSLATOR, town.get_translation(locale_of("fr")), "add", "change")
    client.force_login(person)
    begin(client)
    take_in(client, filled(client))
    client.post(reverse("translations_do") + "?locale=fr", {"do": "publish"})
    assert not StandardPage.objects.get(locale__language_code="fr").live


def test_a_source_that_changed_makes_its_translation_outdated(client, translator, town):
    begin(client)
    take_in(client, filled(client))
    page = StandardPage.objects.get(locale__language_code="en")
    page.title = "Another title"
    page.save_revision().publish()
    BudgetText.objects.filter(title="Parks", locale__language_code="en").update(title="Green places")

    found = works(translator)
    assert {found["Another title"].state, found["Green places"].state} == {State.OUTDATED}
    client.post(reverse("translations_do") + "?locale=fr", {"do": "take_over"})
    found = works(translator)
    assert {found["Another title"].state, found["Green places"].state} == {State.INCOMPLETE}
    assert 0 < found["Another title"].percent < 100


def test_the_list_costs_the_same_whatever_its_length(client, translator, town, django_assert_max_num_queries):
    begin(client)
    listed(client)
    with django_assert_max_num_queries(100) as few:
        listed(client)
    for number in range(12):
        make_page(town, f"more-{number}")
        make_words(f"More {number}")
    begin(client)
    with django_assert_max_num_queries(100) as many:
        assert "more-11" in listed(client)
    assert len(many) == len(few)


def test_others_have_no_list(client, town):
    for role in (Role.EDITOR, Role.MODERATOR, Role.AUDITOR):
        client.force_login(make_staff(role))
        for name in ("translations", "translations_export"):
            answer = client.get(reverse(name), {"locale": "fr"})
            assert answer.status_code == 302
            assert answer["Location"] == reverse("wagtailadmin_home")


def test_the_list_names_nothing_outside_ones_part(client, translator, town):
    make_page(town, "secret-draft", live=False)
    assert "secret-draft" not in listed(client)
    stranger = make_staff(Role.TRANSLATOR)
    assert {work.kind for work in works(stranger).values()} == {"budgettext", "siteframe"}


# Files that cannot be taken ------------------------------------------------------------------------------------


def changed_in(po: polib.POFile, words: str, said: str) -> polib.POFile:
    next(entry for entry in po if words in entry.msgid).msgstr = said
    return po


LINKED = "the rules"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('Lisez <a id="a1">les règles</a> de <b>la ville</b>.', "{town} is missing"),
        ('Lisez <a id="a1">les règles</a> de <b>{town} {city}</b>.', "{city} is not in the source"),
        ("Lisez les règles de <b>{town}</b>.", '<a id="a1"> is missing'),
        ('Lisez <a id="a2">les règles</a> de <b>{town}</b>.', '<a id="a1"> is missing'),
        ('Lisez <a href="//evil.example">les règles</a> de <b>{town}</b>.', "is not in the source"),
        ('Lisez <a id="a1">x</a> {town}<script>alert(1)</script>', "<script> is not in the source"),
        ('Lisez <a id="a1">x</a> <b onclick="x()">{town}</b>', "is not in the source"),
        ('Lisez <a id="a1">x</a> <b>{town}</b><!-- x -->', "markup that is not in the source"),
        ('Lisez <a id="a1">x</a> <b>{town}</b>\x07', "control character"),
    ],
)
def test_one_faulty_entry_changes_nothing_and_is_named(client, translator, said, sentence):
    begin(client)
    [message] = take_in(client, changed_in(filled(client), LINKED, said))
    assert sentence in message
    assert "Entry " in message
    assert LINKED in message
    assert StringTranslation.objects.count() == 0


def refused(client, content, sentence) -> None:
    [message] = take_in(client, content)
    assert sentence in message, message
    assert StringTranslation.objects.count() == 0


def test_foreign_entries_are_refused(client, translator, town):
    begin(client)
    po = filled(client)
    po[2].msgctxt = "00000000-0000-4000-8000-000000000000/title"
    refused(client, po, "belongs to nothing that you may translate")
    po = filled(client)
    po[2].msgid = "Something that nobody wrote"
    refused(client, po, "the source does not have these words")


def test_a_place_outside_ones_part_is_foreign(client, translator, town):
    begin(client)
    po = filled(client)
    client.force_login(make_staff(Role.TRANSLATOR))
    refused(client, po, "belongs to nothing that you may translate")


def test_entries_that_are_old_can_be_passed_over(client, translator):
    begin(client)
    po = filled(client)
    po[2].msgid = "Something that somebody wrote once"
    assert take_in(client, po, leave_out_old="on") == [f"{len(po) - 1} translations taken in."]


def test_a_file_for_another_language_is_refused(client, translator):
    begin(client)
    po = filled(client)
    po.metadata["X-OSP-Budget-Locale"] = "es"
    refused(client, po, "The file is for the language “es”, not for French.")
    del po.metadata["X-OSP-Budget-Locale"]
    refused(client, po, "The file was not made here")


def test_the_same_place_twice_in_two_ways(client, translator):
    begin(client)
    po = filled(client)
    twin = polib.POEntry(msgctxt=po[0].msgctxt, msgid=po[0].msgid, msgstr="Autre")
    po.append(twin)
    refused(client, po, "says it twice")


def test_a_title_that_is_too_long(client, translator):
    begin(client)
    refused(client, changed_in(filled(client), "Page how", "x" * 256), "longer than 255 characters")


def test_plural_forms_are_refused(client, translator):
    begin(client)
    po = filled(client)
    po[0].msgid_plural, po[0].msgstr, po[0].msgstr_plural = "Towns", "", {0: "a", 1: "b"}
    refused(client, po, "plural forms")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"/etc/passwd", b"msgid", 'msgid "é"\n'.encode("latin-1")),
        *(b'msgid "a"\nmsgstr "b\n', b"msgid\n", b'msgctxt "x"\nmsgid "y"\nfoo bar\n', b'\0msgid "a"\n' * 3),
        b'msgid ""\nmsgstr "broken header"\n\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_what_is_no_po_file_is_said_in_one_sentence(client, translator, content):
    begin(client)
    [message] = take_in(client, content)
    assert message.endswith(".")
    assert StringTranslation.objects.count() == 0


def test_a_giant_file_is_refused(client, translator):
    refused(client, b"msgid\n" + b"#" * (5 * 1024 * 1024), "larger than five megabytes")


def test_what_is_unsure_or_empty_says_nothing(client, translator):
    begin(client)
    po = filled(client)
    po[0].flags.append("fuzzy")
    po[1].msgstr = ""
    assert take_in(client, po) == [f"{len(po) - 2} translations taken in."]


def test_the_same_file_again_changes_nothing(client, translator):
    begin(client)
    po = filled(client)
    take_in(client, po)
    assert take_in(client, po) == ["0 translations taken in."]


def test_the_file_for_one_page_is_as_strict(client, translator):
    begin(client)
    page = StandardPage.objects.get(locale__language_code="fr")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    po = polib.pofile(client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content.decode())

    def upload(content):
        file = SimpleUploadedFile("one.po", str(content).encode())
        answer = client.post(address, {"file": file} if content else {}, follow=True)
        return said(answer)

    changed_in(po, LINKED, "<b>Sans rien</b>")
    assert "{town} is missing" in upload(po)[0]
    assert upload("") == ["Choose a PO file to import."]
    assert "another translation" in upload(str(po).replace(str(translation.uuid), "0"))[0]
    assert StringTranslation.objects.count() == 0
    changed_in(po, LINKED, 'Lisez <a id="a1">les règles</a> de <b>{town}</b>.')
    assert upload(po) == ["The translations are taken in."]
    assert StringTranslation.objects.count() == 1
