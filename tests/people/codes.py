"""Reading the codes that were mailed, and making those of an app."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from shared.models import OutboxMessage


def mailed_code(address: str) -> str:
    """The code in the newest message to this address."""
    text = OutboxMessage.objects.filter(to=address).latest("created_at").text
    return re.search(r"\b\d{6}\b", text)[0]


def app_code(seed: str, *, periods: int = 0) -> str:
    """What an app shows now, or some periods of half a minute from now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + periods))
