from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_what_is_watched")]

    operations = [
        migrations.AddField("referral", "code_mac", models.CharField(blank=True, max_length=64)),
    ]
