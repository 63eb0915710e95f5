import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from site_config.anonymous_reads import shelf


@pytest.fixture(autouse=True)
def empty_shelf():
    """No answer of one test is given in the next."""
    shelf.clear()
    cache.clear()


@pytest.fixture(scope="session")
def kept_database(django_db_setup, django_db_blocker) -> str:
    """The name of the migrated database that tests share. Made here where no other test of the run asks for it."""
    name = connection.settings_dict["TEST"]["NAME"]
    if str(connection.settings_dict["NAME"]) != name:
        with django_db_blocker.unblock():
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=True)
    return name


@pytest.fixture
def own_database(kept_database, django_db_blocker, tmp_path):
    """A copy of the migrated database for one test, in which threads and processes see what was committed.

    Yields its address. The kept database is never written to: it has to serve the next run too.
    """
    is_file = connection.vendor == "sqlite"
    own = str(tmp_path / "own.sqlite3") if is_file else f"{kept_database}_own"
    with django_db_blocker.unblock():
        let_go()
        if is_file:
            shutil.copyfile(kept_database, own)
        else:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")
                cursor.execute(f"CREATE DATABASE {own} TEMPLATE {kept_database}")
        connection.settings_dict["NAME"] = own
        try:
            yield f"sqlite:///{own}" if is_file else postgres_address()
        finally:
            let_go()
            connection.settings_dict["NAME"] = kept_database
            if not is_file:
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {own} WITH (FORCE)")


def let_go() -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def postgres_address() -> str:
    values = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**values)


@pytest.fixture
def manage_environment(tmp_path) -> dict[str, str]:
    """The environment of processes that write into this test's folder."""
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "site_config.settings.test"}
    return os.environ | own


class Spoken(subprocess.Popen):
    """A process that never waits for a reader: what it says goes into a file, `said`."""

    def __init__(self, words: list[str], log: Path, environment: dict[str, str]) -> None:
        self._log = log
        with log.open("wb") as file:
            super().__init__(words, env=environment, stdout=file, stderr=subprocess.STDOUT)

    @property
    def said(self) -> str:
        return self._log.read_text()


@pytest.fixture
def manage(own_database, manage_environment, tmp_path):
    """Starts `manage.py` as a process of its own on the test's own database. None of them outlives the test."""
    started: list[Spoken] = []

    def start(*words: str, **environment: str) -> Spoken:
        process = Spoken(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *words],
            tmp_path / f"said-{len(started)}.txt",
            manage_environment | {"DATABASE_URL": own_database} | environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where NO_SKIPS is set, a test that is skipped has failed: nothing there has a reason to be missing."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; no test begins with that of another."""
    translation.activate("en")
