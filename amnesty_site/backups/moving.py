"""Takes all rows of the site to an empty database, of the same engine or the other.

Rows are copied under their keys, those of content types and permissions included, so that whatever
points at them goes on doing so. The models are those of the migrations: no code of the site's has
a part in it, and no language.
"""

from collections import namedtuple
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import AutoField
from django.db.utils import ConnectionHandler

from amnesty_site.backups.errors import BackupError
from amnesty_site.backups.migrating import migrate
from amnesty_site.backups.saving import ENGINES
from amnesty_site.environment import make_database

OTHER = "other"
BATCH = 500  # rows; each is a parameter of a query
# What each database makes by itself, and anew with whatever is written
OWN = ["editorial.Generation"]

Batch = namedtuple("Batch", "model keys")


def move(url, progress):
    """Copies everything to the database at `url`, in one transaction, and compares every row
    afterwards; returns the number of rows. BackupError where it is not empty, cannot be reached,
    or keeps other rows than it was given: then it has none. `progress` is given a label and a
    list, and must yield each of it."""
    models = all_models()
    try:
        with connected(url) as other:
            if other.introspection.table_names():
                raise BackupError("The other database is not empty. Name one without any table.")
            migrate(DATABASE_URL=url, REDIS_URL=None)  # SQLite has no use for it
            with ENGINES[connection.vendor].snapshot(), transaction.atomic(using=OTHER):
                batches = [batch for model in models for batch in batches_of(model)]
                with emptied(models, other):
                    for batch in progress("Moving", batches):
                        batch.model.objects.using(OTHER).bulk_create(
                            batch.model(**row) for row in rows(batch, DEFAULT_DB_ALIAS)
                        )
                for model in models:
                    continue_keys(model, other)
                compare(progress("Comparing", batches), models)
    except (Error, ValueError) as error:  # of a character that PostgreSQL has not
        raise BackupError(f"The other database does not take it: {error}") from error
    return sum(len(batch.keys) for batch in batches)


def all_models():
    """The models of all tables, as the migrations leave them."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError("This database is not up to date: run script/manage migrate before.")
    apps = executor.loader.project_state().apps
    models = apps.get_models(include_auto_created=True)
    for model in models:
        for field in model._meta.local_fields:
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
                field.auto_now = field.auto_now_add = False  # times are taken as they are
    return [model for model in models if model._meta.label not in OWN]


@contextmanager
def connected(url):
    """Has this process know the database at `url` as OTHER."""
    try:
        described = make_database(url, None, settings.LOCK_SECONDS) if url else None
    except ImproperlyConfigured as error:
        raise BackupError(str(error).replace("DATABASE_URL", "The other database")) from error
    connections.settings[OTHER] = ConnectionHandler({DEFAULT_DB_ALIAS: described}).settings[
        DEFAULT_DB_ALIAS
    ]
    try:
        connections[OTHER].ensure_connection()
    except Error as error:
        raise BackupError(f"The other database cannot be reached: {error}") from error
    try:
        yield connections[OTHER]
    finally:
        connections[OTHER].close()
        del connections[OTHER], connections.settings[OTHER]


def batches_of(model):
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return [Batch(model, keys[place : place + BATCH]) for place in range(0, len(keys), BATCH)]


def rows(batch, using):
    """The whole rows of a batch as dicts, in the order of their keys."""
    names = [field.attname for field in batch.model._meta.concrete_fields]
    found = batch.model.objects.using(using).filter(pk__in=batch.keys).values("pk", *names)
    by_key = {row.pop("pk"): row for row in found}
    return [by_key.get(key) for key in batch.keys]


@contextmanager
def emptied(models, other):
    """Without the rows that migrations make, as their like will come; and in PostgreSQL, which
    would do it for each row at the end, without what the database does by itself."""
    tables = [other.ops.quote_name(model._meta.db_table) for model in models]
    with other.cursor() as cursor:
        if other.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        yield
        if other.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def continue_keys(model, other):
    """No key is given again that a row had before, even one that is gone: its history is not."""
    if not isinstance(model._meta.pk, AutoField):
        return
    place = model._meta.db_table, model._meta.pk.column
    if last := last_key(connection, *place):
        set_last_key(other, last, *place)


def last_key(database, table, column):
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, %s)::regclass"
            cursor.execute(f"SELECT pg_sequence_last_value({sequence})", [table, column])
        else:
            cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        return cursor.fetchone()[0]


def set_last_key(database, last, table, column):
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, last]
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def compare(batches, models):
    for batch in batches:
        if rows(batch, DEFAULT_DB_ALIAS) != rows(batch, OTHER):
            table = batch.model._meta.db_table
            raise BackupError(f"Rows of {table} are others there than here. Nothing was moved.")
    for model in models:
        if model.objects.count() != model.objects.using(OTHER).count():
            table = model._meta.db_table
            raise BackupError(f"{table} has more rows there than here. Nothing was moved.")
