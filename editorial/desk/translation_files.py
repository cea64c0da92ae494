"""A page beside the list of translations: what is to translate as a file, and the file again."""

from itertools import permutations

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from editorial.entries import subjects
from editorial.po_files import make_po, read_po
from editorial.po_parsing import PoError
from editorial.review import Translation
from editorial.roles import may

MEGABYTES = 5


class DownloadForm(forms.Form):
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[
            (f"{source}-{target}", f"{OWN_NAMES[source]} → {OWN_NAMES[target]}")
            for source, target in permutations(OWN_NAMES, 2)
        ],
    )

    def __init__(self, models, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [
            ("", _("The whole site")),
            *(
                (model._meta.label_lower, capfirst(model._meta.verbose_name_plural))
                for model in models
            ),
        ]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("PO file"),
        widget=forms.FileInput(attrs={"accept": ".po,text/x-gettext-translation"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1_000_000:
            raise ValidationError(
                _("This file is larger than %(n)s MB. Take one subject at a time."),
                params={"n": MEGABYTES},
            )
        return file


class TranslationFiles:
    """For the admin of translations."""

    change_list_template = "admin/translation_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.files_view)
        return [path("files/", view, name="editorial_translation_files"), *super().get_urls()]

    def files_view(self, request):
        models = [model for model in subjects() if may(request.user, "translate", model)]
        if not models:
            raise PermissionDenied
        asked = request.GET if "direction" in request.GET else None
        download, upload, report = DownloadForm(models, asked), UploadForm(), None
        if request.method == "POST":
            upload = UploadForm(request.POST, request.FILES)
            if upload.is_valid():
                report = self.take_in(request, upload, models)
        elif download.is_valid():
            return send(models, **download.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Files for translators"),
            "opts": self.opts,
            "download": download,
            "upload": upload,
            "report": report,
            "written": addresses(report.entries) if report else [],
        }
        return TemplateResponse(request, "admin/translation_files.html", context)

    def take_in(self, request, upload, models):
        """The report on a file, or None and an error at its field."""
        try:
            report = read_po(upload.cleaned_data["file"].read(), models, request.user)
        except PoError as error:
            upload.add_error("file", str(error))
            return None
        for entry in report.entries:
            self.admin_site.get_model_admin(type(entry)).log_change(request, entry, "Translated.")
        return report


def send(models, subject, direction):
    """The file of one subject, or of all these."""
    chosen = [model for model in models if subject in ("", model._meta.label_lower)]
    named = [model._meta.model_name for model in chosen if subject]
    day = f"{timezone.localdate():%Y-%m-%d}"
    name = "-".join(["amnesty", settings.SECTION, *named, direction, day])
    return HttpResponse(
        str(make_po(chosen, direction.split("-")[0])),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.po"'},
    )


def addresses(entries):
    """Each entry with the key of its translation. A query for each subject."""
    keys = {}
    for model in {type(entry) for entry in entries}:
        states = Translation.objects.of_subject(model)
        keys |= {(model, key): pk for key, pk in states.values_list("object_id", "pk")}
    return [(entry, keys.get((type(entry), entry.pk))) for entry in entries]
