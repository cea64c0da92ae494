"""All settings, read from the environment; a value that cannot be right stops the start.

With nothing set, the site runs on this machine alone: SQLite and a generated secret key in
DATA_DIR, plain HTTP for localhost. Naming public hosts in ALLOWED_HOSTS makes it a production
site: then SECRET_KEY is required, and HTTPS is assumed.
"""

import os
import re
import secrets
import socket
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from bilingual.languages import OWN_NAMES, column_label
from editorial.editor import OWN_EXTENSIONS

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SQLITE = "django.db.backends.sqlite3"
LOCK_SECONDS = 2  # as long as a page may wait for a writer


def read(name, cast, default, wanted):
    """The environment's value of `name`, or one sentence that says what it should have been."""
    try:
        return env.get_value(name, cast=cast, default=default)
    except (ValueError, TypeError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be {wanted}, not “{env(name)}”.") from error


def flag(text):
    """True or False for the usual words; ValueError for anything else."""
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False, "": False}
    if text.strip().lower() not in words:
        raise ValueError(text)
    return words[text.strip().lower()]


def make_secret_key(path):
    """The key kept in the file `path`, made on the first start and readable by its owner only."""
    try:
        if path.exists() and (key := path.read_text().strip()):
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(50))
        partial.replace(path)  # at once, so that no start finds half a key
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR must be a folder this site can write to: {error}."
        ) from error


def make_allowed_hosts(text):
    """The public host names in `text`; empty for a site that is for this machine alone."""
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]", host):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS must be host names with commas between, not “{text}”."
            )
    return hosts


def check_host(host):
    """`host` if this machine can listen on it."""
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        raise ImproperlyConfigured(
            f"HOST must be an address or a name of this machine, not “{host}”."
        ) from error
    return host


def make_database(url):
    """Django's description of the database at `url`, or of the default one, which is SQLite."""
    if not url:
        database = {"ENGINE": SQLITE, "NAME": str(DATA_DIR / "site.sqlite3")}
    elif re.fullmatch(r"sqlite:///.+|postgres(ql)?://[^/]*/[^/?]+(\?.*)?", url):
        try:
            database = env.db_url_config(url)
        except (ValueError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must read sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if database["ENGINE"] == SQLITE:
        # WAL lets readers go on during a write; IMMEDIATE makes writers queue instead of fail.
        database["OPTIONS"] = {
            "timeout": LOCK_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        }
    else:
        database.setdefault("OPTIONS", {}).setdefault(
            "options", f"-c lock_timeout={LOCK_SECONDS * 1000}"
        )
    return database


def make_site_url():
    """Where canonical links point: the first public host, or this machine."""
    host = PUBLIC_HOSTS[0].removeprefix(".") if PUBLIC_HOSTS else f"localhost:{PORT}"
    return f"{'https' if HTTPS else 'http'}://{host}"


# Where this site lives

DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").absolute()
if BASE_DIR.is_relative_to(DATA_DIR) or DATA_DIR.is_relative_to(BASE_DIR / "static"):
    raise ImproperlyConfigured("DATA_DIR must be a folder of its own, not one of the site's code.")
HOST = check_host(os.environ.get("HOST") or "127.0.0.1")
PORT = read("PORT", int, 8000, "a number from 1 to 65535")
if not 0 < PORT < 65536:
    raise ImproperlyConfigured(f"PORT must be a number from 1 to 65535, not “{PORT}”.")

PUBLIC_HOSTS = make_allowed_hosts(os.environ.get("ALLOWED_HOSTS", ""))
ALLOWED_HOSTS = PUBLIC_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
HTTPS = read("HTTPS", flag, bool(PUBLIC_HOSTS), "yes or no")
DEBUG = read("DEBUG", flag, False, "yes or no")
SITE_URL = make_site_url()  # the same for every reader, whatever name they came by
if DEBUG and PUBLIC_HOSTS:
    raise ImproperlyConfigured("DEBUG must be off when ALLOWED_HOSTS names public hosts.")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if PUBLIC_HOSTS and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY must be set to at least 50 random characters when ALLOWED_HOSTS names "
        "public hosts. This one was made just now: " + secrets.token_urlsafe(50)
    )
SECRET_KEY = SECRET_KEY or make_secret_key(DATA_DIR / "secret_key")

DATABASES = {"default": make_database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The national section whose site this is: the slug of a row of sections.Section
SECTION = os.environ.get("SECTION") or "mongolia"
if not re.fullmatch(r"[a-z0-9-]+", SECTION):
    raise ImproperlyConfigured(f"SECTION must be the slug of a section, not “{SECTION}”.")

# What it is made of

INSTALLED_APPS = [
    "amnesty_site",
    "timeline",
    "campaigns",
    "sections",
    "visitors",
    "editorial",
    "bilingual",
    "modeltranslation",  # before the admin, so that its admin classes find translated models
    "django_prose_editor",
    "js_asset",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# Their tables hold what readers see: a write to one of them makes finished pages anew
CONTENT_APPS = ["timeline", "campaigns", "sections", "editorial"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "editorial.deeds.DeedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amnesty_site.middleware.DatabaseGoneMiddleware",
    "editorial.addresses.FormerAddressMiddleware",
]

ROOT_URLCONF = "amnesty_site.urls"
WSGI_APPLICATION = "amnesty_site.wsgi.application"

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
                "amnesty_site.context.site",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Languages, dates and numbers

LANGUAGE_CODE = "en"
LANGUAGES = list(OWN_NAMES.items())
LOCALE_PATHS = [
    BASE_DIR / "bilingual" / "locale",  # our own texts; makemessages writes here
    BASE_DIR / "bilingual" / "locale_packages",  # what Django and other packages lack or get wrong
]
FORMAT_MODULE_PATH = ["bilingual.formats"]
TIME_ZONE = "Asia/Ulaanbaatar"
USE_TZ = True

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# A missing translation stays empty; the templates show the other language, and say so.
MODELTRANSLATION_ENABLE_FALLBACKS = False
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = column_label

# Rich text

DJANGO_PROSE_EDITOR_EXTENSIONS = [OWN_EXTENSIONS]
# More than a field takes, so that who pasted too much is told so beside it; a larger form is
# answered 400 and lost. A Cyrillic letter takes six bytes in a form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "collected-static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "icons"  # what browsers ask for as /favicon.ico
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PAGES_ROOT = DATA_DIR / "pages"  # finished pages, made again when they are missing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "amnesty_site.static_files.SiteStorage"},
}

# Safety

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# The proxy in front ends TLS and says so; a reader who makes it up misses only a redirect
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "amnesty_site.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Errors go to standard error with their traceback; a reader's address is in none of them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Anybody can send a Host that is not ours; that is no error of the site's
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
