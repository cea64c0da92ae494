"""Which notices wait for a check, for the admin's first page."""

from django import template

from campaigns.models import Campaign
from editorial.desk.addresses import form_address
from editorial.desk.first_page import ROWS, rows_for

register = template.Library()


@register.inclusion_tag("campaigns/_notices_to_check.html", takes_context=True)
def notices_to_check(context):
    """The most urgent ones. Two queries."""
    campaigns = rows_for(context["request"], Campaign)
    if campaigns is None:
        return {}
    waiting = campaigns.to_check()
    notices = list(waiting[:ROWS])
    for notice in notices:
        notice.form_address = form_address(notice)
    return {"may_view": True, "notices": notices, "more": waiting.count() - len(notices)}
