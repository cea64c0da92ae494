"""What is published is decided here, once, for every subject."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.mongolian import fold
from bilingual.translations import in_language, lacks_translation, languages
from bilingual.translations import translated_fields as get_translated_fields
from editorial.entries import PERMISSIONS, Entry
from editorial.sorting import Named


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")


class PublishableQuerySet(models.QuerySet):
    def published(self):
        """Rows the public may read. Drafts have no date; NULL never matches."""
        return self.filter(published_at__lte=timezone.now())

    def scheduled(self):
        return self.filter(published_at__gt=timezone.now())

    def drafts(self):
        return self.filter(published_at=None)

    def visible_to(self, user):
        """Everything for staff, so an editor can preview; published for others."""
        return self.all() if user.is_staff else self.published()

    def lacking(self, language):
        """Rows with a text that is in another language and not in this one."""
        return self.filter(lacks_translation(self.model, language))


class Publishable(Named, Entry):
    """An entry of any subject: draft, scheduled or published, in one language or both."""

    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "Empty: a draft only staff can see. A time to come: the entry appears by itself then."
        ),
    )
    staff_note = models.TextField(
        _("note for staff"),
        blank=True,
        default="",
        help_text=_("Never shown to the public: sources, doubts, what is still to do."),
    )
    # Where a loaded entry came from, so that loading again finds it; empty for typed entries
    origin = models.CharField(_("origin"), max_length=100, blank=True, default="", editable=False)
    # All texts of the entry, folded: SQLite cannot compare Cyrillic letters regardless of case
    search_text = models.TextField(editable=False, default="")

    objects = PublishableQuerySet.as_manager()
    is_shown_alone = False
    at_once = frozenset({"staff_note", "published_at"})
    # Times and days of an entry that change what readers see when they pass
    changes_after = ["published_at"]
    # Whether readers are shown entries again on their day of each year, which `on_day()` finds
    comes_back = False

    class Meta:
        abstract = True
        default_permissions = PERMISSIONS
        constraints = [
            models.UniqueConstraint(
                fields=["origin"],
                condition=~Q(origin=""),
                name="%(app_label)s_%(class)s_unique_origin",
            ),
        ]

    def derive(self):
        return {**super().derive(), "search_text": fold(" ".join(self.texts()))}

    def texts(self):
        """Every text of the entry, in every language."""
        for field in get_translated_fields(type(self)):
            for language in languages():
                yield in_language(self, field, language)

    @property
    def status(self):
        if self.published_at is None:
            return Status.DRAFT
        if self.published_at > timezone.now():
            return Status.SCHEDULED
        return Status.PUBLISHED

    @property
    def is_approved(self):
        """Whether readers see this entry, or will when its time has come."""
        return self.published_at is not None

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()
