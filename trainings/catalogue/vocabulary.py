"""The words of the trainings, taken apart once for the search: where each stands, and all of them by their first letter."""

from functools import lru_cache
from typing import NamedTuple

from trainings.stems import WORD, plain, stem

from .facts import TrainingFacts

# What a word is worth where it stands: in the title, in the name of a theme or sector, in the summary, or anywhere else.
TITLE, TOPIC, SUMMARY, REST = 12, 6, 4, 1


class Words(NamedTuple):
    """The stems of a training by the place where they stand; `written` has the words themselves, as far as they are short texts."""

    title: frozenset[str]
    topics: frozenset[str]
    summary: frozenset[str]
    everything: frozenset[str]
    written: frozenset[str]

    def worth(self, word: str) -> int:
        """What this stem is worth, by the best of the places where it stands."""
        if word in self.title:
            return TITLE
        if word in self.topics:
            return TOPIC
        return SUMMARY if word in self.summary else REST


Rows = tuple[tuple[int, Words], ...]


class Vocabulary(NamedTuple):
    """The stems there are, and all words and stems, each with the stem to look for, by their first letter.

    The words too: a stem can lie far from its word ("polarisatie" has "polariseer"), and people begin to type words.
    """

    stems: frozenset[str]
    by_letter: dict[str, list[tuple[str, str]]]

    def near(self, typed: str) -> list[tuple[str, str]]:
        """The words with the same first letter, which is taken to be right."""
        return self.by_letter.get(typed[0], [])

    def beginning_with(self, typed: str, *, least: int = 0) -> set[str]:
        """The stems of words that begin so and have so many letters at least."""
        return {found for word, found in self.near(typed) if word.startswith(typed) and len(word) >= least}


@lru_cache(maxsize=4)
def rows_of(trainings: tuple[TrainingFacts, ...]) -> Rows:
    """The words of these trainings, by their keys; taken apart once."""
    return tuple((training.pk, words_of(training)) for training in trainings)


def words_of(training: TrainingFacts) -> Words:
    """The stems of a training, taken apart once and remembered."""
    topics = " ".join(topic.name for topic in (*training.themes, *training.sectors))
    return _words(training.title, training.summary, topics, training.stems)


@lru_cache(maxsize=2000)
def _words(title: str, summary: str, topics: str, stored: str) -> Words:
    written = [WORD.findall(plain(text)) for text in (title, topics, summary)]
    places = [frozenset(map(stem, words)) for words in written]
    return Words(*places, frozenset(stored.split()).union(*places), frozenset().union(*written))


@lru_cache(maxsize=4)
def vocabulary(rows: Rows) -> Vocabulary:
    """The words of all these trainings, gathered once."""
    pairs = {(word, word) for _pk, words in rows for word in words.everything}
    pairs |= {(word, stem(word)) for _pk, words in rows for word in words.written}
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        by_letter.setdefault(pair[0][0], []).append(pair)
    return Vocabulary(frozenset(known for _word, known in pairs), by_letter)
