"""Numbers, ordinals, translated texts and the language switch, for templates."""

import html
import re

from django import template
from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from bilingual import dates, english, mongolian, translations
from bilingual.languages import LOCALES, OWN_NAMES, SHORT_NAMES

register = template.Library()

# A number of things, after what is none; neither is a year or a part of a word or a decimal
COUNTED = re.compile(
    rf"{english.DATE_OR_ARTICLE}|{mongolian.ORDINAL}"
    r"|(?P<number>(?<![\w,.-])(?!(?:19|20)\d\d\b)\d{1,3}(?:[,\u00a0]\d{3})*(?![\w-]|[,.]\d))"
)


@register.filter
def number(value):
    """A whole number with its thousands grouped: 887,766. Never for years."""
    return f"{value:,}"


@register.tag
def translated(parser, token):
    """The text of a translated field, as a `Text`: `{% translated event "title" as title %}`."""
    _tag, obj, field, _as, name = token.split_contents()
    return Translated(parser.compile_filter(obj), field.strip("\"'"), name)


# No simple_tag: it would cost several times what it does, and a page has hundreds
class Translated(template.Node):
    def __init__(self, obj, field, name):
        self.obj, self.field, self.name = obj, field, name

    def render(self, context):
        context[self.name] = translations.translated(self.obj.resolve(context), self.field)
        return ""


@register.tag
def text(parser, token):
    """`{% text title %}`: a `Text`; in another language than the page, with a mark of it."""
    _tag, value = token.split_contents()
    return MarkedText(parser.compile_filter(value))


class MarkedText(template.Node):
    def __init__(self, value):
        self.value = value

    def render(self, context):
        text = self.value.resolve(context)
        if not getattr(text, "is_fallback", False):
            return conditional_escape(text)
        marked = context.template.engine.get_template("includes/_text.html")
        return marked.render(context.new({"text": text}))


@register.simple_tag(takes_context=True)
def this_page(context):
    """This page in every language: a list of dicts.

    `url` keeps the query, so that a filtered list stays filtered; `path` is without it. From an
    address that is no page, the other language leads to its home page.
    """
    request = context["request"]
    path = request.get_full_path()
    current = get_language()
    pages = []
    for code in translations.languages():
        url = path
        if code != current:
            url = f"/{code}/"
            if request.resolver_match:
                # They differ in nothing else, and translate_url would look up what is known
                url += path.removeprefix(f"/{current}/")
        pages.append(
            {
                "code": code,
                "short_name": SHORT_NAMES[code],
                "own_name": OWN_NAMES[code],
                "locale": LOCALES[code],
                "url": url,
                "path": url.partition("?")[0],
                "is_current": code == current,
            }
        )
    return pages


@register.tag
def plain_text(parser, token):
    """Keeps what it holds as text on one line: `{% plain_text as title %}…{% endplain_text %}`.

    For what a page states more than once; a block cannot be repeated.
    """
    _tag, _as, name = token.split_contents()
    nodelist = parser.parse(["endplain_text"])
    parser.delete_first_token()
    return PlainText(nodelist, name)


# No simple_block_tag: it hides the blocks within it, and they lose their `block.super`
class PlainText(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = " ".join(html.unescape(self.nodelist.render(context)).split())
        return ""


@register.simple_tag
def absolute(path):
    """`path` with this site's scheme and host, the same for every request."""
    return settings.SITE_URL + path


@register.filter
def as_day(pair):
    """A month and a day in words: "10 December", "12-р сарын 10"."""
    return dates.day_and_month(*pair)


@register.filter
def leading_number(text):
    """The digits a label begins with: "1960" of "1960-аад он"."""
    return re.match(r"\d*", str(text)).group()


@register.filter
def first_word(text):
    """ "-аад" of "-аад он"."""
    return str(text).partition(" ")[0]


@register.filter
def raised_numbers(text):
    """A plain text as HTML whose numbers stand in `<b>`; dates and years do not."""

    def raise_number(found):
        return f"<b>{found[0]}</b>" if found["number"] else found[0]

    return mark_safe(COUNTED.sub(raise_number, conditional_escape(text)))


@register.filter
def after_number(text):
    """What follows them, which the design sets smaller: "-аад он"."""
    return re.sub(r"^\d*", "", str(text))
