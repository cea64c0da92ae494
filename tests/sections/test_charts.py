"""All figures of a section's year, by their size, with a table of what they count."""

import re
from types import SimpleNamespace

import pytest

from sections.charts import figures
from tests.factories import make_achievement, make_section


def achieved(*values):
    return [SimpleNamespace(figure=value) for value in values]


def test_a_line_stands_for_ten_times_the_one_before():
    chart = figures(achieved(1_000, 100_000, 40, None))

    assert chart["ticks"] == [(10, 0), (100, 25), (1_000, 50), (10_000, 75), (100_000, 100)]
    placed = [(p.achievement.figure, round(p.x, 1), round(p.y, 1)) for p in chart["points"]]
    assert placed == [(100_000, 100, 16.7), (1_000, 50, 50), (40, 15.1, 83.3)]
    assert [point.is_turned for point in chart["points"]] == [True, False, False]


def test_figures_of_one_size_have_a_scale_too():
    assert figures(achieved(100, 100))["ticks"] == [(100, 0), (1_000, 100)]


def test_one_figure_compares_nothing_and_none_has_no_place():
    assert figures(achieved(300)) is None
    assert figures(achieved(None, 0, 7)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_page_of_a_year_draws_them_and_says_what_each_counts(client, language):
    section = make_section()
    words = {
        "unit_en": "km",
        "unit_mn": "км",
        "figure_label_en": "run",
        "figure_label_mn": "гүйсэн",
    }
    make_achievement(section=section, year=2015, figure=1050, **words)
    make_achievement(
        section=section, year=2015, figure=44, figure_label_en="years", figure_label_mn="жил"
    )

    page = client.get(f"/{language}/sections/{section.slug}/2015/").content.decode()

    chart = re.search(r'<section[^>]* chart".*?</section>', page, re.S)[0]
    assert re.findall(r"<circle[^>]*>", chart) == [
        '<circle class="bar" cx="67.37%" cy="25.00%" r="7"/>',
        '<circle class="bar" cx="21.45%" cy="75.00%" r="7"/>',
    ]
    assert re.search(r"<title[^>]*>[^<]*2015", chart)
    assert re.search(r"<desc[^>]*>[^<]*44[^<]*1,050", chart)
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', chart)
    assert (
        rows
        == {
            "en": [("1,050&nbsp;km", "run"), ("44", "years")],
            "mn": [("1,050&nbsp;км", "гүйсэн"), ("44", "жил")],
        }[language]
    )


@pytest.mark.django_db
def test_a_year_with_one_figure_has_no_chart(client):
    achievement = make_achievement(section=make_section(), year=2015, figure=44)

    page = client.get(achievement.get_absolute_url()).content.decode()

    assert 'id="chart"' not in page
