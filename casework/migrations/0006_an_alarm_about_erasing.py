from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_the_seal_of_a_code'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alarm',
            name='kind',
            field=models.CharField(choices=[('reading', 'unusual reading'), ('seals', 'a broken seal'), ('log', 'the audit log is not whole'), ('pull', 'nothing comes through the wall'), ('canary', 'the trial referral does not come back'), ('unreadable', 'something came that no key opens'), ('mail', 'mail is stuck'), ('erasing', 'something stays after the end of its term')], max_length=12),
        ),
    ]
