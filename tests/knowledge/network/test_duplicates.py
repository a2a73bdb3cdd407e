"""Names that mean the same organisation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.network.duplicates import ALIKE, bare, likeness, looks_like
from tests.knowledge.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("sint bavo", "Sint-Bavo"),
        ("Sint-Bavohumaniora Gent", "Sint-Bavohumaniora"),
        ("Café Théâtre", "Cafe Theatre"),
        ("VZW Jong Gent", "Jong vzw"),
        ("Jeugdhuis t Uilenest", "Jeugdhuis 't Uilenest"),
        ("Basisschol De Regenboog", "Basisschool De Regenboog"),
        ("CLB Regenboog", "Centrum CLB De Regenboog"),
        ("De Regenboog Basisschool", "Basisschool De Regenboog"),
    ],
)
def test_these_are_the_same(typed, known):
    assert likeness(bare(typed), bare(known)) >= ALIKE


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("De Regenboog", "De Zonnebloem"),
        ("Politiezone Gent", "Jeugdhuis Gent"),
        ("Voetbalclub Noord", "Voetbalclub Zuid-West"),
        ("vzw", "nv"),
    ],
)
def test_these_are_not(typed, known):
    assert likeness(bare(typed), bare(known)) < ALIKE


@pytest.mark.django_db
def test_only_confirmed_organisations_are_hinted_at():
    known = OrganisationFactory(name="Basisschool De Regenboog")
    OrganisationFactory(name="Basisschool De Regenbogen", state="proposed")
    assert looks_like("basisschool regenboog") == [known]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=160), st.text(max_size=160))
def test_likeness_lies_between_nought_and_one(one, other):
    assert 0 <= likeness(bare(one), bare(other)) <= 1
