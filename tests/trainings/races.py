"""Letting processes loose on the same rows at the same moment: the harness of the races, and its negative control."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Every module that counts under the lock knows it by this name; `lock_both` finds it in `seats`.
WITH_A_LOCK = ("seats", "booking", "waiting", "names", "changing", "approval")


def run_program(name: str, database: str, *arguments, package: str = "tests.trainings") -> dict:
    """How a race ended, in a program of its own on this database."""
    done = subprocess.run(
        [sys.executable, "-m", f"{package}.{name}", *map(str, arguments)],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": database}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def start_django() -> None:
    """For a program of its own, on the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.public")
    sys.path.insert(0, "site")
    import django

    django.setup()


def print_outcome(outcome) -> None:
    """The last line, which `run_program` reads."""
    print(json.dumps(outcome))


def at_once(works: Sequence[Callable], *, with_lock: bool) -> list:
    """Forks a process for each work, which connects to the database by itself; the answers, in no order.

    A work is called with a barrier: whoever waits there sets off together with the others.
    """
    from django.db import connection

    # The children must not share this process's connection.
    connection.close()
    if connection.vendor == "sqlite":
        # Waiting is no fault, and sixteen at once on a busy machine may wait for long: what is looked for is who gets in.
        connection.settings_dict["OPTIONS"]["timeout"] = 120
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(len(works)), context.Queue()
    children = [context.Process(target=_child, args=(work, start, results, with_lock)) for work in works]
    for child in children:
        child.start()
    answers = [results.get(timeout=300) for _child_ in children]
    for child in children:
        child.join()
    return answers


def outcome_of(verb: Callable) -> str:
    """How an attempt ended: done, refused by a rule, or in an error of the database."""
    from django.db import Error

    from trainings.refusals import BookingRefused

    try:
        verb()
    except BookingRefused as refusal:
        return type(refusal).__name__
    except Error as error:
        return f"error: {type(error).__name__}"
    return "done"


def _child(work, start, results, with_lock: bool) -> None:
    if not with_lock:
        _take_the_lock_off()
    results.put(work(start))


def _take_the_lock_off() -> None:
    """The negative control: the same code without its row locks, and SQLite in its default mode."""
    from importlib import import_module

    from django.db import connection

    from trainings.models import Session

    for name in WITH_A_LOCK:
        import_module(f"trainings.{name}").lock = lambda session: Session.objects.select_related("training").get(pk=session.pk)
    import_module("trainings.booking").lock_standing = lambda organisation: organisation
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None
