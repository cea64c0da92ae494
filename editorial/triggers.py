"""What the database does by itself after a row is written, however the write came."""

from django.db import connections


def after(events, table, name, statement, using, at_commit=False):
    """Makes the trigger `name` anew: after each of `events` on `table`, `statement` runs.

    `events` are SQL: "INSERT", "UPDATE OF total". In `statement`, OLD and NEW are the row before
    and after; both engines understand an upsert there. A row that many transactions write is
    written `at_commit`, so that they do not wait for each other until then, or deadlock; SQLite
    has one writer at a time. Django's migrations on SQLite drop the triggers of a table they
    remake, so make them after every migration, not in one.

    A migration that writes rows has to `run_waiting` before PostgreSQL changes their table.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {statement}; RETURN NULL; END $$"
            )
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            kind, when = ("CONSTRAINT ", "DEFERRABLE INITIALLY DEFERRED") if at_commit else ("", "")
            cursor.execute(
                f"CREATE {kind}TRIGGER {name} AFTER {' OR '.join(events)} ON {table} {when} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            for event in events:
                one = f"{name}_{event.split()[0].lower()}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {one}")
                cursor.execute(
                    f"CREATE TRIGGER {one} AFTER {event} ON {table} BEGIN {statement}; END"
                )


def run_waiting(schema_editor):
    """Has what waits for the end of a transaction run now, and from now on at once."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


OURS = {
    # Each of PostgreSQL's runs a function of its own name; those of other programs stay
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON "
    "pg_proc.oid = tgfoid WHERE NOT tgisinternal AND tgname = proname",
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
}


def all_of(connection):
    """Pairs of a trigger's name and its table."""
    with connection.cursor() as cursor:
        cursor.execute(OURS[connection.vendor])
        return cursor.fetchall()


def drop_all(plan, using, **kwargs):
    """Runs before each migration: one that goes back may take away what a trigger writes to. If it
    fails nothing makes them anew, so the next start does."""
    if not any(goes_back for _migration, goes_back in plan):
        return
    connection = connections[using]
    for name, table in all_of(connection):
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on_table}")
