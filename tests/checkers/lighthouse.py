"""Lighthouse, asked about many pages by one process of Node.js with one Chromium."""

import json
import os
import subprocess
from pathlib import Path

from tests.browser import CHROMIUM
from tests.checkers import FOLDER

SCRIPT = Path(__file__).with_suffix(".mjs")
WHOLE = ("accessibility", "best-practices", "seo")  # a hundred on every machine
PAGES = [
    "/",
    "/history/",
    "/history/1960s/",
    "/history/1964/",
    "/history/all/",
    "/campaigns/panic-button/",
    "/sections/mongolia/",
    "/sections/mongolia/2015/",
    "/privacy/",
]


def ask(urls, categories):
    """For each page, as soon as it is known: its `url`, `scores` by category, and `faults`."""
    with SCRIPT.open() as script:
        # Read from its input, it finds its packages in the folder it is started in
        process = subprocess.Popen(
            ["node", "--input-type=module", "-", ",".join(categories), *urls],
            cwd=FOLDER,
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            stdin=script,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    with process:
        yield from map(json.loads, process.stdout)
    if process.returncode:
        raise RuntimeError("Lighthouse ended early; run script/lighthouse to see more")
