"""Checkers of what is finished, which come from npm; `script/checkers` fetches them.

`python -m tests.checkers`, run by `script/lighthouse`, prints what Lighthouse says of each page.
"""

import shutil

from tests.server import ROOT

FOLDER = ROOT / ".venv" / "checkers"
VNU = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HAS_VNU = VNU.exists() and shutil.which("java")
HAS_LIGHTHOUSE = (FOLDER / "node_modules" / "lighthouse").exists() and shutil.which("node")
SITEMAP_SCHEMA = FOLDER / "node_modules" / "sitemap" / "schema" / "sitemap.xsd"
