"""Rows that stand beside an entry of any subject: drafts, versions, former addresses."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class BesideQuerySet(models.QuerySet):
    def of(self, entry):
        """Those of one entry."""
        return self.of_subject(type(entry)).filter(object_id=entry.pk)

    def of_subject(self, model):
        """Those of all entries of a model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))


class Beside(models.Model):
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, verbose_name=_("subject")
    )
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey()

    objects = BesideQuerySet.as_manager()

    class Meta:
        abstract = True
