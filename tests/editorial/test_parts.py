"""The figures of an event are written, kept and published as its texts are."""

import pytest

from editorial.drafts import Draft
from editorial.history import Version
from tests.desk import Desk
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def figure(value, kind="groups"):
    return {"kind": kind, "value": value, "at_least": False, "period": ""}


def typed(*figures):
    """The rows of a form that says these, as a browser sends them."""
    data = {"figures-TOTAL_FORMS": len(figures), "figures-INITIAL_FORMS": 0}
    for place, row in enumerate(figures):
        data |= {f"figures-{place}-{name}": value for name, value in row.items() if value}
    return data


def public(event):
    return list(event.figures.order_by("pk").values("kind", "value", "at_least", "period"))


@pytest.fixture
def event():
    event = make_event()
    event.figures.create(**figure(70))
    return event


@pytest.fixture
def editor():
    return Desk("editor")


@pytest.fixture
def publisher():
    return Desk("publisher")


def test_a_figure_of_a_published_event_waits_until_a_publisher_approves(event, editor, publisher):
    editor.save(event, "_hand_in", **typed(figure(71), figure(9, "released")))
    assert public(event) == [figure(70)]
    assert Draft.objects.get().values == {"figures": [figure(71), figure(9, "released")]}
    assert editor.open(event)["figures-0-value"] == 71

    publisher.save(event, "_publish")
    assert public(event) == [figure(71), figure(9, "released")]
    assert list(Draft.objects.all()) == []


def test_a_button_an_editor_does_not_have_publishes_no_figure(event, editor):
    editor.save(event, "_publish", public=["en", "mn"], **typed(figure(71)))

    assert public(event) == [figure(70)]


def test_a_form_saved_as_it_was_changes_no_figure(event, publisher):
    key = event.figures.get().pk

    publisher.save(event, "_publish")

    assert event.figures.get().pk == key


def test_a_new_event_comes_with_its_figures(editor, event):
    form = editor.client.get(editor.address(event, "add")).context["adminform"].form
    texts = {"title_en": "New", "year": 1999, "order": 0, "seen": form["seen"].value()}

    editor.client.post(editor.address(event, "add"), texts | typed(figure(5)) | {"_save": "1"})

    new = type(event).objects.get(year=1999)
    assert (new.status, public(new)) == ("draft", [figure(5)])


def test_the_last_figure_goes_and_its_history_stays(event, publisher):
    event.save()

    publisher.save(event, "_publish", **typed())

    told = [version.values["figures"] for version in Version.objects.of(event)]
    assert (public(event), told[:2]) == ([], [[], [figure(70)]])


def test_two_figures_of_one_kind_are_refused_in_words(event, editor):
    answer = editor.save(event, **typed(figure(70), figure(71)))

    (formset,) = answer.context["inline_admin_formsets"]
    assert "This event already has a figure of this kind." in str(formset.formset.non_form_errors())
    assert list(Draft.objects.all()) == []


def test_the_figures_of_two_people_do_not_undo_each_other(event, editor):
    other, form = Desk("editor", name="saran"), editor.open(event)
    other.save(event, **typed(figure(72)))

    editor.send(event, form | {"title_en": "New"})

    assert Draft.objects.get(language="").values == {"figures": [figure(72)]}
    assert Draft.objects.get(language="en").values == {"title_en": "New"}


def test_who_wrote_other_figures_sees_both_and_decides(event, editor):
    other, form = Desk("editor", name="saran"), editor.open(event)
    other.save(event, **typed(figure(72)))

    answer = editor.send(event, form | typed(figure(73)))
    (formset,) = answer.context["inline_admin_formsets"]
    told = str(formset.formset.non_form_errors())
    assert ("saran saved something else" in told, "<del>72</del>" in told) == (True, True)

    seen = answer.context["adminform"].form["seen"].value()
    editor.send(event, form | typed(figure(73)) | {"seen": seen})
    assert Draft.objects.get().values == {"figures": [figure(73)]}


@pytest.mark.parametrize("role", ["translator", "administrator"])
def test_who_may_not_write_the_event_writes_no_figure(event, role):
    assert Desk(role).send(event, typed(figure(1))).status_code == 403

    assert public(event) == [figure(70)]
