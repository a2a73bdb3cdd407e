"""Two of three shares make the recovery key; one says nothing, and typing errors are told."""

from itertools import combinations

import pytest

from exchange import shares
from exchange.shares import SharesRefused

PUBLIC, PAPERS = shares.new_key()
OTHER_PUBLIC, OTHER_PAPERS = shares.new_key()


class Typing:
    """A custodian at the keyboard: gives these lines, and keeps what was told."""

    def __init__(self, *lines: str):
        self.lines, self.told = list(lines), []

    def ask(self, _question: str) -> str:
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def two(self) -> list[str]:
        return shares.ask_two(self.ask, self.told.append)


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_any_two_shares_make_the_key(pair):
    assert shares.public_half_of([PAPERS[number] for number in pair]) == PUBLIC


@pytest.mark.parametrize("papers", [PAPERS[:1], [PAPERS[0], PAPERS[0]], [PAPERS[0], OTHER_PAPERS[1]], []])
def test_less_than_two_shares_of_one_key_make_none(papers):
    with pytest.raises(SharesRefused):
        shares.combine(papers)


def test_a_share_has_33_words():
    assert [len(paper.split()) for paper in PAPERS] == [shares.WORDS] * 3


def test_the_first_four_letters_of_a_word_are_enough():
    typed = " ".join(word[:4].upper() for word in PAPERS[0].split())
    assert shares.whole_words(typed) == PAPERS[0]


def test_every_word_is_named_by_its_first_four_letters():
    assert len(shares.BEGINNINGS) == len(shares.WORDLIST) == 1024


def test_shares_are_typed_on_as_many_lines_as_one_likes():
    words = PAPERS[2].split()
    typing = Typing(PAPERS[0], " ".join(words[:10]), "", " ".join(words[10:]))
    assert typing.two() == [PAPERS[0], PAPERS[2]]


def test_a_word_that_is_none_is_told_and_its_line_asked_again():
    typing = Typing("banaan", PAPERS[0], PAPERS[1])
    assert typing.two() == PAPERS[:2]
    assert typing.told == ["“banaan” is not one of the words. This line is asked for again."]


def test_a_wrong_word_is_told_and_the_share_asked_again():
    first, *rest = PAPERS[0].split()
    wrong = " ".join(["acid" if first != "acid" else "acne", *rest])
    typing = Typing(wrong, PAPERS[0], PAPERS[1])
    assert typing.two() == PAPERS[:2]
    assert len(typing.told) == 1


def test_one_share_is_not_enough():
    with pytest.raises(SharesRefused):
        Typing(PAPERS[0]).two()
