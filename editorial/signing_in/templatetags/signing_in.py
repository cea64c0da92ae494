from django import template

from editorial.signing_in.sessions import due_of

register = template.Library()


@register.inclusion_tag("editorial/_second_factor.html", takes_context=True)
def second_factor(context):
    """The way to one's second factor, and until when it must be set up. No query."""
    return {"due": due_of(context["request"].session)}
