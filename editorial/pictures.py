"""Pictures: a library of photographs for all subjects, and the drawings of the design."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import (
    has_text,
    in_language,
    languages,
    translated,
    translated_fields,
)
from editorial import picture_store
from editorial.drafts import Draft, working_values
from editorial.entries import PERMISSIONS, Entry
from editorial.sorting import Named
from editorial.values import REST

PERCENT = [MaxValueValidator(100)]


class Drawing(models.TextChoices):
    """The line engravings of the design, for entries without a photograph (static/drawings)."""

    DEATH_PENALTY = "death-penalty", _("bars, one bent")
    STOP_TORTURE = "stop-torture", _("a chair in a cone of light")
    DEMAND_DIGNITY = "demand-dignity", _("roofs under a sun")
    EDUCATION = "education", _("an open book")
    PANIC_BUTTON = "panic-button", _("rings of a signal")
    FRIENDLY_SCHOOLS = "friendly-schools", _("a classroom")
    LETTERS = "letters", _("letters")
    FLAME = "flame", _("a candle")
    RUN = "run", _("running lanes")


class PictureField(models.FileField):
    """An upload is cleaned, stored and made ready in `full_clean()`, under a name of ours; unless
    the admin has done so before. Not Django's ImageField, which lets any decoder read it first."""

    def formfield(self, **kwargs):
        return super().formfield(**{**kwargs, "max_length": None})  # whatever it is called

    def clean(self, value, model_instance):
        if value and not value._committed:
            upload = value.file
            focal = model_instance.focal_x, model_instance.focal_y
            stored = getattr(upload, "stored", None) or picture_store.store(upload, focal)
            value.name, model_instance.width, model_instance.height = stored
            value._committed = True
            del value.file
        return super().clean(value, model_instance)


class PictureQuerySet(models.QuerySet):
    def to_review(self):
        """Pictures of people that somebody has to look at again by now, the oldest first."""
        return self.filter(review_on__lte=timezone.localdate()).order_by("review_on", "pk")

    def files(self):
        """The names of all files that belong to a picture, or to a change of one that waits."""
        waiting = Draft.objects.of_subject(Picture).filter(values__has_key="file")
        return {*self.values_list("file", flat=True), *(draft.values["file"] for draft in waiting)}

    def folders(self):
        """The folders that belong to a picture, or to a change of one that waits."""
        waiting = [draft.entry for draft in Draft.objects.of_subject(Picture).filter(language=REST)]
        wanted = [working_values(picture) for picture in waiting if picture]
        return {
            *self.values_list("folder", flat=True),
            *(
                picture_store.folder_for(values["file"], (values["focal_x"], values["focal_y"]))
                for values in wanted
            ),
        }

    def without_credit(self):
        return self.exclude(has_text("credit"))


