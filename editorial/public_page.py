"""Which views are pages for the public: finished once, kept, and handed to every reader alike."""

from functools import partial, wraps
from urllib.parse import urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.views.decorators.http import require_safe


def public_page(view=None, *, reads=()):
    """Marks a view whose page depends on its path, on the parameters it `reads`, and on nothing
    else in a request; only for staff, whose requests always reach it, may it differ.

    The kept page is shown whatever other parameters stand in the address: links shared in some
    networks carry one for every reader. Only an answer with status 200 is kept.
    """
    if view is None:
        return partial(public_page, reads=reads)
    page = require_safe(view)
    page.reads = tuple(reads)
    return page


def public_document(view):
    """Marks a view whose answer is kept like a page, and is for programs: a feed, a table. It is
    the same for everybody, staff too; it counts no visitor and sets no cookie."""

    @public_page
    @wraps(view)
    def document(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_public_document = True
        del response["Last-Modified"]  # it would not tell of what was taken out; the tag does
        return response

    return document


def public_view(path):
    """The view that makes the public page at `path`, or None."""
    with override(get_language_from_path(path)):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    return view if hasattr(view, "reads") else None


def parameters_read(path, query):
    """The part of a query string that the page at `path` depends on, always written one way."""
    view = public_view(path)
    try:
        asked = QueryDict(query)
    except SuspiciousOperation:  # more parameters than a person could mean
        return ""
    return urlencode(
        [(name, asked[name]) for name in view.reads if asked.get(name)] if view else []
    )
