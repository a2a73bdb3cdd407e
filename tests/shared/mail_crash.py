"""A worker that dies while it sends: a program of its own, that kills real processes at each point where sending commits.

`python -m tests.shared.mail_crash PORT` writes, for each point, three messages into the database that the environment names,
lets a worker loose on them that is killed there (SIGKILL, by itself), then a whole one, and prints what became of the messages.
"""

import json
import multiprocessing
import os
import signal
import sys
from datetime import timedelta

# Where the product commits, or hands something out of the house.
POINTS = ("before the claim", "within the claim", "after the claim", "before the mark", "after the mark")


def main(port: int) -> dict[str, dict]:
    _send_to(port)
    return {point: _one(point) for point in POINTS}


def _send_to(port: int) -> None:
    from django.conf import settings

    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.WORKER_TASKS = [("shared.outbox.send_due", 2)]


def _one(point: str) -> dict:
    from django.db import connection, transaction

    from shared import outbox
    from shared.models import OutboxMessage

    with transaction.atomic():
        keys = [outbox.queue(kind="crash", to="amira@school.demo", subject=point, text=point).pk for _number in range(3)]
    # The children must not share this process's connection.
    connection.close()
    died = _worker(point)
    lived = _worker("")
    states = OutboxMessage.objects.filter(pk__in=keys).values_list("state", flat=True)
    return {"died": died, "lived": lived, "states": sorted(states), "keys": sorted(map(str, keys))}


def _worker(point: str) -> int:
    child = multiprocessing.get_context("fork").Process(target=_work, args=(point,))
    child.start()
    child.join(60)
    return child.exitcode


def _work(point: str) -> None:
    """The real command; a dead worker's lease is over at once, so that nobody waits five minutes for it."""
    from django.core.management import call_command

    from shared import outbox

    outbox.LEASE = timedelta(0)
    if point:
        _die(point)
    call_command("worker", "--once")


def _die(point: str) -> None:
    from shared import outbox
    from shared.models import OutboxMessage

    claim, end, save = outbox._claim, outbox._end, OutboxMessage.save
    if point == "before the claim":
        outbox._claim = _killed
    elif point == "within the claim":
        OutboxMessage.save = lambda self, **fields: (save(self, **fields), _killed())
    elif point == "after the claim":
        outbox._claim = lambda: (claim(), _killed())
    elif point == "before the mark":
        outbox._end = lambda message, **changes: _killed()
    else:
        outbox._end = lambda message, **changes: (end(message, **changes), _killed())


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.public")
    sys.path.insert(0, "site")
    import django

    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
