import json
import sqlite3
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from site_config import env

NAME = "OSP_BUDGET_TEST_VALUE"


@pytest.fixture
def set_to(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


def sentence_of(read, *arguments) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read(NAME, *arguments)
    sentence = str(caught.value)
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")
    assert NAME in sentence
    return sentence


def test_text_is_what_is_set(set_to):
    set_to("two words")

    assert env.text(NAME, "other") == "two words"


def test_text_without_a_default_must_be_set(set_to):
    assert "Set the environment variable" in sentence_of(env.text)


def test_text_may_have_an_empty_default(set_to):
    assert env.text(NAME, "") == ""


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_words_for_true(set_to, value):
    set_to(value)

    assert env.flag(NAME) is True


@pytest.mark.parametrize("value", ["0", "False", "no", "OFF", ""])
def test_words_for_false(set_to, value):
    set_to(value)

    assert env.flag(NAME, True) is False


def test_a_flag_that_is_not_set_is_its_default(set_to):
    assert env.flag(NAME, True) is True
    assert env.flag(NAME, False) is False


@pytest.mark.parametrize("value", ["maybe", "2", "truefalse"])
def test_anything_else_is_no_flag(set_to, value):
    set_to(value)

    assert repr(value) in sentence_of(env.flag)


def test_number(set_to):
    assert env.number(NAME, 25) == 25
    set_to("587")
    assert env.number(NAME, 25) == 587


@pytest.mark.parametrize("value", ["", "-1", "1.5", "1e3", "twelve", "²", "٣", " 5"])
def test_what_is_no_number(set_to, value):
    set_to(value)

    assert repr(value) in sentence_of(env.number, 25)


def test_words_are_split_at_commas(set_to):
    set_to(" a.example , ,b.example,")

    assert env.words(NAME) == ["a.example", "b.example"]


def test_no_words(set_to):
    assert env.words(NAME) == []


def test_a_folder_is_absolute(set_to, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    set_to("data")

    assert env.folder(NAME, tmp_path / "other") == tmp_path / "data"


def test_an_empty_folder_is_the_default(set_to, tmp_path):
    set_to("")

    assert env.folder(NAME, tmp_path) == tmp_path


def test_postgres_address(set_to):
    set_to("postgres://town:p%40ss@db.example:6432/osp%20budget?sslmode=require")

    database = env.database(NAME, "")

    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "osp budget",
        "USER": "town",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
    }
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["server_side_binding"] is True
    assert "force_custom_plan" in database["OPTIONS"]["options"]


def test_postgres_options_give_way_to_the_addresses(set_to):
    for said in ("", "-c random_page_cost=4"):
        set_to(f"postgres://town@db.example/town?options={quote(said)}")
        assert env.database(NAME, "")["OPTIONS"]["options"] == said


def test_sqlite_address(set_to):
    set_to("sqlite:///var/lib/osp%20budget.sqlite3")

    database = env.database(NAME, "")

    assert str(database["NAME"]) == "/var/lib/osp budget.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://localhost/town",
        "sqlite://",
        "/var/lib/town.sqlite3",
        "",
        "postgres://localhost:many/town",
        "postgres://localhost:99999/town",
        "postgres://[::1/town",
    ],
)
def test_what_is_no_address_of_a_database(set_to, address):
    set_to(address)

    assert "postgres://" in sentence_of(env.database, "")


def test_a_password_is_never_repeated_in_a_message(set_to):
    set_to("postgres://town:secret-word@localhost:many/town")

    assert "secret-word" not in sentence_of(env.database, "")


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_only_a_fixed_sqlite_writes_ahead(set_to, monkeypatch, version, journal):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    set_to("sqlite:///tmp/town.sqlite3")

    assert f"journal_mode={journal};" in env.database(NAME, "")["OPTIONS"]["init_command"]


PROVIDER = {
    "id": "town",
    "name": "The town's portal",
    "server_url": "https://login.example.org/realms/town",
    "client_id": "budget",
    "secret": "s3cret",
}


def test_no_providers_are_fine(set_to):
    assert env.oidc_providers(NAME) == []
    set_to(" ")
    assert env.oidc_providers(NAME) == []


def test_a_provider_is_read(set_to):
    set_to(json.dumps([PROVIDER, {**PROVIDER, "id": "b", "sign_in_origin": "https://sso.example.org/ignored"}]))
    one, other = env.oidc_providers(NAME)
    assert (one.id, one.sign_in_origin) == ("town", "https://login.example.org")
    assert other.sign_in_origin == "https://sso.example.org"
    assert one.as_app()["settings"]["server_url"] == PROVIDER["server_url"]


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "{}",
        '"town"',
        "[1]",
        [{}],
        [{**PROVIDER, "colour": "red"}],
        [{key: value for key, value in PROVIDER.items() if key != "secret"}],
        [PROVIDER, PROVIDER],
        *[[{**PROVIDER, key: ""}] for key in PROVIDER],
        *[[{**PROVIDER, key: 5}] for key in PROVIDER],
        [{**PROVIDER, "id": "The Town"}],
        [{**PROVIDER, "id": "a/b"}],
        [{**PROVIDER, "name": "x" * 41}],
        [{**PROVIDER, "secret": "x" * 1_000}],
        [{**PROVIDER, "server_url": "http://login.example.org"}],
        [{**PROVIDER, "server_url": "login.example.org"}],
        [{**PROVIDER, "server_url": "https://login.example.org; script-src *"}],
        [{**PROVIDER, "server_url": "https://[::1"}],
        [{**PROVIDER, "server_url": "https://a:b@login.example.org"}],
        [{**PROVIDER, "server_url": "https://login.example.org:port"}],
        [{**PROVIDER, "sign_in_origin": "https://* 'unsafe-inline'"}],
        [{**PROVIDER, "register": "email"}],
    ],
)
def test_other_providers_stop_the_start(set_to, value):
    set_to(value if isinstance(value, str) else json.dumps(value))
    sentence_of(env.oidc_providers)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9000", "http://localhost/realm", "http://[::1]:9000"])
def test_a_provider_on_this_machine_may_be_plain(set_to, address):
    set_to(json.dumps([{**PROVIDER, "server_url": address}]))
    assert env.oidc_providers(NAME)[0].server_url == address
