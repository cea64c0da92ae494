"""A query whose SQL was written before answers as one whose SQL is written now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.db.models import F, FilteredRelation, Q
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial import prepared
from sections.models import Achievement, Section
from tests.factories import make_achievement, make_event, make_section, make_theme
from timeline.models import Decade, TimelineEvent

EVENTS = TimelineEvent.objects
NOW = timezone.now()
ROW = prepared.row_of(TimelineEvent, "id", "year", "published_at", "title_en", "title_mn")


@pytest.fixture
def events(db):
    for year in (1961, 1962, 1971, 1972):
        make_event(year=year, month=5, day=year % 10)
    make_event(year=1961, date_text_en="in spring", date_text_mn=None, order=2)
    make_event(year=1971, published_at=None, slug="a-draft", order=1)


def in_year(year):
    return EVENTS.filter(year=year)


# Each twice, with other values
QUERYSETS = {
    "all": (EVENTS.all, EVENTS.all),
    "published": (EVENTS.published, EVENTS.published),
    "a year": (lambda: in_year(1961), lambda: in_year(1971)),
    "some years": (
        lambda: EVENTS.filter(year__gte=1961, year__lt=1971),
        lambda: EVENTS.filter(year__gte=1971, year__lt=1981),
    ),
    "one or another": (
        lambda: EVENTS.filter(Q(year=1961) | Q(year=1962, order=0)),
        lambda: EVENTS.filter(Q(year=1971) | Q(year=1961, order=2)),
    ),
    "not": (lambda: EVENTS.exclude(year=1961), lambda: EVENTS.exclude(year=1971)),
    "a day": (lambda: EVENTS.on_day(5, 1), lambda: EVENTS.on_day(5, 2)),
    "another table": (
        lambda: EVENTS.filter(themes__slug="arms"),
        lambda: EVENTS.filter(themes__slug="none"),
    ),
    "another column": (lambda: EVENTS.filter(year=F("order") + 1961), lambda: in_year(F("order"))),
    "another order": (lambda: EVENTS.order_by("-year", "slug"), lambda: EVENTS.order_by("slug")),
    "backwards": (EVENTS.reverse, EVENTS.all),
    "one after the other": (lambda: EVENTS.all()[:2], lambda: EVENTS.all()[2:3]),
}


@pytest.mark.parametrize("querysets", QUERYSETS.values(), ids=QUERYSETS)
def test_rows_are_those_that_django_finds(events, querysets):
    TimelineEvent.objects.first().themes.add(make_theme(slug="arms"))

    for queryset in (*querysets, *querysets):
        expected = [ROW(*(getattr(row, name) for name in ROW._fields)) for row in queryset()]

        assert prepared.typed_rows(queryset(), ROW) == expected


def test_what_a_form_is_asked_for_does_not_stay_in_it(events):
    """The same code with other values, in another language, as others see it."""
    with override("en"):
        first = [event.year for event in in_year(1961).published().for_reading()]
    with override("mn"):
        second = [
            (event.year, str(event.heading), event.status) for event in in_year(1971).for_reading()
        ]

    assert first == [1961, 1961]
    assert second == [(event.year, event.title_mn, event.status) for event in in_year(1971)]


def test_sql_is_written_once_for_all_values(events, monkeypatch):
    written = []
    as_sql = SQLCompiler.as_sql
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *a, **k: written.append(a) or as_sql(*a, **k))
    prepared.statements.clear()

    prepared.typed_rows(in_year(1961), ROW)
    assert len(written) == 1
    for year in (1962, 1971, 1971):
        prepared.typed_rows(in_year(year), ROW)
    assert (len(written), len(prepared.statements)) == (1, 1)


ALMOST_THE_SAME = [
    lambda: EVENTS.filter(year=1),
    lambda: EVENTS.filter(order=1),
    lambda: EVENTS.filter(order__gte=1),
    lambda: EVENTS.filter(Q(year=1961) | Q(order=1)),
    lambda: EVENTS.filter(~(Q(year=1961) | Q(order=1))),
    lambda: EVENTS.filter(~Q(year=1961, order=1)),
    lambda: EVENTS.filter(month__isnull=True),
    lambda: EVENTS.filter(month__isnull=False),
    lambda: EVENTS.order_by(),
    lambda: EVENTS.order_by("order"),
]


def test_no_form_is_taken_for_another(events):
    prepared.statements.clear()

    for queryset in ALMOST_THE_SAME:
        expected = sorted(queryset().raw_values("pk"), key=lambda row: row["pk"])
        found = sorted(prepared.rows(queryset(), prepared.columns, *ROW._fields))
        assert [row[0] for row in found] == [row["pk"] for row in expected]
    assert len(prepared.statements) == len(ALMOST_THE_SAME)


MORE = {
    "any case": lambda: EVENTS.filter(slug__iexact="A-Draft"),
    "a part of a number": lambda: EVENTS.filter(year__contains=196),
    "a text for the order": lambda: EVENTS.extra(order_by=["slug"]),
    "another table beside": lambda: EVENTS.extra(tables=["editorial_theme"]),
    "a column of SQL": lambda: EVENTS.extra(select={"one": "1"}),
    "two querysets": lambda: in_year(1961).order_by().union(in_year(1962).order_by()),
    "a part of another table": lambda: EVENTS.annotate(
        arms=FilteredRelation("themes", condition=Q(themes__slug="arms"))
    ),
    "rows for a change": lambda: EVENTS.select_for_update(),
    "other columns": lambda: EVENTS.values("themes__slug"),
    "a list": lambda: EVENTS.filter(year__in=[1961, 1962]),
    "a column": lambda: EVENTS.filter(year=F("order") + 1961),
    "a part of a column": lambda: EVENTS.filter(published_at__year=1961),
    "another table": lambda: EVENTS.filter(themes__slug="arms"),
    "some rows": lambda: EVENTS.all()[1:2],
    "different rows": lambda: EVENTS.distinct(),
    "a column of its own": lambda: EVENTS.annotate(after=F("year") + 1),
    "no row": EVENTS.none,
}


@pytest.mark.parametrize("queryset", MORE.values(), ids=MORE)
def test_of_what_does_more_than_compare_no_statement_is_kept(events, queryset):
    prepared.statements.clear()

    prepared.typed_rows(queryset(), ROW)

    assert prepared.statements == {}


COMPARISONS = st.one_of(
    st.builds(
        lambda name, lookup, number: Q(**{f"{name}__{lookup}": number}),
        st.sampled_from(["year", "month", "day", "order"]),
        st.sampled_from(["exact", "gt", "gte", "lt", "lte"]),
        st.sampled_from([-1, 0, 1, 2, 5, 1961, 1962, 1971, 40_000, 2**31, 2**63]),
    ),
    st.builds(
        lambda name, is_null: Q(**{f"{name}__isnull": is_null}),
        st.sampled_from(["month", "picture", "published_at", "date_text_mn"]),
        st.booleans(),
    ),
    st.builds(lambda slug: Q(slug=slug), st.sampled_from(["", "a-draft", "%s", "it's"])),
    st.builds(
        lambda lookup, hours, zone: Q(
            **{f"published_at__{lookup}": (NOW + timedelta(hours=hours)).astimezone(ZoneInfo(zone))}
        ),
        st.sampled_from(["gt", "lte"]),
        st.sampled_from([-1, 0, 1]),
        st.sampled_from(["UTC", "Asia/Ulaanbaatar"]),
    ),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        inner.map(lambda q: ~q),
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a, b: a ^ b, inner, inner),
    ),
    max_leaves=4,
)
ORDERS = st.lists(st.sampled_from(["year", "-order", "slug", "-title_mn"]), max_size=2)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conditions=CONDITIONS, order=ORDERS, is_reverse=st.booleans())
def test_rows_are_those_that_django_finds_whatever_is_asked(events, conditions, order, is_reverse):
    found = EVENTS.filter(conditions).order_by(*order, "pk")
    found = found.reverse() if is_reverse else found

    expected = [ROW(*(getattr(row, name) for name in ROW._fields)) for row in found]
    assert prepared.typed_rows(found, ROW) == expected


def test_each_language_has_its_own_order(db):
    make_section(slug="a", name_en="Aland", name_mn="Яланд")
    make_section(slug="b", name_en="Yland", name_mn="Аланд")

    def by_name(sections):
        return prepared.columns(sections.order_by("sort_key"), "slug")

    found = {}
    for language in ("en", "mn", "en"):
        with override(language):
            found[language] = prepared.rows(Section.objects.order_by("pk"), by_name)

    assert found == {"en": [("a",), ("b",)], "mn": [("b",), ("a",)]}


def test_columns_are_those_named_in_their_order(events):
    with pytest.raises(TypeError, match="columns"):
        prepared.rows(EVENTS.all(), lambda entries: entries.values_list("title_en", "title_mn"))
    with pytest.raises(ValueError, match="colour"):
        prepared.row_of(TimelineEvent, "year", "colour")


def test_a_value_that_does_not_stay_a_parameter_is_noticed(events):
    def fixed(entries):
        return prepared.columns(TimelineEvent.objects.filter(year=1961), "pk")

    with pytest.raises(TypeError, match="part of the SQL"):
        prepared.rows(in_year(1961), fixed)


def test_what_can_match_nothing_finds_nothing(events):
    def none(entries):
        return prepared.columns(entries.filter(year__in=[]), "pk")

    assert prepared.rows(in_year(1961), none) == []


def test_pages_that_are_asked_for_again_add_no_statement(client, events):
    def read():
        for path in ("1961/", "1971/", "1960s/", "1970s/", "all/", "on/05-01/", ""):
            for language in ("en", "mn"):
                assert client.get(f"/{language}/history/{path}").status_code == 200
        return len(prepared.statements)

    assert read() == read()


def test_times_are_compared_to_the_microsecond(events):
    first = EVENTS.order_by("published_at").exclude(published_at=None).first()
    at, moment = first.published_at, timedelta(microseconds=1)

    def until(time):
        return prepared.typed_rows(EVENTS.filter(published_at__lte=time), ROW)

    assert [len(until(at - moment)), len(until(at))] == [0, 1]


def test_each_section_finds_its_own_years(db):
    here, there = make_section(), make_section(slug="there")
    make_achievement(section=here, year=2001)
    make_achievement(section=there, year=2002)
    make_event(year=2003)

    assert EVENTS.order_by("year").years() == [2003]
    assert Achievement.objects.order_by("year").years() == [2001, 2002]
    found = [section.achievements.published().years() for section in (here, there, here)]

    assert found == [[2001], [2002], [2001]]


def test_objects_have_every_column(db):
    Decade(first_year=1960, line_en="A line", line_mn="Мөр").save()

    (decade,) = prepared.objects(Decade.objects.all())

    assert decade == Decade.objects.get()
    for field in Decade._meta.concrete_fields:
        assert getattr(decade, field.attname) == getattr(Decade.objects.get(), field.attname)
    assert decade.get_deferred_fields() == set()


@pytest.mark.postgresql  # that of SQLite is in memory, of one connection
@pytest.mark.django_db(transaction=True)
def test_threads_share_statements_and_no_connection():
    for year in range(1961, 1969):
        make_event(year=year)

    def read(year):
        try:
            return [[row.year for row in prepared.typed_rows(in_year(year), ROW)] for _ in range(9)]
        finally:
            connections.close_all()

    prepared.statements.clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(1961, 1969)))

    assert found == [[[year]] * 9 for year in range(1961, 1969)]
