"""Rows that belong to an entry alone, within its form: written, kept and published with it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from editorial import values
from editorial.desk.forms import conflict, digest, seen_in
from editorial.roles import may


class PartForm(forms.ModelForm):
    def validate_unique(self):
        """Nothing to ask the database: what it has gives way to what the formset holds."""


class PartFormSet(forms.BaseInlineFormSet):
    """The rows as they are being written, drafts included. It saves nothing: the form of the
    entry keeps `written` with all the rest."""

    new_objects = changed_objects = deleted_objects = ()  # Django's log names those it saved
    is_refused = False  # somebody else wrote other rows meanwhile

    def __init__(self, *args, instance, queryset, **kwargs):
        self.part = self.get_default_prefix()
        self.working = getattr(instance, "working", {}).get(self.part, [])
        kwargs |= {"instance": instance, "queryset": queryset.none(), "initial": self.working}
        super().__init__(*args, **kwargs)
        self.extra = len(self.working)

    def initial_form_count(self):
        return 0  # no form has a row of the database

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = i >= len(self.working)
        return form

    def get_unique_error_message(self, unique_check):
        rules = self.model._meta.total_unique_constraints
        return next(
            rule.violation_error_message for rule in rules if {*rule.fields} == {*unique_check}
        )

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        self.written = self.rows()
        seen, now = seen_in(self.data).get(self.part), digest(self.working)
        mine = digest(self.written)
        if seen is None or mine == now or seen == now:
            return
        if mine == seen:
            self.written = self.working
        else:
            self.is_refused = True
            raise ValidationError(conflict(self.instance, self.part, self.written))

    def rows(self):
        """What was typed, as `editorial.values` has it."""
        fields = {name: self.model._meta.get_field(name) for name in self.instance.parts[self.part]}
        return [
            {name: values.read_field(field, form.instance) for name, field in fields.items()}
            for form in self.forms
            if form.cleaned_data and not self._should_delete_form(form)
        ]


class PartInline(admin.TabularInline):
    """For whoever may write the entry."""

    form, formset, extra = PartForm, PartFormSet, 0

    def has_view_permission(self, request, obj=None):
        return may(request.user, "change", self.parent_model)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission
