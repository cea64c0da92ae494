"""Files as editors and attackers send them: what is taken, what is refused and why, and names.

Each file is made here; none is kept in the repository. CANARY stands in every place where a
camera, a program or a person can put words.
"""

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"CANARY-47.9186,106.9177"
SIZE = (64, 48)
# A quarter each: what stands where is how an orientation is told from another
CORNERS = [(255, 0, 0), (0, 160, 0), (0, 0, 255), (240, 240, 240)]


def quarters(mode="RGB"):
    image = Image.new("RGB", SIZE)
    for place, colour in enumerate(CORNERS):
        left, top = place % 2 * SIZE[0] // 2, place // 2 * SIZE[1] // 2
        image.paste(colour, (left, top, left + SIZE[0] // 2, top + SIZE[1] // 2))
    return image.convert(mode)


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation=None):
    """Exif with the canary as maker, model, artist, comment and GPS, and in the maker's note."""
    data = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        data[tag] = CANARY.decode()
    data.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + CANARY, 0x927C: CANARY})
    data.get_ifd(0x8825).update({1: "N", 2: (47.0, 55.0, 7.0), 0x1D: CANARY.decode()})
    if orientation:
        data[0x0112] = orientation
    return data.tobytes()


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments):
    data = saved(quarters(), "JPEG", quality=95)
    return data[:2] + b"".join(segments) + data[2:]


