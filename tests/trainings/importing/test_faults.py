"""What is wrong in a file of trainings: each fault by its sheet, row and column, and nothing written."""

import pytest

from shared.uploads import Odd, UploadedRow, UploadedSheet
from tests.trainings.factories import TrainerFactory, make_training
from tests.trainings.importing_tools import NEW, compared, differences, faults, rows
from trainings.importing.columns import BY_FIELD
from trainings.importing.compare import compare
from trainings.importing.parse import CatalogueRows, from_plain, letter, rows_of, to_plain

NO_HEADING = "Something stands here, but the column has no heading. Give it one, or empty the cell."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("field", "cell", "text"),
    [
        ("code", "3V", "Capitals, then a number, such as V03."),
        ("title", None, "This cell is empty. The name of the training. Its address on the site stays the same."),
        ("kind", "cursus", "“cursus” is not one of the words for this: {words}."),
        ("themes", "Polarisatie", "“Polarisatie” is not known. Do you mean “Polarisering”?"),
        ("themes", "Sterrenkunde", "“Sterrenkunde” is not known. These are: Haatspraak; Polarisering."),
        ("themes", ";", "This cell is empty. One or more names of themes, with “; ” between them."),
        ("sectors", None, "This cell is empty. One or more names of sectors, with “; ” between them."),
        ("only_sectors", "soms", "Ja or nee is expected here."),
        ("duration_minutes", "drie uur", "A whole number from 15 to 20000 is expected here."),
        ("duration_minutes", 90.5, "A whole number from 15 to 20000 is expected here."),
        ("duration_minutes", 120, "The parts of the programme add up to 180 minutes, not to 120."),
        ("days", 0, "A whole number from 1 to 30 is expected here."),
        ("days", -1, "A whole number from 1 to 30 is expected here."),
        ("days", 10**14, "A whole number from 1 to 30 is expected here."),
        ("price", "tien", "An amount in euro is expected here, such as 0, 45 or 12,50."),
        ("price", "NaN", "An amount in euro is expected here, such as 0, 45 or 12,50."),
        ("price", -5, "An amount in euro is expected here, such as 0, 45 or 12,50."),
        ("price", "12,345", "An amount in euro is expected here, such as 0, 45 or 12,50."),
        ("group_max", 5, "The largest group cannot be smaller than the smallest group."),
        ("summary", "x" * 241, "Ensure this value has at most 240 characters (it has 241)."),
        ("title", "x" * 256, "Ensure this value has at most 255 characters (it has 256)."),
        ("title", Odd("formula"), "A formula stands here. Copy the cell and paste it as a value."),
        ("title", Odd("error", "#REF!"), "An error of the spreadsheet program stands here: #REF!. Type the value itself."),
        (
            "programme",
            "eerst koffie",
            "“eerst koffie” is no part of a programme. Write the minutes, the title and the text so: 30 | Welkom | Wie is wie?",
        ),
        (
            "programme",
            "30 |  | tekst",
            "“30 | | tekst” is no part of a programme. Write the minutes, the title and the text so: 30 | Welkom | Wie is wie?",
        ),
        ("programme", "3 | Kort", "“3 | Kort”: Ensure this value is greater than or equal to 5."),
        ("programme", f"180 | {'x' * 101}", f"“180 | {'x' * 54}…”: Ensure this value has at most 100 characters (it has 101)."),
        ("trainers", "Niemand", "“Niemand” is not known. These are: –."),
    ],
)
def test_a_wrong_cell_is_named_with_what_would_be_right(field, cell, text, topics):
    training = NEW | {"only_sectors": "nee", "trainers": None} | {field: cell}
    at = "programme" if "add up" in text else field
    words = ", ".join(BY_FIELD[field].kind.words()) if "{words}" in text else ""
    column = letter(list(training).index(at))
    assert faults(compared(training)) == [(2, column, BY_FIELD[at].heading, text.format(words=words) if words else text)]


def test_every_fault_is_named_at_once(topics):
    comparison = compared(NEW | {"days": "veel"}, NEW | {"code": "V41", "price": "?", "level": "hoog"})
    assert [(fault.sheet, fault.row, fault.heading) for fault in comparison.faults] == [
        ("Vormingen", 2, "Aantal dagen"),
        ("Vormingen", 3, "Niveau"),
        ("Vormingen", 3, "Prijs in euro"),
    ]
    assert comparison.faults[0].place == "sheet Vormingen, row 2, column I (Aantal dagen)"


