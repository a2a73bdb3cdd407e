"""Finding trainings by Dutch word forms; the last word may be half typed, and a word may be mistyped a little."""

from functools import lru_cache
from typing import NamedTuple

from trainings.stems import WORD, plain, stem

from .facts import TrainingFacts

# What a word is worth where it stands: in the title, in the name of a theme or sector, in the summary, or anywhere else.
TITLE, TOPIC, SUMMARY, REST = 12, 6, 4, 1
HALF_TYPED, MISTYPED = 0.6, 0.4
SHORTEST_PREFIX, SHORTEST_MISTYPED, SHORTEST_ALIKE = 2, 5, 6
ALIKE = 0.6
# Words that say nothing about the subject; they are left out unless nothing else was asked.
IDLE = frozenset(
    "de,het,een,en,of,in,op,om,te,van,voor,met,bij,over,je,ik,wat,hoe,is,aan,uit,naar,door,als,die,dat,the,and,for".split(",")  # noqa: SIM905
)


class Words(NamedTuple):
    """The stems of a training by the place where they stand; `written` has the words themselves, as far as they are short texts."""

    title: frozenset[str]
    topics: frozenset[str]
    summary: frozenset[str]
    everything: frozenset[str]
    written: frozenset[str]


Rows = tuple[tuple[int, Words], ...]


class Term(NamedTuple):
    """One word of the question: as typed, its stem, and whether it may go on."""

    typed: str
    stem: str
    unfinished: bool


class Found(NamedTuple):
    """How well each training fits, by its key; `nearly` when no training has all the words, or only mistyped."""

    scores: dict[int, float]
    nearly: bool = False


def find(text: str, trainings: tuple[TrainingFacts, ...]) -> Found:
    """Trainings that have all the words; mistyped words are tried when the words as they are lead nowhere."""
    terms = terms_of(text)
    if not terms:
        return Found({training.pk: 0 for training in trainings})
    rows = tuple((training.pk, words_of(training)) for training in trainings)
    scores = _all_terms(rows, [_exact(term, rows) for term in terms])
    if scores:
        return Found(scores)
    return Found(_all_terms(rows, [_exact(term, rows) or _mistyped(term, rows) for term in terms]), nearly=True)


def nearest(text: str, trainings: tuple[TrainingFacts, ...], most: int = 3) -> list[int]:
    """The keys of trainings that have some of the words, for who finds nothing."""
    rows = tuple((training.pk, words_of(training)) for training in trainings)
    scores: dict[int, float] = {}
    for term in terms_of(text):
        for pk, score in (_exact(term, rows) or _mistyped(term, rows)).items():
            scores[pk] = scores.get(pk, 0) + score
    return sorted(scores, key=lambda pk: -scores[pk])[:most]


def terms_of(text: str) -> list[Term]:
    """The words of the question that carry meaning; the last one may be unfinished."""
    typed = WORD.findall(plain(text))
    last = len(typed) - 1
    terms = [Term(word, stem(word), at == last) for at, word in enumerate(typed)]
    return [term for term in terms if term.typed not in IDLE] or terms


def words_of(training: TrainingFacts) -> Words:
    """The stems of a training, taken apart once and remembered."""
    topics = " ".join(topic.name for topic in (*training.themes, *training.sectors))
    return _words(training.title, training.summary, topics, training.stems)


@lru_cache(maxsize=2000)
def _words(title: str, summary: str, topics: str, stored: str) -> Words:
    written = [WORD.findall(plain(text)) for text in (title, topics, summary)]
    places = [frozenset(map(stem, words)) for words in written]
    return Words(*places, frozenset(stored.split()).union(*places), frozenset().union(*written))


def _exact(term: Term, rows: Rows) -> dict[int, float]:
    """The score of each training that has the word or, while it is being typed, a word that begins like it."""
    scores = _scores(rows, {term.stem}, 1)
    if term.unfinished and len(term.typed) >= SHORTEST_PREFIX:
        begun = {found for word, found in _vocabulary(rows).get(term.typed[0], ()) if word.startswith(term.typed)}
        for pk, score in _scores(rows, begun, HALF_TYPED).items():
            scores[pk] = max(score, scores.get(pk, 0))
    return scores


def _mistyped(term: Term, rows: Rows) -> dict[int, float]:
    """The score of each training with a word that looks like it; the first letter is taken to be right."""
    if len(term.typed) < SHORTEST_MISTYPED:
        return {}
    near = _vocabulary(rows).get(term.typed[0], ())
    return _scores(rows, {found for word, found in near if resembles(term.typed, word)}, MISTYPED)


def _scores(rows: Rows, wanted: set[str], weight: float) -> dict[int, float]:
    """What the best of these words is worth in each training that has one."""
    worth = {pk: max((_worth(words, word) for word in wanted & words.everything), default=0) for pk, words in rows}
    return {pk: score * weight for pk, score in worth.items() if score}


@lru_cache(maxsize=4)
def _vocabulary(rows: Rows) -> dict[str, list[tuple[str, str]]]:
    """All words and stems there are, each with the stem to look for, by their first letter.

    The words too: a stem can lie far from its word ("polarisatie" has "polariseer"), and people begin to type words.
    """
    pairs = {(word, word) for _pk, words in rows for word in words.everything}
    pairs |= {(word, stem(word)) for _pk, words in rows for word in words.written}
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        found.setdefault(pair[0][0], []).append(pair)
    return found


def _worth(words: Words, word: str) -> int:
    if word in words.title:
        return TITLE
    if word in words.topics:
        return TOPIC
    return SUMMARY if word in words.summary else REST


def _all_terms(rows: Rows, scores: list[dict[int, float]]) -> dict[int, float]:
    """The sum per training, for those that every term found."""
    return {pk: sum(score[pk] for score in scores) for pk, _words in rows if all(pk in score for score in scores)}


def resembles(typed: str, word: str) -> bool:
    """Whether one slip of the fingers lies between them, or they begin alike for the greater part: Dutch words vary at the end."""
    alike = _same_start(typed, word)
    return one_slip(typed, word) or (alike >= SHORTEST_ALIKE and alike >= ALIKE * len(typed))


def one_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, too few, wrong, or two swapped, make the difference."""
    if abs(len(typed) - len(word)) > 1 or len(word) < SHORTEST_MISTYPED - 1:
        return False
    same = _same_start(typed, word)
    one, other = typed[same:], word[same:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or (one[2:] == other[2:] and one[:2] == other[1::-1])


def _same_start(one: str, other: str) -> int:
    """How many letters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (letter, its) in pairs if letter != its), min(len(one), len(other)))
