"""Events as pages show them: read as rows, and made objects where a page is made of them anew."""

from collections import defaultdict

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from bilingual.templatetags.keeping import as_key
from bilingual.translations import columns
from editorial import prepared
from editorial.models import theme_lists
from editorial.pictures import pictures_by_key
from timeline.figures import Figure

# Of what staff alone see nothing is fetched for a page
SHOWN = ["id", "year", "month", "day", "slug", "published_at", "picture_id"]
TEXTS = ["title", "body", "date_text"]


class AsRead(SimpleLazyObject):
    """An event that is made when something is asked of it that was not given with it; what was
    given is not to be changed."""

    def __init__(self, make, **given):
        super().__init__(make)
        vars(self).update(given)


def read(events):
    """The events of a queryset as `TimelineEventQuerySet.for_reading()` says."""
    rows = prepared.typed_rows(events, prepared.row_of(events.model, *SHOWN, *columns(*TEXTS)))
    themes, figures = theme_lists(events), figure_rows(events)
    pictures = pictures_by_key(row.picture_id for row in rows)
    now = timezone.now()
    return [
        as_read(events, row, themes[row.id], figures[row.id], pictures.get(row.picture_id), now)
        for row in rows
    ]


def figure_rows(events):
    """The rows of the figures: a list for each primary key of an event. One query."""
    row_class, lists = prepared.row_of(Figure), defaultdict(list)
    for row in map(row_class._make, prepared.rows(events, figures_of, *row_class._fields)):
        lists[row.event_id].append(row)
    return lists


def figures_of(events, *names):
    return prepared.columns(Figure.objects.filter(event__in=events).order_by("pk"), *names)


def as_read(events, row, themes, figures, picture, now):
    is_scheduled = row.published_at is not None and row.published_at > now
    theme_rows = tuple([theme.made_of for theme in themes])
    made_of = row, theme_rows, tuple(figures), as_key(picture), is_scheduled

    def make():
        event = prepared.make(events.model, row, events.db)
        event.made_of, event.theme_list, event.picture = made_of, themes, picture
        event.figure_list = [prepared.make(Figure, figure, events.db) for figure in figures]
        return event

    return AsRead(make, made_of=made_of, year=row.year, theme_list=themes)
