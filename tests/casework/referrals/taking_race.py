"""Case managers who take the same referrals at the same moment: a program of its own, for a test.

`python -m tests.casework.referrals.taking_race PROCESSES REFERRALS [--without-lock]` prints how the attempts ended. Without the
lock the constraint is taken off too, so that what the lock alone is good for shows.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter


def main(processes: int, number: int, with_lock: bool) -> dict[str, int]:
    from django.db import connection

    from tests.casework.factories import AccountFactory, ReferralFactory

    users = [AccountFactory(roles=["case_manager"]).pk for _ in range(processes)]
    referrals = [ReferralFactory().pk for _ in range(number)]
    if not with_lock:
        _take_the_locks_off()
    connection.close()
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(processes), context.Queue()
    children = [context.Process(target=_take_all, args=(user, referrals, start, results)) for user in users]
    for child in children:
        child.start()
    outcomes: Counter[str] = Counter()
    for _child in children:
        outcomes.update(results.get(timeout=300))
    for child in children:
        child.join()
    return dict(outcomes) | {"grants": _grants()}


def _take_all(user_pk, referrals, start, results) -> None:
    from casework.models import Referral
    from people.models import User

    user = User.objects.get(pk=user_pk)
    rows = [Referral.objects.get(pk=pk) for pk in referrals]
    start.wait()
    results.put([_outcome(row, user) for row in rows])


def _outcome(referral, user) -> str:
    from django.db import Error

    from casework.referrals.refusals import Refused
    from casework.referrals.taking import take_referral

    try:
        take_referral(referral, by=user)
    except Refused as refusal:
        return type(refusal).__name__
    except Error as error:
        return type(error).__name__
    return "done"


def _take_the_locks_off() -> None:
    from django.db import connection

    from casework.log import audit
    from casework.models import Referral
    from casework.referrals import taking

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX casework_one_case_manager")
    taking.lock = lambda referral: Referral.objects.get(pk=referral.pk)
    audit.record = lambda *args, **kwargs: None
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = None


def _grants() -> int:
    from casework.models import Grant

    return Grant.objects.filter(ended_at=None).count()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.casework")
    sys.path.insert(0, "site")
    import django

    django.setup()
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), "--without-lock" not in sys.argv)))
