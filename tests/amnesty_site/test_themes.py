import pytest

from tests.factories import make_achievement, make_campaign, make_event, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return make_theme(slug="arms", name_en="Arms", name_mn="Зэвсэг")


def test_a_theme_gathers_what_is_published_of_every_subject(client, theme):
    entries = {
        "events": [make_event(themes=[theme], year=year) for year in (1961, 1975)],
        "campaigns": [make_campaign(themes=[theme])],
        "achievements": [make_achievement(themes=[theme])],
    }
    make_event(themes=[theme], published_at=None)
    make_event()

    context = client.get("/mn/themes/arms/").context

    assert {name: list(context[name]) for name in entries} == entries


@pytest.mark.parametrize(("language", "name"), [("en", "Arms"), ("mn", "Зэвсэг")])
def test_every_entry_leads_to_its_themes(client, theme, language, name):
    make_event(themes=[theme])
    make_campaign(slug="torture", themes=[theme])
    make_achievement(themes=[theme])
    link = f'href="/{language}/themes/arms/">{name}</a>'

    for path in ("history/1961/", "campaigns/torture/", "sections/mongolia/2015/"):
        assert link in client.get(f"/{language}/{path}").content.decode()


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
