"""All settings, read from the environment; a value that cannot be right stops the start.

With nothing set, the site runs on this machine alone: SQLite and a generated secret key in
DATA_DIR, plain HTTP for localhost. Naming public hosts in ALLOWED_HOSTS makes it a production
site: then SECRET_KEY is required, and HTTPS is assumed.
"""

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from amnesty_site.environment import (
    check_host,
    flag,
    make_addresses,
    make_allowed_hosts,
    make_cache,
    make_database,
    make_mail,
    make_media_storage,
    make_search_server,
    make_secret_key,
    read,
)
from bilingual.languages import OWN_NAMES, column_label
from editorial.editor import OWN_EXTENSIONS

BASE_DIR = Path(__file__).resolve().parent.parent

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
# Where canonical links point, the same for every reader, whatever name they came by
MAIN_HOST = PUBLIC_HOSTS[0].removeprefix(".") if PUBLIC_HOSTS else f"localhost:{PORT}"
SITE_URL = f"{'https' if HTTPS else 'http'}://{MAIN_HOST}"
if DEBUG and PUBLIC_HOSTS:
    raise ImproperlyConfigured("DEBUG must be off when ALLOWED_HOSTS names public hosts.")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if PUBLIC_HOSTS and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY must be set to at least 50 random characters when ALLOWED_HOSTS names "
        "public hosts. This one was made just now: " + secrets.token_urlsafe(50)
    )
SECRET_KEY = SECRET_KEY or make_secret_key(DATA_DIR / "secret_key")

LOCK_SECONDS = 2  # as long as a page may wait for a writer
DATABASES = {
    "default": make_database(
        os.environ.get("DATABASE_URL", ""), DATA_DIR / "site.sqlite3", LOCK_SECONDS
    )
}
# What several machines share; the database stays the truth, and does without
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {"default": make_cache(REDIS_URL, DATABASES["default"], SECRET_KEY)}
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if REDIS_URL else 'db'}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SEARCH_SERVER = make_search_server(os.environ.get("SEARCH_URL", ""))

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
    "editorial.signing_in",
    "bilingual",
    "modeltranslation",  # before the admin, so that its admin classes find translated models
    "django_prose_editor",
    "js_asset",
    "editorial.signing_in.apps.StaffAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# Their tables hold what readers see: a write to one of them makes finished pages anew
CONTENT_APPS = ["timeline", "campaigns", "sections", "editorial"]

MIDDLEWARE = [
    "amnesty_site.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "amnesty_site.middleware.UnreadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "editorial.signing_in.sessions.StaffSessionMiddleware",
    "editorial.deeds.DeedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "editorial.signing_in.passwords.MaximumLengthValidator"},
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
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "amnesty_site.uploads.NamelessFileUploadHandler",
]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "collected-static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "icons"  # what browsers ask for as /favicon.ico
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PAGES_ROOT = DATA_DIR / "pages"  # finished pages, made again when they are missing
STORAGES = {
    "default": make_media_storage(os.environ.get("MEDIA_STORAGE", "")),
    "staticfiles": {"BACKEND": "amnesty_site.static_files.SiteStorage"},
}

# Safety

# With this prefix a browser keeps a cookie only from this very host, and only over HTTPS
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_AGE = 2 * 3600  # without anything done in the admin
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms have the token in them
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from within
# The proxy in front ends TLS and says so; a reader who makes it up misses only a redirect
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "amnesty_site.views.csrf_failure"

# Who is told of errors, at most once an hour
ERRORS_TO = make_addresses(os.environ.get("ERRORS_TO", ""))
MAIL = make_mail(os.environ.get("EMAIL_URL", ""))
if ERRORS_TO and not MAIL:
    raise ImproperlyConfigured("ERRORS_TO needs EMAIL_URL: the server that sends the mail.")
vars().update(MAIL)
SERVER_EMAIL = ERRORS_TO[0] if ERRORS_TO else "root@localhost"

# Errors go to standard error with their traceback; a reader's address is in none of them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "stderr": {"class": "logging.StreamHandler"},
        "mail": {"class": "amnesty_site.error_mail.HourlyMail", "folder": DATA_DIR},
    },
    "loggers": {
        "django": {
            "handlers": ["stderr", *(["mail"] if ERRORS_TO else [])],
            "level": "ERROR",
            "propagate": False,
        },
        # Anybody can send a Host that is not ours, or no form; that is no error of the site's
        "django.security": {"level": "CRITICAL"},
    },
}
