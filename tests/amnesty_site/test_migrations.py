"""Migrations go forward, back and forward again on a site with everything."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from campaigns.models import Campaign
from editorial.pictures import Picture
from editorial.review import Translation
from tests.backups import fill, run
from tests.server import new_database_url
from tests.whole_site import Folder, tables
from timeline.models import TimelineEvent

OURS = [*settings.CONTENT_APPS, "visitors", "signing_in"]
# Some releases ago, each with the tables that it had not
EARLIER = {
    "editorial": ("0009", {"change", "searched", "searchword", "occurrence"}),
    "campaigns": ("0005", set()),
    "timeline": ("0004", set()),
    "sections": ("0004", set()),
    "visitors": ("0002", {"visitorday"}),
}
# Columns that are newer, or that the way back fills: a picture had its texts in its campaign
NEWER = {
    "visitors_visitorcount": {"day", "day_visits"},
    "campaigns_campaign": {
        *("picture_alt", "picture_alt_en", "picture_alt_mn"),
        *("picture_credit", "picture_credit_en", "picture_credit_mn"),
    },
}


def there_and_back():
    """The rows of a filled site, and again when it has been taken back and forward."""
    fill()
    Campaign.objects.filter(slug="ant").update(picture=Picture.objects.first())
    Campaign.objects.filter(slug="renamed").update(picture=Picture.objects.last())
    before = held_by_both()
    for app, (earlier, _lacks) in EARLIER.items():
        call_command("migrate", app, earlier, verbosity=0)
    call_command("migrate", verbosity=0)
    return before, held_by_both()


def held_by_both():
    lacking = {f"{app}_{name}" for app, (_name, lacks) in EARLIER.items() for name in lacks}
    return {
        table: [without(row, NEWER.get(table, set())) for row in rows]
        for table, rows in tables().items()
        if table not in {*lacking, "django_migrations"}
    }


def without(row, columns):
    return {name: value for name, value in row.items() if name not in columns}


def to_nothing_and_back():
    """The tables of a site: as it is, without any of ours, and forward from there; and the mark
    of an entry with an unchecked translation, in a release that marked whole entries."""
    state = Translation.objects.for_entry(TimelineEvent.objects.get(slug="candle"))
    state.fields["title"]["state"] = "unreviewed"
    state.save()
    found = [connection.introspection.table_names()]
    call_command("migrate", "editorial", "0004", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unreviewed FROM timeline_timelineevent WHERE slug = 'candle'")
        found.append(cursor.fetchone()[0])
    for app in ("signing_in", "visitors", "campaigns", "sections", "timeline", "editorial"):
        call_command("migrate", app, "zero", verbosity=0)
    found.append(connection.introspection.table_names())
    call_command("migrate", verbosity=0)
    return *found, connection.introspection.table_names()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    filled = Folder(folder, new_database_url(folder))
    filled.manage("migrate", "-v0")
    return filled


def test_every_migration_of_ours_goes_back():
    migrations = MigrationLoader(None).disk_migrations
    one_way = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in migrations.items()
        for operation in migration.operations
        if app in OURS and not operation.reversible
    ]

    assert one_way == []
    assert {app for app, _name in migrations} & set(OURS) == set(OURS)


def test_a_site_taken_back_and_forward_has_lost_nothing_that_both_can_hold(filled):
    before, after = run(filled, "there_and_back", place=__name__)

    assert after == before


def test_a_site_with_everything_goes_back_to_nothing_and_forward(filled):
    before, mark, without_ours, after = run(filled, "to_nothing_and_back", place=__name__)

    labels = tuple(f"{app}_" for app in OURS)
    assert without_ours == [name for name in before if not name.startswith(labels)]
    assert after == before
    assert mark == "mn"
