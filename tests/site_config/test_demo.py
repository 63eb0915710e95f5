"""The demo town: made once, made nowhere else, and forgotten only where it stands."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms_pages.blocks import BODY_BLOCKS
from cms_pages.models import PAGE_TYPES
from cms_pages.models.content import ContentPage
from participation.models import Person, Result
from site_config.demo.people import CITIZEN, DOMAIN, PASSWORD
from site_config.management.commands.load_demo import PAST
from tests.factories.participation import make_person


@pytest.fixture
def demo(settings, tmp_path):
    settings.SHOW_DEMO_BANNER = True
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return settings


def all_counts() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if hasattr(model, "objects")}


@pytest.mark.parametrize("command", ["load_demo", "reset_demo"])
def test_a_real_town_is_left_alone(db, command):
    before = all_counts()

    with pytest.raises(CommandError, match=r"^(Demo data are for|Only the demo)[^\n]*\.$"):
        call_command(command)

    assert all_counts() == before


def test_the_town_is_made_once(db, demo, client):
    said = StringIO()
    call_command("load_demo", "--port", "8123", stdout=said)
    made = all_counts()

    call_command("load_demo", "--port", "8123", stdout=StringIO())

    assert all_counts() == made
    assert Result.objects.public().count() >= len(PAST)
    assert Person.objects.get(email=f"{CITIZEN}@{DOMAIN}").check_password(PASSWORD)
    addresses = [word for word in said.getvalue().split() if word.startswith("http://127.0.0.1:8123/")]
    assert len(addresses) >= 5
    paths = {address.removeprefix("http://127.0.0.1:8123") for address in addresses} - {"/cms/"}
    for path in paths:
        assert client.get(path, follow=True, headers={"host": "127.0.0.1:8123"}).status_code == 200, path


def test_the_town_shows_every_page_and_block_in_both_languages(db, demo):
    call_command("load_demo", stdout=StringIO())

    pages = [page.specific for page in Page.objects.filter(depth__gt=1).live()]
    assert {type(page) for page in pages} == set(PAGE_TYPES.values())
    bodies = [page.body for page in pages if isinstance(page, ContentPage)]
    assert {block.block_type for body in bodies for block in body} == {name for name, _ in BODY_BLOCKS}
    languages = Counter(page.locale.language_code for page in pages)
    assert languages["en"] == languages["fr"] == len(pages) / 2
    for translation in Translation.objects.filter(target_locale__language_code="fr"):
        total, done = translation.get_progress()
        assert done == total


def test_half_a_town_is_none(db, demo, monkeypatch):
    """When a past election cannot be read, nothing stays, so the next try starts afresh."""
    monkeypatch.setattr("site_config.management.commands.load_demo.PAST", (PAST[0], "no-such-file.pb"))
    before = all_counts()

    with pytest.raises(OSError, match="no-such-file"):
        call_command("load_demo", stdout=StringIO())

    assert all_counts() == before


@pytest.fixture
def on_disk(own_database, demo, tmp_path):
    """The demo's database, or None where it is no file: there nothing is ever reset."""
    demo.SESSION_FILE_PATH = str(tmp_path / "sessions")
    for folder in ("media", "sessions"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").touch()
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def refusal() -> str:
    with pytest.raises(CommandError) as refused:
        call_command("reset_demo", stdout=StringIO())
    return str(refused.value)


def test_the_demo_town_is_forgotten_with_its_files(on_disk, tmp_path):
    make_person(email=f"{CITIZEN}@{DOMAIN}")
    if on_disk is None:
        assert refusal() == "Only the demo town on SQLite can be reset."
        assert Person.objects.exists()
        return

    call_command("reset_demo", stdout=StringIO())

    assert not on_disk.exists()
    assert not (tmp_path / "media").exists()
    assert not (tmp_path / "sessions").exists()


def test_a_town_of_other_people_is_not_forgotten(on_disk, tmp_path):
    make_person(email="mayor@town.example")

    assert refusal().endswith(("so it is left alone.", "on SQLite can be reset."))

    assert Person.objects.get().email == "mayor@town.example"
    assert (tmp_path / "media" / "file").exists()


def test_a_set_up_that_was_interrupted_is_forgotten_too(on_disk):
    if on_disk is None:
        assert refusal() == "Only the demo town on SQLite can be reset."
        return

    call_command("reset_demo", stdout=StringIO())

    assert not on_disk.exists()
