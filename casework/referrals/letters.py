"""What arrives from the public site, as far as it keeps to what was agreed; whoever wrote it, it is not trusted."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from exchange import sealing
from exchange.words import BOUNDARIES, PRIOR_ACTIONS, SECTORS_AND_UNSAID

KINDS = ("referral", "addition", "withdrawal", "identity", "identity_withdrawal", "canary")
LONGEST = 8000
# How long the form lets each text be, where that is less than the longest.
LENGTHS = dict.fromkeys(["since", "name", "birth", "address", "function", "organisation", "phone", "reach"], 200)
LENGTHS |= {"boundary_words": 1000, "other": 1000, "email": 254}
MASKED = 4  # times as long a free text may become, when what tells who somebody is was replaced by a word for it
NAME = re.compile(r"[a-z_]{1,40}")
EARLIER = "earlier"  # what was said before stands under it, put there by casework alone
UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # JSON can hold them, text can't


class NoLetter(ValueError):
    """An envelope that opened, with something else in it than was agreed."""


@dataclass(frozen=True)
class Letter:
    """One row of the exchange, opened."""

    kind: str
    lookup: str
    key: bytes
    day: date
    sector: str = ""
    words: dict = field(default_factory=dict)
    referrer: dict = field(default_factory=dict)
    identity: dict = field(default_factory=dict)
    text: str = ""
    marker: str = ""

    def __repr__(self):
        return f"<Letter {self.kind}>"  # never in a log

    @property
    def told(self) -> str:
        """All its words as one text."""
        return self.text or "\n\n".join(str(value) for value in self.words.values() if isinstance(value, str) and value)


def read(body: dict, day: date) -> Letter:
    """The letter in an opened envelope that arrived on this day; raises `NoLetter`."""
    if not isinstance(body, dict) or body.get("v") != 1 or body.get("kind") not in KINDS:
        raise NoLetter
    if body["kind"] == "canary":
        return Letter("canary", "", b"", day, marker=str(body.get("marker", ""))[:200])
    return Letter(
        kind=body["kind"],
        lookup=_hex(body.get("lookup")),
        key=_key(body.get("answer_key")),
        day=_day(body, day),
        sector=_code(body.get("sector"), SECTORS_AND_UNSAID),
        words=_named(body.get("words"), _answer),
        referrer=_named(body.get("referrer"), _about),
        identity=_named(body.get("identity"), _about),
        text=_text(body.get("text"), LONGEST * MASKED),
    )


def _hex(value) -> str:
    if not isinstance(value, str) or len(value) != 64 or not set(value) <= set("0123456789abcdef"):
        raise NoLetter
    return value


def _key(value) -> bytes:
    key = bytes.fromhex(_hex(value))
    if not sealing.is_usable(key):  # nothing could ever be answered to it
        raise NoLetter
    return key


def _named(value, read_one) -> dict:
    """What was said under each name; what is empty says nothing and is left out. A name of a later form is shown as it is."""
    said = {} if value is None else value
    if not isinstance(said, dict) or not all(NAME.fullmatch(name) and name != EARLIER for name in said):
        raise NoLetter
    kept = {name: read_one(name, it) for name, it in said.items()}
    return {name: it for name, it in kept.items() if it}


def _answer(name: str, value) -> str | list[str]:
    if name == "boundary":
        return _code(value, BOUNDARIES)
    if name == "prior_actions":
        return _codes(value, PRIOR_ACTIONS)
    return _text(value, LENGTHS.get(name, LONGEST) * MASKED)


def _about(name: str, value) -> str:
    return _text(value, LENGTHS.get(name, LONGEST))


def _text(value, longest: int) -> str:
    text = "" if value is None else value
    if not isinstance(text, str) or len(text) > longest or UNWRITABLE.search(text):
        raise NoLetter
    return text


def _code(value, known: list) -> str:
    return "".join(_codes([value] if value else [], known))


def _codes(value, known: list) -> list[str]:
    codes = [] if value is None else value
    if not isinstance(codes, list) or any(code not in list(dict(known)) for code in codes):
        raise NoLetter
    return list(dict.fromkeys(codes))


def _day(body: dict, arrived: date) -> date:
    try:
        day = date.fromisoformat(body["day"])
    except (KeyError, TypeError, ValueError):
        return arrived
    return day if day <= timezone.localdate() else arrived
