"""What holds for every public page."""

import re

import pytest
from django.utils import timezone

from editorial.models import Page
from tests.factories import make_campaign, make_event, make_one_of_each, make_page

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/history/",
    "/history/1960s/",
    "/history/1961/",
    "/history/1961/candle/cite/",
    "/history/all/",
    "/history/on/12-10/",
    "/campaigns/",
    "/campaigns/torture/",
    "/sections/mongolia/",
    "/sections/mongolia/2015/",
    "/themes/arms/",
    "/about/",
    "/data/",
]


@pytest.fixture
def content():
    make_one_of_each(
        event={"featured": True, "month": 12, "day": 10, "slug": "candle"},
        achievement={"figure": 1, "highlight": 1, "figure_label_en": "thing"},
    )


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_frame(client, content, path, language):
    page = client.get(f"/{language}{path}").content.decode()
    address = "http://testserver"

    assert f'<html lang="{language}">' in page
    assert f'<link rel="canonical" href="{address}/{language}{path}">' in page
    assert re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', page) == [
        ("en", f"{address}/en{path}"),
        ("x-default", f"{address}/en{path}"),
        ("mn", f"{address}/mn{path}"),
    ]
    assert len(re.search(r"<title>\s*(.*?)\s*</title>", page, re.S)[1]) > 10
    assert len(re.search(r'name="description" content="(.*?)"', page, re.S)[1]) > 10
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_the_language_switch_stays_on_the_page(client, content, path):
    page = client.get(f"/en{path}?theme=arms").content.decode()

    assert f'<a href="/mn{path}?theme=arms" lang="mn" hreflang="mn">' in page


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_script_or_style(client, content, path):
    page = client.get(f"/en{path}").content.decode()

    page = page.replace('<script type="application/ld+json">{', "")  # data, which is never run
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("mn", "mn"), ("mn-MN,mn;q=0.9,en;q=0.8", "mn"), ("en-GB", "en"), ("fr", "en"), ("", "en")],
)
def test_the_front_door_sends_a_reader_on_by_language(client, accepted, language):
    response = client.get("/", headers={"Accept-Language": accepted})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"


def test_pages_are_read_but_not_written_to(client):
    for path in ("/en/", "/en/history/", "/en/campaigns/"):
        assert client.post(path).status_code == 405


def test_home_shows_a_bit_of_everything_in_a_constant_number_of_queries(
    client, content, django_assert_num_queries
):
    with django_assert_num_queries(7):
        page = client.get("/en/").content.decode()
    for _ in range(3):
        make_event()
        make_campaign()
    client.cookies.clear()
    with django_assert_num_queries(7):
        client.get("/en/")

    for text in ("1960s", "Event", "Campaign", "In Mongolia, in 2015"):
        assert text in page


def test_the_home_page_says_in_large_type_what_staff_wrote(client):
    make_page("home", title_en="It began\nwith a\ntoast", line_en="A lead", published_at=None)
    assert "It began" not in client.get("/en/").content.decode()

    Page.objects.update(published_at=timezone.now())

    page = client.get("/en/").content.decode()
    assert '<span>with a</span> <span class="box-title">toast</span>' in page
    assert "A lead" in page
    assert client.get("/en/home/").status_code == 404


def test_a_draft_page_is_for_staff_alone(client, admin_client):
    make_page("plans", published_at=None)

    assert client.get("/en/plans/").status_code == 404
    assert admin_client.get("/en/plans/").status_code == 200


def test_an_empty_site_has_all_its_pages(client):
    for path in ("/en/", "/mn/history/", "/en/history/all/", "/mn/campaigns/"):
        assert client.get(path).status_code == 200
