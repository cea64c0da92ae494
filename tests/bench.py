"""What a page costs, measured on the real server. Run by `script/bench`; no test asserts it.

Ratios are those of CPU time of the whole server within one run, in rounds that alternate with a
bare server which hands out the same bytes, so that they hold on a busy machine too.
"""

import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from urllib.parse import quote

from amnesty_site import server
from tests.answers import get
from tests.hostile_queries import HOSTILE
from tests.load import BareServer, cpu_seconds, load, load_exactly, memory
from tests.postgres import find_binaries, running_server
from tests.server import Site

PAGE = "/en/history/all/"
ROUNDS = 15  # many and short: the median leaves out what else the machine did
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120 Mobile",
    "Accept-Encoding": "gzip, deflate, br",
}
RETURNING = {**BROWSER, "Cookie": "seen=1"}
TITLES = ("A newspaper appeal started a movement", "Governments could use the golden rule")
READ = 500  # characters of a query, more than the search reads; an argument has its limits
FRESH = {"/en/history/all/": 15, "/mn/history/2000s/": 4, "/en/history/1987/": 4}
# Before each time: an event that the page shows changes, or the process has kept nothing of it
CHANGE = """
events = TimelineEvent.objects.filter(year__in=[1987, 2001], order=0)
events.update(title_en=f"Changed {number}", title_mn=f"Өөрчлөгдсөн {number}")
"""
FORGET = "parts.forget()"

# Renders pages in a process of its own; prints milliseconds of CPU for each
RENDER = """
import time
from amnesty_site.wsgi import django_application as application
from bilingual.templatetags.keeping import parts
from tests.reader import make_environ
from timeline.models import TimelineEvent
def render(path):
    response = application(make_environ("GET", path) | {"HTTP_HOST": "localhost"}, print_nothing)
    assert response.status_code == 200, path
    response.close()
def print_nothing(*start):
    pass
for path in PATHS:
    for _ in range(min(TIMES, 3)):
        render(path)
    times = []
    for number in range(TIMES):
        exec(BEFORE)
        began = time.process_time()
        render(path)
        times.append(time.process_time() - began)
    print("ms", sorted(times)[len(times) // 2] * 1000)
"""
FILL = """
from django.utils import timezone
from timeline.models import TimelineEvent
TimelineEvent.objects.all().delete()
text = "<p>" + "What happened, in as many words as an event usually has on this site. " * 6 + "</p>"
TimelineEvent.objects.bulk_create([
    TimelineEvent(year=1961 + n % 53, slug=f"event-{n}", order=n, title_en=f"Event {n}",
        title_mn=f"Үйл явдал {n}", body_en=text, body_mn=text, published_at=timezone.now())
    for n in range(COUNT)
], batch_size=500)
"""
COUNT = "from visitors.models import VisitorCount as V; print('count', V.objects.total())"


def say(text):
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<70}\r")


def shell(site, code, **names):
    """What a piece of code prints in a process of that site's own."""
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    return site.manage("shell", "--no-imports", "-c", given + code).stdout


def count(site):
    return int(shell(site, COUNT).split()[-1])


def warm_up(site):
    """Has every worker keep the page in its smallest form; the page is right, and the count."""
    page = get(site.url + PAGE, RETURNING).text
    for title in TITLES:
        if title not in page:
            raise RuntimeError(f"{PAGE} lacks “{title}”.")
    site.finish(PAGE)
    before = count(site)
    visits = load_exactly(400, site.url + PAGE, BROWSER)
    if count(site) - before != visits:
        raise RuntimeError(f"{visits} visits counted as {count(site) - before}.")


def measure(cases):
    """Microseconds of CPU a request, by case: the median of rounds that alternate."""
    spent = {name: [] for name, *_ in cases}
    for number in range(ROUNDS):
        for name, leader, *request in cases:
            say(f"Round {number + 1} of {ROUNDS}: {name}")
            before = cpu_seconds(leader)
            requests = load(*request)
            spent[name].append((cpu_seconds(leader) - before) / requests * 1e6)
    return {name: median(values) for name, values in spent.items()}


def requests(site, engine, folder, stack):
    """Rows for what is handed out: the bare server, a returning reader, a 304, a new visitor."""
    warm_up(site)
    page, leader, url = get(site.url + PAGE, RETURNING), site.process.pid, site.url + PAGE
    bare = BareServer(folder, page.body)
    stack.callback(bare.stop)
    known = {**RETURNING, "If-None-Match": page.headers["ETag"]}
    result = measure(
        [
            ("bare", bare.process.pid, bare.url, RETURNING, 200),
            ("returning", leader, url, RETURNING, 200),
            ("304", leader, url, known, 304),
            ("new", leader, url, BROWSER, 200),
        ]
    )
    rows = {
        "stored page, returning reader, brotli": ("returning", 1.5),
        "stored page, 304": ("304", 1.0),
        f"stored page, new visitor, {engine}": ("new", 4),
    }
    yield f"bare server, the same {len(page.body):,} bytes", f"{result['bare']:,.0f} µs", ""
    for name, (case, most) in rows.items():
        ratio = result[case] / result["bare"]
        yield name, f"{result[case]:,.0f} µs = {ratio:.2f} ×", f"{most} ×"
    yield "memory, two workers, after load", f"{memory(leader) / 1e6:,.0f} MB", "150 MB"


