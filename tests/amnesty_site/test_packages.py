"""Production needs few packages, and every one is locked to what was tried."""

import re

from tests.server import ROOT

MOST = 20


def packages(name):
    """The names of what a lock file installs where the site runs, and whether each has hashes."""
    lock = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in lock.splitlines() if re.match(r"[a-z]", line)]
    here = [line for line in lines if "sys_platform == 'win32'" not in line]
    return {line.partition("==")[0]: "--hash=sha256:" in line for line in here}


def test_production_installs_at_most_twenty_packages():
    assert len(packages("requirements.txt")) <= MOST


def test_every_package_is_locked_with_its_hashes():
    for lock in ROOT.glob("requirements*.txt"):
        found = packages(lock.name)
        assert found
        assert all(found.values()), lock.name
