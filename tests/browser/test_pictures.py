"""A picture goes from a phone to a page, in a real browser."""

import io

from PIL import Image

from tests.browser.test_desk import PHONE, become, fits, people, told  # noqa: F401  fixtures


def photo():
    """A dark picture with something light at its left edge."""
    image = Image.new("RGB", (1600, 1000), "black")
    image.paste("white", (0, 300, 300, 700))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def test_a_picture_is_sent_from_a_phone_cut_where_it_matters_and_published(become, page):  # noqa: F811
    become("editor", PHONE)
    page.goto("/en/admin/editorial/picture/add/")
    page.set_input_files("#id_file", photo())
    for field, text in {"alt_en": "A lit window", "alt_mn": "Гэрэлтэй цонх"}.items():
        page.fill(f"#id_{field}", text)
    page.fill("#id_credit_en", "Photo: B. Bat")
    page.click("[name=_continue] >> nth=0")
    assert "was added successfully" in told(page)
    assert fits(page)

    frame = page.locator(".focal-point")
    box = frame.bounding_box()
    frame.click(position={"x": 0.1 * box["width"], "y": 0.5 * box["height"]})
    assert page.input_value("#id_focal_x") in ("9", "10", "11")
    page.click("[name=_save] >> nth=0")

    become("publisher", PHONE)
    page.goto("/en/admin/campaigns/campaign/3/change/")
    address = page.get_attribute(".viewsitelink", "href")
    page.select_option("#id_picture", label="A lit window")
    page.click("[name=_publish] >> nth=0")
    assert "Readers see it now." in told(page)

    page.goto(address)
    shown = page.locator(".campaign-hero__art img")
    assert shown.get_attribute("alt") == "A lit window"
    page.wait_for_function("document.querySelector('.campaign-hero__art img').complete")
    assert "-50/hero-" in shown.evaluate("(image) => image.currentSrc")
    assert shown.evaluate("(image) => image.currentSrc").endswith(".avif")
    assert "Photo: B. Bat" in page.inner_text("main")
    page.goto("/mn/campaigns/")
    card = page.locator(".campaign-card__art picture img").first
    card.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.campaign-card__art picture img').complete")
    assert card.evaluate("(image) => image.naturalWidth / image.naturalHeight") > 1.3
