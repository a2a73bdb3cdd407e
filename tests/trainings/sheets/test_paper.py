"""Blank rows for who was not expected: a page is filled, a new one is not wasted."""

import pytest

from trainings.sheets import paper
from trainings.sheets.facts import AttendanceSheet, Person, Signing


def sheet(people: int, parts: int = 1) -> AttendanceSheet:
    """A sheet with so many people of one short name."""
    persons = tuple(Person(number, "Maes", "An", "School", False) for number in range(1, people + 1))
    signings = tuple(Signing("do 11/3", "9.00–12.00") for _part in range(parts))
    return AttendanceSheet("V03-27-01", "Vorming", "", ("donderdag",), ("De Brug",), ("Lieselot",), signings, persons)


def test_the_first_page_is_filled_with_blank_rows():
    rows = [people + paper.layout(sheet(people)).spare_rows for people in range(8)]
    assert rows == [rows[0]] * 8


def test_two_blank_rows_at_least_are_always_there():
    assert min(paper.layout(sheet(people, parts)).spare_rows for people in range(70) for parts in (1, 2, 6, 10)) == 2


def test_where_less_than_two_fit_a_page_more_gets_eight_and_never_one():
    spare = [paper.layout(sheet(people)).spare_rows for people in range(7, 12)]
    assert spare == [4, 3, 2, 9, 8]


def test_a_page_after_the_first_gets_eight_blank_rows_at_most():
    assert {paper.layout(sheet(people)).spare_rows for people in range(14, 20)} == {8}


def test_pages_end_between_people_and_are_counted_with_the_blank_rows():
    layouts = [paper.layout(sheet(people)) for people in (8, 11, 12, 30)]
    assert [(one.breaks, one.pages) for one in layouts] == [((), 1), ((12,), 2), ((12,), 2), ((12, 28), 3)]


@pytest.mark.parametrize("parts", range(1, 9))
def test_the_columns_fill_the_width_of_the_paper_and_no_more(parts):
    wide = paper.widths(parts)
    assert wide.total == pytest.approx(paper.WIDTH)
    assert wide.shrink == 1


def test_many_day_parts_shrink_the_sheet_and_its_rows_grow_to_match():
    wide = paper.widths(14)
    assert wide.shrink < 1
    assert paper.row_height(sheet(1).people[0], wide) * wide.shrink == pytest.approx(paper.ROW)


def test_a_long_name_gets_a_taller_row_up_to_a_ceiling():
    wide = paper.widths(6)
    heights = [paper.row_height(Person(1, "Maes", "An", "O" * length, False), wide) for length in (10, 80, 2000)]
    assert heights == sorted(set(heights))
    assert heights[-1] == paper.TALLEST_ROW


def test_page_numbers_know_their_words_in_any_order():
    assert paper.Page(sheet(1)).numbering == ["pagina ", " van ", ""]
