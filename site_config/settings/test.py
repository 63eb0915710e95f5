"""Production rules on a database of its own, with fast password hashing.

The database is kept from run to run: its name changes with the migrations, so an old one is never mistaken for it.
"""

import hashlib
import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests only: long enough, and kept by nobody who would need a secret")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="osp-budget-test-"))

from site_config.settings.production import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STYLEGUIDE = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OIDC_PROVIDERS = []
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
SESSION_ENGINE, SESSION_FILE_PATH = "django.contrib.sessions.backends.file", DATA_DIR / "sessions"  # noqa: F405
for folder in (SESSION_FILE_PATH, STATIC_ROOT):  # noqa: F405
    Path(folder).mkdir(parents=True, exist_ok=True)


def schema_digest() -> str:
    digest = hashlib.sha256((BASE_DIR / "requirements" / "base.txt").read_bytes())  # noqa: F405
    for path in sorted(BASE_DIR.glob("*/migrations/*.py")):  # noqa: F405
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


_database = DATABASES["default"]  # noqa: F405
_database["TEST"] = {"NAME": f"test_osp_budget_{schema_digest()}"}
if _database["ENGINE"].endswith("sqlite3"):
    KEPT = BASE_DIR / "var" / "test"  # noqa: F405
    KEPT.mkdir(parents=True, exist_ok=True)
    _database["TEST"]["NAME"] = str(KEPT / f"{schema_digest()}.sqlite3")
    # Nothing here outlives a power cut anyway; what must is tested on databases of its own.
    _database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
