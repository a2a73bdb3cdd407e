"""Rows of the audit log are added, never changed or taken away: the database itself refuses, whoever asks."""

from django.db import migrations

REFUSAL = "the audit log is never changed"
GUARD = {
    "postgresql": [
        "CREATE FUNCTION casework_refuse_to_change_the_log() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER casework_log_is_never_changed BEFORE UPDATE OR DELETE ON casework_auditevent "
        "FOR EACH ROW EXECUTE FUNCTION casework_refuse_to_change_the_log()",
        "CREATE TRIGGER casework_log_is_never_emptied BEFORE TRUNCATE ON casework_auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_to_change_the_log()",
    ],
    "sqlite": [
        "CREATE TRIGGER casework_log_is_never_updated BEFORE UPDATE ON casework_auditevent "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        "CREATE TRIGGER casework_log_is_never_deleted BEFORE DELETE ON casework_auditevent "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        # INSERT OR REPLACE takes a row away without asking the trigger above.
        "CREATE TRIGGER casework_log_is_never_replaced BEFORE INSERT ON casework_auditevent "
        "WHEN EXISTS (SELECT 1 FROM casework_auditevent WHERE number = NEW.number) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ],
}
UNGUARD = {
    "postgresql": [
        "DROP TRIGGER casework_log_is_never_changed ON casework_auditevent",
        "DROP TRIGGER casework_log_is_never_emptied ON casework_auditevent",
        "DROP FUNCTION casework_refuse_to_change_the_log()",
    ],
    "sqlite": [
        "DROP TRIGGER casework_log_is_never_updated",
        "DROP TRIGGER casework_log_is_never_deleted",
        "DROP TRIGGER casework_log_is_never_replaced",
    ],
}


def guard(apps, schema_editor):
    for statement in GUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_account_seals")]

    operations = [migrations.RunPython(guard, unguard)]
