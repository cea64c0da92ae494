from django.db import migrations

# The count of the organisation's old site when this one took over
FIRST_TOTAL = 887_766


def make_row(apps, schema_editor):
    """Makes the one row, so that staff find it; leaves a row that is there alone."""
    counts = apps.get_model("visitors", "VisitorCount").objects.using(
        schema_editor.connection.alias
    )
    counts.get_or_create(pk=1, defaults={"total": FIRST_TOTAL})


class Migration(migrations.Migration):
    dependencies = [("visitors", "0001_initial")]

    operations = [migrations.RunPython(make_row, migrations.RunPython.noop)]
