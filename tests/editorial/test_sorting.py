"""Lists by name, in the order of the reader's own dictionary, on every database."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations import RunPython
from django.utils.translation import override

from bilingual.mongolian import sort_key
from campaigns.models import Campaign
from editorial.models import Theme
from sections.models import Section
from tests.factories import make_campaign, make_decade, make_event, make_section, make_theme
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

NAMES = ["12", "Арцат", "Ёндон", "Оюу", "Өлгий", "Тэс", "Увс", "Үнэ", "Яруу"]
SHUFFLED = [NAMES[place] for place in (7, 4, 0, 8, 3, 6, 1, 5, 2)]


def test_names_stand_in_dictionary_order():
    for name in SHUFFLED:
        make_theme(name_en="Theme", name_mn=name)

    with override("mn"):
        assert [theme.name for theme in Theme.objects.order_by("sort_key")] == NAMES


def test_each_language_has_its_own_order():
    for slug, english, mongolian in [("a", "Alpha", "Үнэ"), ("b", "beta", "Оюу"), ("c", "Сү", "")]:
        make_section(slug=slug, name_en=english, name_mn=mongolian)

    orders = {}
    for language in ("en", "mn"):
        with override(language):
            orders[language] = [section.slug for section in Section.objects.all()]
    assert orders == {"en": ["c", "a", "b"], "mn": ["b", "c", "a"]}


def test_a_new_name_takes_its_new_place():
    first, second = make_campaign(title_mn="Ард"), make_campaign(title_mn="Бат")
    first.title_mn = "Ганд"
    first.save(update_fields=["title_mn"])

    with override("mn"):
        assert list(Campaign.objects.order_by("sort_key")) == [second, first]


def test_staff_sort_by_name(admin_client):
    for name in ("Үнэ", "Тэс", "Өлгий"):
        make_campaign(title_mn=name)

    page = admin_client.get("/mn/admin/campaigns/campaign/?o=1")

    names = [str(campaign) for campaign in page.context["cl"].result_list]
    assert names == ["Өлгий", "Тэс", "Үнэ"]


def test_rows_from_before_get_their_places_and_labels():
    migration = import_module("timeline.migrations.0002_sort_key")
    make_event(title_en="", title_mn="Өлгий")
    decade = make_decade(first_year=1990)
    TimelineEvent.objects.update(sort_key_en="", sort_key_mn="")
    Decade.objects.update(label_en="", label_mn=None)

    for step in migration.Migration.operations:
        if isinstance(step, RunPython):
            step.code(apps, None)

    event = TimelineEvent.objects.get()
    decade.refresh_from_db()
    assert (event.sort_key_en, event.sort_key_mn) == (sort_key("Өлгий"), sort_key("Өлгий"))
    assert (decade.label_en, decade.label_mn) == ("1990s", "1990-ээд он")
