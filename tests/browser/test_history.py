"""The history in a real browser: by keys, filtered in place, and in the order of its headings."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_pages import PAGES

FOCUSED = "document.activeElement.textContent.trim()"
CURRENT = ".year-index [aria-current=location]"
FILTERED = "/history/1970s/?theme=torture"


def shown_years(page):
    return [text.strip() for text in page.locator(".year__num").all_inner_texts()]


@pytest.mark.parametrize("top", ["", "1960s/", "1975/", "all/"])
@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_four_keys_lead_to_any_year(browser, site, script, language, top):
    context = browser.new_context(java_script_enabled=script, base_url=site.url)
    page = context.new_page()
    for year in ("1961", "1987", "2001", "2013"):
        page.goto(f"/{language}/history/{top}")
        for key in ("Tab", year[2], year[3], "Enter"):
            page.keyboard.press(key)
        page.wait_for_url(f"**/{language}/history/{year}/")

        assert page.locator("h1").inner_text() == year
    context.close()


def test_the_field_for_a_year_is_seen_only_when_it_has_the_focus(page):
    page.goto("/en/history/")
    assert page.locator(".year-jump").bounding_box()["y"] < -40

    page.keyboard.press("Tab")
    assert page.locator(".year-jump").bounding_box()["y"] == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".year-jump").bounding_box()["y"] < -40


@pytest.mark.parametrize("path", [*PAGES, FILTERED])
@pytest.mark.parametrize("language", ["en", "mn"])
def test_headings_leave_out_no_level(page, language, path):
    page.goto(f"/{language}{path}")
    headings = page.locator("h1, h2, h3, h4, h5, h6")
    levels = headings.evaluate_all("all => all.map(heading => Number(heading.tagName[1]))")

    assert (levels[0], levels.count(1)) == (1, 1)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_a_decade_holds_years_and_a_year_events(page):
    page.goto("/en/history/1960s/")
    outline = page.locator("h1, .year__num, .event__title")
    levels = outline.evaluate_all("all => all.map(heading => heading.tagName)")

    assert levels[:3] == ["H1", "H2", "H3"]
    assert set(levels[1:]) == {"H2", "H3"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_filtered_page_is_as_accessible_as_the_whole(page, language, scheme):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/{language}{FILTERED}")
    page.keyboard.press("Tab")

    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for chip in page.locator(".chip").all():
        assert chip.bounding_box()["height"] >= 24


def test_a_theme_is_chosen_without_script(browser, site):
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    page.goto("/en/history/1970s/")
    page.click(".chip:has-text('Torture')")

    assert page.url.endswith(FILTERED)
    assert shown_years(page) == ["1972", "1973", "1974", "1975"]
    context.close()


def test_a_theme_is_chosen_in_place_and_taken_back(page):
    page.goto("/en/history/1970s/")
    whole = shown_years(page)
    page.evaluate("window.stayed = true")
    page.focus(".chip:has-text('Torture')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip[aria-current]:has-text('Torture')")

    assert page.url.endswith(FILTERED)
    assert shown_years(page) == ["1972", "1973", "1974", "1975"]
    assert page.locator(".filter [role=status]").inner_text() == "Events shown: 4 of 18"
    assert page.evaluate(FOCUSED) == page.text_content(".chip[aria-current=true]") == "Torture 4"
    assert page.locator(".year-index [aria-disabled]").count() == 6
    assert page.get_attribute(".lang-switch a", "href").endswith("/mn" + FILTERED)

    page.go_back()
    page.wait_for_selector(".chip[aria-current]:has-text('All 18')")
    assert shown_years(page) == whole
    page.go_forward()
    page.wait_for_selector(".chip[aria-current]:has-text('Torture')")
    assert shown_years(page) == ["1972", "1973", "1974", "1975"]
    assert page.evaluate("window.stayed")


def test_a_theme_is_loaded_as_a_page_where_it_cannot_be_fetched(page):
    page.goto("/en/history/1970s/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no line')) }")
    page.click(".chip:has-text('Torture')")
    page.wait_for_url("**?theme=torture")

    assert page.evaluate("window.fetch.name") == "fetch"
    assert shown_years(page) == ["1972", "1973", "1974", "1975"]


@pytest.mark.parametrize("path", ["/history/1970s/", FILTERED])
def test_the_year_in_view_is_marked(page, path):
    page.goto(f"/en{path}")
    for year in ("1973", "1975", "1972"):
        page.evaluate(f"document.getElementById('y{year}').scrollIntoView()")
        page.wait_for_selector(f"{CURRENT}[href='#y{year}']")
        assert page.locator(CURRENT).count() == 1


def test_the_arrow_keys_move_between_the_years_of_the_index(page):
    page.goto("/en" + FILTERED)
    page.focus(".year-index a[href='#y1972']")
    for key, year in [("ArrowLeft", "1972"), ("ArrowRight", "1973"), ("ArrowRight", "1974")]:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.hash") == f"#y{year}"

    page.keyboard.press("Enter")
    page.wait_for_selector("#h1974:focus")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#h1975:focus")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#h1974:focus")
    assert page.url.endswith("#y1974")


def test_the_arrow_keys_are_left_alone_everywhere_else(page):
    page.goto("/en/history/1970s/")
    page.focus(".chip")
    page.keyboard.press("ArrowRight")
    page.focus("#year-jump")
    page.keyboard.type("75")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("1")
    page.focus(".year-index a[href='#y1972']")
    page.keyboard.press("Shift+ArrowRight")

    assert page.input_value("#year-jump") == "715"
    assert page.evaluate("document.activeElement.hash") == "#y1972"
    assert "#" not in page.url
