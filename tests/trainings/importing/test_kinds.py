"""What a cell can hold: whatever is in the catalogue comes back from its cell, and whatever is typed gets a calm answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.importing import rich_text
from trainings.importing.columns import COLUMNS
from trainings.importing.compare import _written
from trainings.importing.kinds import Goals, Money, Number, Programme, Wrong, YesNo, parts_of, tidy
from trainings.importing.words import old_and_new

NAMES = {"themes": {}, "sectors": {}, "trainers": {}}
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
LINES = st.lists(st.sampled_from(["- een", "1. twee", "drie", "", "<b>vier</b>", " vijf & zes ", "-", "2) zeven"]), max_size=8)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Een</p><p>Twee<br/>drie</p>", "Een\n\nTwee\ndrie"),
        ('<p data-block-key="x">A &amp; <b>B</b> &lt;C&gt;</p>', "A & B <C>"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
        ("<p>Lijst:</p><ol><li>een</li><li>twee</li></ol>", "Lijst:\n\n1. een\n2. twee"),
        ("<ul><li>een<ul><li>diep</li></ul></li></ul>", "- een\n\n- diep"),
        ("", ""),
    ],
)
def test_an_introduction_is_paragraphs_and_lists(html, text):
    assert rich_text.as_text(html) == text


def test_what_looks_like_a_tag_is_shown_as_typed():
    assert rich_text.as_html("<script>x</script>\n\n- <b>") == "<p>&lt;script&gt;x&lt;/script&gt;</p><ul><li>&lt;b&gt;</li></ul>"


@given(LINES)
def test_an_introduction_read_back_from_its_own_cell_is_the_same(lines):
    html = rich_text.as_html("\n".join(lines))
    assert rich_text.as_html(rich_text.as_text(html)) == html


@given(st.one_of(TEXTS, st.integers(), st.floats(), st.booleans(), st.none(), LINES.map("\n".join)))
def test_any_cell_of_any_column_is_read_or_refused(cell):
    for column in COLUMNS:
        try:
            value = column.kind.read(cell, NAMES)
        except Wrong as wrong:
            assert str(wrong)
        else:
            # What was read is written as a cell that reads the same.
            again = _written(column, value, NAMES)
            assert tidy(_written(column, column.kind.read(again, NAMES), NAMES)) == tidy(again)


@given(TEXTS, TEXTS)
def test_the_pieces_of_old_and_new_make_up_old_and_new(old, new):
    before, after = old_and_new(old, new)
    assert ("".join(text for _only, text in before), "".join(text for _only, text in after)) == (old, new)


def test_long_texts_are_shown_whole():
    old, new = "a " * 2_000, "b " * 2_000
    assert old_and_new(old, new) == ([(True, old)], [(True, new)])


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("a; b;c", ["a", "b", "c"]), ("a; b\nc", ["a; b", "c"]), (" ; ", []), ("a;a", ["a"]), ("a\n\nb\n", ["a", "b"])],
)
def test_a_list_stands_on_lines_or_between_semicolons(cell, parts):
    assert parts_of(cell) == parts


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Money(), "€ 12,50", Decimal("12.50")),
        (Money(), 12.5, Decimal("12.50")),
        (Money(), "Gratis", Decimal(0)),
        (Number(1, 30), " 3 ", 3),
        (Number(1, 30), 3.0, 3),
        (YesNo(), "JA", True),
        (YesNo(), True, True),
        (YesNo(), None, False),
        (Goals(), "Kijken; doen", [("goal", "Kijken"), ("goal", "doen")]),
        (
            Programme(),
            "30|Welkom|Wie ben je?\n- en waarom\n60 | Doen",
            [
                ("part", {"title": "Welkom", "minutes": 30, "text": "Wie ben je?\n- en waarom"}),
                ("part", {"title": "Doen", "minutes": 60, "text": ""}),
            ],
        ),
    ],
)
def test_what_people_type_is_understood(kind, cell, value):
    assert kind.read(cell, NAMES) == value
