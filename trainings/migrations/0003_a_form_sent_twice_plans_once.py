from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_merging_and_history'),
        ('trainings', '0002_the_life_of_a_booking'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='form_key',
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('training', 'form_key'), name='trainings_one_session_per_form'),
        ),
    ]
