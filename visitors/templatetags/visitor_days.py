"""How many visitors came each day, for the admin's first page."""

from django import template

from editorial.desk.first_page import rows_for
from visitors.chart import bars
from visitors.models import VisitorDay

register = template.Library()

DAYS = 30


@register.inclusion_tag("visitors/_days.html", takes_context=True)
def visitor_days(context):
    """The last days, today among them. Two queries."""
    if rows_for(context["request"], VisitorDay) is None:
        return {}
    days = VisitorDay.objects.last(DAYS)
    visits = [number for _day, number in days]
    return {
        "label": VisitorDay._meta.verbose_name_plural,
        "days": days,
        "bars": bars(visits),
        "most": max(visits),
        "total": sum(visits),
    }
