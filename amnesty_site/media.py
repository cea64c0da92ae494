"""Uploaded pictures. A name is made for one picture and never given to another."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from whitenoise.media_types import MediaTypes
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError, StaticFile

types = MediaTypes()


@require_safe
def media(request, path):
    """The file, whole, in part or not at all where the browser has it, as static files are."""
    headers = [
        ("Content-Type", types.get_type(path)),
        ("Cache-Control", f"max-age={365 * 24 * 3600}, public, immutable"),
    ]
    try:
        file = StaticFile(safe_join(settings.MEDIA_ROOT, path), headers)
    except (NotARegularFileError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return WhiteNoiseMiddleware.serve(file, request)
