"""Lists of e-mail addresses as people have them at hand: typed below each other, or copied from a mail program with names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LINES = re.compile(r"[;\r\n]+")
QUOTED_NAME = re.compile(r'"[^"\n]*"(?=\s?<)')  # a name in quotes may hold anything
IN_BRACKETS = re.compile(r"<([^<>\n]*)>")
AROUND = "\"'()[]<>,.:"


@dataclass(frozen=True)
class Found:
    """The addresses in small letters, each once, and what was typed that is none."""

    addresses: list[str]
    wrong: list[str]


def read(text: str) -> Found:
    """Addresses between semicolons, commas, blanks or line ends; with a name before or after, and perhaps between `<` and `>`.

    A name is left out; whatever else is no address is given back, so that nobody thinks it was read.
    """
    typed = dict.fromkeys(one for part in LINES.split(QUOTED_NAME.sub(" ", text)) for one in _typed(part))
    right = dict.fromkeys(one for one in typed if _is_address(one))
    return Found(list(dict.fromkeys(one.lower() for one in right)), [one for one in typed if one not in right])


def _typed(part: str) -> Iterator[str]:
    *named, rest = IN_BRACKETS.split(part)
    for name, address in zip(named[::2], named[1::2], strict=True):
        yield from _before_brackets(name)
        yield _bare(address) or f"{name.strip()} <>"
    yield from _alone(rest)


def _before_brackets(text: str) -> Iterator[str]:
    """A name, perhaps with one comma as in "Peeters, Jan"; what stands before that are addresses of their own."""
    *others, last = text.rsplit(",", 2)
    yield from _alone(others[0] if len(others) == 2 else "")
    for half in [*others[-1:], last]:
        yield from (_bare(word) for word in half.split() if _looks_like_an_address(word))


def _alone(text: str) -> Iterator[str]:
    for piece in text.split(","):
        words = [_bare(word) for word in piece.split() if _looks_like_an_address(word)]
        yield from words or filter(None, [piece.strip()])


def _looks_like_an_address(word: str) -> bool:
    # What lacks its @ is told, not taken for a name.
    start, dot, end = word.strip(AROUND).rpartition(".")
    return "@" in word or bool(start and dot and end.isalpha() and 2 <= len(end) <= 4)


def _bare(word: str) -> str:
    return word.strip().strip(AROUND).removeprefix("mailto:")


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
