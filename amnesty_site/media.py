"""Uploaded pictures. A name is made for one picture and never given to another."""

import io
import re
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils._os import safe_join
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from whitenoise.media_types import MediaTypes
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError, StaticFile

types = MediaTypes()

FOREVER = f"max-age={365 * 24 * 3600}, public, immutable"
PASSED_ON = ["ETag", "Last-Modified", "Content-Range", "Content-Length"]
RANGE = re.compile(r"bytes=([0-9]{1,9}-[0-9]{0,9}|-[0-9]{1,9})")
TAG = re.compile(r'"[A-Za-z0-9_-]{1,80}"')


@require_safe
def media(request, path):
    """The file, whole, in part or not at all where the browser has it, as static files are."""
    is_on_disk = isinstance(default_storage, FileSystemStorage)
    response = (from_disk if is_on_disk else from_bucket)(request, path)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # open data names pictures
    return response


def from_disk(request, path):
    headers = [("Content-Type", types.get_type(path)), ("Cache-Control", FOREVER)]
    try:
        file = StaticFile(safe_join(settings.MEDIA_ROOT, path), headers)
    except (NotARegularFileError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return WhiteNoiseMiddleware.serve(file, request)


def from_bucket(request, path):
    """503 while the store is away; browsers ask the site alone, and never the store."""
    try:
        status, told, body = default_storage.answer(path, **conditions(request.headers))
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError:
        text = _("The pictures are out of reach just now. Try again in a minute.")
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        return HttpResponse(text, "text/plain", status=503, headers=headers)
    headers = {name: told[name.lower()] for name in PASSED_ON if name.lower() in told}
    if status != 416:
        headers["Cache-Control"] = FOREVER
    kind = types.get_type(path)
    return FileResponse(io.BytesIO(body), status=status, headers=headers, content_type=kind)


def conditions(headers):
    """What a browser says of the part it wants or the copy it has, as the store takes it."""
    asked = {}
    if RANGE.fullmatch(part := headers.get("Range", "")):
        asked["Range"] = part
    if TAG.fullmatch(tag := headers.get("If-None-Match", "")):
        asked["IfNoneMatch"] = tag
    elif since := parse_http_date_safe(headers.get("If-Modified-Since", "")):
        asked["IfModifiedSince"] = datetime.fromtimestamp(since, UTC)
    return asked
