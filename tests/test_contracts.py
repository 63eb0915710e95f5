"""Who may import whom: each contract of pyproject.toml is seen to fail when it is broken."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = {"participation": 0, "cms_pages": 1, "api": 2, "frontend_templates": 2, "site_config": 3}

# For each contract: where a line is added, and the line.
OFFENCES = [
    ("Rooms: left imports right, never back", "participation/apps.py", "import cms_pages.apps"),
    ("Rooms: left imports right, never back", "cms_pages/apps.py", "import api.apps"),
    ("Rooms: left imports right, never back", "api/apps.py", "import frontend_templates.apps"),
    ("Rooms: left imports right, never back", "frontend_templates/apps.py", "import site_config.apps"),
    (
        "Inside participation, imports point down",
        "participation/models/district.py",
        "import participation.eligibility",
    ),
    (
        "Inside participation, imports point down",
        "participation/eligibility/budgets.py",
        "import participation.actions",
    ),
    ("Inside participation, imports point down", "participation/actions/phases.py", "import participation.admin"),
    ("Inside participation, imports point down", "participation/a_new_room.py", ""),
    ("Counting is pure: no Django, no database, no clock", "participation/counting/ties.py", "import django"),
    ("The recount script knows nothing of the platform", "participation/recount.py", "import numpy"),
    ("The rules of participation know no API and no sign-in", "participation/eligibility/budgets.py", "import allauth"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The five packages without anything but Python, and the contracts."""
    folder = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def broken_contracts(folder: Path) -> set[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], check=False, cwd=folder, capture_output=True, text=True)
    broken = set(re.findall(r"^(.+) BROKEN$", done.stdout, re.MULTILINE))
    kept = set(re.findall(r"^(.+) KEPT$", done.stdout, re.MULTILINE))
    assert (done.returncode != 0) == bool(broken), done.stdout
    assert broken | kept == {contract["name"] for contract in PROJECT["contracts"]}, done.stdout + done.stderr
    return broken


def test_as_it_stands_every_contract_is_kept(copy):
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize(("contract", "path", "line"), OFFENCES)
def test_each_contract_fails_when_it_is_broken(copy, contract, path, line):
    file = copy / path
    before = file.read_text() if file.exists() else None
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        assert broken_contracts(copy) == {contract}
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)


def test_no_contract_was_forgotten_above():
    assert {contract for contract, _, _ in OFFENCES} == {contract["name"] for contract in PROJECT["contracts"]}


def test_every_package_is_under_contract():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert packages == set(PROJECT["root_packages"]) == set(ROOMS)


def names_pointing_up(room: str, source: str) -> list[str]:
    """Strings such as "api.Model" that name something of a room above."""
    names = re.compile(rf"({'|'.join(ROOMS)})\.[A-Z]\w*")
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    found = [names.fullmatch(text) for text in texts if isinstance(text, str)]
    return [name[0] for name in found if name and is_up(room, name[1])]


def is_up(room: str, other: str) -> bool:
    return other != room and ROOMS[other] >= ROOMS[room]


@pytest.mark.parametrize("room", ROOMS)
def test_no_string_names_a_model_of_a_room_above(room):
    for path in (ROOT / room).rglob("*.py"):
        if "migrations" not in path.parts:
            assert names_pointing_up(room, path.read_text()) == [], path


@pytest.mark.parametrize(
    ("room", "source", "found"),
    [
        ("participation", 'models.ForeignKey("cms_pages.HomePage", models.CASCADE)', ["cms_pages.HomePage"]),
        ("api", 'field = "frontend_templates.View"', ["frontend_templates.View"]),
        ("cms_pages", 'parent_page_types = ["cms_pages.HomePage", "participation.Budget"]', []),
        ("participation", '"wagtailcore.Page"', []),
    ],
)
def test_such_strings_are_found(room, source, found):
    assert names_pointing_up(room, source) == found


def test_no_relation_of_a_model_points_up():
    checked = 0
    for model in apps.get_models():
        room = model._meta.app_label
        for field in model._meta.get_fields() if room in ROOMS else []:
            if field.is_relation and field.concrete and field.related_model:
                other = field.related_model._meta.app_label
                assert other not in ROOMS or not is_up(room, other), field
                checked += 1
    assert checked > 20
