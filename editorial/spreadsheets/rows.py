"""What each row of an uploaded sheet would change, and all that is wrong with it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Max, UniqueConstraint
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from bilingual.translations import translated_fields
from editorial import values
from editorial.compare import marked
from editorial.drafts import Draft
from editorial.history import Version
from editorial.letters import foreign_letters
from editorial.richtext import RichTextField, to_plain
from editorial.spreadsheets.cells import ID, STATUS, VERSION, same
from editorial.spreadsheets.files import Problem
from editorial.spreadsheets.rules import Rules


@dataclass
class Written:
    """An entry as it is being written: the row with its drafts laid over it."""

    entry: object
    values: dict
    version: str = ""  # changes with whatever the sheet would show
    changed: tuple = (None, None)  # who changed it last, and when


def load(entries):
    """The entries of a queryset as a list of `Written`. Four queries and one for each link."""
    model = entries.model
    links = [name for name, one in values.fields(model).items() if one.many_to_many]
    rows = list(entries.prefetch_related(*links))
    keys = [row.pk for row in rows]
    of_them = Version.objects.of_subject(model).filter(object_id__in=keys)
    newest = of_them.values("object_id").annotate(newest=Max("pk"))
    latest = [version["newest"] for version in newest]
    versions = Version.objects.filter(pk__in=latest).select_related("user").defer("values")
    versions = {version.object_id: version for version in versions}
    drafts = {}
    waiting = Draft.objects.of_subject(model).filter(object_id__in=keys)
    for draft in waiting.select_related("author"):
        drafts.setdefault(draft.object_id, []).append(draft)
    return [lay(row, links, versions.get(row.pk), drafts.get(row.pk, [])) for row in rows]


def lay(row, links, version, drafts):
    written = {
        name: sorted(link.pk for link in getattr(row, name).all())
        if name in links
        else values.read_field(one, row)
        for name, one in values.fields(type(row)).items()
    }
    waiting = {n: value for draft in drafts for n, value in draft.values.items() if n in written}
    # A draft is no version, and yet what the sheet shows is out of date when one is changed
    mark = str(version.pk if version else 0) + (f"w{values.digest(waiting)}" if waiting else "")
    changes = [(draft.saved_at, draft.author) for draft in drafts]
    changes += [(version.saved_at, version.user)] if version else []
    when, who = max(changes, key=lambda change: change[0], default=(None, None))
    return Written(row, written | waiting, mark, (who, when))


def export(sheet, entries):
    """The rows of a sheet of these entries, its columns first."""
    yield sheet.columns
    for written in load(entries):
        cells = [sheet.cell(name, written.values[name]) for name in sheet.fields]
        yield [written.entry.pk, written.version, written.entry.status.value, *cells]


@dataclass
class Row:
    """One row that came in. `wanted` are the values it changes, by name."""

    line: int
    entry: object
    is_new: bool
    name: str = ""  # as it is now: checking gives the entry what the row says
    wanted: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)  # of each: its column, its label, both compared
    errors: list = field(default_factory=list)  # pairs of a column, or "", and a sentence
    notices: list = field(default_factory=list)

    @property
    def state(self):
        if self.errors:
            return "refused"
        if not self.wanted:
            return "unchanged"
        return "new" if self.is_new else "changed"


def check(sheet, uploaded, may_add=True, lock=False):
    """The rows of an upload (`cells.as_dicts`), each with what it changes and what is wrong."""
    keys = {values.key(row["cells"].get(ID)) for row in uploaded}
    entries = sheet.model._default_manager.filter(pk__in=keys - {None}).order_by("pk")
    known = load(entries.select_for_update() if lock else entries)
    check = Check(sheet, {written.entry.pk: written for written in known}, may_add)
    return [check.row(row) for row in uploaded]


class Check:
    """Knows what the rows before have said, for no two may say the same."""

    def __init__(self, sheet, known, may_add):
        self.sheet, self.known, self.may_add = sheet, known, may_add
        self.rules = Rules(sheet.model)
        self.lines = {}  # the line of the first row that is one entry, or has one address

    def row(self, uploaded):
        cells, text = uploaded["cells"], uploaded["cells"].get(ID, "")
        written = self.known.get(values.key(text))
        is_new = not text and ID not in uploaded["problems"]
        if is_new:
            written = Written(self.sheet.model(), {})
        row = Row(uploaded["line"], written and written.entry, is_new)
        row.name = str(row.entry) if written and not is_new else ""
        row.errors += [(name, Problem(code).label) for name, code in uploaded["problems"].items()]
        if uploaded["beyond"]:
            row.errors.append(("", _("There are cells in columns that have no name.")))
        if is_new and not self.may_add:
            row.errors.append((ID, _("You may change entries, and not add new ones.")))
        if written is None:
            if text:
                told = _("No entry has this id. For a new entry leave the cell empty.")
                row.errors.append((ID, told))
            return row
        if not is_new:
            self.once(row, ("entry", written.entry.pk), ID, _("This entry"))
        self.read(row, written, cells)
        return row

    def once(self, row, key, column, what):
        line = self.lines.setdefault(key, row.line)
        if line != row.line:
            told = _("%(what)s stands in row %(line)s already.")
            row.errors.append((column, told % {"what": what, "line": line}))

    def read(self, row, written, cells):
        """Finds what the cells change, and whether the entry's rules allow it."""
        raw = self.raw(row, written, cells)
        if not raw and not row.is_new:
            return
        values.assign(row.entry, written.values)
        values.assign(row.entry, raw)
        self.clean(row, raw)
        for name, value in raw.items():
            one = self.sheet.fields[name]
            new = value if one.many_to_many else values.read_field(one, row.entry)
            if new != written.values.get(name):  # a text may have been the same once cleaned
                row.wanted[name] = new
        if not row.wanted:
            return
        row.changes = [self.change(name, row, written) for name in row.wanted]
        self.compare_versions(row, written, cells)
        self.look_for_the_same_address(row, raw)
        self.notice(row, cells)

    def clean(self, row, raw):
        """As `full_clean`, with the rules of the entry asked more sparingly."""
        refused = {name for name, _told in row.errors} & set(self.sheet.fields)
        twice = translated_fields(self.sheet.model)  # "title" is a column, named again
        try:
            row.entry.full_clean(exclude=refused, validate_constraints=False)
        except ValidationError as error:
            for name, told in error.message_dict.items():
                if name not in twice:
                    row.errors += [("" if name == "__all__" else name, text) for text in told]
            refused |= set(error.message_dict)
        changed = set(self.sheet.fields if row.is_new else raw)
        row.errors += [("", told) for told in self.rules.broken(row.entry, changed, refused)]

    def raw(self, row, written, cells):
        """The values of the cells that differ from what is there; of a new entry, of all."""
        raw = {}
        for name in self.sheet.fields:
            text = cells.get(name)
            old = self.sheet.cell(name, written.values[name]) if written.values else ""
            if text is None or same(text, old):
                continue
            try:
                raw[name] = self.sheet.value(name, text)
            except ValidationError as error:
                row.errors += [(name, told) for told in error.messages]
        return raw

    def change(self, name, row, written):
        model, new = self.sheet.model, row.wanted[name]
        old = "" if row.is_new else self.sheet.cell(name, written.values[name])
        new = self.sheet.cell(name, new)
        if isinstance(self.sheet.fields[name], RichTextField) and to_plain(old) != to_plain(new):
            old, new = to_plain(old), to_plain(new)
        return name, values.label(model, name), marked(str(old), str(new))

    def compare_versions(self, row, written, cells):
        if row.is_new or cells.get(VERSION) == written.version:
            return
        if not cells.get(VERSION):
            told = _(
                "Without its “version” nobody can see whether this entry has been changed "
                "since the sheet was made. Download the sheet anew."
            )
        else:
            who, when = written.changed
            told = _(
                "%(who)s changed this entry on %(when)s, after this sheet was made. Download the "
                "sheet anew and write your change into that."
            ) % {
                "who": who or _("Somebody"),
                "when": localize(timezone.localtime(when)) if when else "?",
            }
        row.errors.append((VERSION, told))

    def look_for_the_same_address(self, row, raw):
        """The database cannot see yet that two rows of one sheet would take one address."""
        if not raw.get("slug"):
            return
        for rule in self.sheet.model._meta.constraints:
            if isinstance(rule, UniqueConstraint) and "slug" in rule.fields:
                fields = [self.sheet.model._meta.get_field(name).attname for name in rule.fields]
                key = (rule.name, *(getattr(row.entry, name) for name in fields))
                self.once(row, key, "slug", _("This address"))

    def notice(self, row, cells):
        texts = [row.wanted.get(f"{name}_mn", "") for name in translated_fields(self.sheet.model)]
        if told := foreign_letters(texts):
            row.notices.append(told)
        status = "" if row.is_new else row.entry.status.value
        if cells.get(STATUS, status) != status:
            row.notices.append(_("The status is not changed by a sheet."))
