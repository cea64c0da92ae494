"""Prints what Lighthouse says of each kind of page, in both languages."""

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.browser import CHROMIUM
from tests.checkers import HAS_LIGHTHOUSE
from tests.checkers.lighthouse import PAGES, WHOLE, ask
from tests.server import make_site

ROUNDS = 3  # times differ from one to the next, on a busy machine much
WIDTH = 36


def main():
    if not (HAS_LIGHTHOUSE and CHROMIUM):
        sys.exit("Chromium and Node.js are needed. On Debian: apt-get install chromium nodejs")
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder) / "site").start()
        try:
            return 0 if table(site) else 1
        finally:
            site.stop()


def table(site):
    """Prints the table, a line as soon as it is known; false if something is to be mended."""
    whole = True
    heads = "".join(f"{name:>16}" for name in (*WHOLE, "performance"))
    sys.stdout.write(f"{'':<{WIDTH}}{heads}   of {ROUNDS} rounds, the median\n")
    sys.stdout.flush()
    paths = [f"/{language}{path}" for path in PAGES for language in ("en", "mn")]
    urls = [site.url + path for path in paths for _ in range(ROUNDS)]
    seen = []
    for report in ask(urls, (*WHOLE, "performance")):
        seen.append(report)
        if len(seen) == ROUNDS:
            whole &= tell(report["url"].removeprefix(site.url), seen)
            seen = []
    return whole


def tell(path, seen):
    """Prints a line of the table and what is to be mended on that page; true if it is nothing."""
    scores = [median(report["scores"][name] for report in seen) for name in (*WHOLE, "performance")]
    rounds = ", ".join(str(report["scores"]["performance"]) for report in seen)
    sys.stdout.write(f"{path:<{WIDTH}}{''.join(f'{score:>16}' for score in scores)}   {rounds}\n")
    faults = sorted({fault for report in seen for fault in report["faults"]})
    sys.stdout.writelines(f"    {fault}\n" for fault in faults)
    sys.stdout.flush()
    return scores[: len(WHOLE)] == [100] * len(WHOLE)


if __name__ == "__main__":
    sys.exit(main())
