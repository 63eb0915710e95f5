"""Reads the environment. A value that cannot be read stops the start with one sentence."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in _TRUE


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).resolve()


def origin(address: str) -> str:
    """Scheme and host of a web address, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def database(name: str, default: str) -> dict[str, object]:
    """Django's settings for a database address: `postgres://user:password@host:port/name` or `sqlite:///path`."""
    try:
        address = urlsplit(text(name, default))
        port = str(address.port or "")
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address such as postgres://user:password@host:5432/name.") from None
    if address.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path.lstrip("/")),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": port,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": number("DATABASE_POOL_SIZE", 8)},
                "server_side_binding": True,
                "prepare_threshold": 5,
                **dict(parse_qsl(address.query)),
            },
        }
    if address.scheme == "sqlite" and address.path:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(unquote(address.path)),
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": f"PRAGMA journal_mode={_sqlite_journal()}; PRAGMA synchronous=FULL;",
            },
        }
    raise ImproperlyConfigured(f"{name} must start with postgres:// or sqlite:///.")


def _sqlite_journal() -> str:
    """WAL only where the library cannot lose an acknowledged commit; older ones keep a plain journal."""
    version = sqlite3.sqlite_version_info
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "WAL" if fixed else "TRUNCATE"
