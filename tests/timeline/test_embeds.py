"""The history in frames on other sites."""

import html
import re

import pytest

from tests.factories import make_decade, make_event

pytestmark = pytest.mark.django_db

EMBEDS = ["/history/1961/embed/", "/history/1960s/embed/"]


@pytest.fixture(autouse=True)
def decade():
    return make_decade(1960, label_en="1960s", label_mn="1960-аад он")


@pytest.mark.parametrize("path", EMBEDS)
def test_a_year_or_decade_is_read_in_a_frame_in_both_languages(client, path):
    make_event(title_en="Candle", body_en="<p>Lit.</p>", title_mn="Лаа", body_mn="<p>Асав.</p>")
    make_event(title_en="Not yet", title_mn="Ноорог", published_at=None)

    english, mongolian = (client.get(f"/{code}{path}").content.decode() for code in ("en", "mn"))

    assert '<html lang="en">' in english
    assert '<html lang="mn">' in mongolian
    for text in ("Candle", "<p>Lit.</p>"):
        assert (text in english, text in mongolian) == (True, False)
    for text in ("Лаа", "<p>Асав.</p>"):
        assert (text in english, text in mongolian) == (False, True)
    assert "Not yet" not in english


@pytest.mark.parametrize("path", EMBEDS)
def test_a_frame_is_the_same_for_staff(client, admin_client, path):
    make_event()
    make_event(title_en="Not yet", published_at=None)

    assert admin_client.get(f"/en{path}").content == client.get(f"/en{path}").content


@pytest.mark.parametrize("path", ["/history/1962/embed/", "/history/1950s/embed/"])
def test_a_year_or_decade_without_events_has_no_frame(client, path):
    make_event()
    make_event(year=1962, published_at=None)

    assert client.get(f"/en{path}").status_code == 404


@pytest.mark.parametrize("path", EMBEDS)
def test_a_frame_marks_what_is_not_translated(client, path):
    make_event(title_mn="", title_en="Candle", body_mn="", body_en="<p>Lit.</p>")

    page = client.get(f"/mn{path}").content.decode()

    assert '<span lang="en">Candle</span>' in page
    assert '<div lang="en"><p>Lit.</p></div>' in page
    assert page.count("untranslated__note") == 1


def test_any_site_may_frame_these_pages_and_no_others(client):
    make_event()

    def policy(path):
        answer = client.get(f"/en{path}")
        return (
            re.search(r"frame-ancestors ([^;]+)", answer["Content-Security-Policy"])[1],
            answer.get("X-Frame-Options"),
            answer.get("Cross-Origin-Resource-Policy"),
        )

    assert [policy(path) for path in EMBEDS] == [("*", None, "cross-origin")] * 2
    for path in ("/", "/history/1961/", "/history/1960s/", "/history/1962/embed/"):
        assert policy(path) == ("'none'", "DENY", "same-origin")


@pytest.mark.parametrize("path", EMBEDS)
def test_a_frame_counts_nobody_and_sets_no_cookie(reader, path):
    make_event()
    total = reader.get("/en/").number

    answer = reader.process.reader().get(f"/en{path}")

    assert (answer.status, answer.headers["Set-Cookie"], answer.line) == (200, None, None)
    assert answer.headers["ETag"]
    assert reader.process.reader().get("/en/").number == total + 1


@pytest.mark.parametrize("path", EMBEDS)
def test_links_in_a_frame_open_on_the_site(client, path):
    event = make_event()

    page = client.get(f"/en{path}").content.decode()

    assert '<base target="_top">' in page
    assert f'href="{event.get_absolute_url()}"' in page
    assert page.count(" target=") == 1
    assert "<script" not in page


@pytest.mark.parametrize(("path", "queries"), [(EMBEDS[0], 1), (EMBEDS[1], 3)])
def test_a_frame_asks_as_much_for_three_events_as_for_one(
    client, path, queries, django_assert_num_queries
):
    for _ in range(2):
        make_event()
        with django_assert_num_queries(queries):
            client.get(f"/en{path}")


@pytest.mark.parametrize(
    ("path", "frame", "title"),
    [("/history/1961/", EMBEDS[0], "1961"), ("/history/1960s/", EMBEDS[1], "1960-аад он")],
)
def test_a_year_and_a_decade_offer_the_line_to_copy(client, path, frame, title):
    make_event()

    shown = client.get(f"/mn{path}").content.decode()

    line = html.unescape(re.search(r'<pre class="copy" translate="no">(.*?)</pre>', shown)[1])
    assert line == (
        f'<iframe src="http://testserver/mn{frame}" title="{title} – Хөдөлгөөний түүх" '
        'width="100%" height="600" loading="lazy"></iframe>'
    )


def test_the_page_on_open_data_tells_how_with_an_example(client):
    page = client.get("/en/data/").content.decode()

    assert '&lt;iframe src="http://testserver/en/history/1961/embed/" title="1961 – ' in page
