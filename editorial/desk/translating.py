"""Everything there is to translate, in one list; and a form with each source beside its text."""

from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.forms import modelform_factory
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import column, translated_fields
from editorial import drafts, preview, values
from editorial.compare import marked
from editorial.desk.addresses import form_address, list_address
from editorial.desk.editor import editor_media, with_editor
from editorial.desk.forms import SharedForm
from editorial.desk.lists import as_filtered
from editorial.desk.translation_files import TranslationFiles
from editorial.drafts import Draft
from editorial.entries import lock, subjects
from editorial.review import State, Translation
from editorial.richtext import RichTextField, to_plain
from editorial.roles import may

AGES = {"7": _("longer than a week"), "30": _("longer than a month")}


class SubjectFilter(admin.SimpleListFilter):
    title = _("subject")
    parameter_name = "subject"

    def lookups(self, request, model_admin):
        return [(model._meta.label_lower, model._meta.verbose_name_plural) for model in subjects()]

    def queryset(self, request, queryset):
        models = {model._meta.label_lower: model for model in subjects()}
        if self.value() not in models:
            return queryset
        return queryset.of_subject(models[self.value()])


class StateFilter(admin.SimpleListFilter):
    title = _("what is to do")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state.value, state.label) for state in State if state != State.RIGHT]

    def queryset(self, request, queryset):
        chosen = self.value() in State.values
        return queryset.filter(**{f"{self.value()}__gt": 0}) if chosen else queryset


class AgeFilter(admin.SimpleListFilter):
    title = _("waiting")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return AGES.items()

    def queryset(self, request, queryset):
        if self.value() not in AGES:
            return queryset
        before = timezone.now() - timedelta(days=int(self.value()))
        return queryset.filter(waiting_since__lt=before)


class TranslationForm(SharedForm):
    """The texts of an entry in the language it is translated to; and which of them are right."""

    right = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)


