import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.utils import timezone

from editorial.models import Theme
from editorial.review import Translation
from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_section,
    make_theme,
)
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

EVENTS = "/en/admin/timeline/timelineevent/"


def found(admin_client, query):
    return list(admin_client.get(EVENTS + query).context["cl"].queryset)


@pytest.mark.parametrize("query", ["хүний", "ХҮНИЙ", "Хүний эрх", "letters", "LETTERS"])
def test_search_finds_both_languages_whatever_the_case(admin_client, query):
    event = make_event(title_en="Letters", title_mn="Хүний эрх")
    make_event()

    assert found(admin_client, f"?q={query}") == [event]


def test_lists_are_filtered_by_status(admin_client):
    live = make_event()
    draft = make_event(published_at=None)
    later = make_event(published_at=timezone.now() + timedelta(days=1))

    assert found(admin_client, "?status=published") == [live]
    assert found(admin_client, "?status=draft") == [draft]
    assert found(admin_client, "?status=scheduled") == [later]


def test_lists_are_filtered_by_missing_translation(admin_client):
    make_event()
    english = make_event(title_mn="")
    mongolian = make_event(body_en="")

    assert found(admin_client, "?missing=mn") == [english]
    assert found(admin_client, "?missing=en") == [mongolian]


def test_lists_are_filtered_by_decade_and_year(admin_client):
    make_decade(1960)
    make_decade(1970)
    sixties, seventies = make_event(year=1964), make_event(year=1971)

    assert found(admin_client, "?decade=1960s") == [sixties]
    assert found(admin_client, "?decade=1970s") == [seventies]
    assert found(admin_client, "?year=1964") == [sixties]


def test_a_list_shows_which_language_is_missing(admin_client):
    make_event(title_mn="")

    assert "МН missing" in admin_client.get(EVENTS).content.decode()


def test_lists_ask_the_same_number_of_questions_for_one_and_for_three(
    admin_client, django_assert_max_num_queries
):
    for make in (make_event, make_campaign):
        make(themes=[make_theme()])
    for _ in range(2):
        for path in ("timeline/timelineevent/", "campaigns/campaign/"):
            with django_assert_max_num_queries(11):
                admin_client.get(f"/en/admin/{path}")
        make_event()
        make_campaign()


@pytest.mark.parametrize(
    ("action", "published"), [("publish", [True, True]), ("unpublish", [False, False])]
)
def test_chosen_entries_are_published_and_unpublished_and_it_is_logged(
    admin_client, action, published
):
    events = [make_event(), make_event(published_at=None)]

    admin_client.post(EVENTS, {"action": action, "_selected_action": [e.pk for e in events]})

    assert [event.is_published for event in TimelineEvent.objects.all()] == published
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "timeline/timelineevent/",
        "timeline/timelineevent/add/",
        "timeline/decade/add/",
        "campaigns/campaign/",
        "campaigns/campaign/add/",
        "sections/section/add/",
        "sections/achievement/",
        "sections/achievement/add/",
        "editorial/theme/",
        "editorial/page/add/",
        "visitors/visitorcount/",
        "auth/user/add/",
    ],
)
def test_the_admin_is_usable_in_both_languages(admin_client, path, language):
    page = admin_client.get(f"/{language}/admin/{path}").content.decode()

    assert f'<html lang="{language}"' in page
    other = {"en": "mn", "mn": "en"}[language]
    assert f'href="/{other}/admin/{path}" lang="{other}"' in page


@pytest.mark.parametrize(
    ("path", "pairs"),
    [
        ("timeline/timelineevent/add/", 3),
        ("timeline/decade/add/", 3),
        ("campaigns/campaign/add/", 7),
        ("sections/section/add/", 3),
        ("sections/achievement/add/", 3),
        ("editorial/theme/add/", 1),
        ("editorial/page/add/", 3),
    ],
)
def test_every_text_stands_in_english_beside_mongolian(admin_client, path, pairs):
    page = admin_client.get(f"/en/admin/{path}").content.decode()
    rows = re.findall(r'<div class="form-row[^"]*field-(\w+)_en field-(\w+)_mn', page)

    assert [english for english, _ in rows] == [mongolian for _, mongolian in rows]
    assert len(rows) == pairs
    assert "(English)" in page
    assert "(Монгол)" in page


def test_labels_and_help_are_mongolian_for_mongolian_staff(admin_client):
    page = admin_client.get("/mn/admin/timeline/timelineevent/add/").content.decode()

    for english in ("Note for staff", "Published at", "Short and plain", "One to three"):
        assert english not in page


def test_the_form_says_what_is_wrong_at_the_top_and_keeps_what_was_typed(admin_client):
    page = admin_client.post(
        f"{EVENTS}add/", {"title_en": "A candle", "year": "1961", "order": "0", "day": "5"}
    ).content.decode()

    assert "A day needs its month" in page
    assert 'value="A candle"' in page


def test_the_admin_is_for_staff_alone(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))

    assert client.get("/en/admin/").status_code == 302


def test_previews_are_linked_from_the_form(admin_client):
    section = make_section(published_at=None)
    for entry in (make_event(published_at=None), section, make_achievement(section=section)):
        address = f"/en/admin/{entry._meta.app_label}/{entry._meta.model_name}/{entry.pk}/change/"
        page = admin_client.get(address).content.decode()
        link = re.search(r'href="(/en/admin/r/[^"]+)" class="viewsitelink"', page)[1]

        answer = admin_client.get(link)
        assert entry.get_absolute_url().split("#")[0] in answer["Location"]


def test_a_translation_waits_for_review_until_it_is_approved(admin_client):
    event = make_event()
    Translation.objects.filter(pk=Translation.objects.for_entry(event).pk).delete()
    event.is_reviewed = False
    event.remember()
    make_event()

    assert "МН to review" in admin_client.get(EVENTS).content.decode()
    assert found(admin_client, "?translation=unreviewed") == [event]

    admin_client.post(EVENTS, {"action": "approve_translation", "_selected_action": [event.pk]})

    assert Translation.objects.for_entry(event).state() == "right"


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("Хvний эрх", ["Хvний → Хүний"]),
        ("Хїний эрхийн єдєр", ["Хїний → Хүний", "єдєр → өдөр"]),
        ("U2 ба хүний эрх", []),
        ("Хүний эрх", []),
    ],
)
def test_foreign_letters_are_pointed_out_and_saved_all_the_same(admin_client, title, warned):
    answer = admin_client.post(
        "/en/admin/editorial/theme/add/",
        {"name_mn": title, "slug": "rights", "order": "1", "source_language": "mn"},
    )

    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert Theme.objects.get().name_mn == title
    assert [sentence for sentence in told if "not Mongolian" in sentence] == (
        [f"Letters that are not Mongolian. Please write instead: {', '.join(warned)}"]
        if warned
        else []
    )
