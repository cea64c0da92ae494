"""The themes of an entry, as links."""

from django import template

register = template.Library()


@register.tag
def themes(parser, token):
    """`{% themes event.theme_list %}`: nothing where there are none. Rendered once a page for all
    entries with the same themes, as a page of the history has hundreds."""
    _tag, entries = token.split_contents()
    return Themes(parser.compile_filter(entries))


class Themes(template.Node):
    def __init__(self, themes):
        self.themes = themes

    def render(self, context):
        themes = tuple(self.themes.resolve(context))
        # The first of these belongs to the page, the last only to a template that is included
        kept = context.render_context.dicts[0].setdefault(Themes, {(): ""})
        if themes not in kept:
            rows = context.template.engine.get_template("includes/_themes.html")
            kept[themes] = rows.render(context.new({"themes": themes}))
        return kept[themes]
