"""When the words of an entry last became others, in each language: what feeds and maps of the site
tell of. A small correction is no such change, nor is one that no reader sees."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import column, languages, translated_fields
from editorial.beside import Beside, BesideQuerySet
from editorial.compare import same_words

KEY = ["content_type", "object_id", "language"]


class ChangeQuerySet(BesideQuerySet):
    def follow(self, entry, before, now):
        """Notes what readers get new to read between the values `before` (None of a new entry)
        and `now`. One query where there is something."""
        new = [code for code in languages() if before and says_more(entry, before, now, code)]
        kind = ContentType.objects.get_for_model(type(entry))
        self.bulk_create(
            [self.model(content_type=kind, object_id=entry.pk, language=code) for code in new],
            update_conflicts=True,
            update_fields=["changed_at"],
            unique_fields=KEY,
        )

    def times(self, model, language):
        """An expression for queries about a model: when an entry last changed, NULL for never."""
        rows = self.of_subject(model).filter(object_id=OuterRef("pk"), language=language)
        return Subquery(rows.values("changed_at")[:1])


class Change(Beside):
    """The last change of an entry in one language; none if it says what it said from the start."""

    language = models.CharField(max_length=10, choices=OWN_NAMES.items())
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()  # nobody writes it by hand
        constraints = [
            models.UniqueConstraint(fields=KEY, name="editorial_change_of_language"),
        ]

    def __str__(self):
        return f"{self.entry} ({self.language})"


def says_more(entry, before, now, language):
    """Whether some text in this language says something else than it did. One that was not there
    before is no correction, whatever somebody ticked."""
    names = [column(name, language) for name in translated_fields(type(entry))]
    return any(
        not (entry.is_minor and before[name]) and not same_words(before[name], now[name])
        for name in names
        if name in before  # an old version may not know it
    )
