"""Searching the catalogue, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.catalogue.facts import Topic, TrainingFacts
from trainings.catalogue.search import find, nearest, one_slip
from trainings.stems import stems


def training(pk: int, title: str, summary: str = "", rest: str = "", theme: str = "") -> TrainingFacts:
    """Facts with only words in them."""
    return TrainingFacts(
        pk, f"V{pk:02}", f"v{pk}", title, summary, "training", "basis", "on_site", "nl", "team",
        180, 1, Decimal(0), "both", False, stems(title, summary, rest), None, (Topic(theme, theme),) if theme else (),
    )  # fmt: skip


CATALOGUE = (
    training(1, "Polarisering in de klas", "Je oefent met een moeilijk gesprek.", theme="Dialoog"),
    training(2, "Het moeilijke gesprek", "Voor leerkrachten van alle scholen."),
    training(3, "Complotdenken", "Je herkent een complot.", "Met voorbeelden uit de klas en uit de krant."),
    training(4, "Radicalisering", "Wat is polarisering?"),
)


def found(text: str) -> list[int]:
    """The keys, best first."""
    scores = find(text, CATALOGUE).scores
    return sorted(scores, key=lambda pk: (-scores[pk], pk))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("school", [2]),
        ("scholen", [2]),
        ("polarisering", [1, 4]),
        ("Polarisering!", [1, 4]),
        ("gesprekken", [2, 1]),
        ("klas", [1, 3]),
        ("gesprek klas", [1]),
        ("dialoog", [1]),
        ("kran", [3]),
        ("radicalis", [4]),
        ("radicalisatie", [4]),
        ("polarisatie", [1, 4]),
        ("de", [1, 3]),
        ("de klas", [1, 3]),
        ("", [1, 2, 3, 4]),
        ("?!", [1, 2, 3, 4]),
        ("voetbal", []),
        ("gesprek voetbal", []),
    ],
)
def test_words_are_found_in_any_form_with_the_title_first(text, keys):
    assert found(text) == keys


@pytest.mark.parametrize("text", ["polarisreing", "polarsering", "poalrisering", "complotdeknen", "polarisatei"])
def test_a_slip_of_the_fingers_is_forgiven_and_said(text):
    result = find(text, CATALOGUE)
    assert (bool(result.scores), result.nearly) == (True, True)


@pytest.mark.parametrize("text", ["polirasering", "radicul", "complimenten"])
def test_what_differs_more_is_another_word(text):
    assert find(text, CATALOGUE).scores == {}


def test_a_word_that_is_right_is_not_stretched_to_others():
    assert find("polarisering", CATALOGUE).nearly is False


def test_the_nearest_have_some_of_the_words():
    assert nearest("gesprek voetbal", CATALOGUE) == [2, 1]


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        ("polarisatei", "polarisatie", True),
        ("polarsatie", "polarisatie", True),
        ("polarisattie", "polarisatie", True),
        ("polerisatie", "polarisatie", True),
        ("polirasatie", "polarisatie", False),
        ("klas", "las", False),
        ("gesprek", "gesprek", True),
        ("gesprk", "gesprekken", False),
    ],
)
def test_one_slip_is_one_letter_or_two_swapped(typed, word, near):
    assert one_slip(typed, word) is near


@given(st.text(max_size=200))
def test_no_question_breaks_the_search(text):
    assert set(find(text, CATALOGUE).scores) <= {1, 2, 3, 4}
    assert set(nearest(text, CATALOGUE)) <= {1, 2, 3, 4}
