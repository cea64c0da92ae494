"""A site in which every text is a script, written through every form and every file there is.

`fill()` runs in the process of a site of its own, which it empties first.
"""

import contextlib
import json
from itertools import cycle, islice
from pathlib import Path
from tempfile import mkdtemp

import yaml
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django.utils.translation import override

from editorial import richtext
from editorial.entries import subjects
from editorial.pictures import Picture
from editorial.po_files import make_po
from editorial.richtext import RichTextField
from editorial.spreadsheets.files import write_csv
from sections.models import Achievement
from tests.content_world import LISTS, empty, make_small_picture
from tests.desk import form_data
from tests.editorial.matrix_world import NEW, PUBLISH, World, label, walk
from tests.script_strings import STRINGS, packed
from timeline.models import Decade, TimelineEvent

LONGEST = 4000  # of a text that has no end of its own
NOT_TYPED = {"slug", "seen", "username", "password1", "password2", "source_language"}
SHOWN = 4  # rows of each model whose forms are looked at


def is_kept(string):
    """Whether rich text takes it, cleaned, and does not tell that its link leads nowhere."""
    with contextlib.suppress(ValidationError):
        richtext.check(string)
        return True
    return False


def half(name):
    """Each string stands in one of the two languages of a text."""
    return STRINGS[name.endswith("_mn") :: 2] if name.endswith(("_en", "_mn")) else STRINGS


def texts_of(model, limits):
    """Rows of texts, in which every string is in every field that is long enough for it."""
    told = {}
    for name, longest in limits.items():
        is_rich = isinstance(model._meta.get_field(name), RichTextField)
        strings = filter(is_kept, half(name)) if is_rich else half(name)
        told[name] = packed(longest or LONGEST, strings)
    rows = max(map(len, told.values()))
    columns = [list(islice(cycle(texts), rows)) for texts in told.values()]
    return [dict(zip(told, row, strict=True)) for row in zip(*columns, strict=True)]


def typed_fields(context):
    """The longest text of each field of a form into which somebody types, by name."""
    return {
        name: field.max_length
        for name, field in context["adminform"].form.fields.items()
        if isinstance(field, forms.CharField)
        and not field.widget.is_hidden
        and name not in NOT_TYPED
        and not isinstance(field, forms.EmailField)
    }


