"""Dutch word forms made equal, so that "scholen" finds "school" on every database."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"\w+")
LONG = 8  # letters; in shorter words "eer" is no ending
# Words with "ge" that are no participles; without it "geweld" would be "wel", "gezin" "zin" and "gewoon" "wonen".
WITH_GE = (
    "gebed", "gebeur", "gebied", "gebouw", "gebruik", "gedicht", "gedrag", "geduld", "geheim", "gelijk", "geloof", "gelov",
    "geluid", "gemeen", "gerecht", "gerucht", "geschied", "gesprek", "getuig", "gevaar", "gevecht", "gevoel", "geweld",
    "gewicht", "gewone", "gewoon", "gezag", "gezicht", "gezin", "gezond",
)  # fmt: skip


def stems(*texts: str) -> str:
    """The stems of all words in `texts`, each once, between single spaces: `" school polarisatie "`."""
    found = dict.fromkeys(stem(word) for text in texts for word in WORD.findall(plain(text)))
    return f" {' '.join(found)} "


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The stem of one word that `plain` has made simple."""
    # A stemmer keeps the word at hand in itself, so each call makes its own: threads may stem at the same time.
    found = snowballstemmer.stemmer("dutch").stemWord(word)
    if word.startswith(WITH_GE) and not found.startswith("ge"):
        found = f"ge{found}"
    # "polarisatie" becomes "polariseer", "polarisering" and "polariseren" become "polariser": one word to who searches.
    return f"{found[:-3]}er" if len(found) >= LONG and found.endswith("eer") else found


def plain(text: str) -> str:
    """Lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
