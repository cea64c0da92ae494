"""What a page is about, for search engines, as an element of the page."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from amnesty_site import structured_data as data

register = template.Library()


@register.simple_tag
def breadcrumb_data(parent, parent_url, child, child_url, here):
    """The same as the line of links above the title."""
    between = [(name, url) for name, url in [(parent, parent_url), (child, child_url)] if name]
    return data.script(data.breadcrumbs([(_("Home"), reverse("home")), *between, (here, None)]))


@register.simple_tag
def site_data():
    return data.script(data.site())


@register.simple_tag
def section_data(section):
    return data.script(data.section(section))


@register.simple_tag
def campaign_data(campaign):
    found = data.campaign(campaign)
    return data.script(found) if found else ""


@register.simple_tag(takes_context=True)
def history_year_data(context, headline, events):
    return data.script(data.history_year(headline, context["request"].path, events))


@register.simple_tag(takes_context=True)
def section_year_data(context, headline, achievements, section):
    path = context["request"].path
    return data.script(data.section_year(headline, path, achievements, section))
