import pytest

from tests.factories import make_achievement, make_campaign, make_event, make_theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Stop torture"), ("mn", "Эрүүдэн шүүхийн эсрэг")]
)
def test_campaigns_are_read_in_both_languages(client, language, title):
    make_campaign(slug="torture", title_en="Stop torture", title_mn="Эрүүдэн шүүхийн эсрэг")

    for path in ("campaigns/", "campaigns/torture/", ""):
        assert title in client.get(f"/{language}/{path}").content.decode()


def test_a_draft_is_for_staff_alone(client, admin_client):
    make_campaign(slug="secret", title_en="Not yet", published_at=None)

    assert client.get("/en/campaigns/secret/").status_code == 404
    assert "Not yet" not in client.get("/en/campaigns/").content.decode()
    preview = admin_client.get("/en/campaigns/secret/").content.decode()
    assert "Draft: only staff can see this" in preview


def test_demands_stand_one_a_line(client):
    make_campaign(slug="torture", asks_en="Ban it.\n\nTry those who do it.")

    page = client.get("/en/campaigns/torture/").content.decode()

    assert "<li>Ban it.</li><li>Try those who do it.</li>" in page


def test_a_retired_campaign_says_so_with_the_reason(client):
    make_campaign(slug="panic", retired=True, retired_reason_en="Its makers stopped.")

    page = client.get("/en/campaigns/panic/").content.decode()

    assert "Archive" in page
    assert "Its makers stopped." in page


def test_each_text_that_is_not_translated_is_marked(client):
    make_campaign(slug="torture", title_mn="Нэр", strapline_mn="", body_en="<p>Body</p>")

    page = client.get("/mn/campaigns/torture/").content.decode()

    assert 'lang="en">The reason' in page
    assert 'prose--led" lang="en"><p>Body</p>' in page


def test_a_drawing_stands_in_for_a_picture_with_its_description(client):
    make_campaign(slug="torture", drawing="stop-torture", picture_alt_en="An empty chair")

    page = client.get("/en/campaigns/torture/").content.decode()

    assert 'src="/static/drawings/stop-torture.svg"' in page
    assert 'alt="An empty chair"' in page


@pytest.mark.parametrize(("path", "queries"), [("campaigns/", 1), ("campaigns/one/", 4)])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(
    client, django_assert_num_queries, path, queries
):
    make_campaign(slug="one", themes=[make_theme()])
    with django_assert_num_queries(queries):
        client.get(f"/en/{path}")
    for _ in range(2):
        make_campaign(themes=[make_theme()])
    client.cookies.clear()
    with django_assert_num_queries(queries):
        client.get(f"/en/{path}")


def test_a_campaign_finds_the_history_and_the_achievements_of_its_themes(client):
    theme, other = make_theme(), make_theme()
    make_campaign(slug="torture", themes=[theme])
    event = make_event(themes=[theme, other])
    make_event(themes=[theme], published_at=None)
    make_event(themes=[other])
    achievement = make_achievement(themes=[theme], figure=3, highlight=1)

    context = client.get("/en/campaigns/torture/").context

    assert list(context["history"]) == [event]
    assert list(context["achievements"]) == [achievement]


def test_staff_story_a_notice_is_written_in_mongolian_first(admin_client, client):
    answer = admin_client.post(
        "/mn/admin/campaigns/campaign/add/",
        {
            "title_mn": "Сургууль",
            "body_mn": "<p>Хүний эрхийн боловсрол.</p>",
            "kind": "notice",
            "order": "1",
            "check_by": "2099-12-31",
            "public": ["mn"],
            "_publish": "1",
        },
    )
    assert answer.status_code == 302

    mongolian = client.get("/mn/campaigns/surguuli/").content.decode()
    english = client.get("/en/campaigns/surguuli/").content.decode()

    assert 'lang="mn"' not in mongolian.split("<main")[1].split("</main")[0]
    assert '<h1 lang="mn">' in english
    assert "In Mongolian" in english
