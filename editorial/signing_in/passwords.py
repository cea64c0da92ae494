from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MaximumLengthValidator:
    """A whole chapter is no password: hashing it takes the time of others."""

    def __init__(self, max_length=4096):
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        text = _("Your password may have %(max_length)d characters at most.")
        return text % {"max_length": self.max_length}
