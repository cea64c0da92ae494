"""Files for translators who prefer them: what there is to translate as PO, out and in again.

A text is known by its context, "timeline.timelineevent:12:title". A file says what it was made
from, so a text whose source has changed since is refused; no file takes a translation away.
"""

import re
from dataclasses import dataclass
from dataclasses import field as fresh

import polib
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from bilingual.languages import OWN_NAMES
from bilingual.translations import column, in_language, translated_fields
from editorial import drafts, values
from editorial.deeds import deed
from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.po_checks import cleaned
from editorial.po_parsing import parse
from editorial.review import State, Translation
from editorial.richtext import to_plain

CONTEXT = re.compile(r"([a-z_]+\.[a-z_]+):([0-9]{1,18}):([a-z_]+)")


@dataclass
class Refusal:
    line: int
    name: str  # what people call the text
    reasons: list

    def __str__(self):
        where = _("Line %(line)s") % {"line": self.line}
        return f"{where}, {self.name}: {' '.join(self.reasons)}"


@dataclass
class Report:
    """What became of the texts of a file."""

    entries: list = fresh(default_factory=list)  # those with new texts
    texts: int = 0  # how many those are
    unchanged: int = 0
    refused: list = fresh(default_factory=list)


@dataclass
class Text:
    """One text of a file."""

    line: int
    model: type
    key: int
    name: str
    source: str
    target: str

    def called(self, row):
        label = self.model._meta.get_field(self.name).verbose_name
        return f"{row or capfirst(self.model._meta.verbose_name)} ({label})"


# Out


