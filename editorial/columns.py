"""Columns of lists in the admin."""

from django.contrib import admin
from django.utils.translation import gettext


def yes_or_no(field, description):
    """A column that says yes or no; Django's own picture is called "True" in every language."""

    @admin.display(description=description, ordering=field)
    def column(model_admin, row):
        return gettext("Yes") if getattr(row, field) else gettext("No")

    return column
