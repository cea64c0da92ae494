"""What the movement campaigns for, runs and announces."""

from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilingual.translations import has_text, translated
from editorial.models import Theme
from editorial.pictures import Pictured
from editorial.publishing import Publishable
from editorial.richtext import RichTextField
from editorial.slugs import SlugFromTitle


class Kind(models.TextChoices):
    CAMPAIGN = "campaign", _("campaign")
    PROGRAMME = "programme", _("programme")
    NOTICE = "notice", _("notice")


class Campaign(SlugFromTitle, Pictured, Publishable):
    """A campaign, a programme that goes on, or a notice; retired ones stay readable."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CAMPAIGN)
    title = models.CharField(
        _("title"), max_length=80, blank=True, help_text=_("Up to 30 letters reads best.")
    )
    strapline = models.CharField(
        _("strapline"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that says why, under the title: up to 110 letters."),
    )
    body = RichTextField(
        _("text"),
        blank=True,
        help_text=_("The first paragraph is set larger: start with the point."),
    )
    asks = models.TextField(_("what we ask for"), blank=True, help_text=_("One demand per line."))
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="campaigns", verbose_name=_("themes")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer running: the page stays, and says so with the reason below."),
    )
    retired_reason = models.CharField(_("why it is retired"), max_length=300, blank=True)

    class Meta(Publishable.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *Pictured.Meta.constraints,
            models.UniqueConstraint(
                fields=["slug"],
                name="campaigns_campaign_unique_slug",
                violation_error_message=_("Another campaign has this address."),
            ),
            models.CheckConstraint(
                condition=has_text("title"),
                name="campaigns_campaign_has_title",
                violation_error_message=_("Write a title, in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(retired=False) | has_text("retired_reason"),
                name="campaigns_campaign_retired_with_reason",
                violation_error_message=_("Say why it is retired, in one language at least."),
            ),
        ]

    def __str__(self):
        return str(translated(self, "title"))

    def get_absolute_url(self):
        return reverse("campaigns:detail", args=[self.slug])

    @property
    def demands(self):
        """What we ask for: a list of `Text`, one a line."""
        asks = translated(self, "asks")
        return [replace(asks, value=line) for line in asks.value.splitlines() if line.strip()]
