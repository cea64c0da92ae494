from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.desk.read_only import ReadOnly
from visitors.models import VisitorCount, VisitorDay

MAX_TOTAL = 999_999_999_999  # far above any count, far below what the column holds


class CorrectionForm(forms.ModelForm):
    """Sets the count on purpose; an untouched form must not write back a number it once read."""

    new_total = forms.IntegerField(
        label=_("Correct the count to"),
        min_value=0,
        max_value=MAX_TOTAL,
        help_text=_("In digits alone. Visits go on being counted from this number."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Kept in the history of this page.")
    )

    class Meta:
        model = VisitorCount
        fields = []


@admin.register(VisitorCount)
class VisitorCountAdmin(admin.ModelAdmin):
    form = CorrectionForm
    fields = ["total", "day", "day_visits", "new_total", "reason"]
    readonly_fields = ["total", "day", "day_visits"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        form.old_total, obj.total = obj.total, form.cleaned_data["new_total"]
        obj.save(update_fields=["total"])  # this is no visit of any day

    def construct_change_message(self, request, form, formsets, add=False):
        return gettext("The count was corrected from %(old)s to %(new)s. Reason: %(reason)s") % {
            "old": f"{form.old_total:,}",
            "new": f"{form.cleaned_data['new_total']:,}",
            "reason": form.cleaned_data["reason"],
        }


@admin.register(VisitorDay)
class VisitorDayAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["day", "visits"]
    date_hierarchy = "day"
