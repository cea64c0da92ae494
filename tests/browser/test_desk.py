"""The work of the desk, done as each role does it, end to end, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.desk import PASSWORD

ROLES = ["editor", "translator", "publisher"]
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
MAKE = (
    "from tests.desk import make_user\n"
    "from django.contrib.auth.models import User\n"
    "for role in {roles}:\n"
    "    User.objects.filter(username=role).exists() or make_user(role, name=role)\n"
)


@pytest.fixture(scope="session")
def people(site):
    """On the running site, somebody in each role, named after it."""
    site.manage("shell", "-v0", "-c", MAKE.format(roles=ROLES))


@pytest.fixture
def become(page, people):
    """Signs somebody else in: `become("editor", PHONE)`."""

    def become(role, size=SCREEN):
        sign_out(page)
        page.set_viewport_size(size)
        page.goto("/en/admin/login/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    return become


def sign_out(page):
    page.goto("about:blank")  # else what the last page still loads would find nobody signed in
    page.context.clear_cookies()


def told(page):
    return page.inner_text(".messagelist")


def write(page, field, text):
    """Types into a rich text editor."""
    page.locator(f"{field} .tiptap").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_entry_goes_from_an_editor_by_a_translator_and_a_publisher_to_a_reader(become, page):
    become("editor")
    page.goto("/en/admin/timeline/timelineevent/add/")
    page.fill("#id_title_en", "A postcard arrived")
    write(page, ".field-body_en", "It came from far away.")
    page.fill("#id_year", "1958")
    page.click("[name=_hand_in] >> nth=0")
    assert "a publisher will look at it" in told(page)

    become("publisher")
    assert "A postcard arrived" in page.inner_text("[aria-labelledby=waiting]")
    page.click("[aria-labelledby=waiting] a:has-text('A postcard arrived')")
    page.click("[name=_publish] >> nth=0")
    assert "Readers see it now." in told(page)

    become("translator", PHONE)
    page.goto("/mn/admin/editorial/translation/?subject=timeline.timelineevent&state=missing")
    page.click("#result_list a:has-text('A postcard arrived')")
    assert fits(page)
    assert page.locator(".translate__source").first.inner_text().count("A postcard arrived") == 1
    page.fill("#id_title_mn", "Ил захидал ирэв")
    write(page, ".field-body_mn, .translate__text:nth-of-type(2)", "Алс холоос иржээ.")
    page.click("[name=_hand_in]")
    assert "Хүлээлгэн өглөө" in told(page)

    page.goto("/mn/history/1958/")
    assert page.locator(".untranslated").count() == 1

    become("publisher")
    page.click("[aria-labelledby=waiting] a:has-text('A postcard arrived')")
    page.click("details summary")
    assert page.locator(".comparison ins").all_inner_texts() == [
        "Ил захидал ирэв",
        "Алс холоос иржээ.",
    ]
    page.click("[name=_publish] >> nth=0")

    sign_out(page)
    page.goto("/mn/history/1958/")
    assert page.inner_text(".event__title").lower() == "ил захидал ирэв"
    assert page.inner_html(".event__body") == "<p>Алс холоос иржээ.</p>"
    assert page.locator(".untranslated").count() == 0


def test_two_people_edit_one_entry_and_the_second_sees_both_texts(become, page, context):
    become("editor")
    page.goto("/en/admin/editorial/theme/1/change/")
    other = context.new_page()
    other.goto("/en/admin/editorial/theme/1/change/")
    other.fill("#id_name_en", "Prisoners of conscience")
    other.click("[name=_save] >> nth=0")

    page.fill("#id_name_en", "Prisoners everywhere")
    page.click("[name=_save] >> nth=0")

    error = page.inner_text(".field-name_en .errorlist")
    assert "editor saved something else here" in error
    assert "of conscience" in error
    assert page.input_value("#id_name_en") == "Prisoners everywhere"
    page.fill("#id_name_en", "Prisoners")
    page.click("[name=_save] >> nth=0")
    assert "was changed successfully" in told(page)


def test_the_enter_key_publishes_nothing(become, page):
    become("publisher")
    page.goto("/en/admin/editorial/theme/2/change/")
    before = page.input_value("#id_name_en")
    page.fill("#id_name_en", "Half a thought")
    page.press("#id_name_en", "Enter")
    assert "waits beside it" in told(page)
    page.goto("/en/admin/editorial/theme/2/change/")
    page.click("[name=_discard]")
    assert page.input_value("#id_name_en") == before


def test_a_version_is_compared_previewed_and_put_back(become, page):
    become("publisher")
    page.goto("/en/admin/campaigns/campaign/1/change/")
    title = page.input_value("#id_title_en")
    page.fill("#id_title_en", f"{title} today")
    page.click("[name=_publish] >> nth=0")
    page.goto("/en/admin/campaigns/campaign/1/history/")
    page.click(".versions__list li:nth-child(2) a")
    version = page.url
    page.click("text=Preview this version")
    assert page.inner_text("h1").lower() == title.lower()
    assert page.inner_text(".preview-bar").startswith("Preview")
    page.goto(version)
    page.click("text=Put this version back")
    assert page.input_value("#id_title_en") == title


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "timeline/timelineevent/1/change/",
        "timeline/timelineevent/1/history/",
        "editorial/translation/",
        "editorial/translation/1/change/",
    ],
)
def test_every_screen_fits_and_keeps_the_policy(become, page, path, size, language):
    become("publisher", size)
    page.goto(f"/{language}/admin/{path}")
    page.wait_for_load_state("networkidle")

    assert fits(page)
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("", ".first-page"),
        ("timeline/timelineevent/1/history/", "#content-main"),
        ("timeline/timelineevent/1/change/", "#content-main"),
        ("campaigns/campaign/1/change/", "#content-main"),
        ("sections/section/1/change/", "#content-main"),
        ("editorial/page/1/change/", "#content-main"),
        ("editorial/picture/add/", "#content-main"),
    ],
)
def test_axe_finds_no_serious_fault_on_the_screens_of_ours(become, page, path, part):
    become("publisher")
    page.goto(f"/en/admin/{path}")

    assert serious_faults(page, part) == []


def test_axe_finds_no_serious_fault_where_rich_text_is_translated(become, page):
    become("publisher")
    page.goto("/en/admin/editorial/translation/?subject=timeline.timelineevent")
    page.click("#result_list tbody a >> nth=0")
    page.wait_for_selector(".translate .tiptap")

    assert serious_faults(page, "#content-main") == []


def serious_faults(page, part):
    page.wait_for_load_state("networkidle")  # an editor is there by then
    # Preloading would write styles into the page, which its content policy stops
    found = Axe().run(page, part, {"preload": False}).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")]


def test_a_preview_says_what_it_is_in_both_languages(become, page):
    become("editor")
    page.goto("/en/admin/campaigns/campaign/2/change/")
    address = page.get_attribute(".preview-link", "href")
    sign_out(page)

    for language, word in (("en", "Preview"), ("mn", "Урьдчилан харах")):
        page.goto(re.sub("^/../", f"/{language}/", address))
        assert page.inner_text(".preview-bar").startswith(word)


def test_a_figure_is_written_into_an_event_and_taken_out_again(become, page):
    become("editor", PHONE)
    page.goto("/en/admin/timeline/timelineevent/add/")
    page.fill("#id_title_en", "The groups were counted")
    page.fill("#id_year", "1962")
    page.click("text=Add another Figure")
    page.select_option("#id_figures-0-kind", "groups")
    page.fill("#id_figures-0-value", "70")
    page.click("[name=_continue] >> nth=0")
    assert page.input_value("#id_figures-0-value") == "70"
    assert fits(page)

    page.click("#figures-0 .inline-deletelink")
    page.click("[name=_continue] >> nth=0")

    assert page.locator("#figures-group .dynamic-figures").count() == 0
