"""Production rules on a throw-away database, with fast password hashing."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests only: long enough, and kept by nobody who would need a secret")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="osp-budget-test-"))

from site_config.settings.production import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
Path(SESSION_FILE_PATH).mkdir(parents=True, exist_ok=True)  # noqa: F405
