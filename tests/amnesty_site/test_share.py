"""A link to a page travels with its title, its description and a picture of the site's own."""

import html
import re
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import override
from PIL import Image

from amnesty_site import share
from tests.factories import make_campaign, make_one_of_each, make_page
from visitors.models import FIRST_TOTAL, VisitorCount

pytestmark = pytest.mark.django_db

SITE = {"en": "Amnesty International Mongolia", "mn": "Монголын Эмнести Интернэшнл"}
NAME = ("Эмнести Интернэшнл", "Монгол")
LONG = (
    "Монгол Улсын Засгийн газар хүний эрхийн боловсролыг бүх шатны сургуулийн сургалтын "
    "хөтөлбөрт ёсчлон оруулахыг шаардъя"
)

# By page and language: its title; the words in its picture; the year in it
PAGES = [
    ("/", "en", SITE["en"], "It began with a toast", ""),
    ("/", "mn", SITE["mn"], "Хундагаас эхэлсэн", ""),
    ("/history/", "en", "History, 1961–2013", "History, 1961–2013", ""),
    ("/history/", "mn", "Түүх, 1961–2013 он", "Түүх, 1961–2013 он", ""),
    ("/history/1960s/", "en", "1960s – History", "Letters and walls", "1960s"),
    ("/history/1960s/", "mn", "1960-аад он – Түүх", "Захидал ба хана", "1960-аад он"),
    ("/history/1961/", "en", "1961 – History", "An appeal", "1961"),
    ("/history/1961/", "mn", "1961 – Түүх", "Уриалга", "1961"),
    ("/history/all/", "en", "The whole history", "The whole history", ""),
    ("/history/all/", "mn", "Бүх түүх", "Бүх түүх", ""),
    ("/campaigns/", "en", "Campaigns", "Campaigns", ""),
    ("/campaigns/", "mn", "Кампанит ажил", "Кампанит ажил", ""),
    ("/campaigns/torture/", "en", "Stop torture", "Stop torture", ""),
    ("/campaigns/torture/", "mn", "Эрүүдэн шүүхийг зогсоо", "Эрүүдэн шүүхийг зогсоо", ""),
    ("/sections/mongolia/", "en", "Amnesty in Mongolia", "Amnesty in Mongolia", ""),
    ("/sections/mongolia/", "mn", "Эмнести: Монгол Улс", "Эмнести: Монгол Улс", ""),
    ("/sections/mongolia/2015/", "en", "2015 – Amnesty in Mongolia", "Amnesty in Mongolia", "2015"),
    ("/sections/mongolia/2015/", "mn", "2015 – Эмнести: Монгол Улс", "Эмнести: Монгол Улс", "2015"),
    ("/themes/arms/", "en", "Arms – Themes", "Arms", ""),
    ("/themes/arms/", "mn", "Зэвсэг – Сэдэв", "Зэвсэг", ""),
    ("/about/", "en", "Page about", "Page about", ""),
    ("/about/", "mn", "Хуудас about", "Хуудас about", ""),
]

ARTICLES = ["/history/1961/", "/campaigns/torture/", "/sections/mongolia/2015/"]


@pytest.fixture
def content():
    make_page("home", title_en="It began\nwith a toast", title_mn="Хундагаас\nэхэлсэн")
    make_one_of_each(
        decade={"line_en": "Letters and walls", "line_mn": "Захидал ба хана"},
        theme={"name_en": "Arms", "name_mn": "Зэвсэг"},
        event={"title_en": "An appeal", "title_mn": "Уриалга"},
        campaign={"title_en": "Stop torture", "title_mn": "Эрүүдэн шүүхийг зогсоо"},
    )


def tags(page):
    """What the page tells those who show a link to it, by name."""
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="(.*?)">', page, re.S
    )
    assert len(found) == len(dict(found))
    return {name: html.unescape(value) for name, value in found}


def picture_of(client, path):
    return tags(client.get(path).content.decode())["og:image"].removeprefix("http://testserver")


@pytest.mark.parametrize(("path", "language", "title", "words", "year"), PAGES)
def test_a_page_says_what_a_link_to_it_shows(client, content, path, language, title, words, year):
    page = client.get(f"/{language}{path}").content.decode()
    other = "mn" if language == "en" else "en"
    locales = {"en": "en_GB", "mn": "mn_MN"}

    with override(language):
        picture = share.address(words, year)
    assert picture.startswith(f"/{language}/share/")
    assert tags(page) == {
        "og:type": "article" if path in ARTICLES else "website",
        "og:site_name": SITE[language],
        "og:title": title,
        "og:description": html.unescape(re.search(r'name="description" content="(.*?)"', page)[1]),
        "og:url": f"http://testserver/{language}{path}",
        "og:locale": locales[language],
        "og:locale:alternate": locales[other],
        "og:image": f"http://testserver{picture}",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"{year}: {words}" if year else words,
        "twitter:card": "summary_large_image",
    }
    assert f'<link rel="manifest" href="/{language}/manifest.webmanifest">' in page


def test_signs_in_a_title_stay_what_they_are(client):
    title = 'Law & "order" <now>'
    make_campaign(slug="law", title_en=title)

    page = client.get("/en/campaigns/law/").content.decode()

    told = tags(page)
    assert (told["og:title"], told["og:image:alt"]) == (title, title)
    assert told["og:image"] == f"http://testserver{share.address(title)}"
    assert f"<title>{html.escape(title)} – {SITE['en']}</title>" in page


