"""What casework answered to a code: opened in memory with the key that only the code makes, and never kept."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.models import SealedAnswer
from exchange.receipts import Receipt
from exchange.sealing import Kind, Unreadable, unseal

RECEIVED: dict[str, Promise] = {
    "referral": _("Your referral has arrived."),
    "addition": _("What you added has arrived."),
    "withdrawal": _("We got that you take your referral back."),
    "identity": _("We got who it is about."),
    "identity_withdrawal": _("We got that you take back who it is about."),
}
STATES: dict[str, Promise] = {
    "in_consult": _("A case manager is at work on your referral."),
    "closed": _("Your referral is closed. You can still add something."),
    "withdrawn": _("Your referral was taken back, and is worked on no more."),
    "identity_held": _("We hold who it is about, sealed. It was passed on to nobody."),
    "identity_withdrawn": _("Who it is about was removed again."),
}
ENDED = {"closed", "withdrawn"}


@dataclass
class Thread:
    """Everything that came back: answers in words, and lines that say no more than where things stand; the newest first."""

    answers: list[tuple[date, str]] = field(default_factory=list)
    lines: list[tuple[date, str | Promise]] = field(default_factory=list)
    is_void: bool = False
    has_ended: bool = False


def thread(receipt: Receipt) -> Thread:
    """What came back to this code. A code that nobody ever got has nothing, like one that waits for its answer."""
    found = Thread()
    for words in _opened(receipt):
        day, kind = date.fromisoformat(words["day"]), words["kind"]
        if kind == "void":
            return Thread(is_void=True)
        if kind == "answer":
            found.answers.insert(0, (day, words["text"]))
        elif sentence := _sentence(words):
            found.lines.insert(0, (day, sentence))
        found.has_ended = found.has_ended or words.get("state") in ENDED
    return found


def _opened(receipt: Receipt) -> list[dict]:
    rows = SealedAnswer.objects.filter(lookup=receipt.lookup).order_by("number", "day").values_list("body", flat=True)
    opened = []
    for body in rows:
        try:
            opened.append(unseal(Kind.ANSWER, bytes(body), receipt.private_key))
        except Unreadable:  # put there by somebody who does not have the key: it says nothing
            continue
    return opened


def _sentence(words: dict) -> str | Promise:
    return RECEIVED.get(words.get("of", ""), "") if words["kind"] == "received" else STATES.get(words.get("state", ""), "")
