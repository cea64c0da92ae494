"""A dump of one database loads into the other to the same pages, and the other way round."""

import hashlib

import pytest

from tests.content_world import files_of
from tests.postgres import running_server
from tests.server import Site

pytestmark = pytest.mark.postgresql

MAKE = """
from tests.content_world import make_world
from tests.desk import make_user
make_world(make_user("editor"))
"""
SHOW = """
import hashlib, json
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from tests.content_world import pages
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
with override_settings(STORAGES=settings.STORAGES | {"staticfiles": PLAIN}):
    found = pages(Client(SERVER_NAME="127.0.0.1"))
told = {path: [status, to, hashlib.sha256(body).hexdigest()]
        for path, (status, to, body) in found.items()}
print(json.dumps(told))
"""
# What stands in pages besides the content: signatures and whole addresses
ALIKE = {"SECRET_KEY": hashlib.sha256(b"one").hexdigest(), "PORT": "8000"}


class Engine:
    """A site without a server, in a folder and a database of its own."""

    def __init__(self, folder, database_url):
        folder.mkdir()
        self.folder = folder
        self.site = Site(folder, database_url, **ALIKE)
        self.site.manage("migrate", "-v0")

    def shell(self, code):
        return self.site.manage("shell", "--no-imports", "-c", code).stdout

    def dump(self):
        self.site.manage("dump_content", str(self.folder / "dump"))
        return files_of(self.folder / "dump")


def test_a_dump_travels_between_sqlite_and_postgresql(tmp_path):
    with running_server() as server:
        first = Engine(tmp_path / "first", f"sqlite:///{tmp_path / 'first.sqlite3'}")
        second = Engine(tmp_path / "second", server.url)
        third = Engine(tmp_path / "third", f"sqlite:///{tmp_path / 'third.sqlite3'}")
        first.shell(MAKE)
        dump, shown = first.dump(), first.shell(SHOW)
        for other, source in [(second, first), (third, second)]:
            other.site.manage("load_content", str(source.folder / "dump"))
            assert other.shell(SHOW) == shown
            assert other.dump() == dump
