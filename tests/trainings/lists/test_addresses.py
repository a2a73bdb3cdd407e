"""Addresses as they are pasted: with names, in brackets, between whatever signs; what is no address is named."""

import pytest

from tests.trainings.factories import SessionFactory
from trainings.admin.forms.planning import SessionForm
from trainings.lists.addresses import read
from trainings.models import Session
from trainings.rules import invited

JAN, ELS, AN = "jan@x.be", "els@y.be", "an@z.be"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("", []),
        (" \n ; , ", []),
        ("jan@x.be els@y.be", [JAN, ELS]),
        ("jan@x.be,els@y.be;an@z.be\nJAN@x.be", [JAN, ELS, AN]),
        ("Jan Peeters <jan@x.be>; els@y.be", [JAN, ELS]),
        ("Peeters, Jan <jan@x.be>; Claes, Els <Els@Y.be>;", [JAN, ELS]),
        ("Peeters, Jan <jan@x.be>, Claes, Els <els@y.be>", [JAN, ELS]),
        ('"Peeters, Jan; directie" <jan@x.be>, "Els" <els@y.be>', [JAN, ELS]),
        ("Jan <jan@x.be>, els@y.be, An <an@z.be>", [JAN, ELS, AN]),
        ("jan@x.be, Claes, Els <els@y.be>", [JAN, ELS]),
        ("Jan <jan@x.be> Els <els@y.be> an@z.be", [JAN, ELS, AN]),
        ("'Jan Peeters' <mailto:jan@x.be>\r\n'els@y.be' <els@y.be>", [JAN, ELS]),
        ("Jan Peeters (jan@x.be)\nels@y.be (Els)\nAn\tMaes\tan@z.be", [JAN, ELS, AN]),
    ],
)
def test_addresses_are_read_whatever_stands_around_them(text, addresses):
    found = read(text)
    assert (found.addresses, found.wrong) == (addresses, [])


@pytest.mark.parametrize(
    ("text", "addresses", "wrong"),
    [
        ("Jan Peeters", [], ["Jan Peeters"]),
        ("Jan Peeters; els@y.be", [ELS], ["Jan Peeters"]),
        ("jan.x.be, Els <els@y.be>", [ELS], ["jan.x.be"]),
        ("Jan, Piet, Claes, Els <els@y.be>", [ELS], ["Jan", "Piet"]),
        ("jan@, @y.be, a@b, els@y.be", [ELS], ["jan@", "@y.be", "a@b"]),
        ("Jan <jan@x>; Els <>", [], ["jan@x", "Els <>"]),
        ("jan@x.be>; <els@y.be", [JAN, ELS], []),
        ("jan@ x.be", [], ["jan@", "x.be"]),
    ],
)
def test_what_is_no_address_is_given_back_as_it_was_typed(text, addresses, wrong):
    found = read(text)
    assert (found.addresses, found.wrong) == (addresses, wrong)


def test_a_very_long_list_is_read_at_once():
    assert len(read("x" * 300_000 + ".").wrong) == 1
    assert len(read("Peeters, Jan <jan@x.be>; " * 50_000 + '"' * 50_000 + "<" * 50_000).addresses) == 1


@pytest.mark.django_db
def test_the_form_keeps_addresses_below_each_other_and_names_each_wrong_one():
    form = SessionForm({"invited": "Peeters, Jan <Jan@x.be>; Els <els@y.be>"}, instance=SessionFactory())
    form.is_valid()
    assert form.cleaned_data["invited"] == "jan@x.be\nels@y.be"
    assert invited(Session(invited=form.cleaned_data["invited"])) == [JAN, ELS]
    typed = "jan@, els@, an@, wout@; Jan <jan@x.be>"
    form = SessionForm({"invited": typed}, instance=SessionFactory())
    [error] = form.errors["invited"]
    assert [one for one in ("jan@", "els@", "an@", "wout@") if one not in error] == []
    assert form["invited"].value() == typed
