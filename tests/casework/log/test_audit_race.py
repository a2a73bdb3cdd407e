"""Processes that write the audit log at the same moment make one chain; and what happens without the lock."""

import pytest
from django.db import connection

from tests.trainings.races import run_program

EACH = pytest.mark.parametrize("each", [25, pytest.param(250, marks=pytest.mark.long)])


@EACH
def test_processes_that_write_at_once_make_one_chain_without_fork_or_gap(own_database, each):
    ended = run_program("audit_race", own_database, 8, each, package="tests.casework.log")
    assert ended == {"rows": 8 * each, "refused": 0, "forks": 0, "gaps": 0}


@EACH
def test_without_the_lock_the_chain_forks_or_its_writers_are_refused(own_database, each):
    ended = run_program("audit_race", own_database, 8, each, "--without-lock", package="tests.casework.log")
    # SQLite lets nobody write on what was read before somebody else wrote: there the event is lost.
    assert ended["forks" if connection.vendor == "postgresql" else "refused"] > 0