class HostileWorld(World):
    """`html` are pages by what they are: those that tell of what was refused, and all the rest."""

    def __init__(self):
        super().__init__()
        self.staff, self.anybody = self.client("superuser"), self.client("anonymous")
        self.html = {}

    def send(self, address, data, is_taken=True):
        answer = self.staff.post(address, data)
        if is_taken:
            form = answer.context and answer.context.get("adminform")
            assert answer.status_code == 302, (address, form and form.form.errors)
        else:
            self.html[f"refused at {address}"] = answer.content.decode()
        return answer

    def write(self, model):
        """Every string into every field, in as many new rows as it takes; then all that is refused
        into one form."""
        add = f"/en/admin/{label(model).replace('.', '/')}/add/"
        context = self.staff.get(add).context
        form = {**form_data(context), **NEW[label(model)], **PUBLISH}
        form |= {"section": self.rows["sections.section"].pk, "published_at": ""}
        limits = typed_fields(context)
        for number, texts in enumerate(texts_of(model, limits)):
            self.send(add, form | {"slug": f"row-{number}"} | texts)
        self.send(add, form | dict.fromkeys([*limits, "slug"], " ".join(STRINGS)), is_taken=False)

    def change(self, rows, data=PUBLISH, shown=()):
        """Every string into every field of rows that are there, one after the other; what is at
        the addresses `shown` is looked at each time."""
        base = f"/en/admin/{label(rows[0]).replace('.', '/')}"
        limits = typed_fields(self.staff.get(f"{base}/{rows[0].pk}/change/").context)
        for row, texts in zip(cycle(rows), texts_of(type(rows[0]), limits), strict=False):
            address = f"{base}/{row.pk}/change/"
            self.send(address, form_data(self.staff.get(address).context) | data | texts)
            for path in shown:
                self.html[f"{path} {texts}"] = self.anybody.get(path).content.decode()

    def upload(self, model):
        """A sheet of what is taken, and one of what is refused, whose preview is kept."""
        address = f"/en/admin/{label(model).replace('.', '/')}/sheet/"
        fields = admin.site.get_model_admin(model).sheet().fields
        limits = {
            name: field.max_length
            for name, field in fields.items()
            if name.endswith(("_en", "_mn")) or name == "staff_note"
        }
        fixed = {"id": "", "version": "", "year": "1961", "themes": ""}
        if "section" in fields:
            fixed["section"] = "mongolia"
        rows = [{**fixed, **texts} for texts in texts_of(model, limits)]
        bad = {**fixed, **dict.fromkeys(limits, " ".join(STRINGS)), "themes": STRINGS[0]}
        for sheet, is_taken in ((rows, True), ([bad], False)):
            data = write_csv([list(sheet[0]), *(list(row.values()) for row in sheet)])
            preview = self.send(address, {"file": SimpleUploadedFile("a.csv", data)})["Location"]
            self.html[f"preview of a sheet {preview}"] = self.staff.get(preview).content.decode()
            self.send(preview, {"_publish": "1"}, is_taken)

    def translate(self):
        """A PO file in which every text is translated by a script."""
        po = make_po(subjects(), "en")
        for text, string in zip(po, cycle(STRINGS), strict=False):
            text.msgstr = f"Хүний эрх: {string}"  # else it is refused for its letters alone
        file = SimpleUploadedFile("<b hostile>.po", str(po).encode())
        self.send("/en/admin/editorial/translation/files/", {"file": file}, is_taken=False)

    def load(self):
        """A folder of content files."""
        folder = Path(mkdtemp())
        kept = "\n\n".join(filter(is_kept, STRINGS))
        line, words = packed(250)[0], {"en": " ".join(STRINGS), "mn": kept}
        page = {"slug": "loaded", "title": words, "line": {"en": line, "mn": line}}
        page |= {"body": {"en": kept, "mn": kept}, "staff_note": words["en"]}
        themes = [{"slug": "loaded", "name": {"en": packed(60)[0], "mn": packed(60)[1]}}]
        (folder / "themes.yaml").write_text(yaml.safe_dump(themes, allow_unicode=True))
        (folder / "pages").mkdir()
        (folder / "pages" / "loaded.yaml").write_text(yaml.safe_dump(page, allow_unicode=True))
        call_command("load_content", str(folder), verbosity=0)

    def look(self):
        """Takes all pages: the public ones in both languages, and forms of some rows."""
        for address in self.public():
            self.html[address] = self.anybody.get(address).content.decode()
        for model in subjects():
            for row in model._default_manager.order_by("-pk")[:SHOWN]:
                base = f"/mn/admin/{label(model).replace('.', '/')}/{row.pk}/"
                for what in ("change/", "history/"):
                    self.html[base + what] = self.staff.get(base + what).content.decode()

    def public(self):
        """Every address of the site that shows an entry, and the searches that find them."""
        found = [*LISTS, "/search/?q=hostile", "/search/?q=alert+hostile&kind=event", "/data/"]
        found += ["/history/1961/embed/", "/history/1960s/embed/"]
        with override("en"):
            for model in set(subjects()) - {Picture}:
                for row in model._default_manager.all():
                    path = row.get_absolute_url()
                    found.append(path.partition("#")[0].removeprefix("/en"))
                    if model is TimelineEvent:
                        found.append(f"/history/{row.year}/{row.slug}/cite/")
        return [f"/{language}{path}" for path in set(found) for language in ("en", "mn")]


def fill(told):
    """Writes to the file `told` what there is: pages to look at, and addresses to open."""
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # sooner done
    empty()
    world = HostileWorld()
    for model in set(subjects()) - {Picture, Decade}:
        world.write(model)
    decades = ["/en/history/1960s/", "/mn/history/1960s/"]
    world.change([world.rows["timeline.decade"]], shown=decades)
    world.change([make_small_picture() for _ in packed(60)])
    people = [User.objects.create(username=f"user{n}", password="!") for n in range(30)]
    world.change(people, data={})
    for model in (TimelineEvent, Achievement):
        world.upload(model)
    world.translate()
    world.load()
    world.look()
    with override("en"):
        opened = {name: world.address(name, route, "superuser") for name, route in walk()}
    content = {"html": world.html, "admin": opened, "session": world.sessions["superuser"]}
    Path(told).write_text(json.dumps(content))
