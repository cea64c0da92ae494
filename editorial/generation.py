"""The generation of the content: a short text that changes whenever what readers see may have.

A finished page that was kept is right as long as the generation is the one it was made in. The
database itself renews the token with every write, in the writer's transaction; so no way of
writing rows (admin, import, shell, another machine, SQL) can forget to; only TRUNCATE does.
"""

import logging
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections, models, router
from django.utils import timezone

from editorial import triggers
from editorial.drafts import Draft
from editorial.publishing import Publishable
from editorial.searching import Occurrence, Searched, SearchWord

log = logging.getLogger("django.editorial")

# Random, not counted up: a database put back from a backup would count the same numbers again
RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


class GenerationManager(models.Manager):
    def current(self):
        """The generation as it is now. One query.

        It is the token, how many times and days of entries are still to come, and today where
        entries come back on it: the number falls when a time passes, and any other change renews
        the token. Read it before what it stands for: a page can then be newer than its
        generation, never older. Changes scheduled for a time that has come are published first.
        """
        today = timezone.localdate()
        token, waiting, back, due = self.ask(today)
        if due:
            publish_due()
            token, waiting, back, _due = self.ask(today)
        return f"{token}-{waiting}" + (f"-{today:%m-%d}" if back else "")

    def ask(self, today):
        """The token, how many times and days are to come, how many entries come back `today`,
        and how many drafts are due."""
        connection = connections[router.db_for_read(self.model)]
        now, yesterday = timezone.now(), today - timedelta(days=1)
        latest_passed = {  # a day passes when it ends
            "DateTimeField": connection.ops.adapt_datetimefield_value(now),
            "DateField": connection.ops.adapt_datefield_value(yesterday),
        }
        models = [model for model in apps.get_models() if issubclass(model, Publishable)]
        fields = [model._meta.get_field(name) for model in models for name in model.changes_after]
        to_come = " + ".join(
            f"(SELECT count(*) FROM {field.model._meta.db_table} WHERE {field.column} > %s)"
            for field in fields
        )
        back, days = coming_back([model for model in models if model.comes_back], today, connection)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT token FROM {self.model._meta.db_table}), {to_come}, {back}, "
                f"(SELECT count(*) FROM {Draft._meta.db_table} WHERE publish_at <= %s)",
                [
                    *(latest_passed[field.get_internal_type()] for field in fields),
                    *days,
                    latest_passed["DateTimeField"],
                ],
            )
            return cursor.fetchone()


def coming_back(models, day, connection):
    """SQL for how many published entries of `models` come back on `day`, and its parameters."""
    counts, parameters = ["0"], []
    for model in models:
        entries = model.objects.published().on_day(day.month, day.day).order_by().values("pk")
        sql, of_model = entries.query.get_compiler(connection=connection).as_sql()
        counts.append(f"(SELECT count(*) FROM ({sql}) AS entries)")
        parameters += of_model
    return " + ".join(counts), parameters


def publish_due():
    """Publishes what is due, or leaves it for the next time: nobody waits longer for a page
    because the database has no time to write."""
    try:
        Draft.objects.publish_due()
    except DatabaseError:
        log.exception("What was scheduled could not be published.")


class Generation(models.Model):
    """One row; triggers write it."""

    token = models.CharField(max_length=36)

    objects = GenerationManager()

    class Meta:
        default_permissions = ()  # nobody reads or writes it by hand

    def __str__(self):
        return self.token


# What no kept page shows: the index of the search is written with the entry that it tells of
UNWATCHED = {Generation, Searched, SearchWord, Occurrence}


def watch_content(using, **kwargs):
    """Has every table of the content renew the token. Runs after each migration."""
    connection = connections[using]
    table = Generation._meta.db_table
    tables = connection.introspection.table_names()
    if table not in tables:
        return  # the site is being taken back to before this existed
    renew = (
        f"INSERT INTO {table} (id, token) VALUES (1, {RANDOM[connection.vendor]}) "
        "ON CONFLICT (id) DO UPDATE SET token = excluded.token"
    )
    for label in settings.CONTENT_APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            watched = model._meta.db_table
            if model not in UNWATCHED and watched in tables:
                name, events = f"{watched}_generation", ["INSERT", "UPDATE", "DELETE"]
                triggers.after(events, watched, name, renew, using, at_commit=True)
    with connection.cursor() as cursor:
        cursor.execute(renew)  # for what migrations wrote while a table had no trigger
