"""The part of an address that names an entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bilingual import mongolian
from bilingual.translations import in_language, languages
from editorial.addresses import FormerAddress, without_language


class Slugged(models.Model):
    """An entry with a slug. When it is changed, the address it had leads to the new one."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Asks once for the entry as it was."""
        old = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if old is not None and old.is_published and self.path(old) != self.path(self):
            FormerAddress.objects.remember(self.path(old), self)

    @staticmethod
    def path(entry):
        return without_language(entry.get_absolute_url().partition("#")[0])


class SlugFromTitle(Slugged):
    """A slug made from the title when staff leave it empty; shared by both languages.

    `slug_scope` names the fields within which the slug is unique, `slug_source` the translated
    field it is made from.
    """

    slug = models.SlugField(
        _("address"),
        max_length=80,
        blank=True,
        help_text=_("Latin letters, digits and hyphens. Left empty, it is made from the entry."),
    )
    slug_scope = ()
    slug_source = "title"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.fill_slug()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.fill_slug()

    def fill_slug(self):
        """Gives the entry a free slug if it has none. Asks the database once."""
        if self.slug:
            return
        made = next(filter(None, map(mongolian.slug, self.slug_texts())), self._meta.model_name)
        made = made[:60].strip("-")
        names = [self._meta.get_field(field).attname for field in self.slug_scope]
        scope = {name: getattr(self, name) for name in names}
        taken = set(
            type(self)
            ._default_manager.filter(**scope, slug__startswith=made)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        numbered = (f"{made}-{number}" for number in range(2, len(taken) + 3))
        self.slug = next(slug for slug in (made, *numbered) if slug not in taken)

    def slug_texts(self):
        """Texts to make the slug from; the first with a letter in it is taken."""
        return [in_language(self, self.slug_source, code) for code in languages()]
