"""Where a text seems to hold a name, an address, a national number, a phone number or an e-mail address: a hint, never a verdict.

Simple on purpose, and said so on the page: it knows few names, so it misses some (a rare one, alone at the start of a sentence) and
takes other words for one. Who writes decides about each: keep it, mask it, or take it out. Nothing found here is kept or sent.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db import models
from django.utils.translation import gettext_lazy as _

from .name_words import FIRST_NAMES, INTRODUCERS, LINKS, NO_NAMES, OPENERS

# Every repetition has an end, or begins where nothing like it stands before: a text of any shape is read in one go.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
NATIONAL = re.compile(r"(?<!\d)(\d{2})[. ]?(\d{2})[. ]?(\d{2})[-. ]?(\d{3})[-. ]?(\d{2})(?!\d)")
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|0)\d(?:[ ./()-]{0,4}\d){7,13}(?!\d)")
STREETS = "straat|laan|steenweg|plein|dreef|kaai|lei|weg|baan|dijk|hof|pad|markt|vest|wijk"
ADDRESS = re.compile(rf"(?<!\w)[A-ZÀ-ÖØ-Þ][\w'’-]{{1,40}}?(?:{STREETS})\s\d{{1,4}}\s?[a-zA-Z]?(?!\w)(?:\sbus\s\d{{1,4}})?")
DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}")
CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ]['’])?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*"
WORD = re.compile(rf"(?<![\w@])(?:{CAPITALISED}|[\w’']+)(?!\w)")
NAME = re.compile(CAPITALISED)
# What stands before a word and begins a sentence: nothing, the end of another one, a new line or an opening quote.
LOOKS_BACK = 12
SENTENCE_ENDS = re.compile(r"(?:(?:^|\n)\s*(?:[-*•]\s*)?|[.!?:…]['\"”’)]?\s+|[\"“‘«(]\s*)$")


class Kind(models.TextChoices):
    """What a piece of text seems to be."""

    EMAIL = "email", _("e-mail address")
    NATIONAL = "national", _("national number")
    PHONE = "phone", _("phone number")
    ADDRESS = "address", _("address")
    NAME = "name", _("name")


class Choice(models.TextChoices):
    """What is to happen with it."""

    MASK = "mask", _("Replace")
    REMOVE = "remove", _("Take out")
    KEEP = "keep", _("Leave it as it is")


MASKS = {
    Kind.EMAIL: _("[e-mail address]"),
    Kind.NATIONAL: _("[national number]"),
    Kind.PHONE: _("[phone number]"),
    Kind.ADDRESS: _("[address]"),
    Kind.NAME: _("[name]"),
}


@dataclass(frozen=True)
class Finding:
    """A piece of text that tells who somebody is, perhaps; the same words are one finding, wherever they stand."""

    kind: Kind
    text: str

    @property
    def field(self) -> str:
        """The name of its question on the page; the words themselves stand in no name of a field."""
        return f"hint-{blake2b(self.text.encode(), digest_size=8).hexdigest()}"

    @property
    def mask(self) -> str:
        """What can stand in its place."""
        return str(MASKS[self.kind])


def find(texts: Iterable[str]) -> list[Finding]:
    """Everything in these texts that one may want to look at again, each once."""
    return list(dict.fromkeys(finding for text in texts for finding in _in(text)))


def apply(text: str, choices: dict[Finding, str]) -> str:
    """The text with each finding kept, masked or taken out, as was chosen; the longest first, as one may hold another."""
    for finding in sorted(choices, key=lambda one: -len(one.text)):
        if choices[finding] != Choice.KEEP:
            instead = finding.mask if choices[finding] == Choice.MASK else ""
            text = re.sub(rf"(?<!\w){re.escape(finding.text)}(?!\w)", lambda _found, to=instead: to, text)
            text = text if instead else _closed_up(text)
    return text.strip()


def _closed_up(text: str) -> str:
    """Without the double spaces and commas that words leave behind when they are taken out."""
    text = re.sub(r"(?<![ \t])[ \t]+([,.;:!?])", r"\1", text)
    return re.sub(r"(?<![ \t])[ \t]{2,}", " ", re.sub(r",(?=[,.;:!?])", "", text))


def _in(text: str) -> Iterator[Finding]:
    # What was found is blanked out, so that a number is not found twice and no part of an address is taken for a name.
    for kind, pattern, fits in NUMBERED:
        for found in [one for one in pattern.finditer(text) if fits(one)]:
            yield Finding(kind, found[0])
            text = text[: found.start()] + "#" * len(found[0]) + text[found.end() :]
    yield from (Finding(Kind.NAME, name) for name in _names(text))


def _always(_found: re.Match) -> bool:
    return True


def _checks(found: re.Match) -> bool:
    """Whether the last two figures check the nine before them, for who was born before 2000 or after."""
    number, check = "".join(found.groups()[:4]), int(found[5])
    return check in (97 - int(number) % 97, 97 - int(f"2{number}") % 97)


def _is_phone(found: re.Match) -> bool:
    figures = len(re.sub(r"\D", "", found[0]))
    # Inland numbers have nine figures (a fixed line) or ten (a mobile phone); a date with an hour has as many.
    fits = figures in (9, 10) if re.match(r"0[1-9]", found[0]) else figures >= 10
    return fits and not DATE.match(found[0])


# In this order: what looks like two of them is the first.
NUMBERED = (
    (Kind.EMAIL, EMAIL, _always),
    (Kind.NATIONAL, NATIONAL, _checks),
    (Kind.PHONE, PHONE, _is_phone),
    (Kind.ADDRESS, ADDRESS, _always),
)


def _names(text: str) -> Iterator[str]:
    """Words in a row that look like one name: capitalised, alone or with small words in between, and not of the common kind."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        end = _end_of_run(text, words, at)
        if end > at and (name := _name_in(text, words, at, end)):
            yield name
        at = max(end, at + 1)


def _end_of_run(text: str, words: list[re.Match], at: int) -> int:
    """Where the capitalised words that begin here end; small linking words ("van der") count only between two of them."""
    end = at
    for next_one in range(at, len(words)):
        if next_one > at and text[words[next_one - 1].end() : words[next_one].start()].strip(" "):
            break
        if NAME.fullmatch(words[next_one][0]):
            end = next_one + 1
        elif end == at or words[next_one][0] not in LINKS:
            break
    return end


def _name_in(text: str, words: list[re.Match], first: int, end: int) -> str:
    run = [word[0] for word in words[first:end]]
    begins_sentence = _begins_sentence(text, words[first].start())
    while run and run[0].lower() in OPENERS:
        run, first, begins_sentence = run[1:], first + 1, False
    if run and run[0].lower() in INTRODUCERS:
        run, first = run[1:], first + 1
    capitals = [word for word in run if NAME.fullmatch(word)]
    introduced = first > 0 and words[first - 1][0].lower() in INTRODUCERS
    if not capitals or any(_is_common(word) for word in capitals):
        return ""
    # A lone capital at the start of a sentence says nothing; two in a row, one after "heet" or a frequent first name do.
    alone = len(capitals) == 1 and begins_sentence and not introduced and capitals[0].lower() not in FIRST_NAMES
    return "" if alone else text[words[first].start() : words[end - 1].end()]


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence begins here, by the little that stands right before."""
    before = text[max(0, at - LOOKS_BACK) : at]
    return bool(SENTENCE_ENDS.search(before if at <= LOOKS_BACK else f"x{before}"))


def _is_common(word: str) -> bool:
    parts = re.split(r"[-'’]", word.lower())
    return word.lower() in NO_NAMES or parts[0] in NO_NAMES
