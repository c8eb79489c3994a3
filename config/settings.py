"""Settings. Production is the default; a development machine opts into plain HTTP by one switch.

Every variable is listed in the README with its default.
"""

import ipaddress
import os
import secrets
from contextlib import suppress
from math import inf
from pathlib import Path

import environ
from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("MUSTER_DATA_DIR", default=str(BASE_DIR / ".muster")))


def _generated_secret(name: str) -> str:
    """The secret kept under this name in the data directory, made with mode 600 on first use."""
    path = DATA_DIR / name
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and linked into place: two processes starting at once must agree on one secret.
    draft = path.with_name(f"{name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _switch(name: str, default: bool) -> bool:
    """One that is misspelt is refused: taken for off, it could be left so unnoticed."""
    text = env(name, default="").strip().lower()
    if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not text else text in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} is {text!r}; it is either 1 or 0.")


def _number(name: str, default: float, highest: float = inf) -> float:
    text = env(name, default=str(default))
    with suppress(ValueError):
        if 0 <= float(text) <= highest:
            return float(text)
    limit = "of at least 0" if highest == inf else f"from 0 to {highest:g}"
    raise ImproperlyConfigured(f"{name} is {text!r}; it is a number {limit}.")


try:
    SECRET_KEY = env("MUSTER_SECRET_KEY", default="") or _generated_secret("secret_key")
except OSError as error:
    raise ImproperlyConfigured(
        f"The data directory {DATA_DIR} cannot be used: {error.strerror}. Set MUSTER_DATA_DIR to one that this user "
        "can write to, or MUSTER_SECRET_KEY to a key of your own."
    ) from None
DEBUG = False

# The one switch for plain HTTP. Only loopback names are served under it, so that it cannot be left on by mistake.
LOCAL_HTTP = _switch("MUSTER_LOCAL_HTTP", default=False)
ALLOWED_HOSTS = env.list("MUSTER_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


if LOCAL_HTTP and not all(map(_is_loopback, ALLOWED_HOSTS)):
    raise ImproperlyConfigured(
        f"MUSTER_LOCAL_HTTP serves plain HTTP to this machine only, but MUSTER_ALLOWED_HOSTS is {ALLOWED_HOSTS}. "
        "Unset one of the two."
    )

SECURE_SSL_REDIRECT = not LOCAL_HTTP
SESSION_COOKIE_SECURE = not LOCAL_HTTP
CSRF_COOKIE_SECURE = not LOCAL_HTTP
SECURE_HSTS_SECONDS = 0 if LOCAL_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL_HTTP
SECURE_HSTS_PRELOAD = not LOCAL_HTTP
if _switch("MUSTER_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "config.proxies.client_address"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Reading is open to all, or to signed-in staff only.
PUBLIC_READING = _switch("MUSTER_PUBLIC_READING", default=True)
# A value is shown as fact from this support on: the sum over stories of best outlet reliability x confidence.
PUBLICATION_THRESHOLD = _number("MUSTER_PUBLICATION_THRESHOLD", default=0.5)
# What an outlet counts until somebody rates it.
OUTLET_RELIABILITY = _number("MUSTER_OUTLET_RELIABILITY", default=0.8, highest=1)
# Above so many euros a decision on a package's sum or existence waits for a second person; infinite: for none.
APPROVAL_AMOUNT = _number("MUSTER_APPROVAL_AMOUNT", default=inf)

INSTALLED_APPS = [
    "evidence",
    "people",
    "meetings",
    "funding",
    "ingest",
    "register",
    "evidence.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "pgtrigger",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "register.middleware.ReadingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "register.context.site",
            ]
        },
    }
]

DATABASE_URL = env("DATABASE_URL", default="") or "postgres:///muster"
if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL names something other than PostgreSQL, the one database Muster knows.")
try:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
except ValueError as error:
    raise ImproperlyConfigured(f"DATABASE_URL is no address of a database: {error}.") from None
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
# The pair is locked, so that an attacker cannot lock the owner of a name out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "locked_out.html"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("MUSTER_STATIC_ROOT", default=str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["register.permissions.ReadRegister"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["register.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "register.pagination.RegisterCursorPagination",
    "EXCEPTION_HANDLER": "register.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Muster",
    "DESCRIPTION": "An open register of multinational arms coordination: meetings, participants and money, "
    "every value with the sentence that says it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "LICENSE": {"name": "MIT"},
    # Fields of two names have these values, and one of the names is that of other values too.
    "ENUM_NAME_OVERRIDES": {"LeftOut": "funding.choices.LeftOut"},
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# The hard limit stays under the visibility timeout: a task that outlives it would be delivered again while it runs.
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    # By default a killed worker's tasks come back only after some 100 s more.
    "unacked_restore_interval": 5,
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 25
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "ingest.tasks.sweep", "schedule": schedule(30.0)}}

# The files of facts that bin/run imports before it reads articles; empty for none.
FACTS_DIR = env("MUSTER_FACTS", default=str(BASE_DIR / "data" / "register"))

# A language model as a second reader beside the rules, behind any OpenAI-compatible endpoint; without an address none.
LLM_URL = env("MUSTER_LLM_URL", default="")
LLM_MODEL = env("MUSTER_LLM_MODEL", default="")
LLM_KEY = env("MUSTER_LLM_KEY", default="").strip()
LLM_TIMEOUT = _number("MUSTER_LLM_TIMEOUT", default=30)
LLM_MAX_TOKENS = int(_number("MUSTER_LLM_MAX_TOKENS", default=4096, highest=1_000_000))
if LLM_URL and not (LLM_URL.startswith(("http://", "https://")) and LLM_MODEL):
    raise ImproperlyConfigured(
        "MUSTER_LLM_URL takes an address such as https://llm.example/v1, and MUSTER_LLM_MODEL a model's name there."
    )
if not (LLM_KEY.isascii() and LLM_KEY.isprintable()):
    raise ImproperlyConfigured("MUSTER_LLM_KEY holds characters that no key has.")
if LLM_URL and not (0 < LLM_TIMEOUT <= 40 and LLM_MAX_TOKENS > 0):
    # An article may take twice that, and has to be read by the rules and recorded within a task's 100 seconds too.
    raise ImproperlyConfigured("MUSTER_LLM_TIMEOUT takes up to 40 seconds, MUSTER_LLM_MAX_TOKENS a positive number.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"ingest": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
