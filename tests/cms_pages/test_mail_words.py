"""Staff's own words of mails: what is refused, in which language they stand, who may write them, and the preview."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.log_actions import registry as log_registry
from wagtail_localize.models import StringTranslation, Translation, TranslationContext
from wagtail_localize.operations import translate_object

from cms_pages.mails.faults import faults_in
from cms_pages.mails.registry import MAILS
from cms_pages.mails.writing import mail_to
from cms_pages.models import MailWords
from participation.choices import Role
from participation.models import RoleAssignment
from tests.cms_pages.translators import locale_of, make_staff

pytestmark = pytest.mark.django_db

ADD = "/cms/snippets/cms_pages/mailwords/add/"
LIST = "/cms/mails/"
OWN = {"mail": "login_code", "subject": "Hello from {site}", "body": "Dear neighbour,\n\n{code} is your code."}


@pytest.fixture
def staff(home, client):
    """Signs somebody with this role in."""
    for code in ("fr", "ar"):
        locale_of(code)

    def signed_in(role: Role):
        person = make_staff(None)
        RoleAssignment.objects.create(person=person, role=role)
        client.force_login(person)
        return client

    return signed_in


def write(client, language: str = "en", do: str = "action-publish", **said):
    return client.post(f"{ADD}?locale={language}", OWN | {do: "yes"} | said)


def codes_of(answer) -> set[tuple[str, str]]:
    errors = answer.context["form"].errors.as_data()
    return {(field, error.code) for field, of_field in errors.items() for error in of_field}


def login_mail(language: str):
    with override(language):
        return mail_to("ana@example.org", "login_code", {"code": "123456"})


TRICKS = ("{code.__class__}", "{0}", "{}", "{code!r}", "{code:>99999999}", "{ code }", "{% now 'Y' %}", "{nonsense}")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"body": "No mark"}, ("body", "missing_placeholder")),
        ({"body": ""}, ("body", "required")),
        ({"subject": ""}, ("subject", "required")),
        ({"subject": "One\nBcc: all@example.org"}, ("subject", "subject_line_break")),
        ({"subject": "One\u2028two"}, ("subject", "subject_line_break")),
        ({"subject": "{link}"}, ("subject", "unknown_placeholder")),
        ({"subject": "x" * 151}, ("subject", "max_length")),
        ({"body": "{code}" + "x" * 5_000}, ("body", "max_length")),
        ({"body": "{code}\x00"}, ("body", "null_characters_not_allowed")),
        ({"mail": "nonsense"}, ("mail", "invalid_choice")),
        *(({"body": f"{{code}} {trick}"}, ("body", "unknown_placeholder")) for trick in TRICKS),
    ],
)
def test_what_cannot_be_sent_is_refused_with_one_code_and_nothing_is_saved(staff, said, wrong):
    client = staff(Role.MANAGER)
    answer = write(client, **said)
    assert codes_of(answer) == {wrong}
    assert not MailWords.objects.exists()
    assert "As it comes" in client.get(LIST).content.decode()


@pytest.mark.parametrize("code", MAILS)
def test_every_required_placeholder_is_asked_for(code):
    with override("en"):
        mail = MAILS[code]
        subject, body = mail.default()
    assert faults_in(mail, subject, body) == {}
    for one in mail.placeholders:
        faults = faults_in(mail, subject, body.replace(one.mark, ""))
        assert [fault.code for fault in faults.get("body", [])] == ["missing_placeholder"] * one.is_required


def test_words_of_one_language_leave_the_others_alone_and_deleting_them_brings_back_what_stood(staff):
    client = staff(Role.MANAGER)
    before = {language: login_mail(language).body for language in ("en", "fr", "es", "ar")}
    write(client, "fr")
    after = {language: login_mail(language).body for language in ("en", "fr", "es", "ar")}
    assert after["fr"] == "Dear neighbour,\n\n123456 is your code.\n"
    assert login_mail("fr").subject.startswith("Hello from ")
    assert {language for language in before if before[language] != after[language]} == {"fr"}
    words = MailWords.objects.get()
    assert "Own words" in client.get(LIST).content.decode()
    client.post(reverse("wagtailsnippets_cms_pages_mailwords:delete", args=[words.pk]))
    assert login_mail("fr").body == before["fr"]
    actions = [entry.action for entry in log_registry.get_logs_for_instance(words)]
    assert {"wagtail.create", "wagtail.publish", "wagtail.delete"} <= set(actions)


def test_a_draft_is_not_sent(staff):
    write(staff(Role.EDITOR), do="x")
    assert MailWords.objects.get().live is False
    assert "neighbour" not in login_mail("en").body


def test_words_whose_placeholder_has_gone_are_passed_over(staff):
    MailWords.objects.create(locale=locale_of("en"), **OWN | {"body": "{pin} is your code"})
    assert "123456" in login_mail("en").body
    assert "{pin}" not in login_mail("en").body


def test_a_mail_has_words_once_in_a_language(staff):
    client = staff(Role.MANAGER)
    write(client)
    assert codes_of(write(client)) == {("mail", "unique")}
    assert MailWords.objects.count() == 1


def test_the_form_begins_with_the_words_that_stand(staff):
    client = staff(Role.EDITOR)
    for language in ("en", "fr", "ar"):
        page = client.get(f"{ADD}?locale={language}&mail=login_code")
        with override(language):
            assert page.context["form"]["body"].value() == MAILS["login_code"].default()[1]
    assert "must be in the text" in client.get(f"{ADD}?locale=en&mail=login_code").content.decode()
    assert client.get(f"{ADD}?mail=nonsense\x00").status_code == 200


def test_which_mail_it_is_cannot_be_changed(staff):
    client = staff(Role.MANAGER)
    write(client)
    words = MailWords.objects.get()
    address = reverse("wagtailsnippets_cms_pages_mailwords:edit", args=[words.pk])
    client.post(address, OWN | {"mail": "password_set", "subject": "New", "action-publish": "yes"})
    words.refresh_from_db()
    assert (words.mail, words.subject) == ("login_code", "New")


@pytest.mark.parametrize(
    ("role", "may_write", "may_publish"),
    [
        (Role.EDITOR, True, False),
        (Role.TRANSLATOR, True, False),
        (Role.MANAGER, True, True),
        (Role.ADMINISTRATOR, True, True),
        (Role.OFFICER, False, False),
        (Role.MODERATOR, False, False),
        (Role.VALUATOR, False, False),
        (Role.AUDITOR, False, False),
    ],
)
def test_who_may_write_and_who_may_publish(staff, role, may_write, may_publish):
    client = staff(role)
    assert (client.get(LIST).status_code == 200) is may_write
    write(client, do="action-publish")
    assert MailWords.objects.exists() is may_write
    assert MailWords.objects.filter(live=True).exists() is may_publish
    words = MailWords.objects.first() or MailWords.objects.create(locale=locale_of("en"), **OWN)
    client.post(reverse("wagtailsnippets_cms_pages_mailwords:delete", args=[words.pk]))
    assert MailWords.objects.exists() is not may_publish


@pytest.mark.parametrize(("mode", "there"), [("html", "<p>Dear neighbour,</p>"), ("text", "<pre>Dear neighbour,")])
def test_the_preview_shows_examples_in_the_language_of_the_words(staff, mode, there):
    client = staff(Role.EDITOR)
    address = "/cms/snippets/cms_pages/mailwords/preview/"
    assert client.post(f"{address}?locale=ar", OWN).json() == {"is_valid": True, "is_available": True}
    shown = client.get(f"{address}?locale=ar&mode={mode}")
    html = shown.content.decode()
    assert there in html
    assert 'lang="ar" dir="rtl"' in html
    assert "2XHK7P" in html
    assert "'unsafe-inline'" in shown["Content-Security-Policy"]
    assert client.post(f"{address}?locale=ar", OWN | {"body": "No mark"}).json()["is_valid"] is False


@pytest.mark.parametrize("said", [{"mail": ""}, {"body": ""}])
def test_a_preview_of_what_is_not_finished_is_no_error(staff, said):
    client, address = staff(Role.EDITOR), "/cms/snippets/cms_pages/mailwords/preview/?locale=en"
    client.post(address, OWN | said)
    assert client.get(address).status_code == 200


def test_a_translation_is_not_sent_before_it_is_published_nor_without_its_mark(staff):
    words = MailWords.objects.create(locale=locale_of("en"), **OWN)
    translate_object(words, [locale_of("fr")])
    before = login_mail("fr").body
    assert "neighbour" not in before
    translation = Translation.objects.get(target_locale=locale_of("fr"))
    for path, said in (("subject", "Bonjour de {site}"), ("body", "Sans code")):
        segment = translation.source.stringsegment_set.get(context__path=path)
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=TranslationContext.objects.get(object=translation.source.object, path=path),
            locale=locale_of("fr"),
            data=said,
        )
    with pytest.raises(ValidationError):
        translation.save_target(publish=True)
    assert login_mail("fr").body == before
    StringTranslation.objects.filter(data="Sans code").update(data="Voici {code}.", has_error=False)
    translation.save_target(publish=True)
    MailWords.objects.get(locale=locale_of("fr")).latest_revision.publish()
    assert login_mail("fr").body == "Voici 123456.\n"
    assert login_mail("en").body.startswith("Dear neighbour")


def test_the_list_costs_the_same_whatever_was_written(staff):
    client, asked = staff(Role.EDITOR), []
    client.get(LIST)
    for codes in ([], list(MAILS)):
        for code in codes:
            MailWords.objects.create(mail=code, locale=locale_of("en"), subject="x", body="y")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 13
