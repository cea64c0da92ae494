from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("campaigns", "0006_picture_of_the_library")]

    operations = [
        migrations.RemoveField(model_name="campaign", name="old_picture"),
        migrations.AlterField(
            model_name='campaign',
            name='picture_alt',
            field=models.CharField(blank=True, help_text='What is to be seen, for people who cannot see it: up to 140 letters.', max_length=200, verbose_name='description of the drawing'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='picture_alt_en',
            field=models.CharField(blank=True, help_text='What is to be seen, for people who cannot see it: up to 140 letters.', max_length=200, null=True, verbose_name='description of the drawing'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='picture_alt_mn',
            field=models.CharField(blank=True, help_text='What is to be seen, for people who cannot see it: up to 140 letters.', max_length=200, null=True, verbose_name='description of the drawing'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='picture_credit',
            field=models.CharField(blank=True, max_length=120, verbose_name='credit of the drawing'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='picture_credit_en',
            field=models.CharField(blank=True, max_length=120, null=True, verbose_name='credit of the drawing'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='picture_credit_mn',
            field=models.CharField(blank=True, max_length=120, null=True, verbose_name='credit of the drawing'),
        ),
    ]
