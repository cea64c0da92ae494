import django.db.models.deletion
from django.db import migrations, models

TEXTS = [("alt", "picture_alt"), ("credit", "picture_credit")]


def move_pictures(apps, schema_editor):
    """Uploaded pictures become pictures of the library; `make_renditions` makes what is shown."""
    Picture = apps.get_model("editorial", "Picture")
    for campaign in apps.get_model("campaigns", "Campaign").objects.exclude(old_picture=""):
        texts = {
            f"{new}_{language}": getattr(campaign, f"{old}_{language}")
            for new, old in TEXTS
            for language in ("en", "mn")
        }
        campaign.picture = Picture.objects.create(file=campaign.old_picture.name, **texts)
        campaign.save()


class Migration(migrations.Migration):

    dependencies = [
        ("editorial", "0008_picture"),
        ("campaigns", "0005_checks_of_notices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="campaign", name="campaigns_campaign_picture_is_described"
        ),
        migrations.RenameField(
            model_name="campaign", old_name="picture", new_name="old_picture"
        ),
        migrations.AddField(
            model_name="campaign",
            name="picture",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="editorial.picture", verbose_name="picture"),
        ),
        migrations.RunPython(move_pictures, migrations.RunPython.noop),
    ]
