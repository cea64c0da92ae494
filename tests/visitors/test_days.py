"""How many visitors came each day, as staff see it."""

import re
from datetime import date

import pytest

from visitors.chart import bars
from visitors.models import VisitorCount, VisitorDay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def third_of_march(time_machine):
    time_machine.move_to("2026-03-02T16:00Z", tick=False)  # midnight in Ulaanbaatar


def count(day, visits):
    VisitorCount.objects.update_or_create(pk=1, defaults={"day": day, "day_visits": visits})


def test_the_last_days_end_with_today_and_leave_none_out(django_assert_num_queries):
    VisitorDay.objects.create(day="2026-02-28", visits=7)
    VisitorDay.objects.create(day="2026-02-27", visits=9)
    VisitorDay.objects.create(day="2026-03-02", visits=1200)
    count("2026-03-03", 5)

    with django_assert_num_queries(2):
        days = VisitorDay.objects.last(4)

    assert days == [
        (date(2026, 2, 28), 7),
        (date(2026, 3, 1), 0),
        (date(2026, 3, 2), 1200),
        (date(2026, 3, 3), 5),
    ]


def test_a_day_that_began_twice_has_the_visitors_of_both():
    VisitorDay.objects.create(day="2026-03-02", visits=10)
    count("2026-03-02", 3)

    assert VisitorDay.objects.last(2) == [(date(2026, 3, 2), 13), (date(2026, 3, 3), 0)]


def test_a_new_site_has_had_nobody():
    assert VisitorDay.objects.last(1) == [(date(2026, 3, 3), 0)]


def test_bars_stand_on_one_scale_that_begins_with_zero():
    assert [bar.height for bar in bars([0, 10, 20])] == [0, 42, 84]
    assert [round(bar.x + bar.width / 2, 2) for bar in bars([1, 1])] == [25, 75]
    assert [bar.height for bar in bars([0, 0])] == [0, 0]


@pytest.mark.parametrize(
    ("language", "told", "first_row"),
    [
        (
            "en",
            "From 2 on 2 February to 1,234 on 3 March; the most on one day: 1,234.",
            '<th scope="row">3 March 2026</th><td>1,234</td>',
        ),
        (
            "mn",
            "Эхний өдөр (2-р сарын 2): 2; сүүлийн өдөр (3-р сарын 3): 1,234; "
            "нэг өдрийн хамгийн их тоо: 1,234.",
            '<th scope="row">2026 оны 3-р сарын 3</th><td>1,234</td>',
        ),
    ],
)
def test_the_first_page_of_the_admin_draws_and_tells_them(admin_client, language, told, first_row):
    VisitorDay.objects.create(day="2026-02-02", visits=2)
    VisitorDay.objects.create(day="2026-02-01", visits=99999)  # before the month it shows
    count("2026-03-03", 1234)

    page = admin_client.get(f"/{language}/admin/").content.decode()

    drawn = re.findall(r'<rect class="bar.*?height="([\d.]+)%"', page)
    assert drawn == ["0.14", *["0.00"] * 28, "84.00"]
    assert re.search("<desc[^>]*>(.*?)</desc>", page)[1] == told
    assert re.findall('<tr><th scope="row">.*?</tr>', page)[0] == f"<tr>{first_row}</tr>"
    assert page.count('<tr><th scope="row">') == 30
