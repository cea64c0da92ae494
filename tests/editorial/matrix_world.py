"""What the walk through the admin finds there: its addresses, a row of everything, and forms."""

import contextlib
import re

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from bilingual.translations import columns, in_language, translated_fields
from editorial import drafts, values
from editorial.entries import subjects
from editorial.history import Version
from editorial.models import Upload
from editorial.po_files import make_po
from editorial.review import Translation
from editorial.signing_in.models import SecondFactor
from editorial.spreadsheets.files import write_csv
from editorial.spreadsheets.rows import export, load
from tests.desk import PASSWORD, form_data, make_user
from tests.editorial.roles_matrix import PEOPLE
from tests.factories import (
    make_achievement,
    make_campaign,
    make_decade,
    make_event,
    make_page,
    make_picture,
    make_section,
    make_theme,
    picture_bytes,
)
from visitors.models import VisitorCount, VisitorDay

NEW_PASSWORD = "another long password for tests"
# What a form to add needs beside what it comes with
NEW = {
    "timeline.timelineevent": {"title_en": "New", "year": 1999},
    "timeline.decade": {"first_year": 1990},
    "campaigns.campaign": {"title_en": "New"},
    "sections.section": {"name_en": "New"},
    "sections.achievement": {"text_en": "New", "year": 1999},
    "editorial.theme": {"slug": "new", "name_en": "New"},
    "editorial.page": {"slug": "new", "title_en": "New"},
    "editorial.picture": {"alt_en": "New", "file": SimpleUploadedFile("new.jpg", picture_bytes())},
    "auth.user": {"username": "new", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
}
# What somebody changes on a form; of an entry it is its first text
CHANGED = {
    "auth.user": {"first_name": "Changed"},
    "auth.group": {"name": "changed"},
    "admin.logentry": {"object_repr": "changed"},
    "visitors.visitorday": {"visits": "1"},
    "visitors.visitorcount": {"new_total": "1", "reason": "To see whether it can be done"},
    "editorial.translation": {"title_mn": "Шинэ", "_publish": "1"},
}
# Everybody tries that; of those without the right some are kept as a draft
PUBLISH = {"_publish": "1", "public": ["en", "mn"]}
SENT = {
    "delete": {"post": "yes"},
    "sheet_preview": {"_publish": "1"},
    "auth.user password_change": {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "password_change": {
        "old_password": PASSWORD,
        "new_password1": NEW_PASSWORD,
        "new_password2": NEW_PASSWORD,
    },
}
# Addresses with a pattern of their own
PATHS = {
    "app_list": "/en/admin/timeline/",
    "anything else": "/en/admin/no/such/page/",
    "autocomplete": "/en/admin/autocomplete/"
    "?app_label=sections&model_name=achievement&field_name=section",
}


def walk(patterns=None, route=""):
    """Every address below /admin/: its name for the table, its route, and its model's label."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns, whole)
        elif whole.startswith("en/admin/"):
            yield name_of(whole, pattern.name), whole


def name_of(route, name):
    """The name of an address in the table: "index", "timeline.decade change"."""
    for model in map(label, admin.site._registry):
        if route.startswith(f"en/admin/{model.replace('.', '/')}/"):
            what = (name or "short").removeprefix(model.replace(".", "_") + "_")
            return f"{model} {'list' if what == 'changelist' else what}"
    return name or "anything else"


def label(model):
    return model._meta.label_lower


def make_person(person):
    if person == "anonymous":
        return AnonymousUser()
    if person == "superuser":
        return User.objects.create_superuser(person, password=PASSWORD)
    return make_user(*([] if person == "newcomer" else [person]), name=person)


def sign_in(user):
    """The session of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


class World:
    """One row of everything, each in a state in which there is something to do with it."""

    def __init__(self):
        self.people = {person: make_person(person) for person in PEOPLE}
        self.sessions = {person: sign_in(self[person]) for person in PEOPLE[1:]}
        section = make_section()
        doubtful = [make_event(year_confirmed=False)]
        doubtful += [make_achievement(section=section, year_confirmed=False)]
        standing = [make_page(), make_theme(), make_decade(), make_picture()]
        entries = [*doubtful, make_campaign(), section, *standing]
        make_campaign(picture=entries[-1])
        assert {type(row) for row in entries} == set(subjects()), "Make one of each subject here."
        for entry in entries:
            begin_work(entry)
        bystander = make_user("editor", name="bystander")
        SecondFactor.objects.create(user=bystander, secret="A" * 32)
        others = [
            bystander,
            Group.objects.get(name="editor"),
            Translation.objects.for_entry(entries[0]),
            VisitorCount.objects.get_or_create(pk=1)[0],
            VisitorDay.objects.create(day="2020-01-01", visits=3),
            LogEntry.objects.log_actions(self["superuser"].pk, entries, CHANGE)[0],
        ]
        self.uploads = {
            (label(entry), person): upload(entry, self[person])
            for entry in entries
            for person in PEOPLE[1:]
            if hasattr(admin.site.get_model_admin(type(entry)), "sheet")
        }
        self.rows = {label(row): row for row in [*entries, *others]}
        assert {*self.rows} >= {*map(label, admin.site._registry)}, "Make one of each model here."

    def __getitem__(self, person):
        return self.people[person]

    def client(self, person):
        client = Client()
        if person in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        return client

    def address(self, name, route, person):
        """The address of a route, with the keys of what is there."""
        if name in PATHS:
            return PATHS[name]
        row = self.rows.get(name.split()[0], self.rows["timeline.timelineevent"])
        versions = Version.objects.of(row) if isinstance(row, tuple(subjects())) else None
        keys = {
            "content_type_id": ContentType.objects.get_for_model(row).pk,
            "object_id": row.pk,
            "id": row.pk,
            "version": versions and versions.last().pk,
            "upload": self.uploads.get((label(row), person), 0),
            "kind": "csv",
        }
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(keys[match[1]]), route)

    def body(self, name, address):
        """What somebody would send to an address to have something done there."""
        model, _space, what = name.partition(" ")
        if what == "list":
            return edited_list(self.rows[model])
        if what == "sheet":
            return {"file": sheet_of(self.rows[model])}
        if what == "files":
            return {"file": translated_file(self.rows["timeline.timelineevent"])}
        if what not in ("add", "change") or model == "editorial.translation":
            return SENT.get(name) or SENT.get(what) or CHANGED.get(model, {})
        answer = self.client("superuser").get(address)
        form = form_data(answer.context) if answer.status_code == 200 else {}
        if what == "add":
            section = {"section": self.rows["sections.section"].pk}
            return form | section | NEW.get(model, {}) | PUBLISH
        changed = CHANGED.get(model) or texts(self.rows[model], "Changed", "Өөрчилсөн")
        return form | changed | PUBLISH

    def remember(self):
        """Takes all as it is now for what a request finds."""
        self.before = everything(), shown()

    def ask(self, person, method, address, data=None):
        """The sign of the table for what becomes of a request; then all is taken back."""
        with taken_back():
            answer = getattr(self.client(person), method)(address, data)
            rows, entries = self.before
            changed = "" if everything() == rows else "w" if shown() == entries else "p"
        for value in (data or {}).values():
            if hasattr(value, "seek"):
                value.seek(0)
        return sign(answer, changed, method)


@contextlib.contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def edited_list(row):
    """A list that is saved with another order for its one row."""
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk}
    return rows | {"form-0-order": 77, "_save": "1"}


