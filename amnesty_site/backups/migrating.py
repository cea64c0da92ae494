"""Brings a database up to date that is not the running process's own."""

import os
import subprocess
import sys

from django.conf import settings

from amnesty_site.backups.errors import BackupError


def migrate(**surroundings):
    """Runs `migrate` with these settings; None takes one away. BackupError where it fails."""
    told = {name: value for name, value in (os.environ | surroundings).items() if value is not None}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "-v0"],
        cwd=settings.BASE_DIR,
        env=told,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise BackupError(f"A database could not be brought up to date: {last}")
