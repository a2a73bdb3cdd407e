"""What holds a secret is erased when it fails too, and a code is not sent after its time."""

from django.db import migrations, models


def erase(apps, schema_editor):
    apps.get_model("shared", "OutboxMessage").objects.filter(secret=True).exclude(state="waiting").update(text="")


class Migration(migrations.Migration):

    dependencies = [("shared", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="expires_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="secret",
            field=models.BooleanField(
                default=False, help_text="The body is never shown to staff, and erased once sent or failed."
            ),
        ),
        # What was erased does not come back; nothing needs it.
        migrations.RunPython(erase, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("secret", False), ("state", "waiting"), ("text", ""), _connector="OR"),
                name="outbox_keeps_no_secret_longer_than_needed",
                violation_error_message="The text of a secret message is erased once it was sent or failed.",
            ),
        ),
    ]
