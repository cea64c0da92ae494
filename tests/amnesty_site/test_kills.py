"""A sudden death in the middle of work: what was acknowledged is there, and nothing is there by
half."""

import json
import os
import signal
import threading
import time

from tests.amnesty_site.test_documents import document
from tests.amnesty_site.test_import_document import MAP
from tests.amnesty_site.test_uploads import MAKE
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
# Does its work and dies in the moment in which it has saved so many rows
DIE = """
import os, signal
from itertools import count
from django.db.models.signals import post_save
saved = count(1)
def die(**kwargs):
    if next(saved) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
post_save.connect(die)
{work}
"""
COMMAND = """
from django.core.management import call_command
call_command(*{})
"""
UPLOAD = """
from editorial.spreadsheets.uploads import Upload
from tests.desk import make_user
from tests.sheets import NEW, as_csv, table, uploaded
from timeline.models import TimelineEvent
rows = [NEW | {"title_en": f"Row {number}"} for number in range(30)]
Upload.objects.keep(make_user("editor"), TimelineEvent, uploaded(as_csv(table(rows))))
"""
TAKE_OVER = """
from editorial.spreadsheets.uploads import Upload
from tests.sheets import event_sheet
print(sum(row.is_new for row in Upload.objects.get().take_over(event_sheet(), True)))
"""


def run(site, code, check=True):
    return site.manage("shell", "--no-imports", "-v0", "-c", code, check=check)


def tell(site, code=TELL):
    return json.loads(run(site, code).stdout)


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


def test_a_kill_in_the_middle_leaves_all_as_it_was_and_the_next_one_goes_through(
    empty_site, tmp_path
):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "document.txt").write_bytes(document())
    text = [str(tmp_path / "document.txt"), "--map", str(tmp_path / "map.toml")]
    imports, loads = ["import_document", *text], ["load_content"]
    empty_site.manage("migrate", "-v0")
    run(empty_site, UPLOAD)
    before = tell(empty_site, TABLES)

    for work, at in [
        (COMMAND.format(imports), 4),
        (COMMAND.format(imports), 60),
        (TAKE_OVER, 70),
        (COMMAND.format(loads), 300),
    ]:
        died = run(empty_site, DIE.format(at=at, work=work), check=False)
        assert (work, died.returncode) == (work, -signal.SIGKILL), died.stderr
        assert tell(empty_site, TABLES) == before

    assert "19 new entries" in empty_site.manage(*imports).stdout
    assert run(empty_site, TAKE_OVER).stdout == "30\n"
    assert "new: 11 themes, 5 pages" in empty_site.manage(*loads).stdout
