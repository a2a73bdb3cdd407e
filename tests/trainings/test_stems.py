"""Dutch word forms made equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.stems import plain, stem, stems


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("scholen", "school"),
        ("leerkrachten", "leerkracht"),
        ("gesprekken", "gesprek"),
        ("jongeren", "jongere"),
        ("wijken", "wijk"),
        ("polarisatie", "polarisering"),
        ("radicaliseren", "radicalisering"),
        ("organisaties", "organiseren"),
        ("gepolariseerd", "polarisering"),
        ("gezinnen", "gezin"),
    ],
)
def test_forms_of_one_word_have_one_stem(form, other):
    assert stem(form) == stem(other)


@pytest.mark.parametrize(("word", "other"), [("geweld", "wel"), ("gezin", "zin"), ("gemeente", "meent"), ("gewoon", "wonen")])
def test_a_word_with_ge_that_is_no_participle_is_another_word_than_without(word, other):
    assert stem(word) != stem(other)


def test_short_words_keep_their_end():
    assert (stem("keer"), stem("ker")) == ("keer", "ker")


def test_accents_and_capitals_do_not_matter():
    assert plain("Coördinatie ÉÉN") == "coordinatie een"


def test_each_stem_stands_there_once_between_single_spaces():
    assert stems("De school", "en de scholen") == " de school en "


@given(st.text())
def test_any_text_has_stems(text):
    found = stems(text)
    assert found == f" {' '.join(found.split())} "
