"""Finding trainings by Dutch word forms and everyday words; the last word may be half typed, any word a little mistyped.

Dutch writes compounds as one word. A word of the catalogue finds those that begin with it ("school" and "scholen" find
"schoolteam"), and a compound that nobody wrote finds its first part ("complottheorie" finds "complot").
"""

from collections.abc import Collection
from typing import NamedTuple

from trainings.stems import WORD, plain, stem

from .facts import TrainingFacts
from .synonyms import Way, are_known, synonyms, way
from .vocabulary import Rows, Vocabulary, rows_of, vocabulary

SYNONYM, BEGUN, NEARLY = 0.8, 0.6, 0.4
SHORTEST_PREFIX, SHORTEST_MISTYPED, SHORTEST_ALIKE = 2, 5, 6
# Of a compound: "wijk" and "werker", but neither "vee" in "veel" nor "politie" in "politiek".
SHORTEST_PART, SHORTEST_END = 4, 3
ALIKE = 0.6
# Words that say nothing about the subject; they are left out unless nothing else was asked.
IDLE = frozenset(
    WORD.findall(
        """de het een en of in op om te van voor met bij over onder tegen tussen zonder je ik wat hoe is aan uit naar door
        als die dat the and for"""
    )
)


class Term(NamedTuple):
    """One word of the question, or words that belong together: as typed, its stems, and whether it may go on."""

    typed: str
    own: Way
    unfinished: bool = False


class Found(NamedTuple):
    """How well each training fits, by its key; `nearly` when no training has all the words, or only mistyped."""

    scores: dict[int, float]
    nearly: bool = False


def find(text: str, trainings: tuple[TrainingFacts, ...]) -> Found:
    """Trainings that have all the words; what looks like them is tried when the words as they are lead nowhere."""
    terms = terms_of(text)
    if not terms:
        return Found({training.pk: 0 for training in trainings})
    rows = rows_of(trainings)
    scores = _all_terms(rows, [_exact(term, rows) for term in terms])
    if scores:
        return Found(scores)
    return Found(_all_terms(rows, [_exact(term, rows) or _nearly(term, rows) for term in terms]), nearly=True)


def nearest(text: str, trainings: tuple[TrainingFacts, ...], most: int = 3) -> list[int]:
    """The keys of trainings that have some of the words, for who finds nothing."""
    rows = rows_of(trainings)
    scores: dict[int, float] = {}
    for term in terms_of(text):
        for pk, score in (_exact(term, rows) or _nearly(term, rows)).items():
            scores[pk] = scores.get(pk, 0) + score
    return sorted(scores, key=lambda pk: -scores[pk])[:most]


def terms_of(text: str) -> list[Term]:
    """The words of the question that carry meaning; the last one may be unfinished."""
    terms: list[Term] = []
    for word in WORD.findall(plain(text)):
        pair = (*terms[-1].own, stem(word)) if terms else ()
        if are_known(pair):
            terms[-1] = Term(terms[-1].typed + word, pair)
        else:
            terms.append(Term(word, (stem(word),)))
    terms[-1:] = [last._replace(unfinished=True) for last in terms[-1:]]
    return [term for term in terms if term.typed not in IDLE] or terms


def _exact(term: Term, rows: Rows) -> dict[int, float]:
    """The score of each training that has the word, a synonym, or a word that begins with it."""
    begun = {(word,) for word in _begun(term, vocabulary(rows))}
    return _best(_scores(rows, {term.own}, 1), _scores(rows, set(synonyms(term.own)), SYNONYM), _scores(rows, begun, BEGUN))


def _begun(term: Term, words: Vocabulary) -> set[str]:
    """The words that begin with a word of the catalogue, whatever its form and place, or with what is typed so far."""
    root = term.own[0]
    if len(term.own) == 1 and root in words.stems:
        # A stem that lost its beginning ("deel" of "gedeeld") has other compounds.
        leads_on = len(root) >= SHORTEST_PART and root[0] == term.typed[0]
        return words.beginning_with(root, least=len(root) + SHORTEST_END) if leads_on else set()
    return words.beginning_with(term.typed) if term.unfinished and len(term.typed) >= SHORTEST_PREFIX else set()


def _nearly(term: Term, rows: Rows) -> dict[int, float]:
    """The score of each training with a word that looks like it, or with the first part of this compound."""
    return _best(_mistyped(term, rows), _first_part(term, rows))


def _mistyped(term: Term, rows: Rows) -> dict[int, float]:
    if len(term.typed) < SHORTEST_MISTYPED:
        return {}
    near = vocabulary(rows).near(term.typed)
    return _scores(rows, {(found,) for word, found in near if resembles(term.typed, word)}, NEARLY)


def _first_part(term: Term, rows: Rows) -> dict[int, float]:
    """The score of each training that has the longest beginning of this word that is a word."""
    words = vocabulary(rows)
    for length in range(len(term.typed) - SHORTEST_END, SHORTEST_PART - 1, -1):
        part, end = term.typed[:length], term.typed[length:]
        # Four letters can stand anywhere by chance ("handelaar"), so what follows them must be a word too.
        if part not in IDLE and _is_word(part, words) and (len(stem(part)) > SHORTEST_PART or _is_word(end, words)):
            found = _exact(Term(part, way(part)), rows)
            return {pk: score * NEARLY for pk, score in found.items()}
    return {}


def _is_word(typed: str, words: Vocabulary) -> bool:
    own = way(typed)
    return words.stems.issuperset(own) or are_known(own)


def _scores(rows: Rows, wanted: Collection[Way], weight: float) -> dict[int, float]:
    """What the best of these ways to say it is worth in each training that has all its stems."""
    found: dict[int, float] = {}
    for pk, words in rows:
        worth = max((min(map(words.worth, said)) for said in wanted if words.everything.issuperset(said)), default=0)
        if worth:
            found[pk] = worth * weight
    return found


def _best(*scores: dict[int, float]) -> dict[int, float]:
    """The highest score of each training."""
    return {pk: max(score.get(pk, 0) for score in scores) for pk in {pk for score in scores for pk in score}}


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
