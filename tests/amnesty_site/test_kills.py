"""A sudden death in the middle of work: what was acknowledged is there, and nothing is there by
half."""

import json
import os
import signal
import threading
import time

import pytest

from tests.amnesty_site.test_documents import document
from tests.amnesty_site.test_import_document import MAP
from tests.amnesty_site.test_uploads import MAKE
from tests.sheets import EVENTS, NEW, as_csv, table
from tests.typist import Typist

FIGURE = {"figures-TOTAL_FORMS": 1, "figures-0-kind": "groups", "figures-0-value": 7}
TELL = """
import json
from editorial import values
from editorial.history import Version
from editorial.review import Translation
from editorial.searching import Searched
from timeline.models import TimelineEvent
told = {}
for event in TimelineEvent.objects.filter(title_en__startswith="Saved "):
    told[event.title_en] = {
        "versions": [version.values == values.read(event) for version in Version.objects.of(event)],
        "figures": event.figures.count(),
        "translations": Translation.objects.of(event).count(),
    }
print(json.dumps(told))
"""
# All rows of all tables but those that tell who reads and signs in, as a digest of each
TABLES = """
import hashlib, json
from django.apps import apps
told = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.label not in ("sessions.Session", "auth.User", "visitors.VisitorCount"):
        rows = repr(list(model._base_manager.order_by("pk").values_list()))
        told[model._meta.label] = hashlib.sha256(rows.encode()).hexdigest()
print(json.dumps(told))
"""
# Runs a command that dies in the moment in which it has saved so many rows
DIE = """
import os, signal
from itertools import count
from django.core.management import call_command
from django.db.models.signals import post_save
saved = count(1)
def die(**kwargs):
    if next(saved) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(die)
call_command(*{command})
"""


def tell(site, code=TELL):
    return json.loads(site.manage("shell", "--no-imports", "-v0", "-c", code).stdout)


class Saving:
    """Three people who save new events without a pause; `acknowledged` are those whose redirect
    came."""

    def __init__(self, site):
        self.acknowledged, self.tried, self.other, self.end = [], [], set(), threading.Event()
        typists = [Typist(site) for _ in range(3)]
        self.threads = [
            threading.Thread(target=self.save, args=[n, typist], daemon=True)
            for n, typist in enumerate(typists)
        ]
        for thread in self.threads:
            thread.start()

    def save(self, place, typist):
        number = 0
        while not self.end.is_set():
            title, number = f"Saved {place}-{number}", number + 1
            self.tried.append(title)
            status = typist.save(title, **FIGURE)
            if status == 302:
                self.acknowledged.append(title)
            else:
                self.other.add(status)
                self.end.wait(0.1)

    def wait_for(self, number):
        until = time.monotonic() + 60
        while len(self.acknowledged) < number:
            assert time.monotonic() < until, f"{len(self.acknowledged)} saves in a minute"
            time.sleep(0.01)

    def stop(self):
        self.end.set()
        for thread in self.threads:
            thread.join()


def test_no_acknowledged_save_is_lost_when_a_worker_or_the_whole_server_is_killed(own_site):
    own_site.start()
    own_site.manage("shell", "-v0", "-c", MAKE)
    saving = Saving(own_site)
    try:
        saving.wait_for(30)
        os.kill(own_site.workers()[0], signal.SIGKILL)
        saving.wait_for(60)
        own_site.stop(signal.SIGKILL)
        own_site.start()
        saving.wait_for(100)
        own_site.stop(signal.SIGKILL)
    finally:
        saving.stop()

    there = tell(own_site)
    assert set(saving.acknowledged) <= there.keys() <= set(saving.tried)
    whole = {"versions": [True], "figures": 1, "translations": 1}
    assert [(title, event) for title, event in there.items() if event != whole] == []
    assert saving.other <= {None, 503}


@pytest.fixture
def commands(tmp_path):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "document.txt").write_bytes(document())
    map_file, text = str(tmp_path / "map.toml"), str(tmp_path / "document.txt")
    return {
        "load_content": ["load_content"],
        "import": ["import_document", text, "--map", map_file],
    }


def test_a_kill_in_the_middle_of_loading_leaves_all_as_it_was_and_the_next_one_loads(
    empty_site, commands
):
    empty_site.manage("migrate", "-v0")
    before = tell(empty_site, TABLES)
    for name, at in [("import", 4), ("import", 60), ("load_content", 300)]:
        code = DIE.format(at=at, command=commands[name])
        died = empty_site.manage("shell", "--no-imports", "-v0", "-c", code, check=False)
        assert (name, died.returncode) == (name, -signal.SIGKILL), died.stdout
        assert tell(empty_site, TABLES) == before

    assert "19 new entries" in empty_site.manage(*commands["import"]).stdout
    assert "new: 11 themes, 5 pages" in empty_site.manage(*commands["load_content"]).stdout


def test_a_kill_while_a_sheet_is_taken_over_keeps_it_whole_or_not_at_all(own_site):
    own_site.start()
    own_site.manage("shell", "-v0", "-c", MAKE)
    typist = Typist(own_site)
    rows = [NEW | {"title_en": f"Row {number}"} for number in range(80)]
    typist.post(EVENTS, {}, ("sheet.csv", as_csv(table(rows))))
    preview = f"{EVENTS}1/"
    before = tell(own_site, TABLES)

    answers = []
    sending = threading.Thread(target=lambda: answers.append(typist.send(preview, {"_save": "1"})))
    sending.start()
    time.sleep(0.6)
    own_site.stop(signal.SIGKILL)
    sending.join()

    assert answers[0][0] is None
    assert tell(own_site, TABLES) == before
    own_site.start()
    assert typist.send(preview, {"_save": "1"})[0] == 302
