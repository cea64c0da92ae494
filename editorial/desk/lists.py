"""Lists of entries in the admin."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from editorial.drafts import Draft
from editorial.publishing import Status
from editorial.review import State, Translation


def as_filtered(model_admin, request):
    """The rows of the list that a page beside it was opened from, as it was filtered there: a
    queryset. IncorrectLookupParameters where the filters make no sense."""
    asked = request.GET
    request.GET = QueryDict(asked.get("_changelist_filters", ""))
    try:
        return model_admin.get_changelist_instance(request).queryset
    finally:
        request.GET = asked


class EntryList(ChangeList):
    """Knows of each entry shown what waits beside it and how its translation is: two queries."""

    def __init__(self, request, model, *args, **kwargs):
        super().__init__(request, model, *args, **kwargs)
        if not self.model_admin.has_publish_permission(request):
            self.list_editable = ()  # what is written in a list is public at once

    def get_results(self, request):
        super().get_results(request)
        keys = [entry.pk for entry in self.result_list]
        waiting = Draft.objects.of_subject(self.model).filter(object_id__in=keys)
        states = Translation.objects.of_subject(self.model).filter(object_id__in=keys)
        drafts, translations = {}, {state.object_id: state for state in states}
        for draft in waiting:
            drafts.setdefault(draft.object_id, []).append(draft)
        for entry in self.result_list:
            entry.draft_list = drafts.get(entry.pk, [])
            entry.translation = translations.get(entry.pk) or Translation()


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


class WaitingFilter(admin.SimpleListFilter):
    title = _("changes")
    parameter_name = "changes"

    def lookups(self, request, model_admin):
        return [("waiting", _("waiting for a publisher")), ("begun", _("begun"))]

    def queryset(self, request, queryset):
        chosen = {"waiting": Draft.objects.handed_in(), "begun": Draft.objects.all()}
        if self.value() not in chosen:
            return queryset
        drafts = chosen[self.value()].of_subject(queryset.model)
        return queryset.filter(pk__in=drafts.values("object_id"))


class MissingTranslationFilter(admin.SimpleListFilter):
    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return OWN_NAMES.items()

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in OWN_NAMES else queryset


class TranslationFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return [(state.value, state.label) for state in (State.STALE, State.UNREVIEWED)]

    def queryset(self, request, queryset):
        if self.value() not in (State.STALE, State.UNREVIEWED):
            return queryset
        states = Translation.objects.of_subject(queryset.model).filter(**{f"{self.value()}__gt": 0})
        return queryset.filter(pk__in=states.values("object_id"))
