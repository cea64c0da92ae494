"""Entries out and in as spreadsheets: a page with both, and what an upload would change."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editorial.desk.addresses import list_address
from editorial.desk.lists import as_filtered
from editorial.spreadsheets import files
from editorial.spreadsheets.cells import Sheet, as_dicts
from editorial.spreadsheets.rows import check, export
from editorial.spreadsheets.uploads import Upload

FORMATS = {
    "xlsx": (
        files.write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (files.write_csv, "text/csv; charset=utf-8"),
}
STATES = ["refused", "new", "changed", "unchanged"]


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("sheet"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"})
    )

    def clean_file(self):
        return files.read(self.cleaned_data["file"])


class SheetMixin:
    """Who may see the entries may download them; who may change them may upload them."""

    change_list_template = "admin/list_with_sheet.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_sheet"
        view = self.admin_site.admin_view
        return [
            path("sheet/", view(self.sheet_view), name=name),
            path("sheet/file.<str:kind>", view(self.sheet_file_view), name=f"{name}_file"),
            path("sheet/<int:upload>/", view(self.sheet_preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def sheet(self):
        """The columns are the fields of the form, in its order."""
        return Sheet(self.model, flatten_fieldsets(self.fieldsets))

    # Out

    def sheet_file_view(self, request, kind):
        """All entries as a file, or those of the list as it was filtered."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        write, content_type = FORMATS[kind]
        data = write(export(self.sheet(), self.filtered(request).order_by(*self.opts.ordering)))
        name = f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(data, content_type=content_type, headers=headers)

    def filtered(self, request):
        if not request.GET.get("_changelist_filters"):
            return self.get_queryset(request)
        try:
            return as_filtered(self, request)
        except IncorrectLookupParameters as error:
            raise Http404 from error

    # In

    def sheet_view(self, request):
        """Where to download and to upload. What is wrong with a whole file is said here."""
        may_upload = self.has_change_permission(request)
        if not self.has_view_permission(request) or (request.method == "POST" and not may_upload):
            raise PermissionDenied
        form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
        if request.method == "POST" and form.is_valid():
            try:
                rows = as_dicts(self.sheet(), form.cleaned_data["file"])
            except ValidationError as error:
                form.add_error("file", error)
            else:
                upload = Upload.objects.keep(request.user, self.model, rows)
                return HttpResponseRedirect(self.sheet_address("_preview", upload.pk))
        context = {
            "title": _("Spreadsheet"),
            "form": form,
            "may_upload": may_upload,
            "max_size": files.MAX_MEGABYTES,
            "max_rows": f"{files.MAX_ROWS:,}",
            "all_count": self.get_queryset(request).count(),
            "columns": self.sheet().described(),
        }
        if filters := request.GET.get("_changelist_filters"):
            context["query"] = QueryDict(mutable=True)
            context["query"]["_changelist_filters"] = filters
            context["query"] = context["query"].urlencode()
            context["filtered_count"] = self.filtered(request).count()
        return self.sheet_page(request, "admin/sheet.html", context, 422 if form.errors else 200)

    def sheet_preview_view(self, request, upload):
        """What each row would change; then takes over all of them or none."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.take_over(request, upload)
        found = Upload.objects.of(request.user, self.model).filter(pk=upload).first()
        if found is None:
            return self.gone(request)
        rows = check(self.sheet(), found.rows, self.has_add_permission(request))
        return self.preview_page(request, rows)

    def take_over(self, request, upload):
        publish = "_publish" in request.POST
        if publish and not self.has_publish_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            mine = Upload.objects.of(request.user, self.model).select_for_update()
            found = mine.filter(pk=upload).first()
            if found is None:
                return self.gone(request)
            rows = found.take_over(
                self.sheet(),
                self.has_add_permission(request),
                publish=publish,
                hand_in="_hand_in" in request.POST,
            )
        if any(row.errors for row in rows):
            return self.preview_page(request, rows, status=422)
        written = [row for row in rows if row.wanted]
        for flag in (ADDITION, CHANGE):
            entries = [row.entry for row in written if row.is_new is (flag == ADDITION)]
            LogEntry.objects.log_actions(request.user.pk, entries, flag, "Spreadsheet.")
        text = ngettext(
            "%(n)s entry taken over from the sheet.",
            "%(n)s entries taken over from the sheet.",
            len(written),
        )
        messages.success(request, text % {"n": len(written)})
        return HttpResponseRedirect(list_address(self.model))

    def gone(self, request):
        text = _(
            "This sheet has been taken over already, or it is older than a day, or somebody else "
            "uploaded it. Upload it again."
        )
        messages.warning(request, text)
        return HttpResponseRedirect(self.sheet_address())

    def preview_page(self, request, rows, status=200):
        by_state = {state: [row for row in rows if row.state == state] for state in STATES}
        context = {
            "title": _("What this sheet changes"),
            "rows": by_state,
            "shown": [*by_state["refused"], *by_state["new"], *by_state["changed"]],
            "may_publish": self.has_publish_permission(request),
            "sheet_url": self.sheet_address(),
        }
        return self.sheet_page(request, "admin/sheet_preview.html", context, status)

    def sheet_address(self, page="", *rest):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_sheet{page}"
        return reverse(name, args=rest)

    def sheet_page(self, request, template, context, status):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=status)
