"""How staff work with entries of any subject."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override
from modeltranslation.admin import TranslationAdmin

from bilingual.mongolian import fold
from bilingual.translations import in_language, translated_fields
from editorial import drafts, preview, values
from editorial.compare import marked
from editorial.desk.actions import EntryActions
from editorial.desk.addresses import form_address
from editorial.desk.columns import status, translations
from editorial.desk.deleted import DeletedMixin
from editorial.desk.editor import editor_media, with_editor
from editorial.desk.forms import EntryForm
from editorial.desk.history import HistoryMixin
from editorial.desk.keys import KeysOfRows, RowsField
from editorial.desk.lists import (
    EntryList,
    MissingTranslationFilter,
    StatusFilter,
    TranslationFilter,
    WaitingFilter,
)
from editorial.drafts import Draft
from editorial.entries import lock
from editorial.letters import foreign_letters
from editorial.models import Theme
from editorial.review import Translation
from editorial.roles import may

BUTTONS = ["discard", "unpublish", "unpublish_en", "unpublish_mn"]


class BilingualAdmin(KeysOfRows, HistoryMixin, DeletedMixin, EntryActions, TranslationAdmin):
    """English beside Mongolian: `fieldsets` name the columns of a text as a pair.

    The form shows an entry as it is being written, drafts included. What is saved waits beside
    the published text, until somebody who may publish presses the button that says so.
    """

    form = EntryForm
    change_form_template = "admin/entry_form.html"
    actions = ["approve_translation"]
    list_filter = [TranslationFilter]
    save_on_top = True
    status, translations = status, translations

    @admin.display(description=_("name"), ordering="sort_key")
    def by_name(self, entry):
        return str(entry)

    # Who may do what

    def has_publish_permission(self, request, obj=None):
        return may(request.user, "publish", self.model)

    def has_translate_permission(self, request, obj=None):
        return may(request.user, "translate", self.model)

    def get_changelist(self, request, **kwargs):
        return EntryList

    # The form

    def get_object(self, request, object_id, from_field=None):
        """The entry with its drafts laid over it: `working` are its values so, `live` those
        that readers get."""
        if request.method == "POST":  # one writer of an entry at a time, and each reads it then
            lock(self.model, values.key(object_id))
        entry = super().get_object(request, object_id, from_field)
        if entry is not None:
            entry.live, entry.working = values.read(entry), drafts.working_values(entry)
            values.assign(entry, entry.working)
        return entry

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.decides = self.has_publish_permission(request)
        return form

    def get_fieldsets(self, request, obj=None):
        names = ["minor_edit", "seen"] if obj else ["seen"]
        if self.has_publish_permission(request):
            names = [*EntryForm.decisions, *names]
        return [*super().get_fieldsets(request, obj), (_("Publishing"), {"fields": names})]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.related_model is Theme:
            kwargs |= {"form_class": RowsField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @with_editor
    def changeform_view(self, request, object_id=None, *args, **kwargs):
        if request.method == "POST" and object_id:
            for name in BUTTONS:
                if f"_{name}" in request.POST:
                    return self.press(request, object_id, getattr(self, f"button_{name}"))
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except IntegrityError:  # somebody took the address just now, which is seen if asked again
            return super().changeform_view(request, object_id, *args, **kwargs)

    def press(self, request, object_id, button):
        """What a button other than those that save does; the form is not read."""
        with transaction.atomic():
            entry = lock(self.model, values.key(object_id))
            if entry is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            if not self.has_change_permission(request, entry):
                raise PermissionDenied
            button(request, entry)
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["media"] = editor_media(context["media"], request)
        context["may_publish"] = self.has_publish_permission(request)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if refused := [formset.part for formset in formsets if formset.is_refused]:
            context["adminform"].form.shows(refused)
        if obj:
            context["preview_url"] = preview.address(obj)
            context["drafts"] = Draft.objects.of(obj)
            context["waiting"] = list(self.waiting(obj))
            translation = Translation.objects.for_entry(obj)
            if translation.pk and self.has_translate_permission(request):
                context["translate_url"] = form_address(translation)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def waiting(self, entry):
        """What is written and not public of an approved entry: labels, and both texts compared."""
        for name in values.differing(entry.live, entry.working):
            texts = [values.shown(self.model, name, v[name]) for v in (entry.live, entry.working)]
            yield values.label(self.model, name), marked(*texts)

    # Saving

    def save_model(self, request, obj, form, change):
        if not isinstance(form, EntryForm):
            self.save_row_of_list(obj, form)
            return
        if not change:
            obj.save()
        self.warn_of_foreign_letters(request, obj)

    def save_row_of_list(self, obj, form):
        """Writes what was changed in a list, on the row as it is by now; one gone stays gone."""
        if row := lock(self.model, obj.pk):
            for name in form.changed_data:
                setattr(row, name, form.cleaned_data[name])
            row.save()

    def save_related(self, request, form, formsets, change):
        if not isinstance(form, EntryForm):
            super().save_related(request, form, formsets, change)
            return
        row = self.model._default_manager.get(pk=form.instance.pk)
        form.keep(row, {formset.part: formset.written for formset in formsets})
        form.instance.published_at = getattr(row, "published_at", None)
        self.say_what_becomes_of_it(request, row, form.decision())

    def say_what_becomes_of_it(self, request, row, decision):
        if decision["at"]:
            text = _("It will be published at the time you chose.")
        elif decision["public"] and row.is_approved:
            text = _("Readers see it now.")
        elif Draft.objects.of(row).exclude(handed_in_at=None):
            text = _("It is handed in: a publisher will look at it.")
        elif row.is_approved and Draft.objects.of(row):
            text = _("Readers still see the text as it was; what you wrote waits beside it.")
        else:
            return
        messages.info(request, text)

    def warn_of_foreign_letters(self, request, obj):
        """Names words with letters of another alphabet or an old font, and how to write them."""
        if text := foreign_letters(
            in_language(obj, name, "mn") for name in translated_fields(type(obj))
        ):
            messages.warning(request, text)

    def construct_change_message(self, request, form, formsets, add=False):
        """Names fields as the models do: the history translates them for whoever reads it."""
        message = super().construct_change_message(request, form, formsets, add)
        with override(None):
            for change in (part["changed"] for part in message if "changed" in part):
                if "name" not in change:  # else it tells of an inline row
                    names = [field_name(self.model, name) for name in form.changed_data]
                    change["fields"] = list(dict.fromkeys(filter(None, names)))
                change["fields"] = [name[:1].lower() + name[1:] for name in change["fields"]]
        if isinstance(form, EntryForm) and (what := decided(form.decision())):
            message.append({"changed": {"fields": [what]}})
        return message


def decided(decision):
    """What the log says of a decision about publishing, beside the fields; "" for none."""
    if decision["at"]:
        return gettext_noop("time of publishing")
    return gettext_noop("what readers see") if decision["public"] else ""


def field_name(model, name):
    """The verbose name of a field; of a translated column, its field's; None for what is none."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return str(getattr(field, "translated_field", field).verbose_name)


class EntryAdmin(BilingualAdmin):
    """The admin of an entry that can be a draft, scheduled or published."""

    list_filter = [StatusFilter, WaitingFilter, MissingTranslationFilter, TranslationFilter]
    search_fields = ["search_text"]
    actions = [*BilingualAdmin.actions, "publish", "publish_en", "publish_mn", "unpublish"]

    def get_search_results(self, request, queryset, search_term):
        # Entries keep their texts folded, so the case of Cyrillic matters on no database
        return super().get_search_results(request, queryset, fold(search_term))
