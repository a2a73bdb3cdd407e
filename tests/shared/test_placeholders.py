"""Placeholders in the team's words: a fixed list, filled once, and a way to nothing else."""

import pytest

from shared.placeholders import faults, fill

ALLOWED = ("vorming", "datum")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", []),
        ("Tot dan op {datum} bij {vorming}", []),
        ("{vormign}", ["{vormign}"]),
        ("{ vorming }", ["{ vorming }"]),
        ("{Vorming}", ["{Vorming}"]),
        ("{}", ["{}"]),
        ("{vorming.title}", ["{vorming.title}"]),
        ("{vorming!r}", ["{vorming!r}"]),
        ("{vorming:>999999999}", ["{vorming:>999999999}"]),
        ("{0.__class__}", ["{0.__class__}"]),
        ("{{vorming}}", ["{", "}"]),
        ("{vorming", ["{"]),
        ("vorming}", ["}"]),
        ("{{ training.delete }}", ["{ training.delete }", "{", "}"]),
    ],
)
def test_what_is_no_placeholder_of_the_list_is_a_fault(text, wrong):
    assert faults(text, ALLOWED) == wrong


def test_each_placeholder_is_replaced_and_a_value_is_never_read_again():
    assert fill("{vorming} op {datum}", {"vorming": "{datum} {0}", "datum": "maandag"}) == "{datum} {0} op maandag"


def test_an_empty_value_leaves_no_gap_before_a_comma():
    assert fill("Dag {voornaam}, welkom", {"voornaam": ""}) == "Dag, welkom"


def test_percent_signs_and_markup_stay_as_they_are():
    assert fill("100 % {{% now %}} <b>{vorming}</b>", {"vorming": "x"}) == "100 % {{% now %}} <b>x</b>"
