from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("editorial", "0005_unreviewed_by_text")]

    operations = [
        migrations.RemoveField(model_name="page", name="unreviewed"),
        migrations.RemoveField(model_name="theme", name="unreviewed"),
    ]