class Picture(Named, Entry):
    """A photograph that entries show. Nobody sees one that no published entry has.

    The file is the cleaned original. What pages show is made from it with each save that changes
    the file or its focal point: `renditions` has, by slot, the sizes there are in `folder`.
    """

    file = PictureField(
        _("picture"),
        upload_to="pictures/",
        help_text=_(
            "JPEG, PNG or WebP, up to 20 MB. Where, when and with what it was taken is removed, "
            "and a very large picture is made smaller."
        ),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point from the left"), default=50, validators=PERCENT
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point from the top"),
        default=50,
        validators=PERCENT,
        help_text=_("What must stay in view when the picture is cropped. Click it above."),
    )
    alt = models.CharField(
        _("description of the picture"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, for people who cannot see it: up to 140 letters."),
    )
    is_decorative = models.BooleanField(
        _("only decorative"),
        default=False,
        help_text=_("It says nothing that the words do not say: it needs no description."),
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who made it. Readers see it.")
    )
    shows_people = models.BooleanField(
        _("people can be recognised"),
        default=False,
        help_text=_("Then their consent has to be on file, and somebody looks at it again."),
    )
    consent = models.BooleanField(_("their consent is on file"), default=False)
    review_on = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        help_text=_("Is it still safe for the people in it?"),
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    folder = models.CharField(max_length=60, editable=False, default="")
    renditions = models.JSONField(editable=False, default=dict)

    objects = PictureQuerySet.as_manager()
    is_shown_alone = False
    at_once = frozenset({"shows_people", "consent", "review_on"})

    class Meta:
        default_permissions = PERMISSIONS
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_people=False) | Q(review_on__isnull=False),
                name="editorial_picture_of_people_is_reviewed",
                violation_error_message=_("Say by when somebody has to look at it again."),
            ),
        ]

    def __str__(self):
        return str(translated(self, "alt") or translated(self, "caption")) or str(
            _("picture %(number)s") % {"number": self.pk}
        )

    def get_absolute_url(self):
        return self.file.url

    def address(self, slot, size, suffix):
        """Where one rendition is; `size` is one of `renditions`."""
        width, height = size
        return self.file.storage.url(f"{self.folder}/{slot}-{width}x{height}.{suffix}")

    @property
    def is_approved(self):
        """Whether readers see it, or will. A query for each subject that shows pictures."""
        return any(
            entries.exclude(published_at=None).exists() for entries in self.entries_by_model()
        )

    def entries_by_model(self):
        """The entries that show this picture: a queryset for each subject."""
        return [model.objects.filter(picture=self.pk) for model in pictured()]

    def entries(self):
        return [entry for entries in self.entries_by_model() for entry in entries]

    @property
    def focal(self):
        return self.focal_x, self.focal_y

    def save(self, *args, **kwargs):
        """Makes ready what is not, which takes seconds; deletes what was shown before.

        ValidationError where it cannot be stored.
        """
        former = type(self).objects.filter(pk=self.pk).first()
        if self.folder != picture_store.folder_for(self.file.name, self.focal):
            try:
                self.folder, self.renditions = picture_store.make(self.file.name, self.focal)
            except OSError as error:
                raise picture_store.refusal(error) from error
        super().save(*args, **kwargs)
        if former and former.folder != self.folder:
            kept = self.folder if former.file.name == self.file.name else ""
            transaction.on_commit(
                lambda: picture_store.remove_if_possible(former.file.name, but=kept)
            )


class Pictured(models.Model):
    """An entry with a picture of the library."""

    picture = models.ForeignKey(
        "editorial.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )

    class Meta:
        abstract = True

    def clean(self):
        """Readers get no picture without its description in their language and its credit."""
        super().clean()
        if self.picture is None or not self.is_approved:
            return
        if problems := list(self.picture_lacks()):
            raise ValidationError({"picture": problems})

    def picture_lacks(self):
        picture = self.picture
        if not has_any(picture, "credit"):
            yield _("The picture needs a credit before it can be published.")
        if picture.shows_people and not picture.consent:
            yield _("The people in the picture have not given their consent yet.")
        if picture.is_decorative:
            return
        for language in languages():
            shown = any(in_language(self, n, language) for n in translated_fields(type(self)))
            if shown and not in_language(picture, "alt", language):
                text = _("The picture needs a description in this language: %(language)s.")
                yield text % {"language": OWN_NAMES[language]}


def pictured():
    """The models whose entries show pictures."""
    return [model for model in apps.get_models() if issubclass(model, Pictured)]


def has_any(entry, name):
    return any(in_language(entry, name, language) for language in languages())


def with_pictures(entries):
    """A list of entries, each with its `picture` at hand. One query where any has one."""
    rows = list(entries)
    pictures = pictures_by_key(row.picture_id for row in rows)
    for row in rows:
        row.picture = pictures.get(row.picture_id)
    return rows


def pictures_by_key(keys):
    """A dict; a key is missing of which the picture has just been deleted, and None. One query
    where there is any key."""
    keys = set(keys) - {None}
    return Picture.objects.in_bulk(keys) if keys else {}
