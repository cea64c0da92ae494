"""The words of all entries, as a search finds them: the same on every database.

Stems are worked out here (`bilingual/searching.py`), so that a database need know no Mongolian, and
two tables with plain indexes are all it needs.
"""

from collections import defaultdict
from itertools import islice, repeat

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override

from bilingual.languages import OWN_NAMES
from bilingual.searching import LONG, STOP_WORDS, key, stem, words
from bilingual.translations import languages, translated, translated_fields
from editorial.beside import Beside, BesideQuerySet
from editorial.publishing import Publishable
from editorial.richtext import to_plain

LONGEST = 40  # letters of a word; the rest of a longer one is not compared
TITLES = ("title", "name")
OF_A_TITLE, OF_A_TEXT = 3, 1
BATCH = 2000
SAME_WORD, SAME_STEM, SAME_BEGINNING = 4, 2, 1


def searched_models():
    """The models of what can be found."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def plain_texts(entry):
    """Pairs of a translated field's name and its text, as pages in the active language have it."""
    for name in translated_fields(type(entry)):
        if text := translated(entry, name):
            text.value = to_plain(text.value)
            yield name, text


def weights(entry):
    """The words that pages in the active language have of an entry, each with its weight."""
    found = {str(entry.year): OF_A_TITLE} if hasattr(entry, "year") else {}
    for name, text in plain_texts(entry):
        weight = OF_A_TITLE if name in TITLES else OF_A_TEXT
        for word in words(text.value):
            if word not in STOP_WORDS:
                found[word[:LONGEST]] = max(weight, found.get(word[:LONGEST], 0))
    return found


class SearchedQuerySet(BesideQuerySet):
    def follow(self, entries):
        """Notes the words of a list of entries of one model, as they are now. Seven queries."""
        rows, found = [], []
        for entry in entries:
            for language in languages():
                with override(language):
                    found.append(weights(entry))
                year = getattr(entry, "year", None)
                rows.append(self.model(entry=entry, language=language, year=year))
        with transaction.atomic():
            known = self.of_subject(type(entries[0]))
            known.filter(object_id__in=[entry.pk for entry in entries]).delete()
            self.bulk_create(rows)
            keys = SearchWord.objects.note({word for weight_of in found for word in weight_of})
            Occurrence.objects.bulk_create(
                [
                    Occurrence(searched=row, word_id=keys[word], weight=weight)
                    for row, weight_of in zip(rows, found, strict=True)
                    for word, weight in weight_of.items()
                ],
                batch_size=BATCH,
            )

    def published(self):
        """Those of entries that the public may read."""
        visible = Q(pk__in=[])
        for model in searched_models():
            entries = model.objects.visible_to(AnonymousUser()).order_by().values("pk")
            subject = ContentType.objects.get_for_model(model)
            visible |= Q(content_type=subject, object_id__in=entries)
        return self.filter(visible)

    def find(self, grades):
        """Of these, those that have all the words whose `grades()` are given; if there are none,
        those that have any of them. A list of pairs of the keys of a content type and an
        entry, the best first, and whether they have all. One query at most.

        A database finds one word after the other by its indexes; if it joined their texts, too,
        six common words would take it several times as long.
        """
        having = set().union(*grades)
        rows = self.filter(pk__in=having) if len(having) < BATCH else self
        rows = rows.order_by().values_list("pk", "year", "content_type", "object_id")
        known = {pk: (year or 0, *entry) for pk, year, *entry in rows if pk in having}
        having_all = known.keys() & set(grades[0]).intersection(*grades) if grades else ()
        keys = list(having_all or known)
        scores = map(sum, zip(*(map(grade.get, keys, repeat(0)) for grade in grades), strict=True))
        found = sorted((-score, *known[pk]) for score, pk in zip(scores, keys, strict=True))
        return [(subject, pk) for _score, _year, subject, pk in found], bool(having_all)


