import os
import secrets

import pytest
from django.core.management import call_command
from django.utils import translation

from amnesty_site.environment import make_search_server
from editorial.search_server import state as search_server_state
from tests.browser import CHROMIUM
from tests.bucket import Store, use
from tests.postgres import find_binaries
from tests.raw import HOST
from tests.reader import Process
from tests.search_server import running_search_server
from tests.server import make_site

DONE_ON_BOTH = {"test_admin.py", "test_desk.py", "test_pictures.py"}
# Where both databases are tried side by side, the run on PostgreSQL has less to do, and takes these
TAKEN = {"checkers", "deploy", "test_every_page.py"}


@pytest.fixture(autouse=True)
def own_surroundings(settings, tmp_path):
    """No test leaves a language or a file to the next; pages need no collected static files."""
    # Half a second for each account, as is right elsewhere, would be a quarter of all tests' time
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path
    settings.PAGES_ROOT = tmp_path / "pages"
    settings.SITE_URL = "http://testserver"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with translation.override("en"):
        yield


@pytest.fixture
def process():
    """A process of the site's, with a page store of its own."""
    process = Process()
    yield process
    process.store.background.shutdown()


@pytest.fixture
def reader(process):
    """A reader of that process who has not been here before."""
    return process.reader()


@pytest.fixture(scope="session")
def ready(tmp_path_factory):
    """A site with its first content that never starts: others begin as copies of it."""
    ready = make_site(tmp_path_factory.mktemp("ready"))
    ready.manage("serve", "--prepare-only")
    return ready


@pytest.fixture(scope="session")
def site(tmp_path_factory, ready):
    """The real site, with its first content, on a server of its own. Tests only read it."""
    site = make_site(tmp_path_factory.mktemp("site"), like=ready).start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def public_site(tmp_path_factory, ready):
    """The real site as its readers have it: under a public name, behind a proxy with HTTPS, which
    tests/raw.py plays."""
    site = make_site(tmp_path_factory.mktemp("public"), like=ready)
    site.environment |= {"ALLOWED_HOSTS": HOST, "SECRET_KEY": secrets.token_urlsafe(50)}
    yield site.start()
    site.stop()


@pytest.fixture
def own_site(tmp_path, ready):
    """A site for one test alone, with its first content, not started yet."""
    own = make_site(tmp_path / "own", like=ready)
    yield own
    own.stop()


@pytest.fixture
def empty_site(tmp_path, ready):
    """A site for one test alone that has never been made ready; static files apart."""
    empty = make_site(tmp_path / "empty", static_from=ready)
    yield empty
    empty.stop()


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """A store that speaks S3, for buckets of the tests."""
    store = Store(tmp_path_factory.mktemp("store") / "log")
    yield store
    store.stop()


@pytest.fixture(params=["disk", "bucket"])
def media_storage(request, settings):
    """MEDIA_STORAGE of a test that is done with pictures on the disk, and once more in a bucket."""
    if request.param == "disk":
        return ""
    address = request.getfixturevalue("store").new_bucket()
    use(settings, address)
    return address


@pytest.fixture
def search_server(settings):
    """A search server that the running test's site has, with nothing in it."""
    with running_search_server() as server:
        settings.SEARCH_SERVER = make_search_server(server.url)
        yield server
    search_server_state["away_until"] = 0.0


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


def is_for_the_other_run(item):
    """Tests that bring a PostgreSQL of their own run once, with those on PostgreSQL. On SQLite
    alone run those that look at finished pages, which are the same bytes from both databases: the
    gate would take more than half an hour. The work at the desk is done on both."""
    folder, name = item.path.parent.name, item.path.name
    is_taken = "SIDE_BY_SIDE" in os.environ and {folder, name} & TAKEN
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        looks = folder == "browser" and name not in DONE_ON_BOTH and not is_taken
        return looks or item.get_closest_marker("sqlite")
    return is_taken or item.get_closest_marker("postgresql")


def pytest_collection_modifyitems(config, items):
    """Leaves tests to the run on the other database, and marks what this machine cannot run; the
    summary names it, with the way to get it."""
    left = [item for item in items if is_for_the_other_run(item)]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)
    if CHROMIUM:
        return
    for item in items:
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.skip(reason="no Chromium; on Debian: apt-get install chromium")
            )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """With FORBID_SKIPS set, as in .ci/run, a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("FORBID_SKIPS") and any("not ours" not in str(r.longrepr) for r in skipped):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_sessionstart():
    call_command("build_catalogues", verbosity=0)


def pytest_report_header():
    engine = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    return f"database: {engine}, PostgreSQL binaries: {find_binaries() or 'none'}"
