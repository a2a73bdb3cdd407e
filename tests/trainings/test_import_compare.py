"""Comparing a workbook with the catalogue: what would change, what has to be put right, and that looking writes nothing."""

import pytest
from django.utils.translation import override

from knowledge.library.models import Theme
from shared.uploads import Odd, UploadedRow, UploadedSheet, read_workbook
from tests.knowledge.factories import SectorFactory, ThemeFactory
from tests.trainings.factories import TrainerFactory, make_training
from tests.trainings.importing_tools import NEW, compared, differences, exported, faults, rows, workbook_of
from trainings.importing.columns import BY_FIELD, COLUMNS, by_heading
from trainings.importing.compare import compare
from trainings.importing.parse import CatalogueRows, from_plain, letter, rows_of, to_plain
from trainings.models import TrainingPage

NO_HEADING = "Something stands here, but the column has no heading. Give it one, or empty the cell."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def topics():
    ThemeFactory(slug="polarisering")
    ThemeFactory(slug="haatspraak")
    SectorFactory(slug="onderwijs")


def wrong(**cells) -> list[tuple]:
    """The faults of a new training with these cells."""
    return faults(compared(NEW | cells))


def test_the_catalogue_sent_back_untouched_changes_nothing():
    ThemeFactory(slug="haatspraak", name="Haat; en spraak")
    make_training(
        title="=1+1; | “Praten”",
        themes=["polarisering", "haatspraak"],
        introduction='<p data-block-key="a">Een <b>vette</b> <a href="/x">link</a> &amp; meer.</p><ol><li>a</li><li>b</li></ol>',
        goals=[("goal", "Kijken; luisteren"), ("goal", "Doen")],
        programme=[("part", {"title": "A | B", "minutes": 180, "text": "Eerst dit.\n\n30 | dan dat."})],
        price="12.50",
        for_whom="Regel een\r\nregel twee  \n",
        prepare="-\tniets",
    )
    make_training(code="V777", duration_minutes=95, only_sectors=True)
    comparison = compare(rows_of(read_workbook(exported())))
    assert (faults(comparison), differences(comparison), comparison.unchanged, comparison.missing) == ([], [], 2, [])


def test_a_new_code_is_a_new_training(topics):
    in_file = {name: BY_FIELD[name].kind.words()[0] for name in ("kind", "level", "format", "language", "trainer_kind")}
    [(code, is_new, fields)] = differences(compared(NEW))
    assert (code, is_new) == ("V40", True)
    assert fields == [
        ("code", "", "V40"),
        ("title", "", "Rust in de groep"),
        ("summary", "", "Je kiest een eerste stap."),
        ("kind", "", in_file["kind"]),
        ("themes", "", "Polarisering"),
        ("sectors", "", "Onderwijs"),
        ("level", "", in_file["level"]),
        ("duration_minutes", "", "180"),
        ("days", "", "1"),
        ("parts_per_day", "", "1"),
        ("format", "", in_file["format"]),
        ("language", "", in_file["language"]),
        ("trainer_kind", "", in_file["trainer_kind"]),
        ("group_min", "", "8"),
        ("group_max", "", "16"),
        ("price", "", "0"),
        ("offer", "", BY_FIELD["offer"].write("both", {})),
        ("introduction", "", "Een groep onder spanning.\n\n- kijken\n- luisteren"),
        ("goals", "", "Je kijkt.\nJe luistert."),
        ("programme", "", "60 | Kijken | We kijken.\n120 | Luisteren"),
    ]


def test_a_known_code_shows_old_and_new_of_each_field_that_differs(topics):
    make_training(code="V03", title="Oud", price="10")
    comparison = compared(
        {"code": "v03 ", "title": "Nieuw", "price": "gratis", "themes": "haatspraak\nPolarisering", "level": "basis"}
    )
    assert differences(comparison) == [
        (
            "V03",
            False,
            [("title", "Oud", "Nieuw"), ("themes", "Polarisering", "Haatspraak; Polarisering"), ("price", "10", "0")],
        )
    ]


def test_the_order_of_names_makes_no_difference(topics):
    make_training(code="V03", themes=["polarisering", "haatspraak"])
    assert differences(compared({"code": "V03", "themes": "Haatspraak; Polarisering"})) == []
    assert differences(compared({"code": "V03", "themes": "Polarisering; Haatspraak; Polarisering"})) == []


