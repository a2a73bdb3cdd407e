"""Searching the catalogue, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.catalogue import synonyms
from trainings.catalogue.facts import Topic, TrainingFacts
from trainings.catalogue.search import find, nearest, one_slip
from trainings.catalogue.vocabulary import SUMMARY, TITLE
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


WIDER = (
    training(1, "Het schoolteam", "Voor leerkrachten."),
    training(2, "Een school", "Over extreemrechts en de islam."),
    training(3, "Complotten", "Voor wie met jeugd werkt."),
    training(4, "Politiek in de wijk", "Voor de politie. Met een wijkwerker.", "Extremisme van rechts in een gesprek"),
    training(5, "Gedeelde zorg", "Deelnemers oefenen."),
)


def wider(text: str) -> list[int]:
    """The keys in the wider catalogue, best first."""
    scores = find(text, WIDER).scores
    return sorted(scores, key=lambda pk: (-scores[pk], pk))


@pytest.mark.parametrize(
    ("everyday", "keys"),
    [
        ("leraar", [1]),
        ("leraren", [1]),
        ("juf", [1]),
        ("meester", [1]),
        ("komplot", [3]),
        ("samenzwering", [3]),
        ("jongeren", [3]),
        ("moslims", [2]),
        ("politieagent", [4]),
        ("agenten", [4]),
        ("leraren op school", [1]),
    ],
)
def test_an_everyday_word_finds_the_word_of_the_catalogue_exactly(everyday, keys):
    assert (wider(everyday), find(everyday, WIDER).nearly) == (keys, False)


@pytest.mark.parametrize("text", ["extreemrechts", "extreem-rechts", "Extreem rechts", "extreemrechtse", "islam extreem-rechts"])
def test_words_written_together_or_apart_are_one(text):
    assert wider(text)[0] == 2


def test_a_word_that_is_found_comes_before_its_synonym():
    assert wider("extreemrechts") == [2, 4]
    assert find("extreemrechts", WIDER).scores[4] < find("extreem-rechts", WIDER).scores[4]


def test_no_everyday_word_stands_in_two_rows():
    ways = [synonyms.way(text) for row in synonyms.ROWS.split("\n") for text in row.split(",") if text]
    assert len(ways) == len(set(ways))


@pytest.mark.parametrize(
    ("text", "keys"), [("complottheorie", [3]), ("komplotdenken", [3]), ("wijkgesprek", [4]), ("lerarenkamer", [1])]
)
def test_a_compound_that_nobody_wrote_finds_its_first_part_and_says_so(text, keys):
    assert (wider(text), find(text, WIDER).nearly) == (keys, True)


def test_four_letters_are_a_first_part_only_before_another_word():
    assert (wider("wijkeling"), wider("wijkwijn")) == ([], [])


@pytest.mark.parametrize(("one", "other"), [("school", "scholen"), ("wijk", "wijken"), ("complot", "complotten")])
def test_a_word_and_its_plural_find_the_same_compounds_in_the_same_order(one, other):
    assert find(one, WIDER) == find(other, WIDER)


def test_a_word_finds_the_compounds_that_begin_with_it_after_itself():
    assert wider("school") == [2, 1]


def test_a_few_letters_more_make_no_compound():
    assert wider("politie") == [4]
    assert find("politie", WIDER).scores == {4: SUMMARY}


def test_a_participle_has_no_compounds_of_what_is_left_of_it():
    assert find("gedeeld", WIDER[4:]).scores == {5: TITLE}


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
