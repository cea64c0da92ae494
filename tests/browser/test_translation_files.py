"""A translator takes a file and gives it back, in a real browser and on a phone."""

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("mn", 390)])
def test_a_file_goes_out_and_comes_back_by_keyboard(signed_in, tmp_path, language, width):
    page = signed_in
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/{language}/admin/editorial/translation/")
    page.click(".object-tools a[href$='/files/']")
    page.select_option("#id_subject", "editorial.theme")
    with page.expect_download() as started:
        page.press("form[method=get] [type=submit]", "Enter")
    file = tmp_path / "themes.po"
    started.value.save_as(file)
    po = polib.pofile(str(file))
    po[0].msgstr = "Theme"
    po.save()

    page.set_input_files("#id_file", file)
    page.press("form[method=post][enctype] [type=submit]", "Enter")

    page.wait_for_selector(".translation-files__report")
    counts = page.locator(".translation-files__report > ul > li").all_inner_texts()
    assert [text.split()[0] for text in counts] == ["0", str(len(po) - 1), "1"]
    assert page.locator(".translation-files__refused li").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Without what it loads itself, against the content policy
    found = Axe().run(page, "#content-main", {"preload": False}).response["violations"]
    assert found == []
