"""How staff work with entries of any subject."""

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from js_asset import JSON, Media
from modeltranslation.admin import TranslationAdmin

from bilingual.languages import OWN_NAMES, SHORT_NAMES
from bilingual.mongolian import fold, mended_words
from bilingual.translations import in_language, translated_fields
from editorial import accounts  # noqa: F401  registers them
from editorial.models import Page, Theme
from editorial.publishing import Status
from editorial.richtext import EDITOR_WORDS, to_plain

# The rich text editor loads its modules through an inline import map, and styles itself with
# one inline style sheet; both are let in by nonce and by hash, on forms alone.
EDITOR_POLICY = {
    "script-src": [NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        chosen = {
            Status.DRAFT: queryset.drafts,
            Status.SCHEDULED: queryset.scheduled,
            Status.PUBLISHED: queryset.published,
        }
        return chosen[self.value()]() if self.value() in chosen else queryset


class MissingTranslationFilter(admin.SimpleListFilter):
    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return OWN_NAMES.items()

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in OWN_NAMES else queryset


class BilingualAdmin(TranslationAdmin):
    """English beside Mongolian: `fieldsets` name the columns of a text as a pair."""

    actions = ["approve_translation"]

    @admin.display(description=_("name"), ordering="sort_key")
    def by_name(self, entry):
        return str(entry)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.warn_of_foreign_letters(request, obj)

    def warn_of_foreign_letters(self, request, obj):
        """Names words with letters of another alphabet or an old font, and how to write them."""
        texts = (in_language(obj, name, "mn") for name in translated_fields(type(obj)))
        if mended := mended_words(" ".join(map(to_plain, texts))):
            text = _("Letters that are not Mongolian. Please write instead: %(words)s")
            words = ", ".join(f"{word} → {right}" for word, right in mended.items())
            messages.warning(request, text % {"words": words})

    @admin.action(
        description=_("The translations of the chosen entries are right"), permissions=["change"]
    )
    def approve_translation(self, request, queryset):
        count = self.change_each(request, queryset.exclude(unreviewed=""), unreviewed="")
        text = ngettext("%(n)s translation approved.", "%(n)s translations approved.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    def change_each(self, request, entries, **values):
        """Sets the values on every entry, with a line in its history; returns how many."""
        entries = list(entries)
        with override(None):  # the log keeps English names and translates them when it is read
            labels = [str(self.model._meta.get_field(name).verbose_name) for name in values]
        for entry in entries:
            for field, value in values.items():
                setattr(entry, field, value)
            entry.save()
            self.log_change(request, entry, [{"changed": {"fields": labels}}])
        return len(entries)

    def construct_change_message(self, request, form, formsets, add=False):
        """Names fields as the models do: the history translates them for whoever reads it."""
        message = super().construct_change_message(request, form, formsets, add)
        with override(None):
            for change in (part["changed"] for part in message if "changed" in part):
                if "name" not in change:  # else it tells of an inline row
                    names = [field_name(self.model, name) for name in form.changed_data]
                    change["fields"] = list(dict.fromkeys(names))
                change["fields"] = [name[:1].lower() + name[1:] for name in change["fields"]]
        return message

    def render_change_form(self, request, context, *args, **kwargs):
        words = {word: str(translation) for word, translation in EDITOR_WORDS.items()}
        media = context["media"] + forms.Media(
            js=[JSON(words, id="editor-words"), forms.Script("js/editor-words.js")]
        )
        context["media"] = Media.from_media(media, nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(csp_update(EDITOR_POLICY))
    def changeform_view(self, *args, **kwargs):
        return super().changeform_view(*args, **kwargs)


def field_name(model, name):
    """The verbose name of a field; of a translated column, its field's."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "translated_field", field).verbose_name)


class EntryAdmin(BilingualAdmin):
    """The admin of an entry that can be published."""

    list_filter = [StatusFilter, MissingTranslationFilter, "unreviewed"]
    search_fields = ["search_text"]
    actions = [*BilingualAdmin.actions, "publish", "unpublish"]
    save_on_top = True

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.related_model is Theme:
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        # Entries keep their texts folded, so the case of Cyrillic matters on no database
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=_("status"), ordering="published_at")
    def status(self, entry):
        return entry.status.label

    @admin.display(description=_("languages"))
    def translations(self, entry):
        """A dot for each language, filled when nothing is missing in it."""
        missing = entry.missing_languages()
        return format_html(
            '<span class="translation-status">{}</span>',
            format_html_join(
                " ",
                '<span class="translation-status__{}">{}</span>',
                (
                    self.translation_state(entry, code, name, missing)
                    for code, name in SHORT_NAMES.items()
                ),
            ),
        )

    def translation_state(self, entry, code, name, missing):
        """The class and the words for one language of an entry."""
        if code in missing:
            return "missing", _("%(language)s missing") % {"language": name}
        if code == entry.unreviewed:
            return "unreviewed", _("%(language)s to review") % {"language": name}
        return "done", name

    @admin.action(description=_("Publish the chosen entries now"), permissions=["change"])
    def publish(self, request, queryset):
        count = self.change_each(
            request,
            queryset.exclude(pk__in=queryset.published().values("pk")),
            published_at=timezone.now(),
        )
        text = ngettext("%(n)s entry published.", "%(n)s entries published.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    @admin.action(description=_("Make the chosen entries drafts again"), permissions=["change"])
    def unpublish(self, request, queryset):
        count = self.change_each(request, queryset.exclude(published_at=None), published_at=None)
        text = ngettext("%(n)s entry is a draft now.", "%(n)s entries are drafts now.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)


@admin.register(Theme)
class ThemeAdmin(BilingualAdmin):
    list_display = ["by_name", "slug", "order"]
    list_editable = ["order"]
    fieldsets = [(None, {"fields": [("name_en", "name_mn"), "unreviewed", "slug", "order"]})]


@admin.register(Page)
class PageAdmin(EntryAdmin):
    list_display = ["by_name", "slug", "order", "status", "translations"]
    list_editable = ["order"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_en", "title_mn"),
                    ("line_en", "line_mn"),
                    ("body_en", "body_mn"),
                    "published_at",
                ]
            },
        ),
        (_("More"), {"fields": ["unreviewed", "slug", "order", "staff_note"]}),
    ]
