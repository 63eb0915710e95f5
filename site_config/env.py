"""Reads the environment. A value that cannot be read stops the start with one sentence."""

import json
import os
import re
import sqlite3
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
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


# A plan is made for the words that are searched, not for any words; and no table stands on a turning disk.
POSTGRESQL = "-c plan_cache_mode=force_custom_plan -c random_page_cost=1.1"


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
                "options": POSTGRESQL,
                **dict(parse_qsl(address.query, keep_blank_values=True)),
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


@dataclass(frozen=True)
class OidcProvider:
    """Somebody else who can say who a person is. `sign_in_origin` is where its sign-in page stands.

    `register` is `sub` where the provider's number of a person is the town's own, by which the roll knows them.
    """

    id: str
    name: str
    server_url: str
    client_id: str
    secret: str
    sign_in_origin: str
    register: str = ""

    def as_app(self) -> dict[str, Any]:
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.server_url, "fetch_userinfo": True},
        }


OIDC_KEYS = ("id", "name", "server_url", "client_id", "secret")


def oidc_providers(name: str) -> list[OidcProvider]:
    """A JSON list of objects with `id`, `name`, `server_url`, `client_id`, `secret` and, where it differs from the
    server's, `sign_in_origin`, and where its numbers are those of the roll, `register`."""
    raw = os.environ.get(name, "").strip() or "[]"
    try:
        entries = json.loads(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be JSON.") from None
    if not isinstance(entries, list):
        raise ImproperlyConfigured(f"{name} must be a list of providers.")
    providers = [_oidc_provider(name, entry) for entry in entries]
    if len({provider.id for provider in providers}) < len(providers):
        raise ImproperlyConfigured(f"{name} names an id twice.")
    return providers


def _oidc_provider(name: str, entry: object) -> OidcProvider:
    allowed = {*OIDC_KEYS, "sign_in_origin", "register"}
    if not isinstance(entry, dict) or not set(OIDC_KEYS) <= set(entry) <= allowed:
        raise ImproperlyConfigured(
            f"Each provider of {name} has {', '.join(OIDC_KEYS)} and perhaps sign_in_origin, register."
        )
    if not all(isinstance(value, str) and value.strip() == value and value for value in entry.values()):
        raise ImproperlyConfigured(f"The values in {name} are texts, and none is empty.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", entry["id"]):
        raise ImproperlyConfigured(f"An id in {name} has lower-case letters, digits and hyphens, 30 at most.")
    if max(map(len, entry.values())) > 190 or len(entry["name"]) > 40:
        raise ImproperlyConfigured(f"A value in {name} is too long.")
    if entry.get("register", "sub") != "sub":
        raise ImproperlyConfigured(f"The value register in {name} may only be sub.")
    sign_in = entry.get("sign_in_origin", entry["server_url"])
    for address in (entry["server_url"], sign_in):
        _check_address(name, address)
    return OidcProvider(**{**entry, "sign_in_origin": origin(sign_in)})


def machine_translator() -> dict[str, object] | None:
    """The translation tool's setting for LibreTranslate or DeepL, whichever the environment names; None for neither."""
    url, key = text("LIBRETRANSLATE_URL", "").strip(), text("DEEPL_KEY", "").strip()
    if url and key:
        raise ImproperlyConfigured("Set LIBRETRANSLATE_URL or DEEPL_KEY, not both.")
    seconds = number("MACHINE_TRANSLATION_SECONDS", 10)
    if not 1 <= seconds <= 60:
        raise ImproperlyConfigured("MACHINE_TRANSLATION_SECONDS must be from 1 to 60.")
    if url:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise ImproperlyConfigured("LIBRETRANSLATE_URL must be an address that begins with http.")
        options = {"URL": url, "API_KEY": text("LIBRETRANSLATE_KEY", ""), "TIMEOUT": seconds}
        return {"CLASS": "cms_pages.machines.translators.LibreTranslate", "OPTIONS": options}
    if key:
        return {"CLASS": "cms_pages.machines.translators.DeepL", "OPTIONS": {"AUTH_KEY": key, "TIMEOUT": seconds}}
    return None


def _check_address(name: str, address: str) -> None:
    """HTTPS, or plain HTTP on this very machine; it goes into a policy's list, so it holds nothing else."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ImproperlyConfigured(f"An address in {name} cannot be read.") from None
    if not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9a-f:]+", host) or parts.username or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"An address in {name} has a host name and a path, and nothing else.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise ImproperlyConfigured(f"An address in {name} begins with https.")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
