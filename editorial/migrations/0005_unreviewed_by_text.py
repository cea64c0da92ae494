"""An entry used to be marked whose translation nobody had checked; now each text of it is."""

from django.db import migrations
from django.utils import timezone

TEXTS = {
    ("editorial", "Theme"): ["name"],
    ("editorial", "Page"): ["title", "line", "body"],
    ("timeline", "Decade"): ["label", "line", "introduction"],
    ("timeline", "TimelineEvent"): ["title", "body", "date_text"],
    ("campaigns", "Campaign"): [
        "title",
        "strapline",
        "body",
        "asks",
        "retired_reason",
        "picture_alt",
        "picture_credit",
    ],
    ("sections", "Section"): ["name", "country", "introduction"],
    ("sections", "Achievement"): ["text", "unit", "figure_label"],
}


def keep_marks(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Translation = apps.get_model("editorial", "Translation")
    now = timezone.now()
    for (app, name), texts in TEXTS.items():
        rows = apps.get_model(app, name).objects.exclude(unreviewed="")
        for row in rows:
            kind, _new = ContentType.objects.get_or_create(app_label=app, model=name.lower())
            target = row.unreviewed
            source = "en" if target == "mn" else "mn"
            fields = {
                text: {
                    "state": "unreviewed",
                    "since": now.isoformat(timespec="seconds"),
                    "source": getattr(row, f"{text}_{source}"),
                }
                for text in texts
                if getattr(row, f"{text}_{source}") and getattr(row, f"{text}_{target}")
            }
            Translation.objects.create(
                content_type=kind, object_id=row.pk, language=target, fields=fields
            )


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0004_desk"),
        ("timeline", "0002_sort_key"),
        ("campaigns", "0003_sort_key"),
        ("sections", "0002_sort_key"),
    ]

    operations = [migrations.RunPython(keep_marks, migrations.RunPython.noop)]
