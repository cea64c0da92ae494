"""Keys that no page of ours sends: no number, or one that no database can hold. Django's lists and
fields ask the database for them all the same, which is a fault there."""

import re

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.forms import ModelMultipleChoiceField

from editorial.values import key


class KeysOfRows:
    """For a ModelAdmin: its list answers 400 to rows, chosen, edited or sought, that cannot be."""

    def changelist_view(self, request, *args, **kwargs):
        for name, sent in request.POST.lists():
            names_rows = name == ACTION_CHECKBOX_NAME or re.fullmatch(r"form-\d+-id", name)
            if names_rows and None in map(key, sent):
                raise BadRequest(f"{name} has what is no key of a row")
        try:
            return super().changelist_view(request, *args, **kwargs)
        except OverflowError as error:  # SQLite's, of a filter; PostgreSQL finds no row
            raise BadRequest("a filter has a number too large") from error


class RowsField(ModelMultipleChoiceField):
    """Rows to choose from; refuses what cannot be the key of any."""

    def clean(self, value):
        for sent in self.prepare_value(value) or []:
            if key(str(sent)) is None:
                error = self.error_messages["invalid_pk_value"]
                raise ValidationError(error, code="invalid_pk_value", params={"pk": sent})
        return super().clean(value)