def test_a_column_that_is_left_out_stays_as_it_is_and_an_empty_cell_empties(topics):
    make_training(code="V03", for_whom="Voor leerkrachten", prepare="Een pen")
    assert differences(compared({"code": "V03", "for_whom": None})) == [("V03", False, [("for_whom", "Voor leerkrachten", "")])]


def test_trainings_that_are_not_in_the_file_are_listed():
    make_training(code="V01")
    left_out = make_training(code="V02")
    make_training(code="V03", live=False)
    assert compared({"code": "V01"}).missing == [left_out]


def test_what_the_text_of_an_introduction_loses_is_told():
    make_training(code="V03", introduction="<p>Een <b>vet</b> woord.</p>")
    change = compared({"code": "V03", "introduction": "Een ander woord."}).changes[0]
    assert change.differences[0].note == "Bold, italics and links of the old text are lost."


def test_old_and_new_show_which_words_differ():
    make_training(code="V03", title="Rust in de groep")
    difference = compared({"code": "V03", "title": "Rust in je groep"}).changes[0].differences[0]
    assert difference.pieces == (
        [(False, "Rust in "), (True, "de"), (False, " groep")],
        [(False, "Rust in "), (True, "je"), (False, " groep")],
    )


def test_a_price_is_shown_as_people_write_it(topics):
    make_training(code="V03", price="12.50")
    difference = compared({"code": "V03", "price": "0"}).changes[0].differences[0]
    with override("nl"):
        assert difference.pieces == ([(True, "€ 12,50")], [(True, "gratis")])


def test_looking_writes_nothing(topics):
    make_training(code="V03", title="Oud")
    compared(NEW | {"code": "V03"}, NEW)
    assert list(TrainingPage.objects.values_list("code", "title")) == [("V03", "Oud")]


@pytest.mark.parametrize("n", [1, 3])
def test_comparing_costs_the_same_for_one_and_three_trainings(n, topics, django_assert_num_queries):
    for number in range(n):
        make_training(code=f"V0{number}", title="Oud")
    read = rows(*[NEW | {"code": f"V0{number}"} for number in range(n)], NEW)
    with django_assert_num_queries(8):
        comparison = compare(read)
    assert (comparison.changed, comparison.added, comparison.faults) == (n, 1, [])


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


def test_every_field_of_a_training_has_a_column():
    beside = {
        "page_ptr",
        "body",
        "stems",
        # Rules of booking: set in the page, by who knows what they do.
        "prerequisites",
        "approval",
        "seats_per_organisation",
        *(field.name for field in TrainingPage._meta.get_field("page_ptr").related_model._meta.fields),
    }
    fields = {field.name for field in [*TrainingPage._meta.fields, *TrainingPage._meta.many_to_many]} - beside
    assert fields | {"title"} == {column.field for column in COLUMNS}
    assert [by_heading(column.heading) for column in COLUMNS] == COLUMNS


def test_names_with_a_semicolon_survive_untouched_and_are_unknown_when_typed(topics):
    Theme.objects.filter(slug="haatspraak").update(name="Haat; spraak")
    make_training(code="V03", themes=["haatspraak"])
    assert differences(compared({"code": "V03", "themes": "Haat; spraak"})) == []


def test_workbook_of_makes_what_it_says():
    assert read_workbook(workbook_of({"code": "V1"})) == [
        UploadedSheet("Vormingen", [UploadedRow(1, ["Code"]), UploadedRow(2, ["V1"])])
    ]


LETTERS = "Write at least one letter or figure: the address of the page is made of them."
OURS = "The site itself uses the address “kalender”. Choose another one, such as “kalender-vorming”."


@pytest.mark.parametrize(("title", "text"), [("???", LETTERS), ("Дети", LETTERS), ("Kalender", OURS)])
def test_a_new_title_that_makes_no_address_is_a_fault_on_its_row(topics, title, text):
    assert wrong(title=title) == [(2, "B", "Titel", text)]


def test_a_training_that_has_its_address_already_may_be_called_anything(topics):
    make_training(code="V03", title="Vraag", slug="vraag")
    comparison = compared({"code": "V03", "title": "???"})
    assert (faults(comparison), differences(comparison)) == ([], [("V03", False, [("title", "Vraag", "???")])])
