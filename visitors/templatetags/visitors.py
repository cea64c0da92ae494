from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from visitors.line import MARKER

register = template.Library()


@register.simple_tag
def visitor_line():
    """Marks where the visitor line goes; the number is written in when the page is handed out."""
    return mark_safe(MARKER % get_language())
