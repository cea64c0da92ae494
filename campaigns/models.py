"""What the movement campaigns for, runs and announces."""

from dataclasses import replace
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.translations import has_text, translated
from editorial.models import Theme
from editorial.pictures import Drawing, Pictured
from editorial.publishing import Publishable, PublishableQuerySet
from editorial.richtext import RichTextField
from editorial.slugs import SlugFromTitle


class Kind(models.TextChoices):
    CAMPAIGN = "campaign", _("campaign")
    PROGRAMME = "programme", _("programme")
    NOTICE = "notice", _("notice")


CHECK_SOON = timedelta(days=14)

# What a notice says may turn wrong while it stands there; the retired say that they are over
TO_KEEP_CHECKED = Q(kind=Kind.NOTICE, retired=False)


class CampaignQuerySet(PublishableQuerySet):
    def to_check(self):
        """Notices that staff have to check by now or soon, the most urgent first; no drafts."""
        due = Q(check_by=None) | Q(check_by__lte=timezone.localdate() + CHECK_SOON)
        notices = self.filter(TO_KEEP_CHECKED, due).exclude(published_at=None)
        return notices.order_by(F("check_by").asc(nulls_first=True), "pk")

    def without_overdue(self):
        """All but notices whose day for a check has passed."""
        return self.exclude(TO_KEEP_CHECKED, check_by__lt=timezone.localdate())


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
    drawing = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=Drawing,
        help_text=_("Shown when there is no picture."),
    )
    picture_alt = models.CharField(
        _("description of the drawing"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, for people who cannot see it: up to 140 letters."),
    )
    picture_credit = models.CharField(_("credit of the drawing"), max_length=120, blank=True)
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
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last made sure that a notice is right. Readers see it."),
    )
    # Empty in notices that came from files: staff are asked to check those at once
    check_by = models.DateField(
        _("check again by"),
        null=True,
        blank=True,
        help_text=_("The last day a notice stands on the home page, unless it is checked again."),
    )

    objects = CampaignQuerySet.as_manager()
    changes_after = [*Publishable.changes_after, "check_by"]

    class Meta(Publishable.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
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
            models.CheckConstraint(
                condition=Q(checked_on=None) | Q(check_by=None) | Q(check_by__gte=F("checked_on")),
                name="campaigns_campaign_checked_before_next_check",
                violation_error_message=_("The next check cannot come before the last one."),
            ),
        ]

    def __str__(self):
        return str(translated(self, "title"))

    def get_absolute_url(self):
        return reverse("campaigns:detail", args=[self.slug])

    @property
    def is_overdue(self):
        """Whether it is a notice whose day for a check has passed."""
        watched = self.kind == Kind.NOTICE and not self.retired
        return watched and self.check_by is not None and self.check_by < timezone.localdate()

    @property
    def drawing_path(self):
        """The drawing chosen for the campaign; letters, which suit any, when none is."""
        return f"drawings/{self.drawing or Drawing.LETTERS}.svg"

    @property
    def demands(self):
        """What we ask for: a list of `Text`, one a line."""
        asks = translated(self, "asks")
        return [replace(asks, value=line) for line in asks.value.splitlines() if line.strip()]
