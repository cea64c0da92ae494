"""What is written of an approved entry and not approved yet.

A published row holds what readers see, and nothing else. Changes of it wait beside it, in one
`Draft` for each of its languages and one for the rest, so nothing unpublished can leak from it,
and one language can be published without the other. An entry that is itself a draft holds
everything; its `Draft` only says that it was handed in.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bilingual.languages import OWN_NAMES
from bilingual.translations import languages
from editorial import values
from editorial.beside import Beside, BesideQuerySet
from editorial.compare import same_words
from editorial.deeds import deed, this_deed
from editorial.review import Translation
from editorial.values import REST

SCHEDULED = gettext_noop("published at the time it was scheduled for")
ALL_PARTS = [*languages(), REST]


class DraftQuerySet(BesideQuerySet):
    def handed_in(self):
        """What waits for a publisher, the longest waiting first."""
        return self.exclude(handed_in_at=None).filter(publish_at=None).order_by("handed_in_at")

    def due(self):
        return self.filter(publish_at__lte=timezone.now())

    def publish_due(self):
        """Publishes what was scheduled for a time that has come; returns how many drafts.

        What the entry's rules do not allow any more stays a draft and says why.
        """
        one_of_each = {tuple(draft.key.values()): draft for draft in self.due()}
        return sum(draft.publish_with_others() for draft in one_of_each.values())


class Draft(Beside):
    """Values that wait for their entry, of one language, or of what is in no language."""

    language = models.CharField(max_length=10, blank=True, choices=OWN_NAMES.items())
    values = models.JSONField(default=dict)
    is_minor = models.BooleanField(default=False)
    is_reviewed = models.BooleanField(default=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now=True)
    handed_in_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True, db_index=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    failure = models.TextField(blank=True, default="")  # why it could not be published in time

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()  # who may see the entry may see its drafts
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="editorial_draft_of_part"
            ),
        ]

    def __str__(self):
        return f"{self.entry} ({self.part})"

    @property
    def part(self):
        """Which part of the entry it changes, for people."""
        return OWN_NAMES.get(self.language) or _("date, picture, order and the like")

    @property
    def key(self):
        """What names its entry, also when that is gone."""
        return {"content_type_id": self.content_type_id, "object_id": self.object_id}

    def publish_with_others(self):
        """Publishes what is due of its entry, all at once; returns how many drafts. What somebody
        else is writing or publishing just now is left for the next time."""
        skips = connection.features.has_select_for_update_skip_locked
        rows = self.content_type.model_class()._default_manager.filter(pk=self.object_id)
        with transaction.atomic():
            if not rows.select_for_update(skip_locked=skips).first():
                if not rows.exists():
                    Draft.objects.filter(**self.key).delete()
                return 0
            drafts = list(Draft.objects.due().filter(**self.key))
            for draft in drafts:
                with deed(draft.scheduled_by, SCHEDULED):
                    draft.publish(rows.get())
        return len(drafts)

    def publish(self, entry):
        """Gives the entry these values. Where its rules forbid that, `failure` says why."""
        try:
            apply(entry, self.values, self)
            self.delete()
        except ValidationError as error:
            self.failure, self.publish_at = " ".join(error.messages), None
            self.save()


def working_values(entry):
    """The values of an entry with its drafts laid over them, as whoever goes on writing sees
    them. Two queries more than `values.read`."""
    laid = values.read(entry)
    for draft in Draft.objects.of(entry):
        laid |= {name: value for name, value in draft.values.items() if name in laid}
    return laid


def keep(entry, wanted, public=(), at=None, hand_in=False, is_minor=None):
    """Takes over what was written: `wanted` are working values, all of them or some.

    `entry` is the row as it is in the database. Of the parts named in `public` (languages, REST)
    readers get the new values, now or `at` a time; the rest of an approved entry's waits as
    drafts. A draft becomes an approved entry when some part of it is `public`, and its other
    languages become drafts. One that is scheduled comes at another time when `wanted` has a
    "published_at". `is_minor` says whether the texts mean what they meant; None, that
    it is as their drafts say. Raises ValidationError where the entry's rules forbid it. In a
    transaction.
    """
    live, parts = values.read(entry), values.parts(type(entry))
    touched = {parts[name] for name in wanted if name in parts} | {*public}
    wanted = working_values(entry) | wanted
    entry.is_minor = bool(is_minor)
    if not entry.is_approved:
        keep_draft_entry(entry, wanted, public, at, hand_in)
        return
    changed = {name: wanted[name] for name in values.differing(live, wanted)}
    now = {name: value for name, value in changed.items() if name in entry.at_once}
    for part in ALL_PARTS:
        of_part = {
            name: value
            for name, value in changed.items()
            if parts[name] == part and name not in entry.at_once
        }
        if part in public and at is None:
            draft = Draft.objects.of(entry).filter(language=part).first()
            is_new = draft is None or draft.values != of_part
            if part == entry.source_language and is_minor is None and not is_new:
                entry.is_minor = draft.is_minor
            if part == entry.target_language and draft:
                entry.is_reviewed = is_reviewed(entry, draft, of_part)
            now |= of_part
            if draft:
                draft.delete()
        elif part in touched or not of_part:  # what was not written now stays as it was agreed to
            keep_part(entry, part, of_part, at if part in public else None, hand_in)
    if now:
        apply(entry, now, entry)


def keep_draft_entry(entry, wanted, public, at, hand_in):
    """As `keep`, of an entry no reader sees: it holds all that is written."""
    parts, was_right = values.parts(type(entry)), is_right(entry)
    held_back = {}
    if public:
        hidden = [part for part in languages() if part not in public]
        held_back = {name: wanted[name] for name in wanted if parts[name] in hidden}
        wanted |= dict.fromkeys(held_back, "") | {
            "published_at": (at or timezone.now()).isoformat()
        }
    waiting = Draft.objects.of(entry)
    if not public:
        waiting.filter(language=REST).update(values={})
        waiting = waiting.exclude(language=REST)  # that it was handed in stays true
    waiting.delete()
    apply(entry, wanted, entry)
    for part in languages():
        of_part = {n: value for n, value in held_back.items() if parts[n] == part and value}
        entry.is_reviewed = was_right or part != entry.target_language
        keep_part(entry, part, of_part)
    if hand_in and not public:
        keep_part(entry, REST, {}, hand_in=True)


def keep_part(entry, part, of_part, at=None, hand_in=False):
    """Makes, changes or removes the draft of one part."""
    draft = Draft.objects.of(entry).filter(language=part).first()
    if not of_part and not (hand_in and not entry.is_approved):
        if draft:
            draft.delete()
        return
    user = this_deed().user or None
    draft = draft or Draft(entry=entry, language=part, author=user)
    if draft.values != of_part:
        reviewed = is_reviewed(entry, draft, of_part)
        draft.author, draft.values, draft.failure = user, of_part, ""
        draft.publish_at = draft.handed_in_at = None  # what was agreed to was something else
        draft.is_reviewed = reviewed
    draft.is_minor = entry.is_minor
    if at:
        draft.publish_at, draft.scheduled_by = at, user
    if hand_in:
        draft.handed_in_at = draft.handed_in_at or timezone.now()
    draft.save()


def is_reviewed(entry, draft, of_part):
    """Whether these values of a draft have been read by somebody who knows the language: not
    while it keeps the words of a text that nobody had read."""
    kept = [
        name
        for name, text in draft.values.items()
        if draft.language != REST and of_part.get(name) and same_words(text, of_part[name])
    ]
    return entry.is_reviewed and (draft.is_reviewed or not kept)


def is_right(entry):
    """Whether the translation of an entry waits for nobody who knows the language."""
    translation = Translation.objects.for_entry(entry)
    return not (translation.unreviewed or translation.stale)


def apply(entry, wanted, written):
    """Saves the values on the row itself; `written` says whether they are minor and reviewed."""
    values.assign(entry, wanted)
    entry.is_minor, entry.is_reviewed = written.is_minor, written.is_reviewed
    entry.full_clean()
    entry.save()
    values.relate(entry, wanted)


def unpublish(entry, language=None):
    """Takes an entry off the site, or its texts in one language; they become drafts.

    ValidationError where the other language alone does not make an entry.
    """
    if language is None:
        wanted = working_values(entry) | {"published_at": None}
        entry.is_reviewed = not Draft.objects.of(entry).filter(is_reviewed=False).exists()
        Draft.objects.of(entry).delete()
        apply(entry, wanted, entry)
        return
    parts = values.parts(type(entry))
    texts = {n: value for n, value in values.read(entry).items() if parts[n] == language and value}
    waiting = Draft.objects.of(entry).filter(language=language).first()
    texts |= waiting.values if waiting else {}
    was_right = is_right(entry) or language != entry.target_language
    apply(entry, dict.fromkeys(texts, ""), entry)
    entry.is_reviewed = was_right
    keep_part(entry, language, texts)


def is_to_publish(entry, chosen):
    """Whether readers do not have all yet that is written in these languages."""
    waiting = Draft.objects.of(entry).filter(language__in=[*chosen, REST])
    return not getattr(entry, "is_published", True) or waiting.exists()
