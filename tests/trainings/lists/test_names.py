"""Lists of names as people have them at hand, read into rows."""

import pytest

from shared.uploads import UploadedRow, UploadedSheet
from trainings.lists import names as name_lists

AMIRA = {"first_name": "Amira", "family_name": "El Idrissi", "email": "amira@school.demo", "function": "leerkracht"}


@pytest.mark.parametrize(
    "line",
    [
        "Amira\tEl Idrissi\tamira@school.demo\tleerkracht",
        "Amira; El Idrissi; amira@school.demo; leerkracht",
        "Amira, El Idrissi, amira@school.demo, leerkracht",
        "  Amira ,El Idrissi,leerkracht,amira@school.demo",
        "Amira El Idrissi <amira@school.demo>; leerkracht",
    ],
)
def test_a_line_is_read_whatever_stands_between_its_parts(line):
    [row] = name_lists.from_text(line)
    assert {"function": "leerkracht"} | row == AMIRA


def test_a_name_alone_is_split_after_the_first_word():
    assert name_lists.from_text("Bert Van den Broeck") == [{"first_name": "Bert", "family_name": "Van den Broeck", "email": ""}]


def test_a_word_alone_has_no_family_name_so_that_the_form_asks_for_it():
    assert name_lists.from_text("Noor") == [{"first_name": "Noor", "family_name": "", "email": ""}]


def test_empty_lines_are_nobody():
    assert name_lists.from_text("\n \n\t\t\n") == []


def test_the_first_row_may_name_the_columns_in_any_order():
    text = "E-mail;Naam;Voornaam\namira@school.demo;El Idrissi;Amira"
    assert name_lists.from_text(text) == [{"email": "amira@school.demo", "family_name": "El Idrissi", "first_name": "Amira"}]


JAN = {"first_name": "Jan", "family_name": "Peeters", "email": "jan@x.be"}


@pytest.mark.parametrize(
    "line",
    [
        '"Peeters, Jan",jan@x.be',
        '"Peeters, Jan" , "jan@x.be"',
        '"Peeters, Jan";jan@x.be',
        '"Peeters, Jan"\tjan@x.be',
        '"Peeters, Jan" <jan@x.be>',
        '"Jan","Peeters","jan@x.be"',
        '"Jan"; "Peeters"; "jan@x.be"',
    ],
)
def test_a_separator_between_quotes_is_part_of_the_cell(line):
    assert name_lists.from_text(line) == [JAN]


def test_what_separates_is_looked_for_outside_the_quotes():
    assert name_lists.from_text('Jan,Peeters,jan@x.be,"leerkracht; coach"') == [JAN | {"function": "leerkracht; coach"}]


def test_quotes_within_a_cell_and_one_that_nobody_closed_spoil_no_other_line():
    rows = name_lists.from_text('"Jan ""Jef""";Peeters;jan@x.be\n"Els;Claes;els@y.be\nJan;Peeters;jan@x.be')
    assert [rows[0], rows[2]] == [JAN | {"first_name": 'Jan "Jef"'}, JAN]
    assert rows[1]["email"] == "els@y.be"


def test_the_columns_named_in_quotes_are_known_too():
    assert name_lists.from_text('"Naam","Voornaam","E-mail"\n"Peeters","Jan","jan@x.be"') == [JAN]


def test_a_workbook_gives_the_rows_of_its_first_sheet_with_something_in_it():
    rows = [UploadedRow(1, ["Voornaam", "Familienaam", "E-mail", "Functie"]), UploadedRow(4, list(AMIRA.values()))]
    assert name_lists.from_workbook([UploadedSheet("leeg"), UploadedSheet("namen", rows)]) == [AMIRA]


def test_a_workbook_without_rows_gives_nobody():
    assert name_lists.from_workbook([UploadedSheet("leeg")]) == []


def test_a_number_in_a_cell_is_read_as_text():
    assert name_lists.from_workbook([UploadedSheet("namen", [UploadedRow(1, ["Amira", 7, None])])]) == [
        {"first_name": "Amira", "family_name": "7", "email": ""}
    ]
