"""A town to try out on one's own machine. It answers to loopback names alone, and says that it is a demo."""

import os

os.environ.setdefault("SECRET_KEY", "for the demo on this machine only, never for a town: no secret is kept by it")

from site_config.settings.production import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SHOW_DEMO_BANNER = STYLEGUIDE = True
STAFF_MFA_REQUIRED = False
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
