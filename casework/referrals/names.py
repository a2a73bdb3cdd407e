"""Finding names: as somebody spells them, and before a text leaves the closed parts of a referral."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from casework.models import Referral

# Words of names and addresses that stand in any text.
PLAIN = """
van den der het een the von des les aan bij met voor jaar straat klas school gent leraar leerling
vader moeder broer zus vriend dag overdag bellen mail telefoon
"""
COMMON = set(PLAIN.split())
# Mail addresses, telephone and national numbers, and days of birth are personal wherever they stand.
TELLING = [
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"\b\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}\b"),
    re.compile(r"(?:\+32|\b0)[\d ./-]{7,13}\d\b"),
    re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}\b"),
]
LIKE = 0.8
# In the closed parts these say who somebody is; the rest is free text, in which only a capital points to a name.
NAMING = {"name", "birth", "address", "phone", "email", "organisation"}


def folded(text: str) -> str:
    """Small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words in a text, folded."""
    return re.findall(r"\w+", folded(text))


def alike(one: str, other: str) -> bool:
    """Whether two folded words may be the same name, spelled by two people; short ones must be nearly equal."""
    if abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 3:
        return one == other
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def personal_in(text: str, referral: Referral) -> list[str]:
    """Words of this text, as they were typed, that are known in the closed parts of the referral, or are personal by their form."""
    naming = (text for part in _who(referral) for text in _naming_texts(part))
    known = {word for text in naming for word in words_of(text) if len(word) > 2} - COMMON
    named = [word for word in re.findall(r"\w+", text) if any(alike(folded(word), name) for name in known)]
    return list(dict.fromkeys([*(found[0] for form in TELLING for found in form.finditer(text)), *named]))


def perhaps_personal_in(text: str, referral: Referral) -> list[str]:
    """Words of this text that have a capital within a sentence of the referral: often a name, not always."""
    told = "\n".join([*narrative(referral), *closed_parts(referral)])
    capitals = {folded(word) for word in re.findall(r"(?<=[\w,;:] )([A-ZÀ-Þ]\w{2,})", told)} - COMMON
    return list(dict.fromkeys(word for word in re.findall(r"\w+", text) if any(alike(folded(word), name) for name in capitals)))


def closed_parts(referral: Referral) -> list[str]:
    """All text about who referred, and all about who the person is."""
    return [" ".join(texts_of(part)) for part in _who(referral)]


def _who(referral: Referral) -> list[dict]:
    return [getattr(referral, name).identity for name in ("referrer", "subject") if hasattr(referral, name)]


def _naming_texts(part: dict) -> list[str]:
    named = [text for name, text in part.items() if name in NAMING]
    return named + [text for earlier in part.get("earlier", []) for text in _naming_texts(earlier)]


def narrative(referral: Referral) -> list[str]:
    """All text that was told and written about it."""
    rows = [referral.words, *(message.text for message in referral.thread.all()), *(entry.text for entry in referral.entries.all())]
    return [text for row in rows for text in texts_of(row)]


def texts_of(value) -> Iterable[str]:
    """Every text within a dict as sealed columns hold them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)