def test_a_code_stands_in_the_file_once(topics):
    comparison = compared(NEW, NEW | {"code": "v40"})
    assert faults(comparison) == [(3, "A", "Code", "The code V40 stands in row 2 as well. Each training has one row.")]


def test_a_new_training_needs_all_columns(topics):
    [fault] = compared({"code": "V40", "title": "Rust"}).faults
    assert fault.text.startswith("V40 is new, and a new training needs these columns as well: Samenvatting, Soort, Thema’s,")


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ({"live": False}, "V03 is not on the site now. Publish it first, or leave this row out."),
        ({"locked": True}, "V03 is locked for editing. Unlock it first, or leave this row out."),
        ({"has_unpublished_changes": True}, "V03 has changes that are not published yet. Publish or discard them first."),
    ],
)
def test_a_training_that_somebody_is_working_on_is_not_overwritten(state, text):
    make_training(code="V03", title="Oud", **state)
    assert faults(compared({"code": "V03", "title": "Nieuw"})) == [(2, "A", "Code", text)]
    assert faults(compared({"code": "V03", "title": "Oud"})) == []


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Titel"], [(1, "", "", "There is no column “Code”. Without it no row can find its training.")]),
        (["Code", "Tittel"], [(1, "B", "", "“Tittel” is not a known heading. Do you mean “Titel”?")]),
        (["Code", "Weer"], [(1, "B", "", "“Weer” is not a known heading. Remove the column, or take a heading of the template.")]),
        (["Code", "Titel", "titel*"], [(1, "C", "Titel", "This heading stands in column B as well. Remove one of the two.")]),
        (
            ["Code", "Titel", None],
            [(2, "C", "", NO_HEADING)],
        ),
    ],
)
def test_headings_that_do_not_fit_are_named(headings, expected):
    make_training(code="V03", title="V03")
    sheet = UploadedSheet("Vormingen", [UploadedRow(1, headings), UploadedRow(2, ["V03"] * 3)])
    assert faults(compare(rows_of([sheet])))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("sheets", "text"),
    [
        ([UploadedSheet("Vormingen")], "The sheet is empty. Begin with a row of headings, as in the template."),
        ([UploadedSheet("Een"), UploadedSheet("Twee")], "No sheet is called “Vormingen”. Name the sheet with the trainings so."),
        ([], "No sheet is called “Vormingen”. Name the sheet with the trainings so."),
    ],
)
def test_a_workbook_without_trainings_says_so(sheets, text):
    assert [fault.text for fault in rows_of(sheets).faults] == [text]


def test_the_only_sheet_is_taken_whatever_its_name_and_headings_are_forgiving(topics):
    make_training(code="V03", themes=["polarisering"])
    sheet = UploadedSheet("Blad1", [UploadedRow(3, ["CODE ", "Thema's"]), UploadedRow(9, ["V03", "Haatspraak"])])
    assert differences(compare(rows_of([sheet]))) == [("V03", False, [("themes", "Polarisering", "Haatspraak")])]


def test_two_trainers_of_one_name_are_told_apart():
    second = [TrainerFactory(name="Lien Verhoeven"), TrainerFactory(name="Lien Verhoeven")][1]
    make_training(code="V03")
    assert differences(compared({"code": "V03", "trainers": f"Lien Verhoeven ({second.pk})"})) == [
        ("V03", False, [("trainers", "", f"Lien Verhoeven ({second.pk})")])
    ]
    [fault] = compared({"code": "V03", "trainers": "Lien Verhoeven"}).faults
    assert fault.text.startswith("“Lien Verhoeven” is not known. Do you mean “Lien Verhoeven (")


@pytest.mark.parametrize("word", ["on site", "on_site", " ON  site"])
def test_words_of_both_languages_and_of_the_code_are_understood(word):
    make_training(code="V03", format="hybrid")
    [change] = compared({"code": "V03", "format": word}).changes
    assert change.values == {"format": "on_site"}


def test_more_faults_than_anybody_reads_are_not_looked_for(topics):
    comparison = compared(*[NEW | {"code": f"V{number}", "themes": "Sterrenkunde"} for number in range(300)])
    assert 100 <= len(comparison.faults) <= 101


def test_rows_can_be_kept_as_plain_data(topics):
    read = rows(NEW | {"title": Odd("formula")}, columns=[*NEW, "Weer"])
    assert from_plain(to_plain(read)) == read
    assert isinstance(read, CatalogueRows)
