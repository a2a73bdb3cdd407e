"""Taking in what the public site sealed: every 20 seconds, each row once, and from the exchange only after it is kept here.

    exchange row → kept with its acknowledgement (commit) → acknowledgement in the exchange (commit) → exchange row deleted (commit)

Whatever dies between two commits, the next turn goes on where it was: nothing is lost, and nothing is there twice.
"""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import transaction

from casework.keyring import keys
from casework.models import PulledRow, UnreadableRow
from exchange import sealing
from exchange.models import SealedReferral
from exchange.sealing import Kind, Unreadable

from . import arriving, letters, passage, pull_state
from .letters import Letter, NoLetter

logger = logging.getLogger(__name__)
_tried: set[bytes] = set()  # the keys that what lies apart was tried with


def pull() -> int:
    """The worker's part: one round, and word of how it went for who watches; returns how many rows went through."""
    try:
        number, broken = _round()
    except Exception as error:
        pull_state.failed(error)
        raise
    # A row that stays where it is is no success: who watches hears of it, as of a round that did not get through.
    if broken:
        pull_state.failed(broken[0])
    else:
        pull_state.succeeded()
    return number


def _round() -> tuple[int, list[Exception]]:
    """Takes in all that waits, referrals first, and brings the answers; how many came through, and what broke for the others."""
    private = keys.zone_keys()  # without it nothing is touched
    broken: list[Exception] = []
    number = _open_at_last(private, broken)
    waiting = list(SealedReferral.objects.order_by("day", "pk").values_list("pk", flat=True))
    # What breaks here is among the later ones, and is counted there.
    later = [pk for pk in waiting if not _safely([], pk, _through, private, only_referrals=True)]
    number += len(waiting) - len(later) + sum(_safely(broken, pk, _through, private) for pk in later)
    passage.bring()
    passage.clear_void()
    return number, broken


def _open_at_last(private: list[bytes], broken: list[Exception]) -> int:
    """What no key opened is tried anew with a key that this process did not try yet: a rotation is under way, or one came back."""
    if _tried.issuperset(private):
        return 0
    apart = UnreadableRow.objects.order_by("found_at").values_list("pk", flat=True)
    number = sum(_safely(broken, pk, _again, private) for pk in list(apart))
    if not broken:
        _tried.update(private)
    return number


@transaction.atomic
def _again(pk, private: list[bytes]) -> bool:
    row = UnreadableRow.objects.select_for_update().get(pk=pk)
    letter = _opened(row, private)
    if letter is None:
        return False
    PulledRow.objects.filter(pk=pk).delete()
    row.delete()
    return arriving.take_in(pk, letter)


def _safely(broken: list[Exception], pk, way: Callable[..., bool], *given, **options) -> bool:
    # One row that breaks something must not stop the rows behind it.
    try:
        return way(pk, *given, **options)
    except Exception as error:
        logger.error("pull: a row did not come through: %s", type(error).__name__, extra={"row": str(pk)})
        broken.append(error)
        return False


def _through(pk, private: list[bytes], only_referrals: bool = False) -> bool:
    row = SealedReferral.objects.filter(pk=pk).first()
    if row is None:
        return False
    letter = _opened(row, private)
    if only_referrals and (letter is None or letter.kind != "referral"):
        return False
    if letter is None:
        _set_apart(row)
    else:
        arriving.take_in(row.pk, letter)
        passage.reached("kept")
        passage.bring(letter.lookup or None)
    passage.reached("answered")
    SealedReferral.objects.filter(pk=row.pk).delete()
    passage.reached("deleted")
    return True


def _opened(row: SealedReferral | UnreadableRow, private: list[bytes]) -> Letter | None:
    # During a rotation of the zone's key a row may be sealed to the one of before.
    for key in private:
        with suppress(Unreadable, NoLetter, ValueError):
            return letters.read(sealing.unseal(Kind.REFERRAL, bytes(row.body), key), row.day)
    return None


@transaction.atomic
def _set_apart(row: SealedReferral) -> None:
    """Keeps what no key opens as it came, and says that it is there, not what it holds."""
    UnreadableRow.objects.get_or_create(pk=row.pk, defaults={"day": row.day, "body": bytes(row.body)})
    if PulledRow.objects.get_or_create(pk=row.pk)[1]:
        logger.error("pull: a row can't be read and is kept apart", extra={"row": str(row.pk)})
