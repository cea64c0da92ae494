"""What all subjects share."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilingual.translations import translated


class Theme(models.Model):
    """A thread that runs through history, campaigns and achievements."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "slug"]

    def __str__(self):
        return str(translated(self, "name")) or self.slug

    def get_absolute_url(self):
        return reverse("theme", args=[self.slug])


def sharing_themes(entry, relation, user):
    """Entries visible to `user` that share a theme with `entry`: a queryset.

    `relation` names them as a theme does: "events", "campaigns" or "achievements".
    """
    model = Theme._meta.get_field(relation).related_model
    return model.objects.visible_to(user).filter(themes__in=entry.themes.all()).distinct()
