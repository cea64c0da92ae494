"""What staff type stays in their browser until it is saved, and is offered when they return."""

import re

import pytest

from tests.browser.conftest import sign_in

ADD_EVENT = "/en/admin/timeline/timelineevent/add/"
SAVE = "[name=_save] >> nth=0"
NOTICE = ".keep-typing"


@pytest.fixture(scope="module")
def colleague(site, staff):
    """Somebody else who works at the same computer, with the same password."""
    asked = ("--username", "colleague", "--email", "colleague@example.org")
    site.manage("createsuperuser", "--noinput", *asked)
    return {**staff, "username": "colleague"}


def editor(page, name="body_en"):
    return page.locator(f".prose-editor:has(#id_{name}) .tiptap")


def wait_until_kept(page, text):
    page.wait_for_function("text => Object.values(localStorage).join().includes(text)", arg=text)


def type_event(page, title="A letter arrived", body="It was short."):
    """Types into a new event, and waits until it is kept."""
    page.goto(ADD_EVENT)
    page.fill("#id_title_en", title)
    page.check("#id_featured")
    page.select_option("#id_source_language", "mn")
    editor(page).click()
    page.keyboard.type(body)
    page.wait_for_selector(".keep-typing-mark:not(:empty)")
    wait_until_kept(page, body)


def shown(page):
    return {
        "title": page.input_value("#id_title_en"),
        "body": editor(page).inner_html(),
        "sent body": page.input_value("#id_body_en"),
        "featured": page.is_checked("#id_featured"),
        "written in": page.input_value("#id_source_language"),
    }


TYPED = {
    "title": "A letter arrived",
    "body": "<p>It was short.</p>",
    "sent body": "<p>It was short.</p>",
    "featured": True,
    "written in": "mn",
}


def come_back(page, path=ADD_EVENT):
    page.goto(path)
    editor(page).wait_for()


def kept(page):
    return page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('keep-typing/'))"
    )


def offered(page):
    return page.locator(NOTICE).count()


def test_text_sent_over_a_dropped_line_is_put_back(signed_in, context):
    page = signed_in
    type_event(page)
    context.set_offline(True)
    page.click(SAVE)
    page.wait_for_url("chrome-error://**")
    context.set_offline(False)

    come_back(page)
    assert re.fullmatch(
        r"What you typed here today at \d\d:\d\d was not saved\.",
        page.inner_text(f"{NOTICE} [role=alert]"),
    )
    page.click("text=Put it back")

    assert shown(page) == TYPED
    assert page.url.endswith(ADD_EVENT)
    assert (offered(page), len(kept(page))) == (0, 1)


def test_text_of_a_closed_tab_is_put_back_by_the_keyboard(signed_in, context):
    type_event(signed_in)
    page = context.new_page()
    signed_in.close()

    come_back(page)
    page.locator("#content-main").evaluate("part => { part.tabIndex = -1; part.focus() }")
    while page.evaluate("document.activeElement.value") != "put-back":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert shown(page) == TYPED
    assert page.evaluate("document.activeElement.id") == "id_title_en"


def test_a_thrown_away_text_is_gone(signed_in):
    type_event(signed_in)
    come_back(signed_in)

    signed_in.click("text=Throw it away")

    assert (offered(signed_in), kept(signed_in)) == (0, [])
    assert signed_in.input_value("#id_title_en") == ""


def test_a_saved_text_is_not_offered(signed_in):
    page = signed_in
    type_event(page, title="Saved at once")
    page.fill("#id_year", "1958")
    page.click("[name=_addanother] >> nth=0")
    assert "was added successfully" in page.inner_text(".messagelist")
    assert (offered(page), kept(page)) == (0, [])


def test_a_form_with_errors_keeps_the_text_and_does_not_offer_it(signed_in):
    page = signed_in
    type_event(page)
    page.click(SAVE)
    page.wait_for_selector(".errorlist")
    assert (offered(page), len(kept(page))) == (0, 1)

    page.fill("#id_staff_note", "Who has seen it?")
    wait_until_kept(page, "Who has seen it?")
    come_back(page)
    page.click("text=Put it back")
    assert shown(page) == TYPED
    assert page.input_value("#id_staff_note") == "Who has seen it?"


def test_an_error_of_the_server_keeps_the_text(signed_in):
    page = signed_in
    type_event(page)
    page.route(f"**{ADD_EVENT}", lambda route: route.fulfill(body="Something broke"))
    page.click(SAVE)
    page.wait_for_selector("text=Something broke")
    page.unroute(f"**{ADD_EVENT}")

    come_back(page)
    assert (offered(page), len(kept(page))) == (1, 1)


