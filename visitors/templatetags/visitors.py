from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from visitors.middleware import MARKER

register = template.Library()


@register.simple_tag
def visitor_line():
    """Marks where the visitor line goes; the middleware knows the number, the page does not."""
    return mark_safe(MARKER % get_language())
