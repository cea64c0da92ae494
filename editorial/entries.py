"""What all subjects have in common: texts in two languages, whose changes are remembered."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.db.models.signals import m2m_changed, post_delete
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import in_language, languages, translated_fields
from editorial import values
from editorial.changes import Change
from editorial.drafts import Draft
from editorial.history import Version
from editorial.review import Translation
from editorial.richtext import check_length

# Django's own, and the two that divide the work of the desk (editorial/roles.py)
PERMISSIONS = ("add", "change", "delete", "view", "publish", "translate")


class Entry(models.Model):
    """A row with texts in two languages. Each save of it that changes something leaves a version
    in its history and says what is out of date in the other language, in one transaction.

    `QuerySet.update` and `bulk_create` do neither; the next save makes up for it.
    """

    source_language = models.CharField(
        _("written in"),
        max_length=10,
        choices=OWN_NAMES.items(),
        default="en",
        help_text=_("The language the texts are translated from."),
    )

    # For a subject to say: rows that belong to an entry alone, with the names of their fields
    parts = {}
    # Whether readers see a row as soon as it is there
    is_shown_alone = True
    # Fields that no reader sees: a change of them waits for nobody
    at_once = frozenset()

    # For whoever saves, on the entry at hand
    is_minor = False  # the texts mean what they meant: translations stay right
    is_reviewed = True  # somebody who knows the language has read the translation

    class Meta:
        abstract = True
        default_permissions = PERMISSIONS

    def save(self, *args, **kwargs):
        """Two queries more for the history, two for the state of the translation, and one where
        readers get something new to read."""
        if self._state.adding:
            self.source_language = self.likely_source()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.remember()

    def clean_fields(self, exclude=None):
        """Django sets a text field without an end none."""
        super().clean_fields(exclude)
        errors = {}
        for name, field in values.fields(type(self)).items():
            if isinstance(field, models.TextField) and name not in (exclude or ()):
                try:
                    check_length(getattr(self, name) or "")
                except ValidationError as error:
                    errors[name] = error
        if errors:
            raise ValidationError(errors)

    def remember(self):
        """Notes how the entry is now, if that is new. Called with each save."""
        before, now = Version.objects.record(self)
        Translation.objects.follow(self, before, now)
        Change.objects.follow(self, before, now)

    def likely_source(self):
        """The language that has texts, where only one has; else what is said."""
        has = [
            code
            for code in languages()
            if any(in_language(self, name, code) for name in translated_fields(type(self)))
        ]
        return has[0] if len(has) == 1 else self.source_language

    @property
    def target_language(self):
        """The language the texts are translated to."""
        return next(code for code in languages() if code != self.source_language)

    def missing_languages(self):
        """The languages in which some text of this entry is missing, though another has it."""
        missing = set()
        for field in translated_fields(type(self)):
            empty = {code for code in languages() if not in_language(self, field, code)}
            if len(empty) < len(languages()):
                missing |= empty
        return [code for code in languages() if code in missing]

    @property
    def is_approved(self):
        """Whether the public reads this entry or will: a change of it has to be approved."""
        return True


def lock(model, pk):
    """The row as it is once whoever else writes it is done; None if it is gone. Nobody writes it
    then until the transaction ends."""
    return model._default_manager.select_for_update().filter(pk=pk).first()


def subjects():
    """The models of all entries."""
    return [model for model in apps.get_models() if issubclass(model, Entry)]


def follow_links():
    """Has entries remember when their links change, and forget what waits when they go."""
    for model in subjects():
        post_delete.connect(forget, sender=model)
        for field in model._meta.many_to_many:
            m2m_changed.connect(remember_links, sender=field.remote_field.through)


def remember_links(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, Entry):
        instance.remember()


def forget(instance, **kwargs):
    """Its versions stay: the history tells of what is gone, too."""
    Draft.objects.of(instance).delete()
    Translation.objects.of(instance).delete()
    Change.objects.of(instance).delete()


def begin(using, **kwargs):
    """Gives entries that have no history yet their first version. Runs after each migration."""
    if Version._meta.db_table not in connections[using].introspection.table_names():
        return
    for model in subjects():
        known = Version.objects.of_subject(model).values("object_id")
        for entry in model._default_manager.exclude(pk__in=known).iterator():
            source = entry.source_language = entry.likely_source()
            model._default_manager.filter(pk=entry.pk).update(source_language=source)
            entry.remember()
