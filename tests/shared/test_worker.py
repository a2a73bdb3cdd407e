"""The worker: each task at its turn, and one that fails stops no other."""

import logging

from shared.worker import Worker

ran: list[str] = []


def works() -> None:
    ran.append("works")


def fails() -> None:
    ran.append("fails")
    raise RuntimeError("geheim van Amira")


def worker(*tasks) -> Worker:
    ran.clear()
    return Worker([(f"tests.shared.test_worker.{name}", seconds) for name, seconds in tasks])


def test_a_task_runs_again_when_its_interval_is_over_and_not_before():
    subject = worker(("works", 10))
    for now in (0.0, 5.0, 10.0, 19.0, 20.0):
        subject.turn(now)
    assert ran == ["works"] * 3


def test_a_task_that_fails_stops_no_other_and_gets_its_next_turn(db, caplog):
    subject = worker(("fails", 10), ("works", 10))
    with caplog.at_level(logging.CRITICAL):
        subject.turn(0.0)
        subject.turn(10.0)
    assert ran == ["fails", "works"] * 2


def test_a_worker_told_to_stop_stops():
    subject = worker(("works", 10))
    subject.stop()
    subject.run()
    assert ran == []
