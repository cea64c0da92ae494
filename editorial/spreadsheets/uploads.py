"""A sheet that somebody has uploaded, kept until they have seen what it changes and decide."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import drafts, values
from editorial.deeds import deed
from editorial.drafts import ALL_PARTS
from editorial.spreadsheets.rows import check

KEPT = timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    def of(self, user, model):
        return self.filter(user=user, content_type=ContentType.objects.get_for_model(model))

    def keep(self, user, model, rows):
        """Keeps a sheet, and throws away what nobody came back for."""
        self.filter(created__lt=timezone.now() - KEPT).delete()
        kind = ContentType.objects.get_for_model(model)
        return self.create(user=user, content_type=kind, rows=rows)


class Upload(models.Model):
    """The cells of a sheet, as `cells.as_dicts` gives them. Only who uploaded it gets at it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    created = models.DateTimeField(default=timezone.now)
    rows = models.JSONField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        default_permissions = ()  # it is there for whoever uploaded it

    def __str__(self):
        return f"{self.user}, {timezone.localtime(self.created):%Y-%m-%d %H:%M}"

    def take_over(self, sheet, may_add, **decision):
        """Writes all rows or none; returns them, with errors if it was none.

        All is checked again: others may have written since the preview. `decision` is what is to
        become of them, as `write` takes it.
        """
        with transaction.atomic(), deed(self.user, str(_("spreadsheet"))):
            rows = check(sheet, self.rows, may_add, lock=True)
            for row in [] if any(row.errors for row in rows) else rows:
                if row.wanted:
                    try:
                        write(sheet.model, row, **decision)
                    except ValidationError as error:
                        row.errors += [("", told) for told in error.messages]
            if any(row.errors for row in rows):
                transaction.set_rollback(True)
            else:
                self.delete()
        return rows


def write(model, row, publish=False, hand_in=False):
    """Takes over one row, as the form of its entry would."""
    if row.is_new:
        entry = model()
        values.assign(entry, row.wanted)
        entry.full_clean()
        entry.save()
    else:
        entry = model._default_manager.get(pk=row.entry.pk)
    public = ()
    if publish:
        parts = values.parts(model)
        # What waits in another language goes on waiting
        public = {parts[name] for name in row.wanted} if entry.is_approved else ALL_PARTS
    drafts.keep(entry, row.wanted, public, hand_in=hand_in)
    row.entry = entry