def test_text_outlives_a_session_and_is_offered_to_nobody_else(
    signed_in, context, staff, colleague
):
    page = signed_in
    type_event(page)
    context.clear_cookies(name="sessionid")
    page.click(SAVE)
    page.goto(ADD_EVENT)
    sign_in(page, colleague)
    come_back(page)
    assert (offered(page), len(kept(page))) == (0, 1)

    context.clear_cookies(name="sessionid")
    page.goto(ADD_EVENT)
    sign_in(page, staff)
    editor(page).wait_for()
    assert offered(page) == 1


def test_signing_out_drops_what_was_typed_and_leaves_what_others_typed(signed_in):
    page = signed_in
    type_event(page)
    page.evaluate(
        "localStorage['keep-typing/999/x#1'] = JSON.stringify({at: Date.now(), fields: {}})"
    )
    come_back(page)

    page.click("#logout-form button")
    page.wait_for_selector("text=Log in again")

    assert kept(page) == ["keep-typing/999/x#1"]


def test_text_older_than_two_weeks_is_dropped(signed_in):
    type_event(signed_in)
    signed_in.goto("/en/admin/")
    signed_in.evaluate(
        """() => Object.entries(localStorage).forEach(([key, value]) => {
            if (!key.startsWith("keep-typing/")) return;
            const copy = JSON.parse(value);
            localStorage[key] = JSON.stringify({...copy, at: copy.at - 14 * 24 * 3600e3 - 1});
        })"""
    )

    come_back(signed_in)

    assert (offered(signed_in), kept(signed_in)) == (0, [])


def test_rows_that_were_added_are_added_again_and_others_stay_as_the_server_has_them(signed_in):
    page = signed_in
    page.goto("/en/admin/timeline/timelineevent/?q=1961")
    page.click(".field-heading a >> nth=0")
    path = page.url
    title = page.input_value("#id_title_en")
    page.click("#figures-group .add-row a")
    page.fill("#id_figures-0-value", "1200")
    wait_until_kept(page, "1200")

    come_back(page, path)
    page.click("text=Put it back")

    assert page.input_value("#id_figures-0-value") == "1200"
    assert page.input_value("#id_title_en") == title


def test_texts_of_two_tabs_do_not_mix(signed_in, context):
    type_event(signed_in, title="First", body="Of the first.")
    other = context.new_page()
    type_event(other, title="Second", body="")

    other.close()
    come_back(signed_in)
    signed_in.click("text=Put it back")
    assert signed_in.input_value("#id_title_en") == "Second"
    assert offered(signed_in) == 1


def test_the_notice_speaks_mongolian_and_finds_what_was_typed_in_the_english_admin(signed_in):
    page = signed_in
    type_event(page)
    come_back(page, ADD_EVENT.replace("/en/", "/mn/"))
    assert re.findall("[A-Za-z]", page.inner_text(NOTICE)) == []

    page.click("[value=put-back]")
    page.wait_for_selector(".keep-typing-mark:not(:empty)")
    assert shown(page) == TYPED
    assert re.fullmatch(
        r"Энэ хөтчид түр хадгалсан: \d\d:\d\d", page.inner_text(".keep-typing-mark")
    )


def test_a_form_of_another_page_takes_part_when_it_says_so(signed_in):
    page = signed_in
    form = "<form data-keep-typing><textarea name=text></textarea></form>"
    page.route(
        "**/en/admin/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace('<div id="content-main">', f'{form}<div id="content-main">'),
        ),
    )
    page.goto("/en/admin/")
    page.fill("[name=text]", "Half a translation")
    wait_until_kept(page, "Half a translation")

    page.goto("/en/admin/")
    page.click("text=Put it back")

    assert page.input_value("[name=text]") == "Half a translation"


def test_passwords_and_accounts_are_never_kept(signed_in):
    page = signed_in
    for path in ("auth/user/add/", "auth/user/1/password/", "password_change/"):
        page.goto(f"/en/admin/{path}")
        page.fill("[type=password] >> nth=0", "a secret nobody may read")
        page.wait_for_timeout(500)
    page.goto("/en/admin/auth/user/1/change/")
    page.fill("#id_first_name", "Bold")
    page.wait_for_timeout(500)

    assert kept(page) == []


@pytest.mark.parametrize("refused", ["getItem", "setItem"])
def test_a_form_works_where_the_browser_keeps_nothing(signed_in, refused):
    page = signed_in
    # Django's own scripts go on: they cannot do without
    page.add_init_script(
        f"""const {{ {refused} }} = Storage.prototype;
        Storage.prototype.{refused} = function (key, ...value) {{
            if (key.startsWith("keep-typing")) throw new DOMException("refused");
            return {refused}.call(this, key, ...value);
        }}"""
    )
    page.goto(ADD_EVENT)
    page.fill("#id_title_en", "Never kept")
    page.fill("#id_year", "1958")
    page.wait_for_timeout(500)
    page.click(SAVE)

    assert "was added successfully" in page.inner_text(".messagelist")
