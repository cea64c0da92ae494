import pytest

from tests.factories import make_achievement, make_campaign, make_event, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return make_theme(slug="arms", name_en="Arms", name_mn="Зэвсэг")


def test_a_theme_is_one_thread_through_time_that_tells_what_each_entry_is(client, theme):
    event = make_event(themes=[theme], year=2015, order=1)
    later, by_month, exact = (
        make_event(themes=[theme], year=2015, order=order, month=month, day=day)
        for order, month, day in ((2, 9, None), (3, 6, None), (4, 6, 26))
    )
    earlier = make_event(themes=[theme], year=1975)
    achievement = make_achievement(themes=[theme], year=2015)
    running = make_campaign(themes=[theme], kind="programme")
    retired = make_campaign(themes=[theme], retired=True, retired_reason_en="It is over.")
    make_event(themes=[theme], published_at=None)
    make_event()

    times = client.get("/en/themes/arms/").context["times"]

    assert times == [
        (1975, [("event", earlier)]),
        (
            2015,
            [
                ("event", exact),
                ("event", by_month),
                ("event", later),
                ("event", event),
                ("achievement", achievement),
            ],
        ),
        ("Archive", [("campaign", retired)]),
        ("Today", [("programme", running)]),
    ]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Event, 10 December", "Candle", "Achievement, Mongolia", "Campaign", "Letters"]),
        ("mn", ["Үйл явдал, 12-р сарын 10", "Лаа", "Амжилт, Монгол Улс", "Захидал"]),
    ],
)
def test_a_theme_is_read_in_both_languages(client, theme, language, texts):
    make_event(themes=[theme], month=12, day=10, title_en="Candle", title_mn="Лаа")
    make_achievement(themes=[theme])
    make_campaign(themes=[theme], title_en="Letters", title_mn="Захидал")

    page = " ".join(client.get(f"/{language}/themes/arms/").content.decode().split())

    assert [text for text in texts if text not in page] == []


def test_a_theme_marks_what_is_not_translated(client, theme):
    make_event(themes=[theme], title_en="Candle", title_mn="")
    make_campaign(themes=[theme], title_en="Letters", title_mn="")

    page = client.get("/mn/themes/arms/").content.decode()

    assert '<span lang="en">Candle</span>' in page
    assert '<span lang="en">Letters</span>' in page


def test_a_theme_without_entries_says_so(client, theme):
    make_event(themes=[theme], published_at=None)

    assert "Nothing has been published here yet." in client.get("/en/themes/arms/").content.decode()


@pytest.mark.parametrize(("language", "name"), [("en", "Arms"), ("mn", "Зэвсэг")])
def test_every_entry_leads_to_its_themes(client, theme, language, name):
    make_event(themes=[theme])
    make_campaign(slug="torture", themes=[theme])
    make_achievement(themes=[theme])
    link = f'href="/{language}/themes/arms/">{name}</a>'

    for path in ("history/1961/", "campaigns/torture/", "sections/mongolia/2015/"):
        assert link in client.get(f"/{language}/{path}").content.decode()


def test_the_history_leads_to_the_themes_it_has(client, theme):
    make_event(themes=[theme])
    make_event(themes=[theme])
    make_event(themes=[make_theme()], published_at=None)
    make_theme()

    answer = client.get("/mn/history/")

    assert list(answer.context["themes"]) == [theme]
    assert '<a class="chip" href="/mn/themes/arms/">Зэвсэг</a>' in answer.content.decode()


def test_an_unknown_theme_is_not_found(client):
    assert client.get("/en/themes/nothing/").status_code == 404


def test_a_theme_asks_the_same_number_of_questions_for_one_and_for_three(
    client, theme, django_assert_num_queries
):
    achievement = make_achievement(themes=[theme])
    for _ in range(3):
        make_event(themes=[theme])
        make_campaign(themes=[theme])
        make_achievement(themes=[theme], section=achievement.section)
        client.cookies.clear()
        with django_assert_num_queries(4):
            client.get("/en/themes/arms/")
