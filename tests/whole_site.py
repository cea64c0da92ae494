"""A site with all that one can have, and everything that it is, to compare it with another."""

import hashlib
import json
from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from editorial.signing_in.models import SecondFactor, Tries
from editorial.spreadsheets.uploads import Upload
from tests.content_world import make_world, pages
from tests.desk import PASSWORD, make_user
from tests.server import Site
from timeline.models import TimelineEvent
from visitors.models import VisitorCount

# What stands in pages besides the content: signatures and whole addresses
ALIKE = {"SECRET_KEY": hashlib.sha256(b"one").hexdigest(), "PORT": "8000"}
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Of each database its own: the token of the content, and who signs in just now
OWN = {"editorial_generation", "django_session", "signing_in_tries"}


class Folder:
    """A site without a server, in a folder and a database of its own."""

    def __init__(self, folder, database_url):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.media = folder, folder / "media"
        self.site = Site(folder, database_url, **ALIKE)
        self.manage = self.site.manage

    def shell(self, code):
        return self.manage("shell", "--no-imports", "-c", code).stdout

    def everything(self):
        """All rows of all tables, and what readers get at every address."""
        return json.loads(self.shell("from tests.whole_site import show; show()"))


def make_all():
    """Content of all kinds, people, what they did, who is signed in, and visitors of two days."""
    editor = make_user("editor", name="sarangerel")
    make_world(editor)
    User.objects.create_superuser("root", password=PASSWORD)
    subject = ContentType.objects.get_for_model(TimelineEvent)
    LogEntry.objects.create(
        user=editor, content_type=subject, object_id="1", object_repr="Гарчиг", action_flag=CHANGE
    )
    Upload.objects.create(user=editor, content_type=subject, rows=[{"title_en": "“One”"}, None])
    VisitorCount.objects.add_visits(3)
    VisitorCount.objects.update(day=date(2026, 1, 2))
    VisitorCount.objects.add_visits(2)
    SecondFactor.objects.of(editor).set_up("SECRET", 1)
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now())
    Tries.objects.take("sarangerel")


def show():
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": PLAIN}):
        found = pages(Client(SERVER_NAME="127.0.0.1"))
    told = {
        path: [status, to, hashlib.sha256(body).hexdigest()]
        for path, (status, to, body) in found.items()
    }
    print(json.dumps({"rows": tables(), "pages": told}))  # noqa: T201


def tables():
    """The rows of each table as dicts, in some order that is the same everywhere."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - OWN):
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]
            found[table] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return found


def plain(value):
    """A value as both databases have it: SQLite keeps times without their zone, JSON as text."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).strftime("%F %T.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("{", "["):
        return json.loads(value)
    return int(value) if isinstance(value, bool) else value
