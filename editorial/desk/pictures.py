"""The library of pictures in the admin: what each shows, where it is used, and withdrawing one."""

from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from editorial import drafts, picture_store, values
from editorial.desk.addresses import form_address
from editorial.desk.columns import yes_or_no
from editorial.desk.entry_admin import BilingualAdmin
from editorial.desk.forms import EntryForm
from editorial.pictures import Picture, pictured
from editorial.withdrawing import withdraw


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("review", _("to look at again")), ("credit", _("without credit"))]

    def queryset(self, request, queryset):
        if self.value() == "review":
            return queryset.to_review()
        return queryset.without_credit() if self.value() == "credit" else queryset


def tells_of_storage(view):
    """Comes back to the page with a message where the storage does not answer."""

    @wraps(view)
    def told(self, request, *args, **kwargs):
        try:
            return view(self, request, *args, **kwargs)
        except OSError as error:
            picture_store.refusal(error)
            messages.error(request, picture_store.NOT_REMOVED)
            return HttpResponseRedirect(request.path)

    return told


class PictureForm(EntryForm):
    refusal = None  # why the picture could not be made ready

    def clean(self):
        super().clean()
        if self.refusal:
            self.errors.pop("file", None)  # it says the same in other words
            self.add_error("file", self.refusal)

    def try_publishing(self):
        """Nothing a picture says in one language alone breaks a rule, and files cannot be tried."""


@admin.register(Picture)
class PictureAdmin(BilingualAdmin):
    form = PictureForm
    list_display = ["thumbnail", "by_name", "use", "people", "review_on", "translations"]
    list_display_links = ["thumbnail", "by_name"]
    list_filter = [UseFilter, *BilingualAdmin.list_filter, "shows_people"]
    search_fields = ["alt_en", "alt_mn", "caption_en", "caption_mn", "credit_en", "credit_mn"]
    readonly_fields = ["focal_point", "uses"]
    people = yes_or_no("shows_people", _("people can be recognised"))
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "file",
                    "focal_point",
                    ("focal_x", "focal_y"),
                    ("alt_en", "alt_mn"),
                    "is_decorative",
                    ("caption_en", "caption_mn"),
                    ("credit_en", "credit_mn"),
                ]
            },
        ),
        (_("People"), {"fields": ["shows_people", "consent", "review_on"]}),
        (_("More"), {"fields": ["uses", "source_language"]}),
    ]

    change_form_template = "admin/picture_form.html"

    class Media:
        css = {"all": ["css/admin-pictures.css"]}
        js = [forms.Script("js/focal-point.js", defer=True)]

    def get_queryset(self, request):
        """With how many entries show each picture, whatever their subject."""
        counts = [
            Coalesce(
                Subquery(
                    model.objects.filter(picture=OuterRef("pk"))
                    .order_by()
                    .values("picture")
                    .annotate(count=Count("pk"))
                    .values("count")
                ),
                0,
            )
            for model in pictured()
        ]
        return super().get_queryset(request).annotate(use_count=sum(counts, start=Value(0)))

    @admin.display(description=_("used in entries"), ordering="use_count")
    def use(self, picture):
        return picture.use_count

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        widths = picture.renditions.get("card")
        if not widths:
            return "–"
        address = picture.address("card", widths[0], "jpg")
        html = '<img class="thumbnail" src="{}" width="96" height="72" alt="" loading="lazy">'
        return format_html(html, address)

    @admin.display(description=_("focal point"))
    def focal_point(self, picture):
        """The picture to click at; without script the two numbers below do the same."""
        if not picture or not picture.file:
            return _("It can be chosen when the picture has been saved.")
        return format_html(
            '<span class="focal-point"><img src="{}" alt=""></span>', picture.file.url
        )

    @admin.display(description=_("used in"))
    def uses(self, picture):
        entries = picture.entries() if picture and picture.pk else []
        links = ((form_address(entry), entry) for entry in entries)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        name = self.prepare(request, object_id) if request.method == "POST" else None
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        finally:
            if name and name not in Picture.objects.files():
                picture_store.remove_if_possible(name)

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def prepare(self, request, object_id):
        """Does the work of seconds before the transaction of the form begins: makes an upload, or
        another focal point, ready. Returns the name of a file that is new."""
        if not self.has_change_permission(request) and not self.has_add_permission(request):
            return None
        try:
            focal = [min(100, max(0, int(request.POST.get(f"focal_{axis}")))) for axis in "xy"]
        except (TypeError, ValueError):
            return None  # the form will say so
        upload = request.FILES.get("file")
        try:
            if upload:
                upload.stored = picture_store.store(upload, focal)
                return upload.stored[0]
            picture = Picture.objects.filter(pk=values.key(object_id)).first()
            name = picture and drafts.working_values(picture)["file"]
            if name and picture_store.folder_for(name, focal) != picture.folder:
                picture_store.make(name, focal)
        except (OSError, ValidationError) as error:
            request.refusal = picture_store.refusal(error)
        return None

    def response_add(self, request, obj, *args, **kwargs):
        messages.info(request, _("Choose it now in the entry that shall show it."))
        return super().response_add(request, obj, *args, **kwargs)

    # Deleting a picture is withdrawing it

    delete_view = tells_of_storage(BilingualAdmin.delete_view)
    changelist_view = tells_of_storage(BilingualAdmin.changelist_view)

    def delete_model(self, request, obj):
        withdraw(obj)

    def delete_queryset(self, request, queryset):
        for picture in queryset:
            withdraw(picture)
