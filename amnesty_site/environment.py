"""Reads what the settings take from the environment; a wrong value is refused in one sentence."""

import os
import re
import secrets
import socket
from hashlib import blake2b
from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
BUCKET = re.compile(
    r"s3(?P<plain>\+http)?://(?P<key>[^:@/?#\s]+):(?P<secret>[^@/?#\s]+)@"
    r"(?P<host>[A-Za-z0-9.-]+(:\d{1,5})?)/(?P<bucket>[A-Za-z0-9][A-Za-z0-9._-]+)/?"
    r"(\?region=(?P<region>[A-Za-z0-9-]+))?"
)
SEARCH = re.compile(
    r"(?P<scheme>https?)://((?P<user>[^:@/?#\s]+:[^@/?#\s]+)@)?"
    r"(?P<host>[A-Za-z0-9.-]+(:\d{1,5})?)/(?P<index>[a-z0-9][a-z0-9._-]*)/?"
)
THIS_MACHINE = ("localhost", "127.0.0.1")
MAIL = re.compile(
    r"smtp(?P<tls>s)?://((?P<user>[^:@/?#\s]+):(?P<password>[^@/?#\s]+)@)?"
    r"(?P<host>[A-Za-z0-9.-]+)(:(?P<port>\d{1,5}))?/?"
)
MAIL_SECONDS = 10
REDIS = re.compile(r"rediss?://([^:@/?#\s]*:[^@/?#\s]+@)?[A-Za-z0-9.-]+(:\d{1,5})?(/\d{0,3})?")


def read(name, cast, default, wanted):
    """The environment's value of `name`, or one sentence that says what it should have been."""
    if name not in os.environ:
        return default
    try:
        return cast(os.environ[name])
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be {wanted}, not “{os.environ[name]}”.") from error


def flag(text):
    """True or False for the usual words; ValueError for anything else."""
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False, "": False}
    if text.strip().lower() not in words:
        raise ValueError(text)
    return words[text.strip().lower()]


def listed(text):
    """What stands in `text` with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


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
    hosts = listed(text)
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


def make_database(url, default, lock_seconds):
    """Django's description of the database at `url`, or of an SQLite file at `default`; a page
    waits for a writer as long as `lock_seconds`."""
    if not url:
        database = {"ENGINE": SQLITE, "NAME": str(default)}
    elif re.fullmatch(r"sqlite:///.+", url):
        database = {"ENGINE": SQLITE, "NAME": url.removeprefix("sqlite:///")}
    elif re.fullmatch(r"postgres(ql)?://[^/]*/[^/?]+(\?.*)?", url):
        database = make_postgresql(url)
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must read sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if database["ENGINE"] == SQLITE:
        # WAL lets readers go on during a write; IMMEDIATE makes writers queue instead of fail;
        # FULL waits for the disk, so that a power cut takes nothing that was acknowledged.
        database["OPTIONS"] = {
            "timeout": lock_seconds,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        }
    else:
        database.setdefault("OPTIONS", {}).setdefault(
            "options", f"-c lock_timeout={lock_seconds * 1000}"
        )
    return database


def make_postgresql(url):
    """Django's description of the database at `url`; what follows a `?` are options of libpq, such
    as sslmode=verify-full."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    return {
        "ENGINE": POSTGRESQL,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def make_media_storage(url):
    """Django's description of where pictures lie: the local disk, or the bucket at `url`."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not (parts := BUCKET.fullmatch(url)):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE must read s3://KEY:SECRET@HOST/BUCKET, with ?region=REGION at its end "
            "where the store wants one; a / in the secret is written %2F."
        )
    if parts["plain"] and parts["host"].split(":")[0] not in THIS_MACHINE:
        raise ImproperlyConfigured(
            "MEDIA_STORAGE may say s3+http only for a store on this machine."
        )
    if not all(map(find_spec, ("boto3", "storages"))):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE needs packages that are not installed: run "
            "script/bootstrap requirements-shared.txt."
        )
    return {
        "BACKEND": "amnesty_site.bucket.Bucket",
        "OPTIONS": {
            "access_key": unquote(parts["key"]),
            "secret_key": unquote(parts["secret"]),
            "endpoint_url": f"http{'' if parts['plain'] else 's'}://{parts['host']}",
            "bucket_name": parts["bucket"],
            "region_name": parts["region"] or "us-east-1",
        },
    }


def make_search_server(url):
    """The address of an index on the search server at `url`, and "USER:PASSWORD" or nothing;
    None for a site whose database finds."""
    if not url:
        return None
    if not (parts := SEARCH.fullmatch(url)):
        raise ImproperlyConfigured(
            "SEARCH_URL must read https://USER:PASSWORD@HOST:PORT/INDEX; what is no letter or "
            "digit in the password is written %XX."
        )
    if parts["scheme"] == "http" and parts["host"].split(":")[0] not in THIS_MACHINE:
        raise ImproperlyConfigured("SEARCH_URL may say http only for a server on this machine.")
    address = f"{parts['scheme']}://{parts['host']}/{parts['index']}"
    return address, unquote(parts["user"] or "")


def make_mail(url):
    """Django's settings of mail for the server at `url`; none for a site that sends no mail.

    smtps:// speaks TLS from the start, smtp:// after the greeting; but to this machine in plain.
    """
    if not url:
        return {}
    if not (parts := MAIL.fullmatch(url)):
        raise ImproperlyConfigured(
            "EMAIL_URL must read smtp://USER:PASSWORD@HOST:PORT or smtps://…; what is no letter or "
            "digit in the password is written %XX."
        )
    is_near = parts["host"] in THIS_MACHINE
    return {
        "EMAIL_HOST": parts["host"],
        "EMAIL_PORT": int(parts["port"] or (465 if parts["tls"] else 25 if is_near else 587)),
        "EMAIL_HOST_USER": unquote(parts["user"] or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts["password"] or ""),
        "EMAIL_USE_SSL": bool(parts["tls"]),
        "EMAIL_USE_TLS": not parts["tls"] and not is_near,
        "EMAIL_TIMEOUT": MAIL_SECONDS,
    }


def make_addresses(text):
    """The addresses of mail in `text`, with commas between."""
    addresses = listed(text)
    for address in addresses:
        if not re.fullmatch(r"[^@\s]+@[A-Za-z0-9.-]+", address):
            raise ImproperlyConfigured(
                f"ERRORS_TO must be addresses of mail with commas between, not “{text}”."
            )
    return addresses


def make_cache(url, database, secret_key):
    """Django's description of its cache: in each process, or in the Redis at `url` for all."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    try:
        if not REDIS.fullmatch(url) or urlsplit(url).port == 0:
            raise ValueError(url)
    except ValueError as error:
        raise ImproperlyConfigured(
            "REDIS_URL must read redis://USER:PASSWORD@HOST:PORT/NUMBER, with rediss where the "
            "server speaks TLS; what is no letter or digit in the password is written %XX."
        ) from error
    if database["ENGINE"] == SQLITE:
        raise ImproperlyConfigured(
            "REDIS_URL is for machines that share a database: set DATABASE_URL to a PostgreSQL."
        )
    if not find_spec("redis"):
        raise ImproperlyConfigured(
            "REDIS_URL needs a package that is not installed: run script/bootstrap "
            "requirements-shared.txt."
        )
    # Another site that uses the same Redis finds nothing of this one's
    site = blake2b(f"{database['NAME']} {secret_key}".encode(), digest_size=16).hexdigest()
    return {"BACKEND": "amnesty_site.shared.Cache", "LOCATION": url, "KEY_PREFIX": site}
