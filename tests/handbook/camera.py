"""Which pictures the handbook has, and how they are taken."""

from io import BytesIO

from PIL import Image

from tests.desk import PASSWORD
from tests.handbook import NOW
from tests.handbook.story import (
    REWRITTEN,
    SHARED,
    STALE,
    WAITING,
    earlier_version,
    form,
    translation,
)
from tests.server import ROOT

PICTURES = ROOT / "static" / "handbook"
QUALITY = 50  # legible, at half the weight of the usual

# Widths and heights: what the handbook says of a picture
WIDE, HALF, LOW, STRIP = (1000, 700), (1000, 540), (1000, 460), (1000, 240)
PHONE, HALF_A_PHONE = (390, 600), (390, 420)

# The list of everything, beside a page, would leave little room for it
NO_SIDEBAR = "localStorage.setItem('django.admin.navSidebarIsOpen', 'false')"


class Camera:
    def __init__(self, browser, admin, language):
        self.browser, self.admin, self.folder = browser, admin, PICTURES / language
        self.folder.mkdir(parents=True, exist_ok=True)

    def take_all(self, story):
        self.codes = story.codes
        self.take("sign-in", None, HALF_A_PHONE, "login/")
        self.take("first-page", "bold", WIDE)
        self.take("entry", "saran", HALF, form(SHARED))
        self.take("marks", "saran", STRIP, form(SHARED), ".field-body_en")
        self.take("waiting", "bold", LOW, form(WAITING), ".waiting", open_comparison)
        self.take("publishing", "bold", LOW, form(SHARED), "fieldset:has(#id_publish_at_0)")
        self.take("translations", "tuya", LOW, "editorial/translation/", "#content")
        self.take("translate", "tuya", HALF, translation(STALE), "#content")
        self.take("compare", "saran", PHONE, earlier_version(REWRITTEN), "#content")
        self.take("two-people", "saran", LOW, form(SHARED), ".field-title_en", story.two_people)

    def take(self, name, who, size, path="", first="body", act=None):
        """A picture of a page of the admin for somebody, from the element `first` down."""
        page = self.sit_down(who, size)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if act:
            act(page)
        page.locator(first).first.evaluate("(e) => e.scrollIntoView()")
        picture = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
        picture.convert("RGB").save(self.folder / f"{name}.webp", quality=QUALITY, method=6)
        page.context.close()

    def sit_down(self, who, size):
        """A page of a browser of its own, where somebody has signed in, or nobody."""
        context = self.browser.new_context(
            base_url=self.admin,
            viewport=dict(zip(("width", "height"), size, strict=True)),
            timezone_id="Asia/Ulaanbaatar",
            reduced_motion="reduce",
        )
        context.add_init_script(NO_SIDEBAR)
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        if who:
            page.goto("login/")
            page.fill("#id_username", who)
            page.fill("#id_password", PASSWORD)
            page.fill("#id_code", self.codes[who].pop() if who in self.codes else "")
            page.click("[type=submit]")
        return page


def open_comparison(page):
    page.click(".waiting summary")
