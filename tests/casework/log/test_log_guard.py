"""The database refuses to change the audit log, whoever asks, and adds to it without a word."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from casework.log import anchors, audit, checking
from casework.models import AuditEvent
from casework.watching import watch
from tests.casework import log_guard
from tests.roles import held_by

CHANGES = {
    "update": "UPDATE casework_auditevent SET action = 'nothing'",
    "delete": "DELETE FROM casework_auditevent",
    "replace": "INSERT OR REPLACE INTO casework_auditevent SELECT * FROM casework_auditevent",
    "truncate": "TRUNCATE casework_auditevent",
}
ON_EACH = [
    "update",
    "delete",
    pytest.param("replace", marks=pytest.mark.only_on("sqlite")),
    pytest.param("truncate", marks=pytest.mark.only_on("postgresql")),
]


def change(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ON_EACH)
def test_the_database_refuses_to_change_the_log(how):
    event = audit.record("opened", by=None)
    with pytest.raises(DatabaseError, match="the audit log is never changed"):
        change(CHANGES[how])
    assert list(AuditEvent.objects.values_list("number", "action")) == [(event.number, "opened")]


@pytest.mark.django_db
def test_without_the_triggers_the_same_statement_changes_it():
    audit.record("opened", by=None)
    with log_guard.lifted(connection):
        change(CHANGES["update"])
    assert AuditEvent.objects.get().action == "nothing"


@pytest.mark.django_db(transaction=True)
def test_the_way_back_takes_the_triggers_off_and_the_way_there_puts_them_on():
    audit.record("opened", by=None)
    nodes = MigrationExecutor(connection).loader.graph.leaf_nodes("casework")
    call_command("migrate", "casework", "0001", verbosity=0)
    change("DELETE FROM casework_auditevent WHERE number = 0")
    change("UPDATE casework_auditevent SET action = 'nothing'")
    call_command("migrate", "casework", verbosity=0)
    with pytest.raises(DatabaseError):
        change(CHANGES["update"])
    assert MigrationExecutor(connection).loader.applied_migrations.keys() >= set(nodes)


@pytest.mark.django_db(transaction=True)
def test_tests_with_transactions_of_their_own_leave_no_row_behind():
    assert audit.record("opened", by=None).number == 1


@pytest.mark.django_db
def test_the_test_after_them_begins_with_an_empty_log():
    assert audit.record("opened", by=None).number == 1


@pytest.mark.django_db
def test_under_the_guard_of_web_and_worker_the_log_is_written_and_walked_along_and_never_changed():
    with held_by("casework_app"):
        audit.record("opened", by=None)
        assert checking.check_due().is_whole
        watch.look_around()
        assert anchors.drop_due().event == 1
        for statement in (CHANGES["update"], "DROP TABLE casework_auditevent"):
            with pytest.raises(DatabaseError):
                change(statement)
