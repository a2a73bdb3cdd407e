"""The canary: every hour a trial referral goes through the public form, and must come back through the wall.

On the public side it is a referral like any other: its words lie sealed, and its marker stands among them. Who holds the zone's key
can make and know a marker, nobody else: it is the hour and a MAC over it. Letters only, lest the form takes it for a phone number.
"""

import hmac
import json
import re
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from casework.keyring import keys
from casework.models import Canary
from casework.referrals import pull_state

from .public_form import PublicForm

FORM = "/aanspreekpunt/bezorgdheid/"
WORD = "kanarie-"
# Of ASCII only: without that, ignoring case takes letters like ı for an i, which no MAC can be compared with.
MARKER = re.compile(rf"\b{WORD}([a-p]{{8}})([a-p]{{32}})\b", re.IGNORECASE | re.ASCII)
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
HOUR = 3600
AGAIN = timedelta(minutes=5)
KEPT = 24 * 30  # hours


def marker(hour: int) -> str:
    """The word that marks the trial referral of this hour (hours since 1970)."""
    return WORD + f"{hour:08x}".translate(LETTERS) + _mac(hour)


def hour_in(text: str) -> int | None:
    """The hour whose marker stands in this text; none when it holds no marker that this zone made."""
    found = MARKER.search(text)
    if not found:
        return None
    hour = int(found[1].lower().translate({new: chr(old) for old, new in LETTERS.items()}), 16)
    return hour if hmac.compare_digest(found[2].lower(), _mac(hour)) else None


def is_canary(words: dict) -> bool:
    """Whether these words of a referral are a trial: to be taken off the exchange, told to `came_back`, and dropped."""
    return hour_in(str(words.get("worry", ""))) is not None


def came_back(text: str) -> None:
    """The trial with the marker in this text arrived behind the wall; an old one, sent once more, counts for nothing."""
    hour = hour_in(text)
    if hour is None or hour < _this_hour() - KEPT:
        return
    Canary.objects.get_or_create(hour=hour)
    Canary.objects.filter(hour=hour, back_at=None).update(back_at=timezone.now())


def last_back() -> datetime:
    """When a trial last came back; before the first one, since when the zone watches."""
    return Canary.objects.aggregate(last=Max("back_at"))["last"] or pull_state.state().begun_at


def last() -> Canary | None:
    """The trial that was tried last."""
    return Canary.objects.order_by("-hour").first()


def send_due() -> Canary | None:
    """The worker's part: posts the trial of this hour, if that was not done yet; raises what went wrong, and tries again later."""
    hour, now = _this_hour(), timezone.now()
    Canary.objects.get_or_create(hour=hour, defaults={"tried_at": now - AGAIN})
    # The update decides: of two workers one posts.
    if not Canary.objects.filter(hour=hour, posted_at=None, tried_at__lte=now - AGAIN).update(tried_at=now):
        return None
    Canary.objects.filter(hour__lt=hour - KEPT).delete()
    return _post(Canary.objects.get(hour=hour))


def _post(canary: Canary) -> Canary:
    try:
        PublicForm(settings.PUBLIC_URL + FORM).send(marker(canary.hour))
    except Exception as error:
        canary.error = type(error).__name__[:60]
        canary.save(update_fields=["error"])
        raise
    canary.posted_at, canary.error = timezone.now(), ""
    canary.save(update_fields=["posted_at", "error"])
    return canary


def _this_hour() -> int:
    return int(timezone.now().timestamp()) // HOUR


def _mac(hour: int) -> str:
    text = json.dumps(["canary", hour]).encode()
    return hmac.new(keys.seals_key(), text, sha256).hexdigest()[:32].translate(LETTERS)
