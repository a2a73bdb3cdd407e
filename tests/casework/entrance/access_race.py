"""Two processes that decide, or come in, with the same invitation at the same moment: a program of its own, for tests.

`python -m tests.casework.entrance.access_race ROUNDS [--without-lock]` prints for each race how its rounds ended. Right is: one did
it, the other was refused by a rule.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter
from functools import partial


def main(rounds: int, with_lock: bool) -> dict[str, dict[str, int]]:
    return {name: _run(prepare, verb, rounds, with_lock) for name, (prepare, verb) in races().items()}


def races() -> dict:
    """What is prepared for a round, and what two processes then do with it."""
    from casework.entrance import invitations
    from tests.casework.factories import AccountFactory

    admin = AccountFactory(email="admin@stad.demo", roles=["administrator"])
    second = AccountFactory(email="second@stad.demo", roles=["case_manager"])

    def proposed(number: int):
        who = {"email": f"n{number}@stad.demo", "first_name": "N", "last_name": "N", "roles": ["dpo"]}
        return invitations.invite(**who, by=admin)[0].pk

    def reset(number: int):
        holder = AccountFactory(email=f"holder{number}@stad.demo", roles=["dpo"])
        proposal, _half = invitations.propose_new_sign_in(holder, by=admin)
        return invitations.approve(proposal.pk, by=second)[0].pk

    return {
        "approved twice": (proposed, lambda pk: invitations.approve(pk, by=second)),
        "code used twice": (reset, lambda pk: invitations.accept(pk, "een lang wachtwoord")),
    }


def _run(prepare, verb, rounds: int, with_lock: bool) -> dict[str, int]:
    from django.db import connection

    keys = [prepare(number) for number in range(rounds)]
    connection.close()  # the children must not share it
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(2), context.Queue()
    children = [context.Process(target=_child, args=(partial(verb), keys, start, results, with_lock)) for _child_ in range(2)]
    for child in children:
        child.start()
    endings = list(zip(*[results.get(timeout=120) for _child_ in children], strict=True))
    for child in children:
        child.join()
    return Counter(" + ".join(sorted(ended)) for ended in endings)


def _child(verb, keys, start, results, with_lock: bool) -> None:
    if not with_lock:
        _take_the_lock_off()
    endings = []
    for key in keys:
        start.wait()
        endings.append(_outcome(partial(verb, key)))
    results.put(endings)


def _outcome(verb) -> str:
    from django.db import Error

    from casework.entrance.refusals import Refused

    try:
        verb()
    except Refused:
        return "refused"
    except Error:
        return "error"
    return "done"


def _take_the_lock_off() -> None:
    """The negative control: no row is locked, SQLite begins as it does by itself, and there is time between look and change."""
    import time

    from django.db import connection, models

    from casework.entrance import seals

    models.QuerySet.select_for_update = lambda self, *args, **kwargs: self
    holds = seals.invitation_holds
    seals.invitation_holds = lambda invitation: (time.sleep(0.05), holds(invitation))[1]
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.casework")
    sys.path.insert(0, "site")
    import django

    django.setup()
    print(json.dumps(main(int(sys.argv[1]), "--without-lock" not in sys.argv)))
