"""The base of every installation. All that differs between towns comes from the environment."""

from datetime import timedelta
from pathlib import Path

from django.conf.global_settings import LANGUAGES as ALL_LANGUAGES

from site_config import env, uploads

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
SITE_ADDRESS = env.text("SITE_ADDRESS", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "site_config",
    "frontend_templates",
    "api",
    "cms_pages",
    "participation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "site_config.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.headless",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "site_config.anonymous_reads.AnonymousReads",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_config.languages.LanguageOfAddress",
    "frontend_templates.active_locales.ActiveLocales",
    "site_config.upload_limits.UploadLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frontend_templates.provider_faults.ProviderFaults",
    "api.account_input.StrictAccountInput",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms_pages.staff_mfa.StaffMfa",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "frontend_templates.context.site_frame",
            ],
        },
    }
]

# Data ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'osp_budget.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "")

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Sessions never live in the main database: the order of their rows would tell who came when.
if REDIS_URL:
    SESSION_ENGINE = "django.contrib.sessions.backends.cache"
else:
    SESSION_ENGINE = "django.contrib.sessions.backends.file"
    SESSION_FILE_PATH = env.folder("SESSION_DIR", DATA_DIR / "sessions")
# The secrets of the ballot box: outside of database, media and backups; a mount of its own on each web machine.
BALLOT_KEY_DIR = env.folder("BALLOT_KEY_DIR", DATA_DIR / "keys")
# Machines that must hold a box's key before its rules are fixed; empty for one machine alone.
BALLOT_NODES = env.words("BALLOT_NODES")
BALLOT_NODE = env.text("BALLOT_NODE", "")
# Published bundles.
BUNDLE_DIR = env.folder("BUNDLE_DIR", DATA_DIR / "bundles")
# Files with all that is kept about a person, until they are fetched or old; on several machines a shared folder.
PERSONAL_DATA_DIR = env.folder("PERSONAL_DATA_DIR", DATA_DIR / "personal-data")
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# The language of account pages, whose addresses name none. Their own cookie: all other pages are kept by address.
LANGUAGE_COOKIE_PATH = "/accounts/"
LANGUAGE_COOKIE_SAMESITE = "Lax"

MEDIA_ROOT = env.folder("MEDIA_DIR", DATA_DIR / "media")
MEDIA_URL = "/media/"
STATIC_ROOT = env.folder("STATIC_DIR", DATA_DIR / "static")
STATIC_URL = "/static/"
STORAGES = {
    **uploads.storages(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = env.text("DEFAULT_LANGUAGE", "en")
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = ALL_LANGUAGES
LOCALE_PATHS = [BASE_DIR / "site_config" / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

# People --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "participation.Person"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail addresses are unique whatever their letter case, by a constraint this check does not know of
    "security.W019",  # the CMS shows previews of our own pages in a frame of our own
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTHENTICATION_BACKENDS += ["participation.admin.roles.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "frontend_templates.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "frontend_templates.accounts.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Whether citizens make accounts of their own.
SIGN_UP = env.flag("SIGN_UP", True)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OSP Budget"
STAFF_MFA_REQUIRED = True
OIDC_PROVIDERS = env.oidc_providers("OIDC_PROVIDERS")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [provider.as_app() for provider in OIDC_PROVIDERS]}
}
SOCIALACCOUNT_ADAPTER = "frontend_templates.accounts.SocialAccountAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
HEADLESS_CLIENTS = ("browser", "app")

# What is erased, and after how long, by the worker.
RETENTION = {
    "unconfirmed accounts": timedelta(days=14),
    "downloads of personal data": timedelta(days=7),
    "notifications": timedelta(days=365),
    # Names and addresses on paper proposals that nobody claimed; the proposals stay.
    "names on paper": timedelta(days=365),
    # E-mail addresses of guardians who never answered.
    "guardians without an answer": timedelta(days=30),
    "rolls": timedelta(days=env.number("ROLL_DAYS", 90)),
    "machine translations": timedelta(days=90),
    "messages": timedelta(days=365),
    "sign-ups for events": timedelta(days=30),
}

# How many reverse proxies in front may be believed when they name the visitor's address.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# Pages ---------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "OSP Budget"
# Passwords and addresses are looked after in one place: the account pages.
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
# The workspace asks no other host for anything: no pictures of people, no news of releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "cms_pages.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms_pages.admin.image_form.StaffImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms_pages.SiteDocument"
# Nothing that a browser would run.
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ics", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Recordings stand in a block of our own: no address that somebody writes is ever fetched by the server.
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "cms_pages/password_required.html"  # noqa: S105 - a template
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# What is sent to translators stays a draft until they publish it: nobody reads English under a French address.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = env.machine_translator()
# How many texts of citizens the machine translates for readers on one day; none where there is no machine.
READER_TRANSLATIONS_A_DAY = env.number("READER_TRANSLATIONS_A_DAY", 1000)

# Maps: without an address of tiles they draw markers and districts on plain ground.
TILE_URL = env.text("TILE_URL", "")
TILE_ATTRIBUTION = env.text("TILE_ATTRIBUTION", "")

# Background work -----------------------------------------------------------------------------------------------

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# The API -------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.AppAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "api.schema.PublicSchema",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "api.errors.as_problem",
    "NUM_PROXIES": TRUSTED_PROXY_COUNT,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "OSP Budget",
    "DESCRIPTION": "Budgets, projects, ballots and results of participatory budgeting.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["api.schema.only_public"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.v1.block_schema.with_blocks",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PhaseKind": "participation.choices.PhaseKind",
        "DecisionKind": "participation.choices.DecisionKind",
        "CostBand": "participation.choices.CostBand",
        "CostKind": "participation.choices.CostKind",
        "NoticeKind": "participation.choices.NoticeKind",
        "GroupKind": "participation.choices.GroupKind",
        "DecisionOnWords": "participation.choices.DecisionOnWords",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Hardening -----------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", True)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "site_config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The largest request that is read at all, in bytes, by where it goes: photos and their form; what staff upload.
MOST_UPLOADED, MOST_UPLOADED_BY_STAFF = 12 * 1024 * 1024, 64 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    # Wagtail's own admin carries inline scripts and styles.
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": [
            *("'self'", "data:"),
            *(env.origin(address) for address in (TILE_URL, uploads.public_address()) if address),
        ],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        # Browsers hold this against where a form is sent on to, too.
        "form-action": ["'self'", *sorted({provider.sign_in_origin for provider in OIDC_PROVIDERS})],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "noreply@localhost")
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS", False)
EMAIL_USE_SSL = env.flag("SMTP_SSL", False)

# The page that shows every component of the site; for those who build it.
STYLEGUIDE = env.flag("STYLEGUIDE", False)
SHOW_DEMO_BANNER = False
