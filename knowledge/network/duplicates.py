"""Names that mean the same organisation: capitals, accents, little words and a slip of the finger aside."""

import unicodedata
from difflib import SequenceMatcher

from .models import Organisation

LITTLE_WORDS = {"vzw", "de", "het", "van", "en", "der", "den", "te", "in", "voor", "nv", "bv", "cv", "asbl", "gent"}
ALIKE = 0.82
AT_MOST = 5


def looks_like(name: str) -> list[Organisation]:
    """The confirmed organisations whose names resemble this one, the likeliest first."""
    wanted = bare(name)
    scored = [(likeness(wanted, bare(organisation.name)), organisation) for organisation in Organisation.objects.confirmed()]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [organisation for _score, organisation in alike[:AT_MOST]]


def bare(name: str) -> tuple[str, ...]:
    """The words that tell organisations apart."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    words = letters.split()
    return tuple(word for word in words if word not in LITTLE_WORDS) or tuple(words)


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """From 0 to 1; two words or more that all stand in the other name count as the same."""
    fewer, more = sorted((set(one), set(other)), key=len)
    if len(fewer) > 1 and fewer <= more:
        return 1.0
    return SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
