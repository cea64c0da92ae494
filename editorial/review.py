"""What of each entry is missing, out of date or unchecked in the other language, text by text."""

from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import column, translated_fields
from editorial.beside import Beside, BesideQuerySet
from editorial.compare import same_words


class State(models.TextChoices):
    MISSING = "missing", _("missing")
    STALE = "stale", _("out of date")
    UNREVIEWED = "unreviewed", _("to review")
    RIGHT = "right", _("right")


class TranslationQuerySet(BesideQuerySet):
    def for_entry(self, entry):
        """The state of an entry's translation, unsaved if it has no row. One query."""
        return self.of(entry).first() or Translation(entry=entry)

    def follow(self, entry, before, now):
        """Brings the state of an entry's translation up to date with its values, of which
        `before` are those it had, or None."""
        translation = self.for_entry(entry)
        old = translation.fields, translation.language
        translation.compare(entry, before, now)
        if translation.pk is None or old != (translation.fields, translation.language):
            translation.save()

    def waiting(self):
        """Those with something to do, the longest waiting first."""
        return self.exclude(waiting_since=None).order_by("waiting_since", "pk")

    def progress(self):
        """For each language translated to, how many texts are in each state."""
        counts = {state.value: Sum(state.value) for state in State}
        return self.values("language").annotate(**counts).order_by("language")


class Translation(Beside):
    """The state of one entry's translation. `fields` has a dict for each translated text that
    the entry has: its `state`, the words of the `source` that the translation was right for, and
    `since` when it waits (ISO 8601; empty if it does not).
    """

    language = models.CharField(_("translated to"), max_length=10, choices=OWN_NAMES.items())
    fields = models.JSONField(default=dict)
    missing = models.PositiveSmallIntegerField(_("missing"), default=0)
    stale = models.PositiveSmallIntegerField(_("out of date"), default=0)
    unreviewed = models.PositiveSmallIntegerField(_("to review"), default=0)
    right = models.PositiveSmallIntegerField(_("right"), default=0)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, db_index=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        default_permissions = ()  # who may see or translate the entry may see this
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="editorial_translation_of_entry"
            ),
        ]

    def __str__(self):
        return str(self.entry)

    def compare(self, entry, before, now):
        """Sets the state of every text, knowing the values before (or None) and now."""
        if self.language != entry.target_language:
            before = None  # it is the other way round now; what there is counts as right
        self.language = entry.target_language
        texts = {
            name: self.compare_text(entry, name, before, now)
            for name in translated_fields(type(entry))
        }
        self.set_fields({name: text for name, text in texts.items() if text})

    def compare_text(self, entry, name, before, now):
        """The dict of one text, or None where there is nothing to translate."""
        source, target = column(name, entry.source_language), column(name, entry.target_language)
        if not now[source]:
            return None
        known = self.fields.get(name, {})
        if not now[target]:
            return waits(known, State.MISSING)
        if before is None or before[target] != now[target] or "source" not in known:
            state = State.RIGHT if entry.is_reviewed else State.UNREVIEWED
            kept = before is None and known.get("state") == State.UNREVIEWED
            return waits(known, State.UNREVIEWED if kept else state, now[source])
        right_for = known["source"]
        is_minor = entry.is_minor or same_words(right_for, now[source])
        if right_for == now[source] or (is_minor and right_for == before[source]):
            was = State(known["state"])
            return waits(known, State.RIGHT if was == State.STALE else was, now[source])
        return waits(known, State.STALE, right_for)

    def approve(self, names=None):
        """Says that the translation is right for the source as it is: of all texts, or of some.

        Saves; returns how many texts were waiting for that.
        """
        waiting = [
            name
            for name, text in self.fields.items()
            if text["state"] in (State.STALE, State.UNREVIEWED) and (not names or name in names)
        ]
        if waiting:
            approved = {name: waits({}, State.RIGHT, self.source(name)) for name in waiting}
            self.set_fields(self.fields | approved)
            self.save()
        return len(waiting)

    def source(self, name):
        return getattr(self.entry, column(name, self.entry.source_language)) or ""

    def set_fields(self, texts):
        """Sets the states, and counts them."""
        self.fields = texts
        for state in State:
            setattr(self, state, sum(text["state"] == state for text in texts.values()))
        times = [text["since"] for text in texts.values() if text["since"]]
        self.waiting_since = parse_datetime(min(times)) if times else None

    def state(self):
        """What has to be done first for this translation."""
        return next((state for state in State if getattr(self, state)), State.RIGHT)


def waits(known, state, right_for=None):
    """The dict of a text in that state: it waits for as long as it has been in it."""
    since = ""
    if state != State.RIGHT:
        same = known.get("state") == state and known.get("since")
        since = same or timezone.now().isoformat(timespec="seconds")
    text = {"state": str(state.value), "since": since}
    return text if right_for is None else {**text, "source": right_for}
