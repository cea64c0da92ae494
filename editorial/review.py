"""Whether somebody who knows the language has read a translation and found it right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES


class Reviewable(models.Model):
    """A row with texts in two languages, one of which may be a translation nobody has checked.

    The mark is for staff alone; the public page says nothing about it.
    """

    unreviewed = models.CharField(
        _("translation to review"),
        max_length=10,
        blank=True,
        default="",
        choices=OWN_NAMES.items(),
        help_text=_(
            "The language whose texts nobody has checked yet. Empty it when they are right."
        ),
    )

    class Meta:
        abstract = True
