"""The picture that goes with a shared link: a title and a year, set like a page of the site.

Its address says what to draw and is signed, so that only our own pages can ask for one.
"""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.text import Truncator
from PIL import Image, ImageDraw, ImageFont, ImageOps

FONT = settings.BASE_DIR / "static" / "fonts" / "roboto-flex-poster.subset.woff2"
MARK = settings.BASE_DIR / "static" / "icons" / "icon-512.png"

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
RIGHT, BOTTOM = WIDTH - MARGIN, HEIGHT - MARGIN
COLUMN = RIGHT - MARGIN
GAP = 30
RULE = 450  # its top: above is what is said, below is who says it
NAME = {"height": 84, "size": 50, "step": 49}

CAPITAL = 0.71  # the height of digits and capitals, as a part of the font's size
SUFFIX = 0.45  # "-аад он" beside its digits

INK, GROUND = (10, 10, 10), (255, 255, 0)
SHADES = 16  # from one to the other, for the edges of letters

# Networks and readers keep what an address once gave: another salt gives all pictures new ones
SALT = "share picture 1"


def address(title, year=""):
    """Where the picture is; it bears the site's name in the active language."""
    drawn = [Truncator(one_line(title)).chars(200), one_line(year)]
    return reverse("share-picture", args=[Signer(salt=SALT).sign_object(drawn, compress=True)])


def one_line(text):
    return " ".join(str(text).split())


def read_address(signed):
    """The title and the year in an address. Raises BadSignature for one that is not ours."""
    return Signer(salt=SALT).unsign_object(signed)


@lru_cache(maxsize=200)  # each some 15 kB
def draw(title, year, name):
    """The picture as a PNG. `year` may end in letters; `name` is the site's, a tuple of lines."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    foot = RULE - GAP
    if year:
        block = fit(title.upper(), height=130, largest=96)
        block.draw(pen, foot)
        draw_year(pen, year, foot - block.height - GAP)
    else:
        block = fit(title.upper(), height=foot - MARGIN, largest=220)
        block.draw(pen, MARGIN + block.height)
    pen.rectangle((MARGIN, RULE, RIGHT - 1, RULE + 9), fill=0)
    draw_name(image, pen, name)
    return to_png(image)


class Block:
    """A text in lines of one size, no wider than the column unless a word is."""

    def __init__(self, text, size, column=COLUMN):
        self.size, self.lines = size, []
        face = font(size)
        length = face.getlength
        for word in text.split():
            if self.lines and length(f"{self.lines[-1]} {word}") <= column:
                self.lines[-1] += f" {word}"
            else:
                self.lines.append(word)
        _left, top, _right, self.drop = face.getbbox(text, anchor="ls")
        self.step = size * (0.9 if -top < size * 0.8 else 1)  # Й and Ё rise above the capitals
        self.width = max(map(length, self.lines), default=0)
        self.height = self.drop - top + self.step * max(0, len(self.lines) - 1)

    def draw(self, pen, bottom):
        for place, line in enumerate(reversed(self.lines)):
            write(pen, line, MARGIN, bottom - self.drop - place * self.step, self.size)


def fit(text, height, largest):
    """The text as large as the column and `height` allow, in lines of even length."""

    def fits(size):
        block = Block(text, size)
        return block.width <= COLUMN and block.height <= height

    size = first(range(largest, 2, -2), fits)
    count = len(Block(text, size).lines)
    column = first(range(20, COLUMN + 1, 20), lambda w: len(Block(text, size, w).lines) <= count)
    return Block(text, size, column)


def first(values, good):
    """The first that is good, or else the last; once one is good, so are all after it."""
    return values[bisect_left(values, True, hi=len(values) - 1, key=good)]


def draw_year(pen, year, foot):
    """The digits as large as they fit, and what follows them smaller."""
    digits, suffix = re.fullmatch(r"(\d*)(.*)", year).groups()
    size = (foot - MARGIN) / CAPITAL
    length = font(size).getlength(digits) + font(size).getlength(suffix) * SUFFIX
    size *= min(1, COLUMN / length)
    after = write(pen, digits, MARGIN, foot, size)
    write(pen, suffix, after, foot, size * SUFFIX)


def draw_name(image, pen, name):
    mark = Image.open(MARK).convert("RGB").getchannel("R")
    flame = ImageOps.autocontrast(ImageOps.invert(mark))
    flame = ImageOps.contain(flame.crop(flame.getbbox()), (COLUMN, NAME["height"]))
    image.paste(0, (MARGIN, BOTTOM - flame.height), flame)
    for place, line in enumerate(reversed(name)):
        left, foot = MARGIN + flame.width + 20, BOTTOM - place * NAME["step"]
        write(pen, line.upper(), left, foot, NAME["size"])


def write(pen, text, left, foot, size):
    """Sets `text` on a line and returns where it ends."""
    text = "".join(map(in_font, text))
    pen.text((left, foot), text, fill=0, font=font(size), anchor="ls")
    return left + font(size).getlength(text)


@lru_cache
def in_font(letter):
    """The letter, or without its accent where the font has it only so: Ñ is N."""
    has_ink = letter.isspace() or font(20).getmask(letter).getbbox()
    return letter if has_ink else unicodedata.normalize("NFD", letter)[0]


def font(size):
    # The basic layout spaces letters evenly, and is the same on every machine
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def to_png(image):
    """Grey becomes ink on the ground, in so few shades that the file is small."""
    image = image.point([round(grey / 255 * (SHADES - 1)) for grey in range(256)])
    image.putpalette(
        round(ink + (ground - ink) * shade / (SHADES - 1))
        for shade in range(SHADES)
        for ink, ground in zip(INK, GROUND, strict=True)
    )
    file = BytesIO()
    image.save(file, "PNG", bits=4, compress_level=6)
    return file.getvalue()