def chunk(name, content):
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def png_with(*chunks):
    data = saved(quarters(), "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def texts_of_png():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY.decode())
    info.add_text("Comment", CANARY.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return info


def wide_profile():
    """A colour profile of which every word is the canary's."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile


def taken():
    """Pairs of a name and a file that becomes a picture with the four quarters, upright."""
    for kind in ("JPEG", "PNG", "WEBP"):
        best = {"quality": 95} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
        yield f"plain {kind}", saved(quarters(), kind, **best)
        yield f"exif {kind}", saved(quarters(), kind, exif=exif(), **best)
        yield f"xmp {kind}", saved(quarters(), kind, xmp=b"<x>" + CANARY + b"</x>", **best)
        yield f"profile {kind}", saved(quarters(), kind, icc_profile=wide_profile(), **best)
        yield f"broken profile {kind}", saved(quarters(), kind, icc_profile=CANARY, **best)
        yield f"trailing {kind}", saved(quarters(), kind, **best) + CANARY
        yield f"html behind {kind}", saved(quarters(), kind, **best) + b"<script>" + CANARY
        yield f"zip behind {kind}", saved(quarters(), kind, **best) + b"PK\x03\x04" + CANARY
        for orientation in range(1, 9):
            turned = quarters()
            for step in TURNED_AS[orientation]:
                turned = turned.transpose(step)
            file = saved(turned, kind, exif=exif(orientation), **best)
            yield f"orientation {orientation} {kind}", file
    yield "photoshop and iptc", jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + CANARY))
    yield "comment", jpeg_with(segment(0xFE, CANARY))
    yield "thumbnail in jfxx", jpeg_with(segment(0xE0, b"JFXX\0\x10" + CANARY))
    yield "maker's segment", jpeg_with(segment(0xE5, CANARY))
    yield "extended xmp", jpeg_with(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + CANARY))
    yield "progressive", saved(quarters(), "JPEG", quality=95, progressive=True)
    yield "png texts", saved(quarters(), "PNG", pnginfo=texts_of_png())
    yield (
        "png time and own chunk",
        png_with(chunk(b"tIME", b"\x07\xea\1\1\1\1\1"), chunk(b"caNy", CANARY)),
    )
    yield "png palette", saved(quarters("P"), "PNG")
    yield "png alpha", saved(quarters("RGBA"), "PNG")
    yield "jpeg cmyk", saved(quarters("CMYK"), "JPEG", quality=95)
    yield (
        "moving png",
        saved(quarters(), "PNG", save_all=True, append_images=[Image.new("RGB", SIZE, "black")]),
    )
    yield (
        "moving webp",
        saved(
            quarters(), "WEBP", lossless=True, save_all=True, append_images=[Image.new("RGB", SIZE)]
        ),
    )


# What a camera held in each way writes, so that turning it back gives the quarters
T = Image.Transpose
TURNED_AS = {
    1: [],
    2: [T.FLIP_LEFT_RIGHT],
    3: [T.ROTATE_180],
    4: [T.FLIP_TOP_BOTTOM],
    5: [T.TRANSPOSE],
    6: [T.ROTATE_90],
    7: [T.TRANSVERSE],
    8: [T.ROTATE_270],
}


def header_of_png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def refused():
    """Triples of a name, a file that is not taken, and a word of the sentence that says why."""
    whole = {kind: saved(quarters(), kind) for kind in ("JPEG", "PNG", "WEBP")}
    yield "empty", b"", "empty"
    for kind, name in {"GIF": "GIF", "TIFF": "TIFF", "BMP": "BMP", "AVIF": "AVIF"}.items():
        yield kind, saved(quarters(), kind), name
    yield "EPS", saved(quarters(), "EPS"), "EPS"
    yield "PDF", saved(quarters(), "PDF"), "PDF"
    yield "HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "HEIC"
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "SVG"
    yield "SVG with a head", b'<?xml version="1.0"?><svg/>', "SVG"
    for kind in ("ICO", "PPM", "TGA", "SGI", "JPEG2000"):
        yield kind, saved(quarters(), kind), "JPEG, PNG or WebP"
    yield "html", b"<!doctype html><script>alert(1)</script>", "JPEG, PNG or WebP"
    yield "text", "Хүний эрх".encode(), "JPEG, PNG or WebP"
    yield "zip", b"PK\x03\x04" + bytes(200), "JPEG, PNG or WebP"
    yield "program", b"MZ" + bytes(200), "JPEG, PNG or WebP"
    yield "zeros", bytes(5000), "JPEG, PNG or WebP"
    yield "html that begins like a jpeg", b"\xff\xd8\xff<script>", "picture"
    for kind, data in whole.items():
        for part in (2, 12, 30, len(data) // 3, len(data) // 2):
            yield f"{part} bytes of {kind}", data[:part], "picture"
        middle = len(data) // 2
        torn = data[: middle - 40] + bytes(30) + data[middle:] if kind == "PNG" else None
        if torn:
            yield f"torn {kind}", torn, "picture"
    steps = saved(quarters(), "JPEG", progressive=True)
    yield "all but the end of a progressive JPEG", steps[:-2], "picture"
    yield "bomb of 10 gigapixels", header_of_png(100_000, 100_000), "million pixels"
    yield "bomb of 61 megapixels", header_of_png(7811, 7811), "million pixels"
    yield "no width", header_of_png(0, 10), "picture"
    yield "endless width", header_of_png(2**31 - 1, 1), "picture"
    frames = [Image.new("RGB", (3000, 3000), (30 * n, 90, 0)) for n in range(8)]
    moving = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], method=0)
    yield "eight frames of nine megapixels", moving, "moves"


NAMES = [
    "photo.jpg",
    "photo.JPG.exe",
    "Бат-Эрдэнэ.jpg",
    "х" * 300 + ".jpg",
    "a" * 300,
    "../../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "/etc/passwd",
    "C:\\photo.jpg",
    "photo\0.jpg",
    "photo\u202egpj.exe",
    "\u200e\u200f.jpg",
    "con.jpg",
    ".htaccess",
    "~",
    "-rf.jpg",
    "photo;rm.jpg",
    "$(id).jpg",
    "<script>.jpg",
    "photo%00.jpg",
    "photo?.jpg#x",
    "photo\r\nSet-Cookie: a=b.jpg",
    " .jpg",
    "photo.php",
    "🕯.jpg",
]
