"""Two people have one entry open: nobody's words are lost, and nobody's are undone."""

import pytest

from editorial.drafts import Draft
from tests.factories import make_event, make_theme

pytestmark = pytest.mark.django_db


def errors(answer):
    return answer.context["adminform"].form.errors


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", published_at=None)


def test_the_second_save_shows_both_texts_and_keeps_what_was_typed(event, bold, saran):
    typed = saran.open(event) | {"title_en": "A candle in barbed wire"}
    bold.save(event, title_en="The candle")

    answer = saran.send(event, typed)

    told = str(errors(answer)["title_en"])
    assert "bold saved something else here" in told
    assert "<del>The</del>" in told
    assert "<ins>in</ins>" in told or "in barbed wire</ins>" in told
    assert answer.context["adminform"].form["title_en"].value() == "A candle in barbed wire"
    event.refresh_from_db()
    assert event.title_en == "The candle"


def test_who_has_seen_the_other_text_may_save(event, bold, saran):
    typed = saran.open(event) | {"title_en": "A candle in barbed wire"}
    bold.save(event, title_en="The candle")
    again = saran.send(event, typed).context["adminform"].form

    saran.send(event, typed | {"title_en": "The candle in wire", "seen": again["seen"].value()})

    event.refresh_from_db()
    assert event.title_en == "The candle in wire"


def test_changes_of_different_fields_are_joined(event, bold, saran):
    theme = make_theme()
    typed = saran.open(event) | {"title_mn": "Дэнлүү"}
    bold.save(event, title_en="The candle", themes=[theme.pk])

    saran.send(event, typed)

    event.refresh_from_db()
    assert (event.title_en, event.title_mn, [*event.themes.all()]) == (
        "The candle",
        "Дэнлүү",
        [theme],
    )


def test_it_is_the_same_beside_a_published_text(bold, saran):
    event = make_event(title_en="A candle", title_mn="Лаа")
    typed = saran.open(event) | {"title_en": "A light", "title_mn": "Гэрэл"}
    bold.save(event, title_en="The candle")

    answer = saran.send(event, typed)

    assert list(errors(answer)) == ["title_en"]
    assert Draft.objects.get().values == {"title_en": "The candle"}


def test_an_editor_that_writes_lists_its_own_way_is_no_change(event, bold, saran):
    type(event).objects.filter(pk=event.pk).update(body_en="<ul><li>One</li></ul>")
    typed = saran.open(event) | {"body_en": "<ul><li><p>One</p></li></ul>", "title_mn": "Дэнлүү"}
    bold.save(event, body_en="<p>Two</p>")

    saran.send(event, typed)

    event.refresh_from_db()
    assert (event.body_en, event.title_mn) == ("<p>Two</p>", "Дэнлүү")


@pytest.mark.parametrize("seen", ["", "nothing", "[]", "[1]", '{"title_en": 3}'])
def test_a_form_that_says_nonsense_of_what_it_showed_is_no_fault(event, bold, seen):
    assert bold.send(event, bold.open(event) | {"seen": seen}).status_code in (200, 302)
