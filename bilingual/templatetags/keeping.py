"""What is rendered once and used again, so that a page costs little."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.tag
def unchanging(parser, token):
    """`{% unchanging a b %}…{% endunchanging %}`: rendered once per language and process.

    For what depends on nothing but the language and the values named, which must be few: a
    setting, a part of the site. Never for content, which has to be right after each change.
    """
    _tag, *values = token.split_contents()
    nodelist = parser.parse(["endunchanging"])
    parser.delete_first_token()
    return Unchanging(nodelist, [parser.compile_filter(value) for value in values])


class Unchanging(template.Node):
    def __init__(self, nodelist, values):
        self.nodelist, self.values, self.kept = nodelist, values, {}

    def render(self, context):
        key = get_language(), *(value.resolve(context) for value in self.values)
        if key not in self.kept:
            self.kept[key] = self.nodelist.render(context)
        return self.kept[key]
