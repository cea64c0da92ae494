"""The history of an entry in the admin: its versions, two of them compared, one put back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import FileField
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bilingual.languages import OWN_NAMES
from editorial import drafts, preview, values
from editorial.compare import marked
from editorial.deeds import deed
from editorial.desk.addresses import form_address
from editorial.drafts import Draft
from editorial.entries import lock
from editorial.history import Version

VERSIONS_A_PAGE = 50
PUT_BACK = gettext_noop("an earlier version was put back")


class HistoryMixin:
    """Stands in for the history Django's admin has, which knows no texts."""

    def get_urls(self):
        options = self.model._meta
        name = f"{options.app_label}_{options.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<path:object_id>/history/<int:version>/", view, name=name),
            *super().get_urls(),
        ]

    def entry_and_versions(self, request, object_id):
        entry = get_object_or_404(self.model, pk=values.key(object_id))
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        return entry, Version.objects.of(entry).select_related("user")

    def history_view(self, request, object_id, extra_context=None):
        """All versions of an entry, the newest first, with what each changed."""
        entry, versions = self.entry_and_versions(request, object_id)
        page = Paginator(versions, VERSIONS_A_PAGE).get_page(request.GET.get("p"))
        rows = list(page)
        older = [*rows[1:], *versions.filter(pk__lt=rows[-1].pk)[:1]] if rows else []
        told = [
            (version, changes(self.model, version, before))
            for version, before in zip(rows, [*older, None][: len(rows)], strict=True)
        ]
        context = {"title": _("History"), "versions": told, "page": page}
        return self.history_page(request, "admin/entry_history.html", entry, context)

    def version_view(self, request, object_id, version):
        """One version beside the one before it, or beside `?with=` another; it can be put back."""
        entry, versions = self.entry_and_versions(request, object_id)
        chosen = get_object_or_404(versions, pk=version)
        if request.method == "POST":
            return self.put_back(request, entry, chosen)
        other = values.key(request.GET.get("with"))
        earlier = versions.filter(pk=other) if other else versions.filter(pk__lt=chosen.pk)
        before = earlier.first()
        context = {
            "title": _("Compare versions"),
            "version": chosen,
            "before": before,
            "others": versions.exclude(pk=chosen.pk)[:VERSIONS_A_PAGE],
            "differences": list(differences(self.model, before, chosen)),
            "preview_url": preview.address(entry, chosen),
            "is_newest": chosen == versions.first(),
            "may_put_back": self.has_change_permission(request, entry),
        }
        return self.history_page(request, "admin/entry_version.html", entry, context)

    def history_page(self, request, template, entry, context):
        frame = {"opts": self.model._meta, "object": entry, "original": entry}
        context = {**self.admin_site.each_context(request), **frame, **context}
        return TemplateResponse(request, template, context)

    def put_back_never(self):
        """Fields that tell of the desk; and files, of which the former ones are gone."""
        fields = values.fields(self.model).items()
        return self.model.at_once | {n for n, f in fields if isinstance(f, FileField)}

    def put_back(self, request, entry, version):
        """Gives the entry what the version says: readers too, if whoever asks may publish."""
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        public = drafts.ALL_PARTS if self.has_publish_permission(request) else ()
        when = localize(timezone.localtime(version.saved_at))
        wanted = {n: v for n, v in version.values.items() if n not in self.put_back_never()}
        try:
            with transaction.atomic(), deed(request.user, PUT_BACK):
                row = lock(self.model, entry.pk)
                if row is None:
                    raise Http404
                refuse_to_lose(row)
                drafts.keep(row, wanted, public if row.is_approved else ())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            self.log_change(request, entry, "Put a version back.")
            text = (
                _("The version of %(when)s is put back.")
                if public or not row.is_approved
                else _("The version of %(when)s waits for a publisher to be put back.")
            )
            messages.success(request, text % {"when": when})
        return HttpResponseRedirect(form_address(entry))


def refuse_to_lose(entry):
    """What waits beside a published text is in no version yet."""
    if entry.is_approved and Draft.objects.of(entry).exists():
        text = _("Something waits beside the published text. Publish it or throw it away first.")
        raise ValidationError(text)


def changes(model, version, before):
    """What a version changed, as labels; None for the first."""
    if before is None:
        return None
    names = values.differing(version.values, before.values)
    return [str(values.label(model, name)) for name in names if values.knows(model, name)]


def differences(model, before, version):
    """For each part of an entry that differs: its name, and its fields with both texts compared."""
    old = before.values if before else {}
    parts = values.parts(model)
    for part in drafts.ALL_PARTS:
        rows = []
        for name, new in version.values.items():
            if (
                parts.get(name) == part
                and old.get(name) != new
                and (old or new not in ("", None, []))
            ):
                was = values.shown(model, name, old[name]) if name in old else ""
                rows.append(
                    (values.label(model, name), marked(was, values.shown(model, name, new)))
                )
        if rows:
            yield OWN_NAMES.get(part, _("The rest")), rows
