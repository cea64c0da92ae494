"""What all subjects share."""

from collections import defaultdict
from dataclasses import replace

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bilingual.translations import columns, has_text, translated
from editorial import prepared
from editorial.addresses import FormerAddress  # noqa: F401  a model of this app
from editorial.changes import Change  # noqa: F401  a model of this app
from editorial.drafts import Draft  # noqa: F401  a model of this app
from editorial.entries import PERMISSIONS, Entry
from editorial.generation import Generation  # noqa: F401  a model of this app
from editorial.history import Version  # noqa: F401  a model of this app
from editorial.pictures import Picture  # noqa: F401  a model of this app
from editorial.publishing import Publishable
from editorial.review import Translation  # noqa: F401  a model of this app
from editorial.richtext import RichTextField
from editorial.searching import Searched  # noqa: F401  a model of this app
from editorial.slugs import Slugged
from editorial.sorting import Named
from editorial.spreadsheets.uploads import Upload  # noqa: F401  a model of this app


class Theme(Named, Entry):
    """A thread that runs through history, campaigns and achievements."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        default_permissions = PERMISSIONS
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "slug"]

    def __str__(self):
        return str(translated(self, "name")) or self.slug

    def get_absolute_url(self):
        return reverse("theme", args=[self.slug])


def with_themes(entries):
    """The entries of a queryset as a list, each with its `theme_list`. Two queries."""
    rows, themes = list(entries), theme_lists(entries)
    for row in rows:
        row.theme_list = themes[row.pk]
    return rows


def theme_lists(entries):
    """The themes of the entries of a queryset: a list for each primary key. One query.

    Unlike `prefetch_related("themes")` it makes one object of a theme for all that have it, and
    takes no list of entries into a query, however long the page.
    """
    row_class = prepared.row_of(Theme, "id", "slug", "order", *columns("name"))
    themes, lists = {}, defaultdict(list)
    for pk, *row in prepared.rows(entries, theme_links, *row_class._fields):
        row = row_class._make(row)
        themes[row] = themes.get(row) or prepared.make(Theme, row, entries.db)
        lists[pk].append(themes[row])
    return lists


def theme_links(entries, *names):
    owner = f"{entries.model._meta.model_name}_id"
    links = entries.model.themes.through.objects.filter(**{f"{owner}__in": entries})
    links = links.order_by(*(f"theme__{name}" for name in Theme._meta.ordering))
    return prepared.columns(links, owner, *(f"theme__{name}" for name in names))


def themes_of(entries):
    """The themes that some entry of a queryset has, in their order: a queryset."""
    owner = f"{entries.model._meta.model_name}__in"
    links = entries.model.themes.through.objects.filter(**{owner: entries.values("pk")})
    return Theme.objects.filter(pk__in=links.values("theme"))


def sharing_themes(entry, relation, user):
    """Entries visible to `user` that share a theme with `entry`: a queryset.

    `relation` names them as a theme does: "events", "campaigns" or "achievements".
    """
    model = Theme._meta.get_field(relation).related_model
    return model.objects.visible_to(user).filter(themes__in=entry.themes.all()).distinct()


class Page(Slugged, Publishable):
    """A standing page such as "about" or "privacy", or the texts of the home page ("home")."""

    HOME = "home"

    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        help_text=_("The footer leads to about, privacy, accessibility and contact."),
    )
    title = models.TextField(
        _("title"),
        blank=True,
        help_text=_("Each line stands on a line of its own in the large title of the home page."),
    )
    line = models.CharField(
        _("line"),
        max_length=250,
        blank=True,
        help_text=_("One sentence under the title; search engines show it too."),
    )
    body = RichTextField(_("text"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "slug"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=has_text("title"),
                name="editorial_page_has_title",
                violation_error_message=_("Write a title, in one language at least."),
            ),
        ]

    def __str__(self):
        return " ".join(translated(self, "title").value.split())

    def get_absolute_url(self):
        if self.slug == self.HOME:
            return reverse("home")
        return reverse("page", args=[self.slug])

    @property
    def title_lines(self):
        """The title as a list of `Text`, one a line."""
        title = translated(self, "title")
        return [replace(title, value=line) for line in title.value.splitlines() if line.strip()]
