"""Translation by machine, against a real server on loopback: what works, and what happens when it does not."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms_pages.machines.failures import MachineFailed
from cms_pages.machines.translators import DeepL, LibreTranslate
from cms_pages.models import StandardPage
from participation.choices import Role
from site_config import env
from tests.cms_pages.libretranslate_server import Machine, answers, dripping, slow
from tests.cms_pages.translators import locale_of, make_home, make_page, make_staff, sent

ENGLISH, FRENCH = Locale(language_code="en"), Locale(language_code="fr-ca")


@pytest.fixture
def server():
    machine = Machine()
    yield machine
    machine.stop()


def libre(server, **more) -> LibreTranslate:
    return LibreTranslate({"URL": server.address, "API_KEY": "a secret", "TIMEOUT": 1, **more})


def deepl(server) -> DeepL:
    return DeepL({"URL": f"{server.address}/v2/translate", "AUTH_KEY": "a secret", "TIMEOUT": 1})


def translated(machine, *words: str) -> list[str]:
    found = machine.translate(ENGLISH, FRENCH, [StringValue(one) for one in words])
    return [found[StringValue(one)].data for one in words if StringValue(one) in found]


MACHINES = pytest.mark.parametrize("machine_of", [libre, deepl])


@MACHINES
def test_words_are_translated_and_what_is_not_words_is_kept(server, machine_of):
    words = 'Read <a id="a1">the rules</a> of <b>{town}</b> and %(name)s &amp; you'
    expected = 'READ <a id="a1">THE RULES</a> OF <b>{town}</b> AND %(name)s &AMP; YOU'
    assert translated(machine_of(server), words) == [expected]


def test_the_protocol_is_libretranslates(server):
    translated(libre(server), "Hello")
    assert server.asked == [
        {"q": ["Hello"], "source": "en", "target": "fr", "format": "html", "api_key": "a secret"},
    ]
    translated(libre(server, API_KEY=""), "Hello")
    assert "api_key" not in server.asked[1]


def test_deepl_gets_its_key_in_a_header(server):
    translated(deepl(server), "Hello")
    assert server.headers[0]["Authorization"] == "DeepL-Auth-Key a secret"
    assert server.asked[0]["target_lang"] == "FR"


@MACHINES
def test_many_strings_are_asked_for_in_chunks(server, machine_of):
    words = [f"Word number {number}" for number in range(95)] + ["x" * 9_000]
    assert len(translated(machine_of(server), *words)) == 96
    assert len(server.asked) == 4


def test_a_lost_placeholder_or_added_markup_is_not_used(server):
    server.misbehave = answers(200, {"translatedText": ["Bonjour", "<script>x</script>", "Salut"]})
    assert translated(libre(server), "Hello {name}", "Hi", "Hallo") == ["Salut"]


@MACHINES
@pytest.mark.parametrize(
    "misbehave",
    [
        *(slow, dripping, answers(500, {"error": "x"}), answers(403, {}), answers(200, b"<html>")),
        *(answers(200, {"translatedText": ["a", "b"]}), answers(200, {"translatedText": [1]}), answers(200, [])),
        *(answers(200, {"translations": "x"}), answers(200, {"translations": [3]}), answers(200, b"[" * 100_000)),
        answers(302, {}, Location="http://169.254.169.254/latest/"),
        answers(200, b" " * 3_000_000),
    ],
)
def test_whatever_it_answers_it_fails_in_one_way(server, machine_of, misbehave):
    server.misbehave = misbehave
    with pytest.raises(MachineFailed):
        translated(machine_of(server), "Hello")


def test_a_machine_that_is_down_fails_in_the_same_way(server):
    server.stop()
    with pytest.raises(MachineFailed):
        translated(libre(server), "Hello")


# In the workspace ----------------------------------------------------------------------------------------------


@pytest.fixture
def by_machine(client, db, server, settings):
    """The address of the button, pressed by a translator."""
    options = {"URL": server.address, "API_KEY": "", "TIMEOUT": 1}
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "cms_pages.machines.translators.LibreTranslate",
        "OPTIONS": options,
    }
    locale_of("fr")
    home = make_home()
    sent(home)
    sent(make_page(home))
    part = home.get_translation(locale_of("fr"))
    client.force_login(make_staff(Role.TRANSLATOR, part, "change"))
    page = StandardPage.objects.get(locale__language_code="fr")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    return reverse("wagtail_localize:machine_translate", args=[translation.pk])


def test_a_page_is_translated_by_machine(client, by_machine):
    client.post(by_machine)
    assert StringTranslation.objects.filter(translation_type="machine", data="WHO DECIDES?").exists()


@pytest.mark.parametrize("misbehave", [slow, answers(500, {}), answers(200, b"garbage")])
def test_when_it_fails_one_sentence_says_so_and_nothing_is_lost(client, by_machine, server, misbehave):
    server.misbehave = misbehave
    page = client.post(by_machine, follow=True)
    assert page.status_code == 200
    assert "The machine translation does not answer as it should" in page.content.decode()
    assert StringTranslation.objects.count() == 0


# Settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "last"),
    [
        ({"LIBRETRANSLATE_URL": "http://127.0.0.1:5000", "LIBRETRANSLATE_KEY": "k"}, "LibreTranslate"),
        ({"DEEPL_KEY": "k:fx"}, "DeepL"),
    ],
)
def test_the_machine_is_chosen_by_the_environment(monkeypatch, variables, last):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert env.machine_translator()["CLASS"].endswith(last)


def test_without_one_there_is_none():
    assert env.machine_translator() is None


@pytest.mark.parametrize(
    "variables",
    [
        {"LIBRETRANSLATE_URL": "http://127.0.0.1", "DEEPL_KEY": "k"},
        {"LIBRETRANSLATE_URL": "file:///etc/passwd"},
        {"DEEPL_KEY": "k", "MACHINE_TRANSLATION_SECONDS": "0"},
    ],
)
def test_what_cannot_be_read_stops_the_start(monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured):
        env.machine_translator()
