import uuid

from django.db import migrations, models


def same_as_the_appointment(apps, schema_editor):
    """Links in mails that were sent before go on opening their seat."""
    apps.get_model("trainings", "Participant").objects.update(link_key=models.F("invitation_key"))


class Migration(migrations.Migration):
    dependencies = [("trainings", "0003_a_form_sent_twice_plans_once")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="link_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(same_as_the_appointment, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="participant",
            name="link_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
