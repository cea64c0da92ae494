"""Reads a large WebP picture smaller, which Pillow cannot: it takes 16 bytes a pixel for the whole.

Asks libwebp itself, the very library that Pillow has loaded, for what its header webp/decode.h
calls the advanced decoding. Part of `picture_worker`.
"""

import ctypes
import ctypes.util
import re
from pathlib import Path

from PIL import Image, _webp  # noqa: F401  loads the library

ABI = 0x0200  # only the upper byte must agree
MOVES = 4  # VP8_STATUS_UNSUPPORTED_FEATURE
MODES = {"RGB": 0, "RGBA": 1}


class Config(ctypes.Structure):
    """WebPDecoderConfig; `_fields_` that are not used here only take their place."""

    _fields_ = [
        *[(name, ctypes.c_int) for name in ("width", "height", "has_alpha", "moves", "format")],
        ("input_pad", ctypes.c_uint32 * 5),
        *[(name, ctypes.c_int) for name in ("mode", "out_width", "out_height", "is_external")],
        ("pixels", ctypes.c_void_p),
        ("stride", ctypes.c_int),
        ("size", ctypes.c_size_t),
        ("rest_of_union", ctypes.c_int * 4),
        ("end_of_union", ctypes.c_size_t * 5),
        ("output_pad", ctypes.c_uint32 * 4),
        ("memory", ctypes.c_void_p),
        ("ways", ctypes.c_int * 7),
        *[(name, ctypes.c_int) for name in ("scales", "scaled_width", "scaled_height")],
        ("other_ways", ctypes.c_int * 4),
        ("options_pad", ctypes.c_uint32 * 5),
    ]


def find_library():
    """libwebp, or None where there is none to be found."""
    maps = Path("/proc/self/maps")
    loaded = re.search(r"/\S*/libwebp[-.]\S*$", maps.read_text(), re.M) if maps.exists() else None
    name = loaded[0] if loaded else ctypes.util.find_library("webp")
    return ctypes.CDLL(name) if name else None


def read(data, mode, size):
    """The picture in `data`, scaled to a size, as RGB or RGBA. OSError where it is damaged;
    NotImplementedError where it moves, or libwebp is not to be found."""
    library, config = find_library(), Config()
    if not library or not library.WebPInitDecoderConfigInternal(ctypes.byref(config), ABI):
        raise NotImplementedError("no libwebp")
    pixels = bytearray(size[0] * size[1] * len(mode))
    config.mode, config.is_external, config.scales = MODES[mode], 1, 1
    config.scaled_width, config.scaled_height = size
    config.stride, config.size = size[0] * len(mode), len(pixels)
    config.pixels = ctypes.addressof(ctypes.c_char.from_buffer(pixels))
    failure = library.WebPDecode(data, ctypes.c_size_t(len(data)), ctypes.byref(config))
    if failure:
        raise (NotImplementedError if failure == MOVES else OSError)(f"libwebp: {failure}")
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)
