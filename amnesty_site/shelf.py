"""Where finished pages are kept: in memory, and on disk, where all processes of a machine share
them and a restart finds them again."""

import contextlib
import fcntl
import shutil
import threading
import time

from django.conf import settings

from amnesty_site.files import fingerprint, write_whole
from amnesty_site.finished_page import FinishedPage

MEMORY = 24 * 1024 * 1024  # about as many bytes of pages a process holds; the rest stays on disk
MAKING = 10  # seconds, longer than any page takes; who makes it for longer hangs
LOCKS = 64  # enough that two pages rarely share one, and few whatever addresses are asked for


class Shelf:
    """The pages of one generation of the content. `pages` are those in memory, by their key.

    Once its folder is removed nothing can be written there: a page that was still being made then
    does not bring back what was withdrawn.
    """

    def __init__(self, generation, release):
        self.generation, self.pages, self.size = generation, {}, 0
        self.holding = threading.Lock()
        self.folder = settings.PAGES_ROOT / fingerprint([], release, generation)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)

    def hold(self, key, page):
        """Keeps the page in memory; those that have been there longest make room."""
        with self.holding:
            if key not in self.pages:
                self.size += page.weight
            self.pages[key] = page
            while self.size > MEMORY and len(self.pages) > 1:
                self.size -= self.pages.pop(next(iter(self.pages))).weight

    def read(self, key):
        """The page on disk, or None."""
        try:
            return FinishedPage.load(self.path(key).read_bytes())
        except (OSError, ValueError):
            return None

    def write(self, key, page):
        """Keeps the page on disk. A disk that is full keeps nobody from reading."""
        with contextlib.suppress(OSError):
            write_whole(self.path(key), page.dump())

    def path(self, key):
        return self.folder / fingerprint([], key)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove_others(self):
        """Removes what processes left that ended before they could; nothing new, which may be of
        a generation that this process has not heard of yet."""
        with contextlib.suppress(OSError):
            for folder in settings.PAGES_ROOT.iterdir():
                is_ours = folder.name in (self.folder.name, "locks") or not folder.is_dir()
                if not is_ours and folder.stat().st_mtime < time.time() - 60:
                    shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def lock(self, key):
        """Keeps every other thread and process of this machine from making the same page; for
        some seconds, as who makes it may hang."""
        folder = settings.PAGES_ROOT / "locks"
        with contextlib.ExitStack() as stack:
            # Where the disk does not allow it each makes its own
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                name = str(int(self.path(key).name, 16) % LOCKS)
                wait_for_lock(stack.enter_context((folder / name).open("w")))
            yield


def wait_for_lock(file):
    until = time.monotonic() + MAKING
    while time.monotonic() < until:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.005)


def fingerprint_release():
    """A digest that changes with whatever makes a page but the content: code, templates, texts,
    packages, static files, and the settings that pages show. The secret key signs addresses."""
    patterns = ["[!.]*/*.py", "[!.]*/*/*.py", "[!.]*/*/*/*.py", "requirements.txt"]
    patterns += ["templates/**/*.html", "[!.]*/locale*/**/*.po"]
    made_of = {path for pattern in patterns for path in settings.BASE_DIR.glob(pattern)}
    made_of |= set(settings.STATIC_ROOT.glob("staticfiles.json"))
    return fingerprint(made_of, settings.SITE_URL, settings.SECTION, settings.SECRET_KEY)
