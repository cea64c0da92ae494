"""The second factor as people meet it: on a phone, without scripts, on paper, by ear."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import sign_in
from tests.signing_in import code_now

PAGE = "/{}/admin/second-factor/"


@pytest.fixture(scope="module")
def owner(site, staff):
    """Somebody with a phone, with the password of the others."""
    asked = ("--username", "owner", "--email", "owner@example.org")
    site.manage("createsuperuser", "--noinput", *asked)
    return {**staff, "username": "owner"}


@pytest.fixture(autouse=True)
def fresh(site, owner):
    """No second factor from the test before."""
    site.manage("let_in", "owner", "--without-second-factor")


def secret_on(page):
    return page.inner_text(".second-factor__secret").replace(" ", "")


def set_up(page, owner, language="en"):
    page.goto(PAGE.format(language))
    secret = secret_on(page)
    page.fill("#id_password", owner["password"])
    page.fill("#id_code", code_now(secret=secret))
    page.click("[type=submit].default")
    return secret


def faults(page):
    return Axe().run(page, "#content", {"preload": False}).response["violations"]


@pytest.mark.parametrize("language", ["en", "mn"])
def test_every_page_fits_a_phone_and_axe_finds_no_fault(page, owner, language):
    page.set_viewport_size({"width": 390, "height": 844})

    def look():
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert faults(page) == []

    page.goto(f"/{language}/admin/login/")
    look()
    sign_in(page, owner | {"password": "not this one"})
    page.wait_for_selector(".errornote")
    look()
    sign_in(page, owner)
    page.goto(PAGE.format(language))
    look()
    page.click("[type=submit].default")
    set_up(page, owner, language)
    page.wait_for_selector(".second-factor__codes")
    look()
    page.goto(PAGE.format(language))
    look()


def test_a_phone_reads_the_picture_under_the_policy_of_the_page(page, owner):
    page.goto("/en/admin/login/")
    sign_in(page, owner)
    page.goto(PAGE.format("en"))

    width = page.evaluate("document.querySelector('.second-factor img').naturalWidth")

    assert width > 100


def test_it_is_set_up_and_signed_in_with_without_scripts(browser, site, owner):
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    page.goto("/en/admin/login/")
    sign_in(page, owner)
    secret = set_up(page, owner)
    codes = page.locator(".second-factor__codes code").all_inner_texts()
    page.click("#logout-form button")
    page.goto("/en/admin/login/")
    for name, wanted in {"autocomplete": "one-time-code", "inputmode": "numeric"}.items():
        assert page.get_attribute("#id_code", name) == wanted

    sign_in(page, owner)
    assert "Name, password or code is wrong" in page.inner_text(".errornote")
    page.fill("#id_code", code_now(1, secret=secret))
    sign_in(page, owner)

    assert page.url == f"{site.url}/en/admin/"
    assert len(codes) == 10
    context.close()


def test_the_paper_has_the_codes_and_no_menu(page, owner):
    page.goto("/en/admin/login/")
    sign_in(page, owner)
    set_up(page, owner)
    page.emulate_media(media="print")

    shown = page.evaluate("document.body.innerText")

    assert len(re.findall(r"\d{4}( \d{4}){4}", shown)) == 10
    assert "Recovery codes of owner" in shown
    assert [word for word in ("Log out", "Home", "on paper") if word in shown] == []
