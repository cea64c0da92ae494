"""Every page there is, of the site and of its admin, where every text is a script: none is alive,
nothing is asked of another site, and no content policy is broken."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from editorial.spreadsheets.files import FORMULA
from tests.answers import get
from tests.browser.conftest import foreign, is_fault
from tests.editorial.roles_matrix import ADDRESSES, declaring, read
from tests.script_strings import RUN, TAGS
from tests.server import make_site

# Of the admin's addresses those that are files, or lead to another
NO_PAGES = re.compile(
    r"(.* )?(short|sheet_file|jsi18n|autocomplete|view_on_site|anything else|login)"
)
PUBLIC = [
    "/",
    "/history/",
    "/history/1960s/",
    "/history/1961/",
    "/history/1961/embed/",
    "/history/1960s/embed/",
    "/history/all/",
    "/campaigns/",
    "/campaigns/row-1/",
    "/sections/row-1/",
    "/sections/mongolia/",
    "/themes/row-1/",
    "/row-1/",
    "/loaded/",
    "/search/?q=hostile",
    "/data/",
    "/nothing/",
]
# In a page as a browser reads it: everything that is alive
ALIVE = """([html, run]) => {
    const page = html ? new DOMParser().parseFromString(html, "text/html") : document;
    const address = /^(href|src|action|formaction|xlink:href|data|poster|srcdoc|to|background)$/;
    const isAlive = ({ name, value }) =>
        name === "hostile" ||
        name.startsWith("on") ||
        (address.test(name) && /^[\\0-\\x20]*(javascript|data|vbscript):/i.test(value));
    const isData = ({ type }) => /json$|^importmap$/.test(type);
    const found = [...page.querySelectorAll("*")].filter(
        (part) =>
            [...part.attributes].some(isAlive) ||
            (part.matches("script:not([src])") && !isData(part)) ||
            // The rich text editor has a style sheet of its own, which the policy knows by its hash
            part.matches("style:not([data-tiptap-style]), base[href], math, frameset") ||
            part.matches("iframe, object, embed"),
    );
    const calculated = page.documentElement.textContent.includes(run) ? [run] : [];
    for (const part of page.querySelectorAll("script[type$=json]")) JSON.parse(part.textContent);
    return [...calculated, ...found.map((part) => part.outerHTML.slice(0, 200))];
}"""


@pytest.fixture(scope="module")
def hostile_site(ready, tmp_path_factory):
    """A site of its own, full of scripts."""
    site = make_site(tmp_path_factory.mktemp("hostile"), like=ready)
    fill = f"from tests import hostile_world as w; w.fill({str(site.data_dir / 'told.json')!r})"
    site.manage("shell", "-v0", "-c", fill)
    yield site.start()
    site.stop()


@pytest.fixture(scope="module")
def told(hostile_site):
    """What tests/hostile_world.py tells of it: finished pages, and addresses of the admin."""
    return json.loads((hostile_site.data_dir / "told.json").read_text())


@pytest.fixture
def page(browser, hostile_site, told):
    """A page of somebody who may do everything; it fails the test over what no page may do."""
    context = browser.new_context(base_url=hostile_site.url)
    context.add_cookies([{"name": "sessionid", "value": told["session"], "url": hostile_site.url}])
    page, wrong = context.new_page(), []
    page.on(
        "request", lambda request: foreign(request.url, hostile_site) and wrong.append(request.url)
    )
    page.on("console", lambda message: is_fault(message, page) and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message) or dialog.dismiss())
    yield page
    context.close()
    assert wrong == []


def alive(page, parts):
    """What is alive in pieces of HTML, by their names."""
    found = {name: page.evaluate(ALIVE, [html, RUN]) for name, html in parts.items() if html}
    return {name: what for name, what in found.items() if what}


def opened(page, path):
    """What is wrong with a page that is opened, beside what the page fixture watches."""
    answer = page.goto(path)
    wrong = page.evaluate(ALIVE, ["", RUN])
    if answer.status != (404 if path.endswith("/nothing/") else 200):
        wrong.append(answer.status)
    return wrong


def test_public_pages(page):
    paths = [f"/{language}{path}" for path in PUBLIC for language in ("en", "mn")]
    wrong = {path: opened(page, path) for path in paths}

    assert {path: what for path, what in wrong.items() if what} == {}


def is_page(name):
    """Whether the admin shows a page at this address to who may do everything."""
    cell = read(ADDRESSES)[declaring(ADDRESSES, name)]["superuser"]
    return cell.startswith("r") and not NO_PAGES.fullmatch(name)


def test_pages_of_the_admin(page, told):
    paths = {name: path for name, path in told["admin"].items() if is_page(name)}
    wrong = {name: opened(page, path.replace("/en/", "/mn/", 1)) for name, path in paths.items()}

    assert {name: what for name, what in wrong.items() if what} == {}


def test_all_that_staff_wrote(page, told):
    page.goto("/en/nothing/")

    assert len(told["html"]) > 300
    assert alive(page, told["html"]) == {}


def test_what_programs_read(page, hostile_site, told):
    page.goto("/en/nothing/")
    parts = {}
    for language in ("en", "mn"):
        feed = ElementTree.fromstring(get(f"{hostile_site.url}/{language}/feed.xml").body)
        history = json.loads(get(f"{hostile_site.url}/{language}/history.json").body)
        summaries = feed.iter("{http://www.w3.org/2005/Atom}summary")
        parts |= {f"{language} feed {n}": part.text for n, part in enumerate(summaries)}
        parts |= {f"{language} slide {n}": text for n, text in enumerate(texts_in(history))}

    assert len(parts) > 500
    assert alive(page, parts) == {}


def texts_in(data):
    """Every text in what was JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from texts_in(part)


@pytest.mark.parametrize("name", ["", "timeline.timelineevent", "sections.achievement"])
def test_no_cell_of_a_table_is_a_formula(hostile_site, told, name):
    path = told["admin"][f"{name} sheet_file"] if name else "/history.csv"
    table = get(hostile_site.url + path, {"Cookie": f"sessionid={told['session']}"}).body
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))

    assert len(rows) > 15
    assert [cell for row in rows for cell in row if FORMULA.match(cell) and cell[0] != "'"] == []


def test_the_site_as_a_folder(page, hostile_site, tmp_path):
    hostile_site.manage("export_site", str(tmp_path / "site"))
    page.goto("/en/nothing/")
    files = list((tmp_path / "site").rglob("*.html"))

    assert len(files) > 100
    assert alive(page, {str(file): file.read_text() for file in files}) == {}


def test_what_is_alive_is_seen(browser):
    page = browser.new_page()
    parts = {string: f"<p>{string}>" for string in TAGS.strip().split("\n")} | {RUN: RUN}

    assert parts.keys() - alive(page, parts) == set()
    page.close()
