"""Public pages in a real browser: for eyes, ears, keys, small screens, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/",
    "/history/",
    "/history/1960s/",
    "/history/1964/",
    "/history/1961/first-candle/cite/",
    "/history/1964/embed/",
    "/history/2000s/embed/",
    "/history/all/",
    "/history/on/12-10/",
    "/campaigns/",
    "/campaigns/panic-button/",
    "/sections/mongolia/",
    "/sections/mongolia/2015/",
    "/themes/torture/",
    "/privacy/",
    "/search/?q=torture",
    "/data/",
    "/nothing/",
]
SMALL, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page, path, language, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/{language}{path}")

    found = Axe().run(page).response["violations"]

    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_phone(page, path, language):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/{language}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone_with_text_twice_as_large(page, path, language):
    page.set_viewport_size(SMALL)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.goto(f"/{language}{path}")
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    page.evaluate("document.fonts.ready.then(() => null)")  # else another one is measured

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]


@pytest.mark.parametrize(
    "current",
    [
        ".site-nav [aria-current] span",
        ".decade-nav [aria-current=page]",
        ".chip[aria-current]",
        ".lang-switch__on",
    ],
)
def test_what_is_current_is_framed_where_the_reader_chooses_the_colours(page, current):
    page.emulate_media(forced_colors="active")
    page.goto("/en/history/1960s/")

    outline = page.locator(current).evaluate("(part) => getComputedStyle(part).outlineStyle")
    assert outline == "solid"


def test_the_first_key_leads_past_the_menu(page):
    page.goto("/en/campaigns/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_switch_stays_on_the_page(page):
    page.goto("/en/history/1964/")
    page.click(".lang-switch a")

    assert page.url.endswith("/mn/history/1964/")
    assert page.locator("html").get_attribute("lang") == "mn"


def test_a_reader_without_script_reads_everything(browser, site):
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    page.goto("/en/")
    page.click("text=Read the history")
    page.click("text=1973")
    page.click("text=Next year")

    assert page.url.endswith("/en/history/1974/")
    assert "Seán MacBride" in page.inner_text("main")
    context.close()


def test_a_reader_is_welcomed_once_and_then_sees_the_total(page):
    page.goto("/en/")
    assert page.inner_text(".visitor").startswith("You are the ")
    page.click("text=Read the history")
    assert page.inner_text(".visitor").endswith(" visitors so far")


def test_a_reader_who_refuses_cookies_is_counted_on_the_first_page_alone(page, context):
    page.goto("/en/")
    context.clear_cookies()
    page.click("text=Read the history")

    assert page.inner_text(".visitor").endswith(" visitors so far")


def test_print_leaves_out_what_paper_cannot_use(page):
    page.goto("/en/history/1960s/")
    page.emulate_media(media="print")

    assert not page.locator(".site-nav").is_visible()
    assert page.locator(".visitor").is_visible()


@pytest.mark.parametrize("path", ["/", "/campaigns/", "/campaigns/panic-button/"])
def test_a_reader_who_saves_data_gets_no_pictures(page, path):
    pictures = []
    page.on(
        "request", lambda request: pictures.append(request.url) if is_drawing(request) else None
    )
    page.set_extra_http_headers({"Save-Data": "on"})
    page.goto(f"/en{path}", wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")

    assert pictures == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def is_drawing(request):
    return "/drawings/" in request.url or "/media/" in request.url
