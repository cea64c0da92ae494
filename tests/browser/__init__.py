"""The site in a real browser, Debian's Chromium; None where there is none."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
