"""The exported site, opened from its folder with no network: every page, link and search."""

import hashlib
import re
import subprocess
import zipfile
from html import unescape
from urllib.parse import quote, unquote

import pytest

from tests.answers import get
from tests.bilingual.test_searching import ENGLISH, MONGOLIAN, families
from tests.server import make_site
from visitors.line import RETURNING

LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"|\ssrcset="([^"]*)"')


@pytest.fixture(scope="module")
def site(ready, tmp_path_factory):
    """A site with its first content, which no other test has changed."""
    site = make_site(tmp_path_factory.mktemp("exporting"), like=ready).start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def exported(site, tmp_path_factory):
    """The folder of the site's export."""
    folder = tmp_path_factory.mktemp("export") / "site"
    site.manage("export_site", str(folder))
    return folder


@pytest.fixture
def offline(browser, exported):
    """A page of a browser without network that fails the test over any request but for files."""
    context = browser.new_context(offline=True)
    page, wrong = context.new_page(), []
    page.on("request", lambda asked: is_file(asked.url) or wrong.append(asked.url))
    page.on("requestfailed", lambda asked: wrong.append(asked.url))
    page.on("console", lambda told: told.type == "error" and wrong.append(told.text))
    # Between files there are no transitions, and Chromium calls that an error
    page.on("pageerror", lambda error: "Transition" in str(error) or wrong.append(str(error)))
    yield page
    assert context.cookies() == []
    context.close()
    assert wrong == []


def is_file(url):
    return url.startswith(("file:", "data:"))


def address(folder, name, query=""):
    return f"{(folder / name).as_uri()}{query}"


def pages_of(folder):
    return {file: file.read_text() for file in folder.rglob("*.html")}


def test_every_link_leads_to_a_file_and_every_fragment_to_its_place(exported):
    pages, dead = pages_of(exported), []
    for file, page in pages.items():
        for plain, sources in LINK.findall(page):
            for link in [plain] if plain else [source.split()[0] for source in sources.split(",")]:
                if re.match(r"https?:|mailto:|data:", link):
                    continue
                path, _sign, fragment = unquote(unescape(link)).partition("#")
                target = (file.parent / path).resolve() if path else file
                if not target.is_file() or (fragment and f'id="{fragment}"' not in pages[target]):
                    dead.append((file.relative_to(exported).as_posix(), link))

    assert len(pages) > 300
    assert dead == []


@pytest.mark.parametrize(
    "path",
    ["/en/", "/mn/", "/mn/history/all/", "/en/history/1964/", "/en/sections/mongolia/2015/"],
)
def test_a_page_says_word_for_word_what_the_site_says(exported, site, path):
    there = get(site.url + path, {"Cookie": RETURNING}).text
    here = (exported / path.strip("/") / "index.html").read_text()

    assert words(here) == words(there)


def words(page):
    # The total may have grown since
    shown = re.sub(r"<b>[\d,]+</b> (visitors|)", "", page)
    return unescape(re.sub(r"<[^>]*>", " ", shown)).split()


def test_checksums_name_every_file_and_the_zip_has_them_all(exported):
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=exported, check=False
    )
    files = {
        file.relative_to(exported).as_posix() for file in exported.rglob("*") if file.is_file()
    }
    listed = {line.split("  ")[1] for line in (exported / "SHA256SUMS").read_text().splitlines()}

    assert checked.returncode == 0
    assert listed == files - {"SHA256SUMS"}
    with zipfile.ZipFile(exported.with_suffix(".zip")) as archive:
        assert {name.removeprefix("site/") for name in archive.namelist()} == files
        assert archive.testzip() is None


def test_without_pictures_it_fits_where_three_megabytes_do(site, tmp_path):
    site.manage("export_site", str(tmp_path / "light"), "--without-pictures")

    assert (tmp_path / "light.zip").stat().st_size < 3_000_000
    assert "<img" not in (tmp_path / "light" / "en" / "campaigns" / "index.html").read_text()


def test_a_folder_with_other_files_is_refused_and_an_export_is_replaced(site, exported, tmp_path):
    (tmp_path / "letters.txt").write_text("Dear friend")
    (exported / "old.html").write_text("An old page")

    refused = site.manage("export_site", str(tmp_path), check=False)
    site.manage("export_site", str(exported))

    assert "has other files. Name an empty folder, or a new one." in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letters.txt"]
    assert not (exported / "old.html").exists()


def test_a_link_that_leads_nowhere_is_named_and_the_rest_is_written(own_site, tmp_path):
    dead = '<p><a href="/en/nowhere/">Nowhere</a></p>'
    pages = "from editorial.models import Page; Page.objects.filter(slug='about')"
    code = f"{pages}.update(body_en={dead!r})"
    own_site.manage("shell", "-v0", "-c", code)

    said = own_site.manage("export_site", str(tmp_path / "site")).stdout

    assert "pages lead to addresses that are not there: /en/nowhere/." in " ".join(said.split())
    assert (tmp_path / "site" / "mn" / "history" / "all" / "index.html").exists()


def test_the_same_content_makes_the_same_file(site, exported, tmp_path):
    site.manage("export_site", str(tmp_path / "site"))

    digests = [
        hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
        for folder in (exported, tmp_path / "site")
    ]
    assert digests[0] == digests[1]


def test_pages_open_from_the_folder_and_lead_to_each_other(exported, offline):
    offline.goto(address(exported, "index.html"))
    offline.click("text=Монгол")
    offline.click(".site-nav a >> nth=0")
    offline.click(".decade >> nth=0")
    offline.click(".lang-switch a")

    assert offline.url == address(exported, "en/history/1960s/index.html")
    assert offline.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") != ""
    assert offline.evaluate("document.fonts.check('1em Text')")


def test_a_year_that_is_typed_is_opened(exported, offline):
    offline.goto(address(exported, "en/history/1960s/index.html"))
    offline.keyboard.press("Tab")
    offline.keyboard.type("77")
    offline.keyboard.press("Enter")
    offline.wait_for_url(address(exported, "en/history/1977/index.html"))


QUERIES = {
    "en": [family[-1] for family in families(ENGLISH)]
    + ["torture prisoners", "death zzz", "zzz", "1961", "hunii erkh", "the", "Amnesty’s letters"],
    "mn": [family[-1] for family in families(MONGOLIAN)]
    + ["hunii erkh", "surguuli", "xvn", "хvний", "НҮБ-ын тунхаглал", "torture", "ө", "ёс зүй"],
}


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_search_finds_what_the_site_finds_in_the_same_order(exported, offline, site, language):
    offline.goto(address(exported, f"{language}/search/index.html"))

    for query in QUERIES[language]:
        page = get(f"{site.url}/{language}/search/?q={quote(query)}").text
        wanted = re.findall(r'<h2><a href="/([^"#]*)', page)
        found = offline.evaluate("(query) => siteSearch.find(query).found", query)
        assert [name.partition("index.html")[0] for name, *_rest in found[:20]] == wanted, query


def test_results_lead_to_their_place_on_a_page(exported, offline):
    offline.goto(address(exported, "mn/search/index.html"))
    offline.fill("[type=search]", "сургуульд")
    offline.keyboard.press("Enter")
    offline.wait_for_selector(".results li")
    assert "“сургуульд”" in offline.inner_text("[role=status]")

    offline.click(".results a >> nth=0")

    fragment = unquote(offline.url.partition("#")[2])
    assert not fragment or offline.locator(f'[id="{fragment}"]').is_visible()
