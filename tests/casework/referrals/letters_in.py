"""Letters as the public site writes them: sealed, in the exchange."""

from datetime import date

from django.utils import timezone
from nacl.public import PrivateKey

from casework.keyring import keys
from exchange import sealing
from exchange.models import SealedAnswer, SealedReferral
from exchange.receipts import Receipt
from exchange.sealing import Kind

WORDS = {"worry": "Een leerling praat over wapens.", "boundary": "doubt", "prior_actions": ["nog-geen"]}


def send(receipt: Receipt | None, kind: str, day: date | None = None, **more) -> SealedReferral:
    """Puts a letter into the exchange."""
    day = day or timezone.localdate()
    body = {"v": 1, "kind": kind, "day": day.isoformat()} | more
    if receipt:
        body = {"lookup": receipt.lookup, "answer_key": receipt.public_key.hex()} | body
    public = bytes(PrivateKey(keys.zone_key()).public_key)
    return SealedReferral.objects.create(day=day, body=sealing.seal(Kind.REFERRAL, body, [public]))


def refer(receipt: Receipt, **more) -> SealedReferral:
    """Puts a whole referral into the exchange."""
    return send(receipt, "referral", **{"sector": "onderwijs", "words": WORDS, "referrer": {}, "identity": {}} | more)


def read_with(receipt: Receipt) -> list[dict]:
    """What the holder of a code reads on the site, in its order and without the day."""
    rows = SealedAnswer.objects.filter(lookup=receipt.lookup).order_by("number")
    opened = [sealing.unseal(Kind.ANSWER, bytes(row.body), receipt.private_key) for row in rows]
    return [{name: value for name, value in each.items() if name not in ("v", "day")} for each in opened]
