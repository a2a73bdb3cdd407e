"""Several processes write the audit log at the same moment: a program of its own, for tests.

`python -m tests.casework.log.audit_race PROCESSES EACH [--without-lock]` prints how many rows stand in the log, how many attempts
the database refused, how many rows go on from a row that another one goes on from, and how many numbers are not there. Without the
lock the primary key of the table is taken away, too: what is left is what the lock alone holds together.
"""

import sys
from functools import partial

from tests.trainings import races


def main(processes: int, each: int, with_lock: bool) -> dict:
    from casework.models import AuditEvent

    if not with_lock:
        _let_numbers_double()
    refused = races.at_once([partial(_write, each, with_lock)] * processes, with_lock=True)
    forks = AuditEvent.objects.count() - AuditEvent.objects.values("previous").distinct().count()
    return {"rows": AuditEvent.objects.count(), "refused": sum(refused), "forks": forks, "gaps": _gaps()}


def _write(each: int, with_lock: bool, start) -> int:
    if not with_lock:
        _take_the_lock_off()
    start.wait()
    return sum(_attempt() for _number in range(each))


def _attempt() -> bool:
    from django.db import Error

    from casework.log import audit

    try:
        audit.record("raced", by=None)
    except Error:
        return True
    return False


def _gaps() -> int:
    from casework.models import AuditEvent

    numbers = set(AuditEvent.objects.values_list("number", flat=True))
    return max(numbers) - len(numbers)


def _take_the_lock_off() -> None:
    from django.db import connection

    from casework.log import audit

    audit._alone = lambda: None
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None
        connection.settings_dict["OPTIONS"]["timeout"] = 0.1


def _let_numbers_double() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE casework_auditevent DROP CONSTRAINT casework_auditevent_pkey")


if __name__ == "__main__":
    races.start_django()
    races.print_outcome(main(int(sys.argv[1]), int(sys.argv[2]), with_lock="--without-lock" not in sys.argv))
