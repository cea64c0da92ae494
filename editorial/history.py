"""Every version an entry has had: who made it, when, and what it said."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import values
from editorial.beside import Beside, BesideQuerySet
from editorial.deeds import this_deed


class VersionQuerySet(BesideQuerySet):
    def of(self, entry):
        """The versions of an entry, the newest first."""
        return super().of(entry).order_by("-pk")

    def record(self, entry):
        """Keeps the entry's values, if they are new; one version for all saves of one deed.

        Returns the values as they were when this deed began (None for a new entry) and as they
        are now.
        """
        now, deed = values.read(entry), this_deed()
        key = (entry._meta.label, entry.pk)
        versions = list(self.of(entry)[:2])
        last = versions[0] if versions else None
        if last and deed.versions.get(key) == last.pk:
            if last.values != now:
                last.values = now
                last.save(update_fields=["values"])
            return (versions[1].values if versions[1:] else None), now
        if last is None or last.values != now:
            version = self.create(
                entry=entry, values=now, user=deed.user or None, note=deed.note[:200]
            )
            deed.versions[key] = version.pk
        return (last and last.values), now


class Version(Beside):
    """What an entry said from one moment until its next version, as `editorial.values`."""

    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who"),
    )
    # In English; shown in the language of whoever reads it
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    values = models.JSONField(_("values"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        default_permissions = ()  # who may see the entry may see its history
        indexes = [models.Index(fields=["content_type", "object_id", "-id"], name="version_entry")]

    def __str__(self):
        return f"{self.entry}, {timezone.localtime(self.saved_at):%Y-%m-%d %H:%M}"
