"""What the rich text editor offers: the few marks the design has."""

from django_prose_editor.config import html_tags
from js_asset import static_lazy

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Cite": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "PasteFromWord": True,
}

# Those that are ours, with the tags that each lets into a text; settings tell the editor of them
OWN_EXTENSIONS = {
    "js": [static_lazy("js/editor-extensions.js")],
    "extensions": {"Cite": html_tags(["cite"]), "PasteFromWord": html_tags([])},
}
