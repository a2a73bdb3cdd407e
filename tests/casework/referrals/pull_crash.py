"""A worker that is killed (SIGKILL) while it pulls, at one commit point after the other: a program of its own, for a test.

`python -m tests.casework.referrals.pull_crash [--forgetful]` fills the exchange in the database that the environment names, lets
workers pull and die until one gets through, and prints what is there then. `--forgetful` is the control: what was pulled is not
remembered.
"""

import json
import multiprocessing
import os
import signal
import sys
from pathlib import Path

TEXTS = ["Nog iets.", "En dit."]
MOST = 15  # who doubles everything never gets through


def main(forgetful: bool) -> dict:
    from exchange.receipts import Receipt
    from tests.casework.factories import AccountFactory
    from tests.casework.referrals.letters_in import read_with, refer, send

    AccountFactory(roles=["case_manager"])
    receipt = Receipt.new()
    refer(receipt)
    for text in TEXTS:
        send(receipt, "addition", text=text)
    killed = _kill_until_through(forgetful)
    return {"killed": killed, "answers": len(read_with(receipt))} | _what_is_there()


def _kill_until_through(forgetful: bool) -> int:
    from django.db import connection

    context, killed = multiprocessing.get_context("fork"), 0
    while killed < MOST:
        connection.close()
        child = context.Process(target=_pull_and_die, args=(killed % 5 + 1, forgetful))
        child.start()
        child.join(60)
        if child.exitcode == 0:
            return killed
        assert child.exitcode == -signal.SIGKILL, child.exitcode
        killed += 1
    return killed


def _pull_and_die(at: int, forgetful: bool) -> None:
    from casework.models import PulledRow
    from casework.referrals import passage
    from casework.referrals.pull import pull

    points = []

    def die(point):
        points.append(point)
        if len(points) == at:
            if forgetful:
                PulledRow.objects.all().delete()
            os.kill(os.getpid(), signal.SIGKILL)

    passage.reached = die
    pull()


def _what_is_there() -> dict:
    from casework.models import AuditEvent, Message, OutgoingAnswer, Referral
    from exchange.models import SealedReferral

    return {
        "referrals": Referral.objects.count(),
        "messages": sorted(message.text["text"] for message in Message.objects.all()),
        "arrived": AuditEvent.objects.filter(action="arrived").count(),
        "left": SealedReferral.objects.count(),
        "waiting": OutgoingAnswer.objects.filter(brought_at=None).count(),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.casework")
    sys.path.insert(0, "site")
    import django

    django.setup()
    from django.conf import settings

    from casework.keyring import files as key_files

    key_files.make_missing(Path(settings.KEYS))
    print(json.dumps(main("--forgetful" in sys.argv)))
