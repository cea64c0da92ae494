"""Shows an entry as readers would see it, before they do, to whoever has the link."""

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial import drafts, values
from editorial.history import Version

SECONDS = 24 * 3600
signer = TimestampSigner(salt="editorial.preview", sep=".")


def address(entry, version=None):
    """A link to the entry as it is written now, or as a version has it; it works for a day."""
    named = f"{entry._meta.label_lower}-{entry.pk}-{version.pk if version else ''}"
    return reverse("preview", args=[signer.sign(named)])


@never_cache
@require_safe
def preview(request, signed):
    """The public page of the entry, made by its own view of a database in which it is published;
    then all is taken back."""
    try:
        label, pk, version = signer.unsign(signed, max_age=SECONDS).rsplit("-", 2)
    except SignatureExpired:
        return render(request, "editorial/preview_expired.html", status=410)
    except BadSignature as error:
        raise Http404 from error
    entry = get_object_or_404(apps.get_model(label)._default_manager.filter(pk=pk))
    wanted = Version.objects.of(entry).filter(pk=version).first() if version else None
    try:
        with transaction.atomic():
            publish(entry, wanted)
            response = show(request, entry)
            transaction.set_rollback(True)
    except (IntegrityError, ObjectDoesNotExist, Http404):
        # Another entry has its address, or what it stands within is gone or a draft itself
        response = render(request, "editorial/preview_impossible.html", status=409)
    response["X-Robots-Tag"] = "noindex"
    return response


def publish(entry, version):
    """As nothing is kept, the entry's rules are not asked: also half an entry can be seen."""
    wanted = version.values if version else drafts.working_values(entry)
    values.assign(entry, wanted)
    if hasattr(entry, "published_at"):
        entry.published_at = timezone.now()
    entry.save()
    values.relate(entry, wanted)


def show(request, entry):
    """The answer of the view that shows the entry to the public; the page says what it is."""
    view = resolve(entry.get_absolute_url().partition("#")[0])
    request.user, request.resolver_match, request.preview = AnonymousUser(), view, entry
    return view.func(request, *view.args, **view.kwargs)
