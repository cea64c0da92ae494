"""National sections, and what each achieved, year by year."""

from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilingual.translations import has_text, translated
from editorial.models import Theme
from editorial.pictures import Pictured
from editorial.publishing import Publishable
from editorial.richtext import RichTextField, excerpt
from editorial.slugs import SlugFromTitle
from editorial.years import FIRST_YEAR, LAST_YEAR, Dated, DatedQuerySet


class Section(SlugFromTitle, Publishable):
    """The movement's organisation in one country."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    founded_in = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    introduction = RichTextField(_("introduction"), blank=True)

    slug_source = "name"

    class Meta(Publishable.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["sort_key"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["slug"],
                name="sections_section_unique_slug",
                violation_error_message=_("Another section has this address."),
            ),
            models.CheckConstraint(
                condition=has_text("name"),
                name="sections_section_has_name",
                violation_error_message=_("Write a name, in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(founded_in=None) | Q(founded_in__range=(FIRST_YEAR, LAST_YEAR)),
                name="sections_section_founding_in_range",
                violation_error_message=_("The founding year must lie between 1900 and 2099."),
            ),
        ]

    def __str__(self):
        return str(translated(self, "name"))

    def get_absolute_url(self):
        return reverse("sections:detail", args=[self.slug])


class AchievementKind(models.TextChoices):
    """What sort of thing was achieved; the page of a year groups by it, in this order."""

    LAW = "law", _("Law")
    TREATY = "treaty", _("Treaties")
    ADVOCACY = "advocacy", _("Advocacy")
    ACTION = "action", _("Actions")
    TRAINING = "training", _("Training")
    PUBLICATION = "publication", _("Publications")
    EVENT = "event", _("Events")
    MEDIA = "media", _("Media")
    ORGANISATION = "organisation", _("Organisation")


class AchievementQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """As for every entry; and nobody reads what a section that is a draft achieved."""
        return super().visible_to(user).filter(section__in=Section.objects.visible_to(user))


class Achievement(Dated, SlugFromTitle, Pictured, Publishable):
    """One thing a section achieved in a year, with the figure that tells how much."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="achievements", verbose_name=_("section")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(
        _("kind"), max_length=20, choices=AchievementKind, default=AchievementKind.ACTION
    )
    text = models.TextField(_("text"), blank=True, help_text=_("One to three sentences."))
    figure = models.PositiveIntegerField(
        _("figure"), null=True, blank=True, help_text=_("The exact number, in digits only.")
    )
    unit = models.CharField(
        _("unit"), max_length=20, blank=True, help_text=_("Set small after the figure: km.")
    )
    figure_label = models.CharField(_("what the figure counts"), max_length=120, blank=True)
    highlight = models.PositiveSmallIntegerField(
        _("place among the big numbers"),
        null=True,
        blank=True,
        help_text=_("1 is the biggest on the page of the year. Empty: not shown large."),
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="achievements", verbose_name=_("themes")
    )

    objects = AchievementQuerySet.as_manager()
    slug_scope = ["section", "year"]
    slug_source = "text"
    at_once = Publishable.at_once | {"year_confirmed"}

    class Meta(Publishable.Meta):
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ["-year", "order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["section", "year", "slug"],
                name="sections_achievement_unique_slug_in_year",
                violation_error_message=_("Another achievement of this year has this address."),
            ),
            models.CheckConstraint(
                condition=has_text("text"),
                name="sections_achievement_has_text",
                violation_error_message=_("Write the text, in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(highlight=None) | Q(figure__isnull=False),
                name="sections_achievement_highlight_has_figure",
                violation_error_message=_("Only an achievement with a figure can stand large."),
            ),
        ]

    def __str__(self):
        return f"{self.year}: {excerpt(self.heading.value)}"

    def sort_name(self):
        return str(self.heading)

    def get_absolute_url(self):
        return reverse("sections:year", args=[self.section.slug, self.year]) + f"#{self.slug}"

    @property
    def heading(self):
        """The first words of the text, as a `Text`: its name where it is one of a list."""
        text = translated(self, "text")
        return replace(text, value=excerpt(text.value, words=20))
