"""The admin in a real browser, under the site's own content policy."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe


def test_an_editor_writes_formatted_text_and_a_reader_sees_it(signed_in):
    page = signed_in
    page.goto("/en/admin/timeline/timelineevent/add/")
    page.fill("#id_title_en", "A letter arrived")
    page.fill("#id_title_mn", "Захидал ирэв")
    editor = page.locator(".field-body_en .tiptap").first
    editor.click()
    page.keyboard.type("It was ")
    page.keyboard.press("Control+b")
    page.keyboard.type("short")
    page.keyboard.press("Control+b")
    page.keyboard.type(".")
    page.fill("#id_year", "1959")
    page.click("[name=_publish] >> nth=0")
    assert "was added successfully" in page.inner_text(".messagelist")

    page.goto("/en/history/1959/")
    assert page.inner_html(".event__body") == "<p>It was <strong>short</strong>.</p>"
    page.goto("/mn/history/1959/")
    assert page.inner_text(".event__title").lower() == "захидал ирэв"
    assert page.locator(".untranslated").count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_two_languages_stand_side_by_side_where_there_is_room(signed_in, width):
    page = signed_in
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/en/admin/campaigns/campaign/add/")
    english, mongolian = (page.locator(f"#id_title_{code}").bounding_box() for code in ("en", "mn"))

    assert (mongolian["y"] == english["y"]) is (width == 1440)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("path", "part"), [("timeline/timelineevent/", ".translation-status"), ("", ".first-page")]
)
def test_axe_finds_no_serious_fault_in_our_own_parts(signed_in, path, part):
    signed_in.goto(f"/en/admin/{path}")

    found = Axe().run(signed_in, part).response["violations"]

    assert found == []


@pytest.mark.parametrize(("width", "columns"), [(390, 1), (1440, 2)])
def test_the_first_page_fits_every_screen(signed_in, width, columns):
    page = signed_in
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/mn/admin/")
    page.click(".day-chart summary")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    parts = page.locator(".first-page__part, .day-chart__plot").all()
    assert len({round(part.bounding_box()["x"], -2) for part in parts}) == columns


def test_the_editor_speaks_mongolian(signed_in):
    signed_in.goto("/mn/admin/timeline/timelineevent/add/")
    signed_in.wait_for_selector(".prose-menubar__group [title]")

    said = signed_in.evaluate(
        """() => [
            ...[...document.querySelectorAll(".prose-editor [title]")].map((part) => part.title),
            ...[...document.querySelectorAll(".prose-menubar__option")].map((o) => o.innerText),
        ]"""
    )
    assert len(said) > 10
    assert [text for text in said if re.search("[A-Za-z]", text)] == []
