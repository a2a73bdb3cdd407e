"""Telling words: invented, seen nowhere else, and therefore proof of a leak wherever they are found."""

import base64
import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import quote

SOUNDS = ["wro", "zeu", "klo", "snij", "gnoe", "pluif", "dwaa", "schi", "vrie", "knoë", "trû", "brié", "smö", "fjor", "kwès"]
ENDINGS = ["stel", "ling", "paard", "gracht", "zaam", "heuvel", "drijf", "ñoot", "kçaan", "schelp"]


@dataclass
class Telling:
    """Words by what they stand for; each is made when it is first asked for and stays the same."""

    words: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """One invented word, half of them with diacritics; none is like another, so that what is found is that one."""
        while name not in self.words:
            made = "".join([*(secrets.choice(SOUNDS) for _sound in range(4)), secrets.choice(ENDINGS)])
            if not any(made[1:] in other or other[1:] in made for other in self.words.values()):
                self._kept(name, made)
        return self.words[name]

    def name(self, name: str) -> str:
        """Somebody's name: two words, of which each is telling."""
        return f"{self.word(f'{name} first').capitalize()} {self.word(f'{name} last').capitalize()}"

    def address(self, name: str) -> str:
        return f"{self.word(name).capitalize()}straat {secrets.randbelow(900) + 100}"

    def phone(self, name: str) -> str:
        return self._kept(name, f"04{secrets.randbelow(10**8):08}")

    def national_number(self, name: str) -> str:
        return self._kept(name, f"85.07.30-{secrets.randbelow(1000):03}.{secrets.randbelow(100):02}")

    def file(self, name: str) -> str:
        return self._kept(name, f"verslag_{secrets.token_hex(5)}.docx")

    def email(self, name: str) -> str:
        return self._kept(name, f"{secrets.token_hex(6)}@school.example")

    def secret(self, name: str, value: str) -> str:
        """Something made by the site that must be found nowhere either: a code, a half of one, a seed."""
        return self._kept(name, value)

    def _kept(self, name: str, made: str) -> str:
        return self.words.setdefault(name, made)


def written(word: str, *, raw: bytes = b"") -> set[bytes]:
    """All the bytes that this word may be written in; `raw` is what a code or a seed stands for."""
    if word.isalpha() and word.islower():
        word = word[1:]  # a name begins with a capital
    texts = {word, unicodedata.normalize("NFD", word), quote(word), json.dumps(word)[1:-1]}
    texts |= {json.dumps(json.dumps(word))[3:-3]}  # JSON within JSON
    texts |= {word.encode("ascii", "xmlcharrefreplace").decode(), word.replace(" ", "+"), word.replace("-", "").replace(".", "")}
    plain = {text.encode() for text in texts} | ({word.encode("latin-1")} if word.isascii() or _is_latin(word) else set())
    return plain | ({raw} if raw else set())


def shapes(word: str, *, raw: bytes = b"") -> set[bytes]:
    """All the bytes that this word may hide in: written, or as hexadecimal digits, base64 or wide characters."""
    plain = written(word, raw=raw)
    wide = {word.encode("utf-16-le")[:-1]}  # found in big-endian text too, but for one zero
    return plain | wide | {bytes.hex(one).encode() for one in plain} | {b64 for one in plain for b64 in _in_base64(one)}


def _is_latin(word: str) -> bool:
    return all(ord(character) < 256 for character in word)


def _in_base64(data: bytes) -> set[bytes]:
    """As it stands within base64 of something longer, at each of the three places it may begin."""
    found = set()
    for ahead in range(3):
        text = base64.b64encode(bytes(ahead) + data)
        # What is mixed with the bytes before and after it is cut away.
        whole = text[-(-ahead * 8 // 6) : (ahead + len(data)) * 8 // 6]
        found |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    return {one for one in found if len(one) >= 8}
