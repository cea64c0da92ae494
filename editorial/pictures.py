"""Pictures of entries: what is uploaded is decoded and written anew, so only pixels are kept."""

import io
import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from bilingual.translations import has_text

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
LONGEST_SIDE = 2560


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


def keep_only_pixels(file):
    """A new JPEG file with the picture's pixels and nothing else of the upload.

    ValidationError, for people, when the file is no picture or too large a one.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 20 MB. Save the picture smaller."))
    try:
        file.seek(0)
        image = Image.open(file, formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise ValidationError(
                _("This picture has more than 60 million pixels. Save it smaller.")
            )
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a whole JPEG, PNG or WebP picture. Save it as JPEG and try again.")
        ) from error
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.mode == "P":
        image = image.convert("RGBA")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first, as every copy costs its size in memory
    image = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    buffer = io.BytesIO()
    paper.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    return ContentFile(buffer.getvalue())


class PictureField(models.ImageField):
    """An upload is cleaned and given a name of ours in `full_clean()`, before it is stored."""

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed:
            value.file = keep_only_pixels(value.file)
            value.name = f"{secrets.token_urlsafe(12)}.jpg"
        return value


class Pictured(models.Model):
    """An entry with one picture: a photograph, or else a drawing of the design."""

    picture = PictureField(
        _("picture"),
        upload_to="pictures/",
        blank=True,
        help_text=_(
            "JPEG, PNG or WebP. Where and when it was taken is removed, and a very large picture "
            "is made smaller."
        ),
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=Drawing,
        help_text=_("Shown when there is no picture."),
    )
    picture_alt = models.CharField(
        _("description of the picture"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, for people who cannot see it: up to 140 letters."),
    )
    picture_credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who made it. Required for a picture.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(picture="") | (has_text("picture_credit") & has_text("picture_alt")),
                name="%(app_label)s_%(class)s_picture_is_described",
                violation_error_message=_("A picture needs its description and its credit."),
            ),
        ]

    @property
    def drawing_path(self):
        """The drawing chosen for the entry; letters, which suit any, when none is."""
        return f"drawings/{self.drawing or Drawing.LETTERS}.svg"
