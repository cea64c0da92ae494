import pytest
from django.core.exceptions import ValidationError

from bilingual.templatetags.bilingual import raised_numbers
from tests.factories import make_achievement, make_campaign, make_section, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make_section()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "A law was passed."), ("mn", "Хууль батлав.")]
)
def test_achievements_of_a_year_are_read_in_both_languages(client, section, language, text):
    make_achievement(section=section, text_en="A law was passed.", text_mn="Хууль батлав.")

    assert text in client.get(f"/{language}/sections/mongolia/2015/").content.decode()
    assert "2015" in client.get(f"/{language}/sections/mongolia/").content.decode()


def test_drafts_are_for_staff_alone(client, admin_client, section):
    make_achievement(section=section, year=2014, published_at=None)
    make_achievement(section=section)

    assert client.get("/en/sections/mongolia/2014/").status_code == 404
    assert "2014" not in client.get("/en/sections/mongolia/").content.decode()
    assert admin_client.get("/en/sections/mongolia/2014/").status_code == 200


def test_a_draft_section_hides_its_years_too(client):
    theme = make_theme(slug="arms")
    make_campaign(slug="arms", themes=[theme])
    make_achievement(
        section=make_section(published_at=None),
        themes=[theme],
        text_en="Not yet",
        figure=1,
        highlight=1,
    )

    assert client.get("/en/sections/mongolia/").status_code == 404
    assert client.get("/en/sections/mongolia/2015/").status_code == 404
    for path in ("", "themes/arms/", "campaigns/arms/"):
        assert "Not yet" not in client.get(f"/en/{path}").content.decode()
        assert "2015" not in client.get(f"/en/{path}").content.decode()


@pytest.mark.parametrize("path", ["peru/", "peru/2015/", "mongolia/1850/", "mongolia/nothing/"])
def test_an_unknown_section_or_year_is_not_found(client, section, path):
    make_achievement(section=section)

    assert client.get(f"/en/sections/{path}").status_code == 404


def test_the_biggest_numbers_stand_first_and_large(client, section):
    second = make_achievement(section=section, figure=1050, highlight=2)
    first = make_achievement(section=section, figure=27_554, highlight=1)
    make_achievement(section=section, figure=300)

    response = client.get("/en/sections/mongolia/2015/")

    assert response.context["highlights"] == [first, second]
    assert "27,554" in response.content.decode()


def test_achievements_are_grouped_by_kind_in_the_order_of_the_kinds(client, section):
    media = make_achievement(section=section, kind="media")
    law = make_achievement(section=section, kind="law")

    groups = client.get("/en/sections/mongolia/2015/").context["groups"]

    assert groups == [("Law", [law]), ("Media", [media])]


@pytest.mark.parametrize(("path", "queries"), [("", 2), ("2015/", 4)])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(
    client, section, django_assert_num_queries, path, queries
):
    make_achievement(section=section, themes=[make_theme()])
    with django_assert_num_queries(queries):
        client.get(f"/en/sections/mongolia/{path}")
    for _ in range(2):
        make_achievement(section=section, themes=[make_theme()])
    client.cookies.clear()
    with django_assert_num_queries(queries):
        client.get(f"/en/sections/mongolia/{path}")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text_en": "", "text_mn": ""}, "Write the text"),
        ({"year": 1899}, "1900"),
        ({"highlight": 1}, "Only an achievement with a figure"),
    ],
)
def test_a_rule_is_said_in_words(section, wrong, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_achievement(section=section, **wrong)


def test_an_achievement_without_its_section_is_refused_at_the_field(admin_client):
    page = admin_client.post(
        "/en/admin/sections/achievement/add/", {"text_en": "We ran.", "year": "2015", "order": "1"}
    ).content.decode()

    assert "This field is required." in page
    assert "We ran." in page


def test_staff_story_an_achievement_is_written_and_read_in_mongolian(admin_client, client, section):
    answer = admin_client.post(
        "/en/admin/sections/achievement/add/",
        {
            "text_en": "We ran 1,050 km.",
            "text_mn": "Бид 1,050 км гүйв.",
            "section": str(section.pk),
            "year": "2015",
            "order": "1",
            "kind": "action",
            "figure": "1050",
            "unit_en": "km",
            "unit_mn": "км",
            "highlight": "1",
            "public": ["en", "mn"],
            "_publish": "1",
        },
    )
    assert answer.status_code == 302

    page = client.get("/mn/sections/mongolia/2015/").content.decode()

    assert "Бид <b>1,050</b> км гүйв." in page
    assert '<span class="stat__num">1,050<small>км</small></span>' in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Over 300 people covered 1,050 km.", "Over <b>300</b> people covered <b>1,050</b> km."),
        ("27,554 actions in 2015", "<b>27,554</b> actions in 2015"),
        ("2,000 letters", "<b>2,000</b> letters"),
        ("on 2015.12.03, U2, 4-р сар, 3.5 million", "on 2015.12.03, U2, 4-р сар, 3.5 million"),
        ("on 26 June, Article 14", "on 26 June, Article 14"),
        ("July 4: 9 people", "July 4: <b>9</b> people"),
        ("6 дугаар сарын 26-нд 40 хүн", "6 дугаар сарын 26-нд <b>40</b> хүн"),
        ("27\u00a0554 үйлдэл", "<b>27\u00a0554</b> үйлдэл"),
        ("<b>7</b> & more", "&lt;b&gt;<b>7</b>&lt;/b&gt; &amp; more"),
    ],
)
def test_numbers_of_things_are_raised_from_a_sentence(text, html):
    assert raised_numbers(text) == html