def sheet_of(entry):
    sheet = admin.site.get_model_admin(type(entry)).sheet()
    rows = export(sheet, type(entry).objects.all())
    return SimpleUploadedFile("sheet.csv", write_csv(rows))


def upload(entry, user):
    """A sheet with another text, that somebody has uploaded and not decided about."""
    version = load(type(entry).objects.filter(pk=entry.pk))[0].version
    cells = {"id": str(entry.pk), "version": version} | texts(entry, "From a sheet")
    row = {"line": 2, "cells": cells, "problems": {}, "beyond": False}
    return Upload.objects.keep(user, type(entry), [row]).pk


def translated_file(entry):
    """A PO file with a translation that is new."""
    po = make_po([type(entry)], entry.source_language)
    po[0].msgstr = "Шинэ"
    return SimpleUploadedFile("mn.po", str(po).encode())


def begin_work(entry):
    """A second version, a translation that is out of date, and changes that wait."""
    for name, text in texts(entry, "Second").items():
        setattr(entry, name, text)
    entry.save()
    drafts.keep(entry, texts(entry, "Waiting", "Хүлээж байна"))


def texts(entry, *values):
    """The first text that an entry has, in its languages, as columns."""
    first = next(name for name in translated_fields(type(entry)) if in_language(entry, name, "en"))
    return dict(zip(columns(first), values, strict=False))


def sign(answer, changed, method):
    refused = answer.status_code == 403 or "/login/?next=" in answer.get("Location", "")
    found = "-" if refused else "0" if answer.status_code in (404, 405) else "r"
    if answer.status_code not in (200, 302, 403, 404, 405):
        return f"[{answer.status_code}]"
    if changed and (found != "r" or method != "post"):
        return f"[{found} and {changed}]"
    return changed or found


def shown():
    """What readers get of every entry."""
    nobody, entries = AnonymousUser(), {}
    for model in subjects():
        rows = model._default_manager.all()
        for row in rows.visible_to(nobody) if hasattr(rows, "visible_to") else rows:
            if not row.is_approved:
                continue
            said = values.read(row)
            entries[row] = {name: said[name] for name in said if name not in model.at_once}
    return entries


def everything():
    """All rows of all tables but those of sessions and of what was done, which a look may write."""
    left_out = {"django_session", "django_admin_log"}
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in left_out:
                cursor.execute(f"SELECT * FROM {table}")
                rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows
