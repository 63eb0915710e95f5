"""What the house agreed on and no other tool looks after."""

import ast
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("participation", "cms_pages", "api", "frontend_templates", "site_config")
TEMPLATES = sorted(path for room in ROOMS for path in (ROOT / room).glob("templates/**/*") if path.is_file())
PYTHON = sorted(path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py"))
MIGRATIONS = sorted(path for room in ROOMS for path in (ROOT / room / "migrations").glob("[0-9]*.py"))
VENDORED = ROOT / "frontend_templates" / "static" / "vendor"
NOT_VENDORED = {"CHECKSUMS.sha256", "README.md"}

STYLE = re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE)
STYLE_BLOCK = re.compile(r"<style\b", re.IGNORECASE)
HANDLER = re.compile(r"""<[^>]*\son[a-z]+\s*=""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(.*?)>", re.IGNORECASE | re.DOTALL)
MADE_BY_MACHINE = re.compile(r"_auto_|_(alter|remove|rename|delete)_\w+_and_more$")
HOSTS = re.compile(r"https?://|git\+|--(extra-)?index-url|--find-links|--trusted-host|^-i |^-f | @ ", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def inline_scripts(html: str) -> list[str]:
    """Opening tags of scripts that carry their own code. Data that no browser runs is none."""
    tags = [tag for tag in SCRIPT.findall(html) if "src=" not in tag]
    return [tag for tag in tags if not re.search(r"""type=["']application/(ld\+)?json["']""", tag)]


def relative_imports(source: str) -> list[int]:
    return [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.level]


def test_there_is_something_to_look_at():
    assert len(TEMPLATES) > 10
    assert len(PYTHON) > 100
    assert len(MIGRATIONS) >= 3


def test_no_file_is_named_utils():
    assert [named(path) for path in PYTHON if path.stem in {"utils", "util", "helpers", "misc"}] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_carries_a_style_a_handler_or_a_script(path):
    html = path.read_text()

    assert STYLE.findall(html) == []
    assert HANDLER.findall(html) == []
    assert inline_scripts(html) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not {"admin", "emails"} & set(path.parts)], ids=named)
def test_no_page_for_citizens_carries_a_block_of_styles(path):
    """The policy of the site refuses them; the workspace's own pages and mails are outside it."""
    assert STYLE_BLOCK.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p class="a" style="color: red">',
        '<a href="/" onclick="go()">',
        "<body onload='go()'>",
        "<script>go()</script>",
        '<script type="module" nonce="x">go()</script>',
    ],
)
def test_such_things_are_found(html):
    assert STYLE.search(html) or HANDLER.search(html) or inline_scripts(html)


@pytest.mark.parametrize(
    "html",
    [
        '<script type="module" src="a.js"></script>',
        '<script id="d" type="application/json">{}</script>',
        '<link rel="stylesheet" href="a.css"><p data-style="x">',
    ],
)
def test_harmless_things_are_not(html):
    assert not STYLE.search(html)
    assert not STYLE_BLOCK.search(html)
    assert not HANDLER.search(html)
    assert not inline_scripts(html)


def test_migrations_are_named_by_hand():
    assert [named(path) for path in MIGRATIONS if MADE_BY_MACHINE.search(path.stem)] == []


@pytest.mark.parametrize("name", ["0002_auto_20260101_1200", "0003_alter_budget_slug_and_more"])
def test_names_of_the_machine_are_found(name):
    assert MADE_BY_MACHINE.search(name)


def test_no_import_is_relative():
    assert {named(path): lines for path in PYTHON if (lines := relative_imports(path.read_text()))} == {}


def test_relative_imports_are_found():
    assert relative_imports("import a\nfrom .b import c\nfrom d import e\nfrom . import f") == [2, 4]


def stated_checksums() -> dict[str, str]:
    lines = (VENDORED / "CHECKSUMS.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def test_vendored_files_are_those_that_were_checked():
    files = [path for path in VENDORED.rglob("*") if path.is_file() and path.name not in NOT_VENDORED]
    found = {str(path.relative_to(VENDORED)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert found
    assert found == stated_checksums()


def committed_requirements() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", [*committed_requirements(), ROOT / "pyproject.toml"], ids=named)
def test_requirements_name_no_index_and_no_host(path):
    assert HOSTS.findall(path.read_text()) == []


@pytest.mark.parametrize("path", committed_requirements(), ids=named)
def test_every_requirement_is_pinned_with_its_hashes(path):
    lines = re.sub(r"\\\n\s*", "", path.read_text()).splitlines()

    assert len(lines) > 20
    assert [
        line for line in lines if not re.match(r"[a-z0-9_.-]+(\[[a-z0-9_,-]+\])?==\S+.* --hash=sha256:", line)
    ] == []


@pytest.mark.parametrize(
    "line",
    ["--index-url https://index.example/simple", "-i http://index.example", "a @ file:///tmp/a.whl", "git+ssh://x/y"],
)
def test_hosts_are_found(line):
    assert HOSTS.search(f"a==1\n{line}\n")


INDEXES = re.compile(
    rb"\b(pypi|pythonhosted|npmjs|jsdelivr|unpkg|anaconda|cloudflare|googleapis|githubusercontent)\.(org|com|net|io)\b"
    rb"|/releases/download/",
    re.IGNORECASE,
)
THIS = Path(__file__)


def files_of_the_house() -> list[Path]:
    """All but what a working copy makes for itself."""
    own = (path for path in ROOT.iterdir() if path.name in {".ci", ".gitignore"} or path.name[0] != ".")
    own = (path for path in own if path.name not in {"var", "node_modules", "screenshots"})
    found = [file for path in own for file in ([path] if path.is_file() else path.rglob("*"))]
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts and file != THIS]


def test_no_file_names_an_index_or_a_place_to_download_from():
    files = files_of_the_house()

    assert len(files) > 300
    assert {named(file): found[0] for file in files if (found := INDEXES.search(file.read_bytes()))} == {}


@pytest.mark.parametrize(
    "text",
    [
        b"https://files.pythonhosted.org/packages/a.whl",
        b"//cdn.jsdelivr.net/npm/leaflet",
        b"https://pypi.org/simple",
        b"https://github.com/a/b/releases/download/v1/a.tar.gz",
    ],
)
def test_indexes_are_found(text):
    assert INDEXES.search(text)


ANSWERS_REQUESTS = {"admin", "wagtail_hooks.py", "management"}


def modules_imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def imports_requests(source: str) -> bool:
    return any(f"{name}.".startswith("django.http.") for name in modules_imported(source))


def test_the_rules_of_participation_know_no_requests():
    room = ROOT / "participation"
    rules = [path for path in room.rglob("*.py") if path.relative_to(room).parts[0] not in ANSWERS_REQUESTS]

    assert len(rules) > 50
    assert [named(path) for path in rules if imports_requests(path.read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.http import HttpRequest",
        "import django.http",
        "from django import http",
        "import django.http.request",
    ],
)
def test_imports_of_requests_are_found(source):
    assert imports_requests(source)


def test_other_imports_are_not_taken_for_them():
    assert not imports_requests(
        "from django.https import a\nfrom django import urls\nimport http\nfrom django.db import models"
    )
