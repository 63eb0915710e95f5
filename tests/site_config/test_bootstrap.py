"""The set-up script, run as its users run it. None of these tests installs anything."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from site_config import bootstrap

SCRIPT = str(settings.BASE_DIR / "site_config" / "bootstrap.py")
PRETEND = "import runpy, sys; sys.version_info = {version}; sys.argv = ['bootstrap.py', 'base']; "
PRETEND += "runpy.run_path({script!r}, run_name='__main__')"


def run(*words: str, python: str = sys.executable) -> tuple[int, str]:
    """The exit code, and everything that was said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run([python, *words], check=False, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout + done.stderr


def other_pythons() -> list[str]:
    """Interpreters that are too old, where the machine has some."""
    found = [str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python")]
    return [path for path in found if not re.search(r"/3\.(11|12|13|14)\.", path)]


@pytest.mark.parametrize("version", ["(3, 10, 13)", "(3, 8, 18)", "(2, 7, 18)", "(3, 15, 0)"])
def test_another_python_gets_one_sentence(version):
    code, said = run("-c", PRETEND.format(version=version, script=SCRIPT))

    found = ".".join(version.strip("()").split(", ")[:2])
    assert code == 1
    assert said == (
        f"OSP Budget needs Python 3.11 to 3.14, and this is Python {found}: "
        "name another one with make PYTHON=python3.13.\n"
    )


@pytest.mark.parametrize("python", [sys.executable, *other_pythons()])
def test_every_old_python_of_this_machine_can_read_the_script(python):
    """For the Python that runs the tests the sentence is another: its port is none."""
    code, said = run(SCRIPT, "base", "--port", "none", python=python)

    assert (code, said.count("\n")) == (1, 1), said
    assert said.startswith("PORT must be" if python == sys.executable else "OSP Budget needs Python 3.11 to 3.14")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "", "80.5", "²"])
def test_what_is_no_port(port):
    code, said = run(SCRIPT, "base", "--port", port)

    assert (code, said) == (1, f"PORT must be a number from 1 to 65535, not {port!r}.\n")


def test_a_port_that_was_left_out():
    """Such as by `make demo PORT=`."""
    code, said = run(SCRIPT, "base", "--port")

    assert (code, said) == (1, "PORT must be a number from 1 to 65535, not ''.\n")


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code, said = run(SCRIPT, "base", "--port", str(port))

    assert (code, said) == (1, f"Port {port} is taken: choose another, such as make demo PORT={port + 1}.\n")


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder for the script to set up, with requirements of its own."""
    (tmp_path / "requirements").mkdir()
    for kind in ("base", "dev"):
        (tmp_path / "requirements" / f"{kind}.txt").write_text(f"{kind}==1\n")
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    return tmp_path


def pretend_installed(room: Path, kind: str) -> None:
    (room / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    (room / ".venv" / "bin" / "python").touch()
    Path(bootstrap.stamp(kind)).write_text(bootstrap.fingerprint(kind))


def test_an_empty_folder_is_not_set_up(room):
    assert not bootstrap.is_installed("base")


def test_a_finished_set_up_is_seen(room, monkeypatch):
    pretend_installed(room, "base")
    monkeypatch.setattr(bootstrap, "install", lambda kind: pytest.fail("It was installed again."))

    bootstrap.main(["base"])

    assert not bootstrap.is_installed("dev")


def test_the_development_set_serves_for_both(room):
    pretend_installed(room, "dev")

    assert bootstrap.is_installed("base")
    assert bootstrap.is_installed("dev")


def test_other_requirements_ask_for_a_new_set_up(room):
    pretend_installed(room, "base")
    (room / "requirements" / "base.txt").write_text("base==2\n")

    assert not bootstrap.is_installed("base")


def test_another_python_asks_for_a_new_set_up(room, monkeypatch):
    pretend_installed(room, "base")
    monkeypatch.setattr(bootstrap.sys, "version", "3.99 of another machine")

    assert not bootstrap.is_installed("base")


def test_without_its_python_nothing_is_set_up(room):
    pretend_installed(room, "base")
    (room / ".venv" / "bin" / "python").unlink()

    assert not bootstrap.is_installed("base")


def test_what_pip_could_not_do_is_said_in_one_line(room, monkeypatch, capsys):
    pretend_installed(room, "base")
    (room / "requirements" / "base.txt").write_text("base==2\n")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", sys.executable)
    failing = [sys.executable, "-c", "print('Collecting a==1'); print('ERROR: no such release'); raise SystemExit(1)"]
    monkeypatch.setattr(bootstrap, "make_venv", lambda: None)
    shown = bootstrap.run_shown
    monkeypatch.setattr(bootstrap, "run_shown", lambda command, total: shown(failing, total))

    with pytest.raises(SystemExit) as ended:
        bootstrap.main(["base"])

    assert ended.value.code == 1
    sentence = "The packages could not be installed. pip said: ERROR: no such release\n"
    assert capsys.readouterr().err == sentence
    assert not bootstrap.is_installed("base")


def test_a_folder_that_cannot_be_written_to_is_named(room, monkeypatch, capsys):
    def refuse(kind):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(bootstrap, "install", refuse)

    with pytest.raises(SystemExit):
        bootstrap.main(["base"])

    assert capsys.readouterr().err == f"The folder {room} cannot be written to: Permission denied.\n"


def test_a_venv_of_the_same_python_is_kept_for_new_requirements(room, monkeypatch):
    """Somebody may be running what is in it."""
    pretend_installed(room, "base")
    monkeypatch.setattr(bootstrap, "python_of_venv", lambda: sys.version_info[:2])
    (room / ".venv" / "installed-by-hand").touch()

    bootstrap.make_venv()

    assert (room / ".venv" / "installed-by-hand").exists()


def test_the_python_of_a_venv_is_asked_for(room, monkeypatch):
    assert bootstrap.python_of_venv() is None
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", sys.executable)

    assert bootstrap.python_of_venv() == sys.version_info[:2]