@admin.register(Translation)
class TranslationAdmin(TranslationFiles, admin.ModelAdmin):
    list_display = ["named", "subject", "language", "to_do", "waiting_since"]
    list_display_links = ["named"]
    list_filter = [SubjectFilter, "language", StateFilter, AgeFilter]
    ordering = ["waiting_since", "pk"]
    sortable_by = ["waiting_since"]

    # Who may translate anything sees the list

    def has_module_permission(self, request):
        return any(may(request.user, "translate", model) for model in subjects())

    def has_view_permission(self, request, obj=None):
        if obj is None or obj.entry is None:
            return self.has_module_permission(request)
        return may(request.user, "translate", obj.entry)

    has_change_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # The list

    def get_queryset(self, request):
        """What has something to do, and is not handed in already."""
        theirs = {name: OuterRef(name) for name in ("content_type", "object_id", "language")}
        handed_in = Draft.objects.exclude(handed_in_at=None).filter(**theirs)
        waiting = Translation.objects.waiting().filter(~Exists(handed_in))
        return waiting.prefetch_related("entry")

    @admin.display(description=_("entry"))
    def named(self, translation):
        return str(translation.entry)

    @admin.display(description=_("subject"))
    def subject(self, translation):
        return translation.entry._meta.verbose_name

    @admin.display(description=_("what is to do"))
    def to_do(self, translation):
        counts = ((state, getattr(translation, state)) for state in State if state != State.RIGHT)
        return ", ".join(f"{state.label}: {count}" for state, count in counts if count)

    # The form

    @with_editor
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        found = Translation.objects.filter(pk=values.key(object_id))
        translation = found.first()
        if not self.has_change_permission(request, translation):
            raise PermissionDenied
        if translation is None or translation.entry is None:
            return self.gone(request, object_id)
        around = self.neighbours(request, translation)
        if request.method != "POST":
            form = self.make_form(request, translation)
            return self.show(request, translation, form, around)
        with transaction.atomic():
            lock(translation.content_type.model_class(), translation.object_id)
            translation = found.first()  # anew: another may have written, or deleted it
            if translation is None:
                return self.gone(request, object_id)
            form = self.make_form(request, translation, request.POST)
            if form.is_valid():
                self.try_to_keep(request, translation, form)
            if form.errors:
                return self.show(request, translation, form, around)
        goes_on = "_save" not in request.POST and around[1]
        return HttpResponseRedirect(self.address(request, around[1] if goes_on else None))

    def gone(self, request, object_id):
        if request.method != "POST" or object_id is None:
            raise Http404
        text = _("This entry was deleted while you translated it. Nothing was saved.")
        messages.error(request, text)
        return HttpResponseRedirect(self.address(request, None))

    def make_form(self, request, translation, data=None):
        """A form for the texts that have a source, in the order of the subject's own form."""
        entry = translation.entry
        subject_admin = self.admin_site.get_model_admin(type(entry))
        places = flatten_fieldsets(subject_admin.fieldsets)
        names = [
            name
            for name in translated_fields(type(entry))
            if getattr(entry, column(name, entry.source_language))
        ]
        names.sort(key=lambda name: places.index(column(name, entry.source_language)))
        entry.working = drafts.working_values(entry)
        source = entry.source_language
        values.assign(entry, entry.working)
        entry.source_language = source  # another one may wait, and must not turn the form round
        form_class = modelform_factory(
            type(entry),
            form=TranslationForm,
            fields=[column(name, entry.target_language) for name in names],
            formfield_callback=lambda field, **kwargs: subject_admin.formfield_for_dbfield(
                field, request=request, **kwargs
            ),
        )
        form = form_class(data, instance=entry)
        form.names = names
        form.fields["right"].choices = [
            (name, name)
            for name, text in translation.fields.items()
            if text["state"] in (State.STALE, State.UNREVIEWED)
        ]
        return form

    def try_to_keep(self, request, translation, form):
        try:
            with transaction.atomic():
                self.keep(request, translation, form)
        except ValidationError as error:  # another text of the entry may be against its rules
            form.add_error(None, error.messages)

    def keep(self, request, translation, form):
        """Takes over what was typed, and what was said to be right; says what becomes of it."""
        row = type(form.instance)._default_manager.get(pk=form.instance.pk)
        publishes = "_publish" in request.POST and may(request.user, "publish", row)
        public = [row.target_language] if publishes and row.is_approved else ()
        drafts.keep(row, form.written(), public, hand_in="_hand_in" in request.POST)
        chosen = form.cleaned_data["right"]
        right = Translation.objects.get(pk=translation.pk).approve(chosen) if chosen else 0
        self.admin_site.get_model_admin(type(row)).log_change(request, row, "Translated.")
        told = [gettext("Marked as right.")] if right else []
        waiting = Draft.objects.of(row).filter(language=row.target_language).first()
        if not row.is_approved:
            told.append(gettext("Kept. Readers see it when the entry is published."))
        elif public and form.has_changed():
            told.append(gettext("Readers see it now."))
        elif waiting and waiting.handed_in_at:
            told.append(gettext("It is handed in: a publisher will look at it."))
        elif waiting:
            told.append(gettext("Kept. Hand it in when it is ready."))
        messages.success(request, f"{row}: {' '.join(told or [gettext('Nothing was changed.')])}")

    def neighbours(self, request, translation):
        """The translations before and after this one in the list it was opened from, or None."""
        try:
            rows = as_filtered(self, request)
        except IncorrectLookupParameters:
            rows = self.get_queryset(request)
        keys = list(rows.values_list("pk", flat=True))
        if translation.pk not in keys:
            return None, next(iter(keys), None)
        place = keys.index(translation.pk)
        return (keys[place - 1] if place else None), next(iter(keys[place + 1 :]), None)

    def address(self, request, key):
        """The form of another translation, or the list, with the filters of the list."""
        filters = request.GET.get("_changelist_filters", "")
        if key is None:
            return list_address(Translation) + (filters and f"?{filters}")
        query = urlencode({"_changelist_filters": filters}) if filters else ""
        return form_address(Translation(pk=key)) + (query and f"?{query}")

    def show(self, request, translation, form, around):
        entry = form.instance
        before, after = (key and self.address(request, key) for key in around)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Translate"),
            "subtitle": str(entry),
            "opts": self.opts,
            "entry": entry,
            "form": form,
            "texts": [self.text(translation, form, name) for name in form.names],
            "source_name": OWN_NAMES[entry.source_language],
            "target_name": OWN_NAMES[entry.target_language],
            "drafts": Draft.objects.of(entry),
            "may_publish": may(request.user, "publish", entry),
            "preview_url": preview.address(entry),
            "previous": before,
            "next": after,
            "list_url": self.address(request, None),
            "media": editor_media(self.media + form.media, request),
        }
        status = 200 if not form.errors else 422
        return TemplateResponse(request, "admin/translate.html", context, status=status)

    def text(self, translation, form, name):
        """One text: its label, the source, its field, its state, and how the source has changed."""
        entry = form.instance
        source = getattr(entry, column(name, entry.source_language))
        known = translation.fields.get(name, {})
        state = State(known.get("state", State.MISSING))
        is_rich = isinstance(entry._meta.get_field(name), RichTextField)
        changed = ""
        if state == State.STALE:
            changed = marked(to_plain(known["source"]), to_plain(source))
        return {
            "name": name,
            "label": entry._meta.get_field(name).verbose_name,
            "source": source,
            "is_rich": is_rich,
            "field": form[column(name, entry.target_language)],
            "state": state,
            "to_approve": state in (State.STALE, State.UNREVIEWED),
            "changed": changed,
        }
