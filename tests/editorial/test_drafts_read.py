"""A translation nobody has read waits for that until somebody has, whatever becomes of it."""

import pytest

from editorial import drafts
from editorial.values import REST
from tests.desk import fresh, states
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def unread(event, **texts):
    """Somebody writes a translation that nobody has read yet."""
    row = fresh(event)
    row.is_reviewed = False
    drafts.keep(row, texts)


def test_what_nobody_has_read_stays_so_beside_what_is_written_later():
    event = make_event(title_mn="", body_mn="")
    unread(event, title_mn="Лаа")

    drafts.keep(fresh(event), {"body_mn": "<p>Шатаж байна.</p>"})
    drafts.keep(fresh(event), {"title_mn": "Лаа."}, {"mn"})

    assert states(event) == {"title": "unreviewed", "body": "unreviewed"}


def test_what_is_written_anew_has_been_read():
    event = make_event(title_mn="", body_mn="")
    unread(event, title_mn="Лаа")

    drafts.keep(fresh(event), {"title_mn": "Зул"}, {"mn"})

    assert states(event) == {"title": "right", "body": "missing"}


def test_what_nobody_has_read_stays_so_when_its_entry_is_taken_off_the_site():
    event = make_event(title_mn="", body_mn="")
    unread(event, title_mn="Лаа")

    drafts.unpublish(fresh(event))

    assert states(event) == {"title": "unreviewed", "body": "missing"}


def test_what_nobody_has_read_stays_so_when_its_language_comes_and_goes():
    event = make_event(title_mn="", body_mn="", published_at=None)
    unread(event, title_mn="Лаа")

    drafts.keep(fresh(event), {}, {"en", REST})
    drafts.keep(fresh(event), {}, {"mn"})
    assert states(event)["title"] == "unreviewed"

    drafts.unpublish(fresh(event), "mn")
    drafts.keep(fresh(event), {}, {"mn"})
    assert states(event)["title"] == "unreviewed"
