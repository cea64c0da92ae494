"""Pictures of the library as pages show them."""

from django import template

from bilingual.translations import translated

register = template.Library()

KINDS = {"avif": "image/avif", "webp": "image/webp"}  # the best first; JPEG is for all others

# How wide a slot stands on the page
SIZES = {
    "hero": "100vw",
    "card": "(min-width: 64rem) 25rem, (min-width: 40rem) 50vw, 100vw",
    "column": "(min-width: 64rem) 42rem, 100vw",
}


@register.inclusion_tag("includes/_photo.html")
def photo(picture, slot, is_described=True, is_lazy=True):
    """A picture in one of the design's slots. Asks neither the database nor the storage."""
    sizes = picture.renditions.get(slot, [])
    alt = translated(picture, "alt") if is_described and not picture.is_decorative else None
    context = {"alt": alt, "is_lazy": is_lazy, "slot_sizes": SIZES[slot]}
    if not sizes:  # not made yet
        shown = {"src": picture.file.url, "width": picture.width, "height": picture.height}
        return context | shown
    width, height = sizes[-1]
    return context | {
        "sources": [(kind, srcset(picture, slot, sizes, suffix)) for suffix, kind in KINDS.items()],
        "src": picture.address(slot, sizes[-1], "jpg"),
        "srcset": srcset(picture, slot, sizes, "jpg"),
        "width": width,
        "height": height,
    }


def srcset(picture, slot, sizes, suffix):
    return ", ".join(f"{picture.address(slot, size, suffix)} {size[0]}w" for size in sizes)
