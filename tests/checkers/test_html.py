"""Every page is HTML as its standard has it, by that standard's own checker."""

import json
import re
import subprocess
from html import unescape

import pytest

from amnesty_site import views
from tests.answers import get
from tests.checkers import HAS_VNU, VNU
from tests.desk import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not HAS_VNU,
        reason="no vnu; on Debian: apt-get install default-jre-headless npm, then script/checkers",
    ),
]

LANGUAGES = ("en", "mn")
ERRORS = [views.bad_request, views.forbidden, views.csrf_failure, views.not_found]
FAULTS = [views.server_error, views.database_gone]
# Each event has a page that says how to cite it: those of one year tell of all
ALIKE = re.compile(r"/../history/(?!1961)\d{4}/[^/]+/cite/")


def linked_pages(site):
    """Every page to which links lead from the two home pages, filtered ones, too: by address."""
    pages, met, waiting = {}, set(), [f"/{language}/" for language in LANGUAGES]
    while waiting:
        path = waiting.pop()
        if path in met or ALIKE.fullmatch(path):
            continue
        met.add(path)
        answer = get(site.url + path)
        if answer.headers["Content-Type"].startswith("text/html"):
            pages[path] = answer.text
            waiting += map(unescape, re.findall(r'<a\b[^>]* href="(/[^"#]*)', pages[path]))
    return pages


def error_pages(rf):
    for language in LANGUAGES:
        for view in (*ERRORS, *FAULTS):
            with_language = rf.get(f"/{language}/nothing/")
            yield f"{language} {view.__name__}", view(with_language).content.decode()


def handbooks():
    client = Desk("editor").client
    for language in LANGUAGES:
        path = f"/{language}/admin/handbook/"
        yield path, client.get(path).content.decode()


def faults(pages, folder):
    """What vnu says of pages: address, line and message of each fault."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        names[f"{number}.html"] = address
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    command = ["java", "-jar", VNU, "--format", "json", "--exit-zero-always", *sorted(names)]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stderr
    for found in json.loads(told)["messages"]:
        yield names[found["url"].rpartition("/")[2]], found["lastLine"], found["message"]


def test_no_page_has_a_fault(site, rf, tmp_path):
    pages = linked_pages(site)
    assert len(pages) > 150
    pages |= dict(error_pages(rf)) | dict(handbooks())

    assert list(faults(pages, tmp_path)) == []
