"""Comparing a workbook with the catalogue: what would change, what has to be put right, and that looking writes nothing."""

import pytest
from django.utils.translation import override

from knowledge.library.models import Theme
from shared.uploads import UploadedRow, UploadedSheet, read_workbook
from tests.knowledge.factories import ThemeFactory
from tests.trainings.factories import make_training
from tests.trainings.importing_tools import NEW, compared, differences, exported, faults, rows, workbook_of
from trainings.importing.columns import BY_FIELD, COLUMNS, by_heading
from trainings.importing.compare import compare
from trainings.importing.parse import rows_of
from trainings.models import TrainingPage

NO_HEADING = "Something stands here, but the column has no heading. Give it one, or empty the cell."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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