class Searched(Beside):
    """What pages in one language say of an entry."""

    language = models.CharField(max_length=10, choices=OWN_NAMES.items())
    year = models.PositiveSmallIntegerField(null=True)
    is_sent = models.BooleanField(default=False)  # to the search server, where there is one

    objects = SearchedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="editorial_searched_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["is_sent"], condition=Q(is_sent=False), name="editorial_searched_unsent"
            ),
        ]

    def __str__(self):
        return f"{self.entry} ({self.language})"


class SearchWordQuerySet(models.QuerySet):
    def note(self, words):
        """Notes those of a set of words that are new; a dict of the keys of all. Three queries."""
        known = dict(self.filter(word__in=words).values_list("word", "pk"))
        if new := sorted(words - known.keys()):
            self.bulk_create(map(self.model.of, new), ignore_conflicts=True)  # by another writer
            known |= dict(self.filter(word__in=new).values_list("word", "pk"))
        return known

    def forms_of(self, sought):
        """The words that are forms of one of a list of `Sought`, or begin with it."""
        condition = Q(stem__in={stem for word in sought for stem in word.stems})
        for beginning in {beginning for word in sought for beginning in word.beginnings}:
            begins = Q(beginning=beginning[:LONG], key__startswith=beginning[:LONGEST])
            condition |= begins
        return self.filter(condition) if sought else self.none()


class SearchWord(models.Model):
    """A word that some entry has or had. `beginning` is that of its key, so that no collation of
    a database is asked."""

    word = models.CharField(max_length=LONGEST, unique=True)
    key = models.CharField(max_length=LONGEST)
    beginning = models.CharField(max_length=LONG, db_index=True)
    stem = models.CharField(max_length=LONGEST, db_index=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word

    @classmethod
    def of(cls, word):
        return cls(word=word, key=key(word), beginning=key(word)[:LONG], stem=stem(word))

    def nearness(self, sought):
        """How near it is to a `Sought` word; 0 for another word."""
        if self.word in sought.spellings:
            return SAME_WORD
        if self.stem in sought.stems:
            return SAME_STEM
        begins = any(self.key.startswith(form[:LONGEST]) for form in sought.beginnings)
        return SAME_BEGINNING if begins else 0


class OccurrenceQuerySet(models.QuerySet):
    def grades(self, sought, language):
        """How well the texts of a language have each of a list of `Sought` words: for each a dict
        by the keys of `Searched`. Two queries."""
        words = list(SearchWord.objects.forms_of(sought))
        rows = self.filter(word__in=[word.pk for word in words], searched__language=language)
        places = defaultdict(list)
        for word, searched, weight in rows.order_by().values_list("word", "searched", "weight"):
            places[word].append((searched, weight))
        return [best(words, places, word) for word in sought]


def best(words, places, sought):
    """The best grade that any of `words` gives a text for one that is sought."""
    found = {}
    for word in words:
        if near := word.nearness(sought):
            for searched, weight in places[word.pk]:
                if near * weight > found.get(searched, 0):
                    found[searched] = near * weight
    return found


class Occurrence(models.Model):
    """That a text has a word; in a title it weighs more."""

    searched = models.ForeignKey(Searched, on_delete=models.CASCADE)
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, db_index=False)
    weight = models.PositiveSmallIntegerField()

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["word", "searched", "weight"], name="editorial_occurrence_of_word")
        ]

    def __str__(self):
        return f"{self.word}: {self.searched}"


def follow_entries():
    """Has the words of an entry noted with each save of it, and forgotten with it."""
    for model in searched_models():
        post_save.connect(follow, sender=model)
        post_delete.connect(forget, sender=model)


def follow(instance, raw=False, **kwargs):
    Searched.objects.follow([instance])


def forget(instance, **kwargs):
    Searched.objects.of(instance).delete()


def index_missing(using=None, **kwargs):
    """Notes the words of entries that have none noted. Runs after each migration, and takes a
    minute for ten thousand entries."""
    if Searched._meta.db_table not in connections[using].introspection.table_names():
        return
    for model in searched_models():
        known = Searched.objects.of_subject(model).values("object_id")
        entries = model._default_manager.exclude(pk__in=known).order_by("pk")
        for batch in batched(entries.iterator(), BATCH // 10):
            Searched.objects.follow(batch)


def batched(items, size):
    """Lists of at most `size` items."""
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
