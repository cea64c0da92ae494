"""Everything there is to translate stands in one list, and is translated beside its source."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.drafts import Draft
from editorial.review import Translation
from tests.desk import Desk, form_data
from tests.factories import make_campaign, make_decade, make_event, make_theme

pytestmark = pytest.mark.django_db

QUEUE = "/en/admin/editorial/translation/"


class Translator(Desk):
    def __init__(self, *roles):
        super().__init__(*(roles or ["translator"]))

    def queue(self, query=""):
        rows = self.client.get(QUEUE + query).context["cl"].result_list
        return [row.entry for row in rows]

    def form(self, entry, query=""):
        return self.client.get(address(entry) + query)

    def translate(self, entry, button="_hand_in", query="", **texts):
        data = form_data(self.form(entry).context) | texts | {button: "1"}
        return self.client.post(address(entry) + query, data)


def address(entry):
    translation = Translation.objects.for_entry(entry)
    return reverse("admin:editorial_translation_change", args=[translation.pk])


def test_one_list_has_everything_the_longest_waiting_first(time_machine):
    time_machine.move_to("2026-03-01T04:00Z")
    event = make_event(title_mn="")
    time_machine.move_to("2026-03-02T04:00Z")
    campaign = make_campaign(body_en="<p>One</p>")
    theme = make_theme(name_en="Arms", name_mn="Зэвсэг")
    time_machine.move_to("2026-03-03T04:00Z")
    theme.name_en = "Weapons"
    theme.save()
    make_event()
    translator = Translator()

    assert translator.queue() == [event, campaign, theme]
    assert translator.queue("?state=stale") == [theme]
    assert translator.queue("?state=missing") == [event, campaign]
    assert translator.queue("?subject=campaigns.campaign") == [campaign]
    assert translator.queue("?language__exact=en") == []


def test_the_list_is_filtered_by_age(time_machine):
    old = make_event(title_mn="")
    time_machine.move_to(timezone.now() + timedelta(days=8))
    make_event(title_mn="")

    assert Translator().queue("?age=7") == [old]


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_twenty(
    django_assert_num_queries,
):
    translator = Translator()
    make_event(title_mn="")
    with django_assert_num_queries(8):
        translator.queue()
    for _ in range(19):
        make_event(title_mn="")
    with django_assert_num_queries(8):
        translator.queue()


def test_the_source_stands_beside_its_translation():
    event = make_event(title_en="A candle", body_en="<p>It <em>burns</em>.</p>", body_mn="")

    answer = Translator().form(event)

    texts = [(t["name"], t["source"], t["state"]) for t in answer.context["texts"]]
    assert texts == [
        ("title", "A candle", "right"),
        ("body", "<p>It <em>burns</em>.</p>", "missing"),
    ]
    assert "<p>It <em>burns</em>.</p>" in answer.content.decode()


def test_a_translation_of_a_published_entry_is_handed_in_and_leaves_the_list():
    event, other = make_event(title_mn=""), make_event(title_mn="")
    translator = Translator()

    answer = translator.translate(event, title_mn="Лаа")

    event.refresh_from_db()
    assert (event.title_mn, Draft.objects.handed_in().get().values) == ("", {"title_mn": "Лаа"})
    assert translator.queue() == [other]
    assert answer["Location"] == address(other)


def test_a_translation_that_is_only_saved_stays_in_the_list():
    event = make_event(title_mn="")
    translator = Translator()

    answer = translator.translate(event, "_save", title_mn="Лаа")

    assert (translator.queue(), answer["Location"]) == ([event], QUEUE)
    assert translator.form(event).context["form"]["title_mn"].value() == "Лаа"


def test_a_publisher_publishes_the_translation_and_nothing_else():
    event = make_event(title_en="A candle", title_mn="")
    Desk("editor").save(event, title_en="A torch")

    Translator("publisher").translate(event, "_publish", title_mn="Лаа")

    event.refresh_from_db()
    assert (event.title_en, event.title_mn) == ("A candle", "Лаа")
    assert Draft.objects.get().values == {"title_en": "A torch"}


def test_a_translator_cannot_publish_nor_reach_another_field():
    event = make_event(title_en="A candle", title_mn="", year=1961)

    Translator().translate(event, "_publish", title_mn="Лаа", title_en="New", year="1999")

    event.refresh_from_db()
    assert (event.title_en, event.title_mn, event.year) == ("A candle", "", 1961)
    assert Draft.objects.get().values == {"title_mn": "Лаа"}


def test_a_stale_translation_shows_what_has_changed_and_is_still_right():
    event = make_event(title_en="A small candle")
    event.title_en = "A large candle"
    event.save()
    translator = Translator()

    title = translator.form(event).context["texts"][0]
    assert title["changed"] == "A <del>small</del> <ins>large</ins> candle"
    translator.translate(event, "_save", right=["title"])

    assert Translation.objects.for_entry(event).waiting_since is None
    assert list(Draft.objects.all()) == []


def test_a_text_that_was_not_written_is_not_asked_for():
    decade = make_decade(line_en="", introduction_en="<p>Then.</p>")

    texts = Translator().form(decade).context["texts"]

    assert [text["name"] for text in texts] == ["label", "introduction"]


def test_an_entry_written_in_mongolian_is_translated_to_english():
    event = make_event(title_en="", body_en="", title_mn="Лаа", body_mn="")

    Translator().translate(event, title_en="A candle")

    assert Draft.objects.get().values == {"title_en": "A candle"}


def test_two_translators_do_not_undo_each_other():
    event = make_event(title_mn="")
    first, second = Translator(), Translator()
    typed = form_data(second.form(event).context)
    first.translate(event, "_save", title_mn="Лаа")

    answer = second.client.post(address(event), typed | {"title_mn": "Дэн", "_save": "1"})

    assert list(answer.context["form"].errors) == ["title_mn"]
    assert answer.context["form"]["title_mn"].value() == "Дэн"


def test_previous_and_next_follow_the_filters_of_the_list():
    first, _theme, second = make_event(title_mn=""), make_theme(name_mn=""), make_event(title_mn="")
    query = "?_changelist_filters=subject%3Dtimeline.timelineevent"
    translator = Translator()

    page = translator.form(first, query).context
    assert (page["previous"], page["next"]) == (None, address(second) + query)
    page = translator.form(second, query).context
    assert (page["previous"], page["next"]) == (address(first) + query, None)
