"""The private half of the recovery key in three shares, of which two make it whole: words on paper, after SLIP-39.

One share says nothing at all about the key. Each has 33 words and a checksum of its own; the first four letters name a word.
"""

from collections.abc import Callable

from nacl.public import PrivateKey
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

NEEDED, MADE, WORDS = 2, 3, 33
BEGINNINGS = {word[:4]: word for word in WORDLIST}


class SharesRefused(Exception):
    """What was typed makes no key: too few, mistyped, or of two different keys."""


def new_key() -> tuple[bytes, list[str]]:
    """The public half of a new recovery key, and the three shares of its private half, which is kept nowhere."""
    key = PrivateKey.generate()
    [shares] = generate_mnemonics(1, [(NEEDED, MADE)], bytes(key))
    return bytes(key.public_key), shares


def combine(shares: list[str]) -> bytes:
    """The private half, from two different shares."""
    try:
        return combine_mnemonics([whole_words(share) for share in shares])
    except MnemonicError as error:
        raise SharesRefused(str(error)) from error


def public_half_of(shares: list[str]) -> bytes:
    """The public half of the key that these shares make."""
    return bytes(PrivateKey(combine(shares)).public_key)


def whole_words(typed: str) -> str:
    """The words of a share, each from at least its first four letters."""
    return " ".join(_word(text) for text in typed.split())


def _word(text: str) -> str:
    word = BEGINNINGS.get(text.lower()[:4])
    if word is None or not word.startswith(text.lower()):
        raise SharesRefused(f"“{text}” is not one of the words.")
    return word


def ask_two(ask: Callable[[str], str], tell: Callable[[str], None]) -> list[str]:
    """Two shares as people type them: on as many lines as they like; a word or a share that does not fit is asked for again."""
    return [_ask_one(number, ask, tell) for number in range(1, NEEDED + 1)]


def _ask_one(number: int, ask: Callable[[str], str], tell: Callable[[str], None]) -> str:
    words: list[str] = []
    while len(words) < WORDS:
        try:
            words += whole_words(ask(f"share {number}, from word {len(words) + 1}: ")).split()
        except EOFError as error:
            raise SharesRefused(f"{NEEDED} shares of {WORDS} words are needed.") from error
        except SharesRefused as refused:
            tell(f"{refused} This line is asked for again.")
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        tell("These words do not make a share: one of them is another word than on the paper. Please type the share again.")
        return _ask_one(number, ask, tell)
    return " ".join(words)
