import django.db.models.deletion
from django.db import migrations, models

from editorial.triggers import run_waiting

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
        name = campaign.old_picture.name
        known = Picture.objects.filter(file=name).first()  # where the site has been taken back
        campaign.picture = known or Picture.objects.create(file=name, **texts)
        campaign.save()
    run_waiting(schema_editor)


def move_back(apps, schema_editor):
    """Campaigns keep their pictures, with a description and a credit where they have none of
    their drawing's: a picture has to have both there."""
    for campaign in apps.get_model("campaigns", "Campaign").objects.exclude(picture=None):
        campaign.old_picture = campaign.picture.file.name
        for new, old in TEXTS:
            for language in ("en", "mn"):
                text = getattr(campaign.picture, f"{new}_{language}")
                column = f"{old}_{language}"
                setattr(campaign, column, getattr(campaign, column) or text)
            if not getattr(campaign, f"{old}_en") and not getattr(campaign, f"{old}_mn"):
                setattr(campaign, f"{old}_en", "–")
        campaign.save()
    run_waiting(schema_editor)


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
        migrations.RunPython(move_pictures, move_back),
    ]
