"""Parts of pages are kept and used again, and none outlives what it shows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.models import Picture
from tests.factories import make_decade, make_event, make_picture, make_theme
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

PAGES = ["/en/history/1960s/", "/en/history/1961/", "/en/history/all/", "/en/history/on/05-28/"]
WITH_CHART = ["/en/history/", "/en/history/1960s/"]


@pytest.fixture
def event():
    make_decade(1960, label_en="1960s")
    theme = make_theme(slug="arms", name_en="Arms")
    event = make_event(year=1961, month=5, day=28, picture=make_picture(caption_en="A candle"))
    event.themes.add(theme)
    event.figures.create(kind="groups", value=70)
    return event


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def retitle(event):
    TimelineEvent.objects.filter(pk=event.pk).update(title_en="Another title")


def rename_theme(event):
    event.themes.update(name_en="Another theme")


def take_theme(event):
    event.themes.clear()
    event.themes.add(make_theme(name_en="Another theme"))


def recount(event):
    event.figures.update(value=1234)


def caption_anew(event):
    Picture.objects.update(caption_en="Another caption")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (retitle, "Another title"),
        (rename_theme, "Another theme"),
        (take_theme, "Another theme"),
        (recount, "1,234"),
        (caption_anew, "Another caption"),
    ],
)
def test_an_event_is_shown_with_what_hangs_on_it_as_it_is_now(client, event, path, change, shown):
    assert shown not in read(client, path)

    change(event)

    assert shown in read(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_an_event_is_marked_as_scheduled_until_its_time_has_come(
    admin_client, event, path, time_machine
):
    later = timezone.now() + timedelta(minutes=5)
    TimelineEvent.objects.update(published_at=later)
    assert "Scheduled for" in read(admin_client, path)

    time_machine.move_to(later + timedelta(minutes=1))

    assert "Scheduled for" not in read(admin_client, path)


@pytest.mark.parametrize("path", WITH_CHART)
def test_the_chart_is_drawn_anew_with_a_new_figure(client, event, path):
    event.figures.create(kind="members", value=500)
    make_event(year=1962).figures.create(kind="groups", value=210)
    assert ">210<" in read(client, path)

    TimelineEvent.objects.get(year=1962).figures.update(value=360)

    assert ">360<" in read(client, path)


def test_a_decade_that_has_got_a_successor_ends_there(client, event):
    make_event(year=1962).figures.create(kind="groups", value=210)
    make_event(year=1970, title_en="Later").figures.create(kind="groups", value=400)
    zone = 'class="zone" x="0.00%" width="'
    before = read(client, "/en/history/1960s/")

    make_decade(1970)

    after = read(client, "/en/history/1960s/")
    assert f'{zone}100.00%"' in before
    assert f'{zone}16.98%"' in after  # nine of 53 years
    assert "Later" not in after


def test_a_decade_has_its_new_name_wherever_it_stands(client, event):
    read(client, "/en/history/1961/"), read(client, "/en/history/1960s/")

    Decade.objects.update(label_en="The sixties")

    assert "The sixties" in read(client, "/en/history/1961/")
    assert read(client, "/en/history/1960s/").count("sixties") > 3
