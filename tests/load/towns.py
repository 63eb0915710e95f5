"""Databases for drills and benchmarks: one of their own on SQLite and on PostgreSQL, thrown away at the end."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DRILL_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")


@contextmanager
def town(kind: str, settings: str = "site_config.settings.demo") -> Iterator[dict[str, str]]:
    """The environment of processes that use a migrated database of this kind."""
    with tempfile.TemporaryDirectory(prefix="osp-town-") as folder, database(kind, folder) as address:
        own = {"DATA_DIR": folder, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": settings}
        environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | own
        environment["DATABASE_POOL_SIZE"] = "16"
        manage(environment, "prepare", "-v0")
        yield environment


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/town.sqlite3"
        return
    name = f"osp_town_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{SERVER.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kinds() -> list[str]:
    """Both where PostgreSQL answers. Where it must (REQUIRE_POSTGRES), its absence is a fault."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        if os.environ.get("REQUIRE_POSTGRES"):
            sys.exit(f"No PostgreSQL answers at {SERVER}.")
        print("No PostgreSQL here: SQLite alone.")
        return ["sqlite"]
    return ["sqlite", "postgresql"]


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words], env=environment, check=True, stdout=subprocess.DEVNULL
    )
