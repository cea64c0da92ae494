"""The handbook of the admin in a real browser: on a phone, for everybody, and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

LANGUAGES = pytest.mark.parametrize("language", ["en", "mn"])


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_axe_finds_no_fault(signed_in, language, scheme):
    page = signed_in
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/{language}/admin/handbook/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page, ".handbook").response["violations"] == []


@LANGUAGES
def test_its_pictures_load_as_they_come_into_view(signed_in, language):
    page = signed_in
    page.goto(f"/{language}/admin/handbook/")
    pictures = page.locator(".handbook img").all()
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        picture.evaluate("(img) => img.decode()")

    assert min(picture.evaluate("(img) => img.naturalWidth") for picture in pictures) > 300


def test_on_paper_it_is_the_text_alone(signed_in):
    page = signed_in
    page.goto("/en/admin/handbook/")
    page.emulate_media(media="print")

    shown = [page.locator(part).is_visible() for part in ("#header", ".breadcrumbs", "#roles")]
    assert shown == [False, False, True]