def test_a_title_in_the_other_language_alone_is_drawn_in_its_letters(client):
    make_campaign(slug="torture", title_en="", title_mn="Эрүүдэн шүүхийг зогсоо")

    told = tags(client.get("/en/campaigns/torture/").content.decode())

    assert told["og:title"] == "Campaigns"
    assert told["og:image:alt"] == "Эрүүдэн шүүхийг зогсоо"
    assert told["og:image"] == f"http://testserver{share.address('Эрүүдэн шүүхийг зогсоо')}"


def test_error_pages_have_nothing_to_share(client):
    assert tags(client.get("/en/nothing/").content.decode()) == {}


def test_the_picture_is_a_png_of_the_size_that_networks_show(client, content):
    response = client.get(picture_of(client, "/mn/history/1961/"))

    picture = Image.open(BytesIO(response.content))
    assert (response["Content-Type"], picture.format) == ("image/png", "PNG")
    assert picture.size == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_picture_is_no_visit(client, reader, content):
    answer = reader.get(picture_of(client, "/en/"))

    assert (answer.status, VisitorCount.objects.total()) == (200, FIRST_TOTAL)
    assert not answer.cookies
    assert "Cookie" not in (answer.headers["Vary"] or "")


def test_a_page_draws_no_picture(client, content):
    drawn = share.draw.cache_info().misses

    client.get("/en/history/1961/")

    assert share.draw.cache_info().misses == drawn


def test_every_title_has_a_picture_of_its_own_and_keeps_it(client, content):
    make_campaign(slug="other", title_en="Another")
    paths = ["/en/campaigns/torture/", "/mn/campaigns/torture/", "/en/campaigns/other/"]

    first = [picture_of(client, path) for path in paths]

    assert len({client.get(address).content for address in first}) == 3
    assert [picture_of(client, path) for path in paths] == first


@pytest.mark.parametrize(
    "forge",
    [
        lambda address: address.replace("picture-", "picture-x"),
        lambda address: address.replace(".png", "x.png"),
        lambda address: re.sub(r":.*\.png", ".png", address),
        lambda address: "/en/share/picture-%20.png",
    ],
)
def test_a_picture_no_page_has_named_is_not_drawn(client, forge):
    address = share.address("Stop torture")
    drawn = share.draw.cache_info().misses

    assert client.get(address).status_code == 200
    assert client.get(forge(address)).status_code == 404
    assert share.draw.cache_info().misses <= drawn + 1


def test_pictures_are_read_but_not_written_to(client):
    address = share.address("Stop torture")

    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("title", "year"),
    [
        (LONG, ""),
        (LONG, "1961"),
        (LONG, "1960-аад он"),
        ("Ш" * 200, ""),
        ("Щ " * 100, "2015"),
        ("Й", ""),
        ("", "2015"),
        ("", "Дайны дараах хорин таван жил, дөчин өдөр"),
    ],
)
def test_words_keep_within_the_margins_however_many(title, year):
    png = share.draw(title, year, NAME)

    picture = Image.open(BytesIO(png)).convert("RGB")
    picture.paste((255, 255, 0), (50, 50, 1150, 580))
    assert picture.getcolors() == [(1200 * 630, (255, 255, 0))]
    assert len(png) < 30_000


def test_words_are_ink_on_the_flames_yellow():
    picture = Image.open(BytesIO(share.draw("Түүх", "1961", NAME))).convert("RGB")

    colours = {colour for _count, colour in sorted(picture.getcolors())[-2:]}
    assert colours == {(255, 255, 0), (10, 10, 10)}


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_manifest_is_in_the_readers_language(client, language):
    response = client.get(f"/{language}/manifest.webmanifest")

    manifest = response.json()
    del manifest["icons"], manifest["short_name"]
    assert response["Content-Type"] == "application/manifest+json"
    assert manifest == {
        "name": SITE[language],
        "lang": language,
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffff00",
        "theme_color": "#ffff00",
    }
    assert "manifest-src 'self'" in client.get("/en/")["Content-Security-Policy"]


def test_the_icons_of_the_manifest_are_what_it_says(client):
    icons = client.get("/en/manifest.webmanifest").json()["icons"]

    assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]
    for icon in icons:
        picture = Image.open(finders.find(icon["src"].removeprefix("/static/")))
        assert "{}x{}".format(*picture.size) == icon["sizes"]
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 0)


def test_a_mask_cuts_nothing_off_the_maskable_icon():
    icon = Image.open(finders.find("icons/icon-maskable-512.png")).convert("RGB")
    inked = [
        (x, y) for x in range(512) for y in range(512) if icon.getpixel((x, y)) != (255, 255, 0)
    ]

    assert max((x - 256) ** 2 + (y - 256) ** 2 for x, y in inked) < (0.4 * 512) ** 2


def test_the_icon_browsers_ask_for_by_name_costs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/favicon.ico")
    response.close()

    assert response.status_code == 200
    assert response["Content-Type"] in ("image/x-icon", "image/vnd.microsoft.icon")
    assert not response.cookies


def test_a_letter_the_font_lacks_loses_its_accent_alone():
    assert share.draw("El Niño", "", ("A",)) == share.draw("El Nino", "", ("A",))
