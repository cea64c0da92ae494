"""Decodes and encodes pictures, in a process of its own: `python -m editorial.picture_worker JOB`.

A hostile file can at worst end this process. It reads a file from standard input and writes a
line of JSON, then bytes. It knows nothing of Django, so that it starts in a moment.
"""

import io
import json
import re
import resource
import sys

from PIL import Image, ImageCms, ImageOps

from editorial import webp

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 60_000_000
PILLOWS_WEBP = 30_000_000  # as many pixels are left to it, as it takes 16 bytes for one
LONGEST_SIDE = 2560
STRIP = 256
MEMORY = 1_500_000_000  # of addresses, which are more than what is used

# How each slot of the design is cut (width by height; None: not at all), and the widths it needs
# between a small phone and a wide screen with two pixels for one
SLOTS = {
    "card": (4 / 3, [400, 800]),
    "column": (None, [480, 960, 1440]),
    "hero": (3 / 2, [800, 1600, 2400]),
}
# Qualities at which the three look alike, by eye and by their distance from the original
KINDS = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}

# A JPEG's beginning as it is written here, which has room for nothing else; then tables and scans
JPEG_START = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
JPEG_END = b"\xff\xd9"
# Within the data of a scan 0, a restart or another FF stand behind an FF
JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
SEGMENT = re.compile(rb"\xff([\xc0\xc2\xc4\xda\xdb])(..)", re.DOTALL)
SCAN = b"\xda"
PIXELS = re.compile(rb"(?:[^\xff]|\xff[\x00\xd0-\xd7])*+", re.DOTALL)


class RefusedError(Exception):
    """A word that says why."""


def clean(data):
    """Only the pixels, upright and in the colours of the web, at most 2,560 on the longer side."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        frames = getattr(image, "n_frames", 1)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RefusedError("unknown") from error
    if image.width * image.height * frames > MAX_PIXELS:
        raise RefusedError("frames" if frames > 1 else "pixels")
    if image.format in ("JPEG", "MPO") and not has_end(data):
        raise RefusedError("broken")
    try:
        picture = upright(read(image, data))
    except NotImplementedError as error:
        raise RefusedError("webp") from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise RefusedError("broken") from error
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90, optimize=True, progressive=True)
    yield {"width": picture.width, "height": picture.height}, buffer.getvalue()


def has_end(data):
    """Whether a JPEG goes on to its end, without decoding it: half of a large one would take as
    much memory as the whole."""
    at = 2
    while found := JPEG_MARKER.search(data, at):
        at = found.end()
        if found[0] == JPEG_END:
            return True
        at += int.from_bytes(data[at : at + 2])
    return False


def read(image, data):
    """The image with its pixels; a large one read smaller, where its decoder can."""
    pixels, longest = image.width * image.height, max(image.size)
    if image.format == "WEBP" and pixels > PILLOWS_WEBP:
        size = [-(-side // (longest // LONGEST_SIDE)) for side in image.size]
        small = webp.read(data, image.mode, size)
        small.info = image.info
        return small
    # By the side that would come out smaller of the two, hence in the picture's own proportion
    image.draft(image.mode, [-(-side * LONGEST_SIDE // longest) for side in image.size])
    image.load()
    return image


def clean_once(data):
    """As `clean`; one cleaned before stays as it is, as each encoding loses a little."""
    (about, content), *_others = clean(data)
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    is_clean = image.mode == "RGB" and max(image.size) <= LONGEST_SIDE and is_bare(data)
    yield about, data if is_clean else content


def is_bare(data):
    """Whether a file is a JPEG of pixels alone, by the segments that it is made of."""
    place = len(JPEG_START)
    if not data.startswith(JPEG_START):
        return False
    while segment := SEGMENT.match(data, place):
        place = segment.end() + int.from_bytes(segment[2], "big") - 2
        if segment[1] == SCAN:
            place = PIXELS.match(data, place).end()
    return data[place:] == JPEG_END


def upright(image):
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(0x0112)
    image = reduced(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if orientation:
        image.getexif()[0x0112] = orientation
        image = ImageOps.exif_transpose(image)
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    colours = in_colours_of_the_web(image, profile)
    paper = Image.new("RGB", image.size, "white")
    paper.paste(colours, mask=alpha)
    return paper


def reduced(image):
    """The image with eight bits for a colour, at about the size wanted; strip by strip, as a copy
    of the whole would double what it takes."""
    factor = max(1, max(image.size) // LONGEST_SIDE)
    width, height = (-(-side // factor) for side in image.size)
    small = None
    for top in range(0, height, STRIP):
        down = min(STRIP, height - top)
        box = (0, top * factor, image.width, min((top + down) * factor, image.height))
        strip = eight_bits(image.crop(box)).reduce(factor)
        small = small or Image.new(strip.mode, (width, height))
        small.paste(strip, (0, top))
    return small


def eight_bits(image):
    """The image with eight bits for a colour, and colours instead of numbers of a palette."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def in_colours_of_the_web(image, profile):
    """RGB as browsers take it where nothing is said: sRGB."""
    bands = {"LA": "L", "RGBA": "RGB", "RGBa": "RGB"}.get(image.mode, image.mode)
    plain = image.convert(bands) if bands != image.mode else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(plain, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the colours as they are
    return plain.convert("RGB")


def make_renditions(data, x, y):
    """Each slot of the design in its widths and kinds, cut around the point at `x`, `y` (0 to 1).

    Never larger than the picture is.
    """
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    image.load()
    for slot, (ratio, widths) in SLOTS.items():
        cut = image.crop(box_around(image.size, ratio, x, y)) if ratio else image
        fitting = [width for width in widths if width <= cut.width] or [cut.width]
        for width in fitting:
            height = max(1, round(cut.height * width / cut.width))
            small = cut.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
            for suffix, options in KINDS.items():
                buffer = io.BytesIO()
                small.save(buffer, **options)
                about = {"slot": slot, "width": width, "height": height, "suffix": suffix}
                yield about, buffer.getvalue()


def box_around(size, ratio, x, y):
    """The largest box of that ratio in a picture of that size, its middle as near as can be."""
    width, height = size
    across = min(width, round(height * ratio))
    down = min(height, round(across / ratio))
    left = min(max(round(x * width - across / 2), 0), width - across)
    top = min(max(round(y * height - down / 2), 0), height - down)
    return left, top, left + across, top + down


JOBS = {"clean": clean, "clean_once": clean_once, "renditions": make_renditions}


def main(job, *numbers):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = None  # counted here, frames included
    data = sys.stdin.buffer.read()
    try:
        made = list(JOBS[job](data, *map(float, numbers)))
    except RefusedError as refusal:
        made = [({"refused": str(refusal)}, b"")]
    head = [{**about, "bytes": len(content)} for about, content in made]
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for _about, content in made:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
