"""What will appear by itself, for the admin's first page."""

from operator import attrgetter

from django import template
from django.apps import apps

from editorial.first_page import ROWS, form_address, rows_for
from editorial.publishing import Publishable

register = template.Library()


@register.inclusion_tag("editorial/_scheduled.html", takes_context=True)
def scheduled(context):
    """The next entries of all subjects that come due. Two queries a subject."""
    models = [model for model in apps.get_models() if issubclass(model, Publishable)]
    subjects = [rows_for(context["request"], model) for model in models]
    waiting = [rows.scheduled().order_by("published_at") for rows in subjects if rows is not None]
    entries = sorted(
        (entry for rows in waiting for entry in rows[:ROWS]), key=attrgetter("published_at")
    )[:ROWS]
    for entry in entries:
        entry.form_address = form_address(entry)
        entry.subject = entry._meta.verbose_name
    return {
        "may_view": waiting != [],
        "entries": entries,
        "more": sum(rows.count() for rows in waiting) - len(entries),
    }
