"""A town to try out on one's own machine. It answers to loopback names alone, and says that it is a demo."""

import os

os.environ.setdefault("SECRET_KEY", "for the demo on this machine only, never for a town: no secret is kept by it")

from site_config.settings.production import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SHOW_DEMO_BANNER = STYLEGUIDE = True
STAFF_MFA_REQUIRED = False
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
# Mails are shown on the console, or kept as files in a folder.
EMAIL_FILE_PATH = env.text("MAIL_DIR", "") or None  # noqa: F405
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'console'}.EmailBackend"