def make_po(models, source, progress=iter):
    """A PO file of all texts of these subjects that are translated from that language. Three
    queries for each subject."""
    target = next(code for code in OWN_NAMES if code != source)
    po = polib.POFile(wrapwidth=0)
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M%z")
    po.metadata = {
        "Project-Id-Version": "Amnesty International Mongolia",
        "Report-Msgid-Bugs-To": settings.SITE_URL,
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "",
        "Language-Team": OWN_NAMES[target],
        "Language": target,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    for model in models:
        waiting = drafts_of(model, target)
        of_subject = Translation.objects.of_subject(model)
        states = dict(of_subject.values_list("object_id", "fields"))
        others = [field.name for field in model._meta.concrete_fields if field.many_to_one]
        rows = model._default_manager.filter(source_language=source).order_by("pk")
        for row in progress(rows.select_related(*others) if others else rows):
            po.extend(make_entries(row, waiting.get(row.pk), states.get(row.pk, {})))
    return po


def drafts_of(model, language):
    """The drafts of a subject in a language, by the keys of their entries. One query."""
    return {
        draft.object_id: draft
        for draft in Draft.objects.of_subject(model).filter(language=language)
    }


def make_entries(row, draft, states):
    with override(row.source_language):
        named, address = str(row), settings.SITE_URL + row.get_absolute_url()
    for name in translated_fields(type(row)):
        if not (source := in_language(row, name, row.source_language)):
            continue
        state = states.get(name, {})
        stale = state.get("state") == State.STALE
        yield polib.POEntry(
            msgctxt=f"{row._meta.label_lower}:{row.pk}:{name}",
            msgid=source,
            msgstr=present(row, draft, name),
            flags=["fuzzy"] if stale else [],
            previous_msgid=state["source"] if stale else None,
            comment="\n".join(comments(row, draft, name, state, named, address)),
        )


def present(row, draft, name):
    """A text in the language a row is translated to, as it is being written."""
    target = column(name, row.target_language)
    return (draft.values if draft else {}).get(target, getattr(row, target)) or ""


def comments(row, draft, name, state, named, address):
    """What a translator has to know of a text, a line each."""
    field = row._meta.get_field(name)
    yield f"{capfirst(row._meta.verbose_name)}: {' '.join(named.split())}"
    yield str(capfirst(field.verbose_name))
    if field.help_text:
        yield str(field.help_text)
    if field.max_length:
        yield _("At most %(n)s characters.") % {"n": field.max_length}
    yield address if getattr(row, "is_published", True) else _("Not published yet.")
    if draft and column(name, row.target_language) in draft.values:
        yield _("This translation waits for a publisher.")
        if not draft.is_reviewed:
            yield _("Nobody has checked this translation yet.")
    elif state.get("state") == State.UNREVIEWED:
        yield _("Nobody has checked this translation yet.")


# In


def read_po(data, models, user=None, progress=iter):
    """Takes over what a file changes, as translations nobody has checked; says what became of it.

    `models` are the subjects that may be changed. PoError if the file cannot be read. Two queries
    for each subject in it; some thirty more for each entry with a new text.
    """
    target, entries = parse(data)
    report, groups = Report(), {}
    for entry in entries:
        if text := find_text(entry, models, report):
            groups.setdefault(text.model, {}).setdefault(text.key, []).append(text)
    with deed(user, _("PO file")):
        for model, texts in groups.items():
            rows = model._default_manager.in_bulk(list(texts))
            waiting = drafts_of(model, target)
            for key in progress(texts):
                take_over(rows.get(key), waiting.get(key), target, texts[key], report)
    report.refused.sort(key=lambda refusal: refusal.line)
    return report


def find_text(entry, models, report):
    """What an entry of a file is about; None, and a refusal, for what this site does not have."""
    line, context = max(entry.linenum, 1), entry.msgctxt or ""
    found = CONTEXT.fullmatch(context)
    model = next((m for m in subjects() if found and m._meta.label_lower == found[1]), None)
    if model is None or found[3] not in translated_fields(model):
        reason = _("The site has no such text. Leave “msgctxt” as it was.")
    elif model not in models:
        reason = _("You may not translate this subject.")
    else:
        return Text(line, model, int(found[2]), found[3], entry.msgid, entry.msgstr)
    report.refused.append(Refusal(line, context or shortened(entry.msgid.split()), [reason]))
    return None


def take_over(row, draft, target, texts, report):
    """Compares the texts of one entry with the site, and keeps what is new."""
    changed = {}
    for text in texts:
        try:
            new = new_text(row, draft, target, text)
            if text.name in changed:
                raise ValidationError(_("This text stands twice in the file."))
        except ValidationError as error:
            report.refused.append(Refusal(text.line, text.called(row), error.messages))
            continue
        if new:
            changed[text.name] = new
        else:
            report.unchanged += 1
    if not changed:
        return
    try:
        with transaction.atomic():
            row = keep(row, changed)
    except ValidationError as error:
        report.refused += [
            Refusal(text.line, text.called(row), error.messages)
            for text in texts
            if text.name in changed
        ]
        return
    report.entries.append(row)
    report.texts += len(changed)


def new_text(row, draft, target, text):
    """The text as it is to be stored; empty if it says what the site says, or nothing."""
    if row is None:
        raise ValidationError(_("This entry is gone."))
    if row.target_language != target:
        raise ValidationError(
            _("This entry is translated to the other language: %(language)s.")
            % {"language": OWN_NAMES[row.target_language]}
        )
    source = in_language(row, text.name, row.source_language)
    if not same(text.source, source):
        old, new = around_difference(text.source, source)
        raise ValidationError(
            _("The source has changed since this file was made: “%(old)s” is now “%(new)s”.")
            % {"old": old, "new": new}
        )
    before = present(row, draft, text.name)
    if not text.target.strip() or same(text.target, before):
        return ""
    field = type(row)._meta.get_field(column(text.name, target))
    new = cleaned(field, source, text.target, target)
    return "" if same(new, before) else new


def keep(row, changed):
    """Gives an entry new texts in the language it is translated to; returns its row."""
    seen, rows = row, type(row)._default_manager
    row = rows.select_for_update().get(pk=seen.pk)
    for name in changed:
        if in_language(row, name, seen.source_language) != in_language(
            seen, name, seen.source_language
        ):
            raise ValidationError(_("Somebody has just changed the source."))
    written = {column(name, seen.target_language): text for name, text in changed.items()}
    trial = rows.get(pk=row.pk)
    for draft in Draft.objects.of(row).filter(language=row.target_language):
        values.assign(trial, draft.values)
    values.assign(trial, written)
    trial.full_clean()
    row.is_reviewed = False
    drafts.keep(row, written, hand_in=row.is_approved)
    return row


def same(one, other):
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def around_difference(old, new):
    """Two texts, cut to a few words around the first difference between them."""
    if to_plain(old) != to_plain(new):
        old, new = to_plain(old), to_plain(new)
    old, new = old.split(), new.split()
    pairs = enumerate(zip(old, new, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))
    return [shortened(words, max(place - 3, 0)) for words in (old, new)]


def shortened(words, start=0, length=10):
    before, after = ("… " if start else ""), (" …" if words[start + length :] else "")
    return before + " ".join(words[start : start + length]) + after
