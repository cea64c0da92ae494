"""The stylesheet holds what the pages use, and no more."""

import re
import shutil

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

CSS = settings.BASE_DIR / "static" / "css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"[^"]*"')
CLASS = re.compile(r"\.(-?[a-z_][\w-]*)", re.IGNORECASE)
IMPORTED = re.findall(r'@import url\("([^"]+)"\);', (CSS / "site.css").read_text())
BY_ITSELF = {"embed.css"}  # of a page that stands in a frame, and weighs little
OF_THE_ADMIN = {
    "admin-pictures.css",
    "admin-desk.css",
    "admin-handbook.css",
    "admin.css",
    "admin-index.css",
    "admin-second-factor.css",
    "sheets.css",
}


def defined():
    """Classes that the public stylesheet has rules for."""
    found = set()
    for name in IMPORTED:
        rules = STRING.sub("", COMMENT.sub("", (CSS / name).read_text()))
        selectors = re.findall(r"([^{};]+)\{", rules)
        found |= {name for selector in selectors for name in CLASS.findall(selector)}
    return found


def named_in_markup():
    """Words of the templates, of the code that makes markup, and of the script."""
    files = [
        *(settings.BASE_DIR / "templates").rglob("*.html"),
        *(settings.BASE_DIR / "static" / "js").glob("*.js"),
        *(path for path in settings.BASE_DIR.glob("*/*.py") if "tests" not in path.parts),
    ]
    words = set()
    for file in files:
        words |= set(re.findall(r"-?[a-zA-Z_][\w-]*", file.read_text()))
    themes = yaml.safe_load((settings.BASE_DIR / "content" / "themes.yaml").read_text())
    return words | {f"theme--{theme['slug']}" for theme in themes}


def test_every_class_of_the_stylesheet_is_used():
    assert sorted(defined() - named_in_markup()) == []


def test_every_brace_is_closed():
    texts = {path.name: COMMENT.sub("", path.read_text()) for path in CSS.glob("*.css")}

    assert [name for name, text in texts.items() if text.count("{") != text.count("}")] == []


def test_every_file_is_a_part_of_the_stylesheet():
    files = {path.name for path in CSS.glob("*.css")}

    assert sorted(files - set(IMPORTED) - OF_THE_ADMIN - BY_ITSELF) == ["site.css"]


@pytest.fixture
def collect(tmp_path, settings):
    """Collects the static files of a copy of ours; `source` is the folder to change them in."""
    source = tmp_path / "source"
    shutil.copytree(settings.BASE_DIR / "static", source)
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "amnesty_site.static_files.SiteStorage"}
    }

    def collect():
        call_command("collectstatic", interactive=False, verbosity=0)
        return (settings.STATIC_ROOT / staticfiles_storage.stored_name("css/site.css")).read_text()

    collect.source = source
    return collect


def test_readers_get_the_stylesheet_in_one_piece(collect):
    whole = collect()

    assert "@import" not in whole
    assert "/*" not in whole
    assert ".site-footer{" in whole.replace(" ", "")
    assert re.search(r'url\("?\.\./fonts/literata-text\.subset\.\w+\.woff2', whole)


def test_a_changed_style_reaches_readers_of_a_site_that_ran_before(collect):
    collect()
    part = collect.source / "css" / "header.css"
    part.write_text(part.read_text() + "\n.wordmark { color: rebeccapurple; }\n")

    assert "rebeccapurple" in collect()
