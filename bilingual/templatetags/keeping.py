"""What is rendered once and used again, so that a page costs little."""

from datetime import datetime

from django import template
from django.db.models import Model
from django.db.models.base import ModelState
from django.utils.translation import get_language

register = template.Library()

PLAIN = {str, int, datetime, type(None)}  # most values of a page
MOST = 1_000  # renderings that one tag keeps; each of the history's years is one


@register.tag
def unchanging(parser, token):
    """`{% unchanging a b %}…{% endunchanging %}`: rendered once per language and process for the
    same values.

    What stands within must depend on nothing but the language and the values named. Of a row of
    the database every column counts that was read, and so do its pictures, themes and figures:
    where one of them changes, it is rendered anew.
    """
    _tag, *values = token.split_contents()
    nodelist = parser.parse(["endunchanging"])
    parser.delete_first_token()
    return Unchanging(nodelist, [parser.compile_filter(value) for value in values])


class Unchanging(template.Node):
    def __init__(self, nodelist, values):
        self.nodelist, self.values, self.kept = nodelist, values, {}

    def render(self, context):
        key = get_language(), *(as_key(value.resolve(context)) for value in self.values)
        rendered = self.kept.get(key)
        if rendered is None:
            if len(self.kept) >= MOST:
                self.kept.clear()
            rendered = self.kept[key] = self.nodelist.render(context)
        return rendered


def as_key(value):
    """The value as something equal to another as long as both show the same."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Model):
        # Another row among the attributes only leads on, as from a decade to the next
        shown = {n: v for n, v in vars(value).items() if not isinstance(v, Model | ModelState)}
        return type(value), as_key(shown), as_key(value._state.fields_cache)
    if isinstance(value, dict):
        return tuple(value), as_key(list(value.values()))
    if isinstance(value, list | tuple):
        return tuple([v if type(v) in PLAIN else as_key(v) for v in value])
    # True equals 1, and a text marked as safe the same text that is not; neither shows the same
    return type(value), value
