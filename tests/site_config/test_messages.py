import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from site_config import messages

TEMPLATE = """{% load i18n %}
<h1>{% translate "From a tag" %}</h1>
{% blocktranslate count number=projects|length %}One project{% plural %}{{ number }} projects{% endblocktranslate %}
{% translate "May" context "month" %}
{% include "x.html" with label=_("From an argument") %}
<p>Not marked</p>
"""
PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

# Translators: says where a comment goes
WORDS = _("From code"), gettext_lazy("Lazy"), ngettext("one ballot", "%(count)s ballots", 2), pgettext("verb", "Open")
NOT_MARKED = "Not marked either"
"""
ALL = {
    "From a tag",
    ("One project", "%(number)s projects"),
    "May",
    "From an argument",
    "From code",
    "Lazy",
    ("one ballot", "%(count)s ballots"),
    "Open",
}
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project of one app, with a French catalog that is empty."""
    templates = tmp_path / "app" / "templates" / "app"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(TEMPLATE)
    (tmp_path / "app" / "code.py").write_text(PYTHON)
    room = tmp_path / "locale"
    (room / "fr" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    monkeypatch.setattr(messages, "APPS", ("app",))
    monkeypatch.setattr(messages, "ROOM", room)
    write_french(room, "")
    return tmp_path


def write_french(room, entries: str) -> None:
    (room / "fr" / "LC_MESSAGES" / "django.po").write_text(HEADER + entries)


def translate_all(project) -> None:
    messages.update_messages()
    path = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    catalog = messages.read_catalog(path)
    for message in catalog:
        if message.id and message.pluralizable:
            message.string = tuple(f"fr {form}" for form in message.id)
        elif message.id:
            message.string = f"fr {message.id}"
    with path.open("wb") as file:
        messages.write_po(file, catalog)


def test_extraction_finds_the_strings_of_templates_and_of_code(project):
    assert {message.id for message in messages.extract_catalog() if message.id} == ALL


def test_contexts_are_kept_apart(project):
    contexts = {message.id: message.context for message in messages.extract_catalog()}

    assert (contexts["May"], contexts["Open"], contexts["Lazy"]) == ("month", "verb", None)


def test_a_message_says_where_it_stands(project):
    places = {message.id: [name for name, _ in message.locations] for message in messages.extract_catalog()}

    assert places["From a tag"] == ["app/templates/app/page.html"]
    assert places["From code"] == ["app/code.py"]


def test_a_comment_for_translators_is_kept(project):
    comments = {message.id: message.auto_comments for message in messages.extract_catalog()}

    assert comments["From code"] == ["Translators: says where a comment goes"]


def test_check_finds_what_is_missing(project):
    assert set(messages.faults()) == {f"fr: {one!r} is missing." for one in ALL}


def test_check_finds_what_is_not_translated(project):
    messages.update_messages()

    assert set(messages.faults()) == {f"fr: {one!r} is not translated." for one in ALL}


def test_check_is_content_when_all_is_translated(project):
    translate_all(project)

    assert list(messages.faults()) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('#, fuzzy\nmsgid "From code"\nmsgstr "Du code"\n', "'From code' is not translated."),
        (
            'msgid "one ballot"\nmsgid_plural "%(count)s ballots"\nmsgstr[0] "un bulletin"\nmsgstr[1] ""\n',
            "('one ballot', '%(count)s ballots') is not translated.",
        ),
        (
            '#, python-format\nmsgid "one ballot"\nmsgid_plural "%(count)s ballots"\n'
            'msgstr[0] "un bulletin"\nmsgstr[1] "%(nombre)s bulletins"\n',
            "('one ballot', '%(count)s ballots'): unknown named placeholder 'nombre'",
        ),
    ],
    ids=["fuzzy", "half a plural", "wrong placeholder"],
)
def test_check_finds_what_is_wrong(project, entry, fault):
    write_french(project / "locale", entry)

    assert f"fr: {fault}" in list(messages.faults())


def test_update_keeps_translations_and_drops_what_is_said_no_more(project):
    write_french(project / "locale", 'msgid "Lazy"\nmsgstr "Paresseux"\n\nmsgid "Gone"\nmsgstr "Parti"\n')

    messages.update_messages()

    text = (project / "locale" / "fr" / "LC_MESSAGES" / "django.po").read_text()
    assert 'msgid "Lazy"\nmsgstr "Paresseux"' in text
    assert "Gone" not in text


def test_update_guesses_nothing(project):
    write_french(project / "locale", 'msgid "From codes"\nmsgstr "Des codes"\n')

    messages.update_messages()

    assert "Des codes" not in (project / "locale" / "fr" / "LC_MESSAGES" / "django.po").read_text()


def test_updating_twice_changes_nothing(project):
    path = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    messages.update_messages()
    once = path.read_text()

    messages.update_messages()

    assert path.read_text() == once


def test_compiling_happens_once_for_each_change(project):
    po = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    assert messages.compile_messages() == 1
    assert messages.compile_messages() == 0

    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))

    assert messages.compile_messages() == 1


def test_the_command_fails_and_names_every_gap(project):
    said = StringIO()

    with pytest.raises(CommandError, match=f"{len(ALL)} messages need a translator"):
        call_command("messages", "check", stderr=said)

    assert len(said.getvalue().splitlines()) == len(ALL)


def test_the_command_is_content_when_all_is_translated(project):
    translate_all(project)
    said = StringIO()

    call_command("messages", "check", stdout=said)

    assert said.getvalue() == "Every message is translated in every language.\n"
