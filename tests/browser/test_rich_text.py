"""Rich text in a real browser: its marks, what is pasted into it, and what is said about it."""

import re

import pytest

from tests.editorial.test_pasted import CLEAN, WORD

ADD = "/en/admin/editorial/page/add/"
PASTE = """([editor, html]) => {
    const data = new DataTransfer()
    data.setData("text/html", html)
    editor.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    )
}"""


def editor_of(page, field):
    return page.locator(f".prose-editor:has(#id_{field}) .tiptap")


def stored(page, field):
    return page.input_value(f"#id_{field}")


def write_page(page, slug):
    page.goto(ADD)
    page.wait_for_selector(".field-body_mn .tiptap")
    page.fill("#id_title_en", f"Page {slug}")
    page.fill("#id_slug", slug)


def save(page):
    page.click("[name=_continue] >> nth=0")
    page.wait_for_load_state()


def set_link(page, field, address):
    """Links all of the text to `address`, in the editor's own window."""
    editor_of(page, field).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.fill("dialog input[name=href]", address)
    page.click("dialog [type=submit]")


def test_the_title_of_a_work_is_marked_and_read_in_the_marks_of_its_language(signed_in):
    page = signed_in
    write_page(page, "works")
    for field, text in [("body_en", "Animal Farm"), ("body_mn", "Амьтны ферм")]:
        editor_of(page, field).click()
        page.locator(f".prose-editor:has(#id_{field}) [data-name=cite]").click()
        page.keyboard.type(text)
    save(page)
    save(page)  # what was stored is read by the editor and stored again

    assert stored(page, "body_en") == "<p><cite>Animal Farm</cite></p>"
    assert stored(page, "body_mn") == "<p><cite>Амьтны ферм</cite></p>"
    page.click("[name=_publish] >> nth=0")
    for language in ("en", "mn"):
        page.goto(f"/{language}/works/")
        style = page.evaluate("(e) => getComputedStyle(e)", page.query_selector(".prose cite"))
        assert [style["quotes"][:7], style["fontStyle"]] == ['"“" "”"', "normal"]


def test_the_button_for_titles_says_in_mongolian_what_it_does(signed_in):
    signed_in.goto("/mn/admin/editorial/page/add/")

    button = signed_in.locator(".prose-editor:has(#id_body_mn) [data-name=cite]")
    button.wait_for()
    assert re.fullmatch("[А-Яа-яӨөҮүЁё ]+", button.get_attribute("title"))


@pytest.mark.parametrize("field", ["body_en", "body_mn"])
def test_a_text_pasted_from_word_comes_out_clean(signed_in, field):
    page = signed_in
    write_page(page, f"pasted-{field[-2:]}")
    editor = editor_of(page, field)
    editor.click()
    page.evaluate(PASTE, [editor.element_handle(), WORD])
    save(page)

    assert re.sub(r"\s*\n\s*", "", stored(page, field)) == CLEAN.replace(
        "<ol>", '<ol data-type="decimal">'
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "htp://amnesty.org", "www.amnesty.org"])
def test_a_bad_link_is_told_beside_the_text_and_nothing_is_lost(signed_in, address):
    page = signed_in
    write_page(page, "bad-link")
    editor_of(page, "body_en").click()
    page.keyboard.type("Here")
    set_link(page, "body_en", address)
    save(page)

    assert page.inner_text(".field-body_en .errorlist").startswith(f"“{address}” ")
    assert page.input_value("#id_title_en") == "Page bad-link"
    assert f'href="{address}"' in stored(page, "body_en")
    assert editor_of(page, "body_en").inner_text() == "Here"


def test_three_megabytes_are_told_beside_the_text_and_nothing_is_lost(signed_in):
    page = signed_in
    write_page(page, "long")
    text = "Хүний эрх." * 160_000  # 3 MB, and 8 MB in the form
    page.evaluate("([id, text]) => document.getElementById(id).value = text", ["id_body_mn", text])
    save(page)

    assert page.inner_text(".field-body_mn .errorlist").startswith(
        "This text has 1,600,000 characters, and 100,000 is the most."
    )
    assert page.input_value("#id_title_en") == "Page long"
    assert stored(page, "body_mn") == text
