"""What is rendered once and used again, so that a page costs little."""

import re
import threading
from datetime import datetime

from django import template
from django.db.models import Model
from django.db.models.base import ModelState
from django.utils.translation import get_language

register = template.Library()

MEMORY = 6 * 1024 * 1024  # about as many bytes of parts and of what they show a process keeps
INDENTS = re.compile(r"\n[ \n]+")  # of templates: on the page they are blank lines
PLAIN = {str, int, datetime, type(None)}  # most values of a page


@register.tag
def unchanging(parser, token):
    """`{% unchanging a b %}…{% endunchanging %}`: rendered once for each language and the values
    named, and then kept by the process as long as there is room.

    What stands within must depend on nothing else: no request, user or time, and no row or column
    that is read only there. Of a row named count the columns that were read and the lists put on
    it, as `theme_list`; of the rows its foreign keys have led to, the columns. `decade.next`, an
    attribute that is a row, counts where it is named itself. A variable set within is not there
    afterwards.
    """
    _tag, *values = token.split_contents()
    nodelist = parser.parse(["endunchanging"])
    parser.delete_first_token()
    return Unchanging(nodelist, [parser.compile_filter(value) for value in values])


class Unchanging(template.Node):
    def __init__(self, nodelist, values):
        self.nodelist, self.values = nodelist, values

    def render(self, context):
        key = self, get_language(), *(as_key(value.resolve(context)) for value in self.values)
        part = parts.kept.get(key)
        if part is None:
            part = INDENTS.sub("\n", self.nodelist.render(context))
            parts.keep(key, part)
        return part


class Parts:
    """The rendered parts of pages; those that have been there longest make room."""

    def __init__(self):
        self.keeping = threading.Lock()
        self.forget()

    def forget(self):
        self.kept, self.size = {}, 0

    def keep(self, key, part):
        with self.keeping:
            if key not in self.kept:
                self.size += weight(part)
            self.kept[key] = part
            while self.size > MEMORY:
                self.size -= weight(self.kept.pop(next(iter(self.kept))))


parts = Parts()


def weight(part):
    """About how many bytes it takes with its key, which has the texts in both languages."""
    return 4 * len(part) + 500


def as_key(value):
    """The value as something equal to another as long as both show the same.

    What says itself what it was `made_of` is known by that.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if made_of := getattr(value, "made_of", None):
        return kind, made_of
    if isinstance(value, Model):
        behind = {name: row and columns(row) for name, row in value._state.fields_cache.items()}
        lists = [part for part in vars(value).values() if isinstance(part, list)]
        return kind, as_key(columns(value)), as_key(lists), as_key(behind)
    if isinstance(value, dict):
        return tuple(value), as_key(list(value.values()))
    if isinstance(value, list | tuple):
        return tuple([v if type(v) in PLAIN else as_key(v) for v in value])
    # True equals 1, and a text marked as safe the same text that is not; neither shows the same
    return kind, value


def columns(row):
    return {n: v for n, v in vars(row).items() if not isinstance(v, Model | ModelState | list)}