def renderings(site):
    """Rows for pages rendered afresh."""
    say("Rendering pages afresh")
    for before, name in {CHANGE: "made anew after a change", FORGET: "the first time"}.items():
        printed = shell(site, RENDER, PATHS=list(FRESH), TIMES=40, BEFORE=before)
        for path, ms in zip(FRESH, re.findall(r"ms ([\d.]+)", printed), strict=True):
            most = f"{FRESH[path]} ms" if before == CHANGE else ""
            yield f"{path}, {name}", f"{float(ms):.1f} ms", most


def growth(site):
    """The row for what an event costs on a page of very many."""
    costs = {}
    for number in (130, 13_000):
        say(f"Rendering {number:,} events")
        shell(site, FILL, COUNT=number)
        times = 20 if number < 1000 else 3
        printed = shell(site, RENDER, PATHS=[PAGE], TIMES=times, BEFORE=FORGET)
        costs[number] = float(printed.split()[-1]) / number
    ratio = costs[13_000] / costs[130]
    yield f"{PAGE}, 13,000 events against 130, per event", f"{ratio:.2f} ×", "1.2 ×"


def searching(site):
    """The row for queries that people send to see what breaks, among the very many events."""
    say("Searching")
    site.manage("migrate", "--verbosity=0")  # notes the words of what came past the models
    paths = [
        f"/{language}/search/?q={quote(query[:READ])}"
        for query in HOSTILE
        for language in ("en", "mn")
    ]
    printed = shell(site, RENDER, PATHS=paths, TIMES=1, BEFORE="")
    longest = max(map(float, re.findall(r"ms ([\d.]+)", printed)))
    yield f"search among 13,000 events, longest of {len(paths)}", f"{longest:.0f} ms", "200 ms"


def publishing(site):
    """The row for the time until every worker shows a change: the longest of ten."""
    longest = 0
    for number in range(10):
        say(f"Publishing {number + 1} of 10")
        title = f"Changed {number} {time.time()}"
        code = (
            "import time\n"
            "from timeline.models import TimelineEvent as E\n"
            f"E.objects.filter(year=1987).update(title_en={title!r})\n"
            "print('at', time.time())"
        )
        changed = float(shell(site, code).split()[-1])
        in_a_row, since = 0, None
        while in_a_row < 20:
            page = get(f"{site.url}/en/history/1987/", RETURNING)
            in_a_row = in_a_row + 1 if title in page.text else 0
            since = time.time() if in_a_row < 2 else since
        longest = max(longest, since - changed)
    yield "publishing to visible on all workers, longest of 10", f"{longest:.2f} s", "1 s"


def starting(site):
    """Rows for the time from the start of the server to the first stored page: medians of five."""
    times = {}
    alone = server.command("amnesty_site.wsgi:application", "127.0.0.1", site.port)
    for name, command in {"the server": alone, "serve": None}.items():
        taken = []
        for number in range(5):
            say(f"Starting {name}, {number + 1} of 5")
            site.stop()
            began = time.monotonic()
            site.start(PAGE, command)
            taken.append(time.monotonic() - began)
        times[name] = median(taken)
    yield "cold start of the server to a first stored page", f"{times['the server']:.2f} s", "0.5 s"
    yield "the same with everything `serve` checks before", f"{times['serve']:.2f} s", ""


def tell(rows):
    for name, measured, most in rows:
        say("")
        most = f"at most {most}" if most else ""
        sys.stdout.write(f"{name:<58} {measured:>20} {most:>16}\n")
        sys.stdout.flush()


def main():
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        folder = Path(folder)
        site = Site(folder, f"sqlite:///{folder}/db.sqlite3").start()
        stack.callback(site.stop)
        sys.stdout.write(f"{PAGE} and others, CPU time unless it says otherwise\n\n")
        tell(requests(site, "SQLite", folder, stack))
        for part in (renderings, publishing, starting, growth, searching):
            tell(part(site))
        if find_binaries():
            postgres = stack.enter_context(running_server())
            (folder / "postgres").mkdir()
            site = Site(folder / "postgres", postgres.url).start()
            stack.callback(site.stop)
            rows = requests(site, "PostgreSQL", folder, stack)
            tell(row for row in rows if "new" in row[0])


if __name__ == "__main__":
    main()
