"""Settings of the wired site. Every secret and every address comes from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sala.platform import logs
from sala.platform.database import django_database, home
from sala.site import boxes

PACKAGE = Path(__file__).resolve().parent
HOME = home()
DEMO = os.environ.get("SALA_DEMO") == "1"
DEBUG = os.environ.get("SALA_DEBUG") == "1"


def _secret(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(f"{name} is not set; `sala keys` writes a new set of keys to keep")
    return value


SECRET_KEY = _secret("SALA_SECRET_KEY")
# Keys: contact data at rest (Fernet, newest first), digests of identifiers, the ledger's signer.
DATA_KEYS = _secret("SALA_DATA_KEYS").split(",")
DIGEST_KEY = _secret("SALA_DIGEST_KEY")
LEDGER_KEY = _secret("SALA_LEDGER_KEY")
LEDGER_ORIGIN = os.environ.get("SALA_LEDGER_ORIGIN", "sala.example/ledger")
# What was signed last, kept where a restored database cannot take it back; empty: not kept.
LEDGER_MEMORY = os.environ.get("SALA_LEDGER_MEMORY", str(HOME / "ledger-memory.json"))
LEDGER_WITNESSES = os.environ.get("SALA_LEDGER_WITNESSES", "")

SITE_URL = os.environ.get("SALA_SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = os.environ.get("SALA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Keys of systems that may post by Open311; reading needs none.
OPEN311_KEYS = [k for k in os.environ.get("SALA_OPEN311_KEYS", "demo" if DEMO else "").split(",") if k]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
IS_SECURE = SITE_URL.startswith("https://")
TRUSTED_PROXIES = int(os.environ.get("SALA_TRUSTED_PROXIES", "0"))

# /metrics: who shows this token may read it; without one only programs of this machine.
METRICS_TOKEN = os.environ.get("SALA_METRICS_TOKEN", "")

# Whether processes hear from PostgreSQL that reference data changed; one connection each.
HEARS_REFERENCE_NEWS = os.environ.get("SALA_REFERENCE_NEWS", "1") == "1"

# Rate limits are this many times as generous; for measuring from one address only.
LIMITS_FACTOR = int(os.environ.get("SALA_LIMITS_FACTOR", "1"))


def _openid_providers() -> dict[str, dict[str, str]]:
    """SALA_OIDC_PROVIDERS=thaid,… names them; SALA_OIDC_THAID_ISSUER, …_CLIENT_ID and so on describe each."""
    providers = {}
    for name in filter(None, os.environ.get("SALA_OIDC_PROVIDERS", "").split(",")):
        prefix = f"SALA_OIDC_{name.upper()}_"
        values = {key: _secret(prefix + key.upper()) for key in ("issuer", "client_id", "client_secret")}
        values["title_th"] = os.environ.get(prefix + "TITLE_TH", name)
        values["title_en"] = os.environ.get(prefix + "TITLE_EN", name)
        values["scope"] = os.environ.get(prefix + "SCOPE", "openid ial")
        values["pid_scope"] = os.environ.get(prefix + "PID_SCOPE", "pid")
        providers[name] = values
    return providers


OIDC = _openid_providers()

# Roles work only after a sign-in of at least this assurance level (IAL); 0 takes a code by e-mail.
STAFF_LEAST_LEVEL = int(os.environ.get("SALA_STAFF_LEAST_LEVEL", "0"))

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "sala.site",
    "sala.design",
    *boxes.PACKAGES,
]

MIDDLEWARE = [
    "sala.serving.health.metrics.CountRequests",
    "sala.site.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sala.site.middleware.TellWhoItIsFor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sala.site.middleware.AnswerHead",
    "sala.site.middleware.LanguageByAddress",
    "sala.site.programs.ForPrograms",
    "sala.site.middleware.RefuseHugeBodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sala.site.middleware.TakeWords",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sala.site.middleware.KnowActor",
    "sala.site.middleware.AnswerRefusals",
]

ROOT_URLCONF = "sala.site.urls"
WSGI_APPLICATION = "sala.serving.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sala.site.context.site",
            ],
        },
    },
]

# Entries of forms without a template for each: a page of forty topics took a third of its time for them.
FORM_RENDERER = "sala.design.widgets.Widgets"

DATABASES = {"default": django_database(os.environ.get("DATABASE_URL", "postgresql:///sala"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# Pictures of the map, as an address with {z}, {x}, {y}; empty: our own names of areas on a plain ground.
TILES = os.environ.get("SALA_TILES", "")
TILES_BY = os.environ.get("SALA_TILES_BY", "")

# Where the stream process answers; empty where none runs, and pages do not ask it then.
LIVE_ADDRESS = os.environ.get("SALA_LIVE_ADDRESS", "/live")

# Whether signatures have a door of their own before the ordinary one (docs/adr/0012-a-lean-door-for-signing.md).
LEAN_SIGNING = os.environ.get("SALA_LEAN_SIGNING", "1") == "1"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SALA_STATIC", HOME / "static"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
BUILT = PACKAGE.parent.parent.parent / "static-build"  # what tools/assets makes; may be absent
STATICFILES_DIRS = [BUILT] if BUILT.is_dir() else []
HAS_PLAIN_STATIC_NAMES = DEBUG or os.environ.get("SALA_STATIC_NAMES") == "plain"
WHITENOISE_USE_FINDERS = HAS_PLAIN_STATIC_NAMES
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# The model that proposes topics; made from topic names at first, replaced by one trained on an agency's labels.
ROUTING_MODEL = Path(os.environ.get("SALA_ROUTING_MODEL", HOME / "models" / "complaints"))
MEDIA_ROOT = Path(os.environ.get("SALA_FILES", HOME / "files"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if HAS_PLAIN_STATIC_NAMES
        else "sala.platform.static_names.HashedNames"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Five files of 10 MB, one too large among them so that it can be named, and the words around them.
LARGEST_BODY_BYTES = 64_000_000

SESSION_ENGINE = "sala.platform.sessions"
SESSION_COOKIE_NAME = "sala_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "sala.site.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

EMAIL_BACKEND = os.environ.get(
    "SALA_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("SALA_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SALA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SALA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SALA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SALA_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("SALA_MAIL_FROM", "sala@localhost")
# Where answers to letters go, as an address without a plus ("req@sala.example"); its mail server hands what comes to
# `req+…@` to `sala mail take`. Empty: letters say nothing of answering.
MAIL_ADDRESS = os.environ.get("SALA_MAIL_ADDRESS", "")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = logs.configuration(
    level=os.environ.get("SALA_LOG_LEVEL", "INFO"), is_json=os.environ.get("SALA_LOGS", "json") == "json"
)
