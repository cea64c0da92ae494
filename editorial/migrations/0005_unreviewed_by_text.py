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
            Translation.objects.get_or_create(
                content_type=kind,
                object_id=row.pk,
                defaults={"language": target, "fields": fields},
            )


def mark_entries(apps, schema_editor):
    """On the way back an entry is marked when one of its texts is."""
    for translation in apps.get_model("editorial", "Translation").objects.all():
        if any(text["state"] == "unreviewed" for text in translation.fields.values()):
            kind = translation.content_type
            rows = apps.get_model(kind.app_label, kind.model).objects
            if (kind.app_label, rows.model.__name__) in TEXTS:
                rows.filter(pk=translation.object_id).update(unreviewed=translation.language)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0004_desk"),
        ("timeline", "0002_sort_key"),
        ("campaigns", "0003_sort_key"),
        ("sections", "0002_sort_key"),
    ]

    operations = [migrations.RunPython(keep_marks, mark_entries)]
