import re
from types import SimpleNamespace

import pytest

from tests.factories import make_decade, make_event
from timeline.charts import Scale, bars, movement
from timeline.models import Figure

PAGES = ["/history/", "/history/1960s/"]


def figure(year, value, kind="groups", **given):
    """A figure that is in no database, as a view hands it over."""
    made = Figure(kind=kind, value=value, **given)
    made.year = year
    return made


def drawn(*figures):
    return bars({figure.year: figure for figure in figures}, Scale(1961, 2013))


def test_every_year_has_the_same_room_and_bars_do_not_touch():
    scale = Scale(1961, 2060)

    assert [scale.middle(year) for year in (1961, 1962, 2060)] == [0.5, 1.5, 99.5]
    assert [(bar.left, bar.right) for bar in bars({1961: figure(1961, 70)}, scale)] == [
        (0.13, 0.87)
    ]


def test_heights_are_the_values_on_a_scale_from_zero():
    chart = drawn(figure(1962, 1500), figure(1975, 0), figure(1992, 6000))

    assert [(bar.year, bar.height, bar.top) for bar in chart] == [
        (1962, 22, 78),
        (1975, 0, 100),
        (1992, 88, 12),
    ]


def test_a_number_stands_where_it_touches_no_bar_and_no_other_number():
    chart = drawn(
        figure(1975, 1592), figure(1990, 6000, at_least=True), figure(1992, 6000), figure(2005, 100)
    )

    assert [(bar.written, bar.anchor) for bar in chart] == [
        ("1,592", "middle"),
        ("6,000+", "middle"),
        ("6,000", ""),
        ("100", "middle"),
    ]


def test_a_number_without_room_on_phones_is_minor():
    chart = drawn(figure(1962, 70), figure(1967, 550), figure(1970, 850), figure(1990, 6000))

    assert [(bar.written, bar.is_minor) for bar in chart] == [
        ("70", False),
        ("550", True),
        ("850", False),
        ("6,000", False),
    ]


def test_the_last_number_keeps_inside_the_page():
    chart = drawn(figure(1975, 70_000), figure(2013, 3_000_000, at_least=True))

    assert [(bar.anchor, bar.number_x) for bar in chart] == [
        ("middle", (chart[0].left + chart[0].right) / 2),
        ("end", chart[1].right),
    ]


def test_the_axis_names_its_ends_and_the_decades_with_room_between():
    assert [tick[0] for tick in Scale(1961, 2013).ticks()] == [1961, 1970, 1980, 1990, 2000, 2013]
    assert [tick[0] for tick in Scale(1948, 2021).ticks()][:3] == [1948, 1960, 1970]


def test_the_zone_is_the_years_of_the_decade():
    figures = [figure(1961, 1), figure(2060, 2)]
    seventies = SimpleNamespace(first_year=1970, next=None)
    sixties = SimpleNamespace(first_year=1960, next=seventies)

    assert movement(figures)["zone"] is None
    assert movement(figures, sixties)["zone"] == (0, 9)
    assert movement(figures, seventies)["zone"] == (9, 91)


def test_kinds_have_a_panel_each_and_a_table_together():
    groups, more, members = figure(1962, 70), figure(1975, 1592), figure(1975, 70_000, "members")
    last = figure(1990, 700_000, "members")

    chart = movement([groups, more, members, last])

    assert [(label, [bar.value for bar in made]) for label, made in chart["panels"]] == [
        ("groups", [70, 1592]),
        ("members", [70_000, 700_000]),
    ]
    assert chart["rows"] == [(1962, [groups, None]), (1975, [more, members]), (1990, [None, last])]


def test_one_figure_alone_is_no_chart():
    assert movement([]) is None
    assert movement([figure(1962, 70), figure(1975, 70_000, "members")]) is None


def make_figures():
    make_decade(1960)
    for year, value in [(1962, 70), (1963, 350)]:
        make_event(year=year).figures.create(kind="groups", value=value)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_the_chart_with_its_title_its_description_and_a_table(client, path):
    make_figures()

    page = client.get(f"/en{path}").content.decode()

    assert re.findall(r"<(?:title|desc) id=[^>]*>(.*?)<", page) == [
        "Groups, 1962–1963",
        "From 70 in 1962 to 350 in 1963.",
    ]
    assert re.findall(r'<th scope="(?:col|row)">(.*?)</th>(?:<td>(.*?)</td>)?', page) == [
        ("Year", ""),
        ("Groups", ""),
        ("1962", "70"),
        ("1963", "350"),
    ]
    assert page.count('class="bar"') == 2


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_the_chart_is_read_in_mongolian(client, path):
    make_figures()

    page = client.get(f"/mn{path}").content.decode()

    assert re.findall(r'<th scope="(?:col|row)">(.*?)</th>', page) == [
        "Он",
        "Бүлэг",
        "1962",
        "1963",
    ]
    assert re.findall(r"<title id=[^>]*>(.*?)<", page) == ["Бүлэг, 1962–1963"]


@pytest.mark.django_db
def test_only_the_page_of_a_decade_has_a_zone(client):
    make_figures()

    assert [client.get(f"/en{path}").content.decode().count('class="zone"') for path in PAGES] == [
        0,
        1,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_no_draft_is_drawn_and_no_figure_that_counts_a_period(client, path):
    make_figures()
    make_event(year=1964, published_at=None).figures.create(kind="groups", value=360)
    make_event(year=1965).figures.create(kind="groups", value=400, period="year")

    rows = client.get(f"/en{path}").context["chart"]()["rows"]

    assert [year for year, _figures in rows] == [1962, 1963]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_figures_has_no_chart(client, path):
    make_decade(1960)
    make_event().figures.create(kind="released", value=140, period="total")

    assert 'id="chart"' not in client.get(f"/en{path}").content.decode()
