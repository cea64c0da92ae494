"""The place of an entry in a list by name, the same on every database."""

from django.db import migrations, models
from django.utils.translation import override

from bilingual.mongolian import sort_key
from bilingual.translations import column, languages
from editorial.richtext import excerpt


class Named(models.Model):
    """An entry that can be listed by its name: `order_by("sort_key")`, in the active language.

    Databases sort Cyrillic each in its own way, and some put Ө and Ү last; so the place of the
    name in the dictionary is kept beside it.
    """

    sort_key = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        derived = self.derive()
        for name, value in derived.items():
            setattr(self, name, value)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *derived}
        super().save(*args, **kwargs)

    def derive(self):
        """The columns that each save makes from the others, as a dict."""
        keys = {}
        for language in languages():
            with override(language):
                keys[column("sort_key", language)] = sort_key(self.sort_name())
        return keys

    def sort_name(self):
        """What stands in a list by name, in the active language."""
        return str(self)


def fill_sort_keys(app, words=12, **sources):
    """For a migration: gives the rows that are there their keys; `event=["title", "body"]`."""

    def fill(apps, schema_editor):
        for model, fields in sources.items():
            for row in apps.get_model(app, model).objects.all():
                for language in languages():
                    name = excerpt(first_text(row, fields, language), words)
                    setattr(row, column("sort_key", language), sort_key(name))
                row.save()

    return migrations.RunPython(fill, migrations.RunPython.noop)


def first_text(row, fields, language):
    """The first text that is there, those of `language` before others; empty if there is none."""
    order = sorted(languages(), key=lambda code: code != language)
    texts = (getattr(row, column(field, code)) for code in order for field in fields)
    return next(filter(None, texts), "")
