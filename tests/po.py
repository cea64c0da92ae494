"""PO files as translators get them, and as they send them."""

from editorial.entries import subjects
from editorial.po_files import make_po, read_po


def exported(source="en"):
    return make_po(subjects(), source)


def read(po):
    return read_po(str(po).encode(), subjects())


def edited(entry, source="en", **texts):
    """A file with other translations of an entry's texts."""
    po = exported(source)
    for name, text in texts.items():
        find(po, entry, name).msgstr = text
    return po


def find(po, entry, name):
    context = f"{entry._meta.label_lower}:{entry.pk}:{name}"
    return next(text for text in po if text.msgctxt == context)


def counts(report):
    return report.texts, report.unchanged, len(report.refused)


def first_line(po, entry, name):
    """Where the entry of a text begins, with its comments."""
    lines = str(po).split("\n")
    context = lines.index(f'msgctxt "timeline.timelineevent:{entry.pk}:{name}"')
    return max(n for n, line in enumerate(lines[:context], 1) if not line) + 1
