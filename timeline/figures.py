"""The movement in numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureKind(models.TextChoices):
    """What the movement counted of itself."""

    GROUPS = "groups", _("groups")
    GROUP_COUNTRIES = "group_countries", _("countries with groups")
    MEMBERS = "members", _("members")
    MEMBER_COUNTRIES = "member_countries", _("countries with members")
    ADOPTED = "adopted", _("prisoners adopted")
    RELEASED = "released", _("prisoners released")


class Period(models.TextChoices):
    """What time a figure counts over; none for one that says how things stood."""

    YEAR = "year", _("in the year")
    TOTAL = "total", _("since 1961")


class Figure(models.Model):
    """The movement in numbers: one number of one year, with the event that tells it."""

    event = models.ForeignKey(
        "timeline.TimelineEvent",
        on_delete=models.CASCADE,
        related_name="figures",
        verbose_name=_("event"),
    )
    kind = models.CharField(_("what it counts"), max_length=20, choices=FigureKind)
    value = models.PositiveIntegerField(_("number"), help_text=_("In digits alone."))
    at_least = models.BooleanField(
        _("more than"), default=False, help_text=_("The number is known only to be larger.")
    )
    period = models.CharField(_("period"), max_length=10, blank=True, default="", choices=Period)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["event__year", "event__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind", "period"],
                name="timeline_figure_once_an_event",
                violation_error_message=_("This event already has a figure of this kind."),
            ),
        ]

    def __str__(self):
        return f"{self.event.year}: {self.written} {self.label}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.event.remember()  # it is part of what the event says

    @property
    def written(self):
        """The number as it is shown: "1,592", "6,000+"."""
        return f"{self.value:,}{'+' if self.at_least else ''}"

    @property
    def label(self):
        """What it counts, and over what time: "prisoners released, since 1961"."""
        # Not get_kind_display(), which goes through all choices anew for each figure of a page
        kind = str(FigureKind(self.kind).label)
        return f"{kind}, {Period(self.period).label}" if self.period else kind
