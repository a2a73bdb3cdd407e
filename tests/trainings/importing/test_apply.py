"""Writing a checked workbook: everything or nothing, with a history, and once."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import PageLogEntry

from tests.knowledge.factories import SectorFactory, ThemeFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import TrainerFactory, make_training
from tests.trainings.importing_tools import NEW, compared, differences, rows, workbook_of
from trainings.importing.apply import CatalogueChanged, RowsAreWrong, import_catalogue, steps
from trainings.importing.compare import compare
from trainings.models import TrainingPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def coordinator():
    ThemeFactory(slug="polarisering")
    SectorFactory(slug="onderwijs")
    return UserFactory(groups=["Coördinatie"])


def test_import_catalogue_makes_a_new_training(coordinator):
    trainer = TrainerFactory(name="Lien Verhoeven")
    import_catalogue(rows(NEW | {"trainers": "Lien Verhoeven"}), by=coordinator)
    page = TrainingPage.objects.get(code="V40")
    assert (page.live, page.slug, page.title, page.owner) == (True, "rust-in-de-groep", "Rust in de groep", coordinator)
    assert page.introduction == "<p>Een groep onder spanning.</p><ul><li>kijken</li><li>luisteren</li></ul>"
    assert [goal.value for goal in page.goals] == ["Je kijkt.", "Je luistert."]
    assert [dict(part.value) for part in page.programme] == [
        {"title": "Kijken", "minutes": 60, "text": "We kijken."},
        {"title": "Luisteren", "minutes": 120, "text": ""},
    ]
    assert [str(theme) for theme in page.themes.all()] == ["Polarisering"]
    assert [str(sector) for sector in page.sectors.all()] == ["Onderwijs"]
    assert list(page.trainers.all()) == [trainer]
    assert " groep " in page.stems


def test_import_catalogue_changes_a_training_and_keeps_its_address_and_the_rest(coordinator):
    ThemeFactory(slug="haatspraak")
    body = [("heading", "Hoe we werken")]
    make_training(code="V03", slug="oud-adres", title="Oud", body=body, for_whom="Voor wie wil")
    import_catalogue(rows({"code": "V03", "title": "Nieuw", "themes": "Haatspraak"}), by=coordinator)
    page = TrainingPage.objects.get(code="V03")
    assert (page.slug, page.title, page.draft_title, page.for_whom) == ("oud-adres", "Nieuw", "Nieuw", "Voor wie wil")
    assert [(block.block_type, block.value) for block in page.body] == body
    assert [str(theme) for theme in page.themes.all()] == ["Haatspraak"]


def test_every_change_stands_in_the_history_under_the_name_of_who_imported(coordinator):
    make_training(code="V03", title="Oud")
    import_catalogue(rows(NEW, NEW | {"code": "V03", "title": "Nieuw"}), by=coordinator)
    expected = {"V40": ["wagtail.create", "wagtail.edit", "wagtail.publish"], "V03": ["wagtail.edit", "wagtail.publish"]}
    for code, actions in expected.items():
        page = TrainingPage.objects.get(code=code)
        entries = PageLogEntry.objects.filter(page=page.pk, user=coordinator).order_by("pk")
        assert [entry.action for entry in entries] == actions
        assert page.get_latest_revision().user == coordinator


def test_a_training_that_does_not_change_gets_no_revision(coordinator):
    same = make_training(code="V03", title="Zo")
    changes = import_catalogue(rows({"code": "V03", "title": "Zo"}), by=coordinator)
    assert (changes, same.revisions.count()) == ([], 0)


def test_imported_again_nothing_changes(coordinator):
    import_catalogue(rows(NEW), by=coordinator)
    assert differences(compared(NEW)) == []


def test_nothing_is_written_when_a_row_is_wrong(coordinator):
    make_training(code="V03", title="Oud")
    with pytest.raises(RowsAreWrong) as refused:
        import_catalogue(rows({"code": "V03", "title": "Nieuw"}, {"code": "V03", "title": "Nog nieuwer"}), by=coordinator)
    assert [fault.row for fault in refused.value.comparison.faults] == [3]
    assert [page.title for page in TrainingPage.objects.all()] == ["Oud"]


def test_nothing_is_written_when_the_catalogue_changed_since_somebody_looked(coordinator):
    page = make_training(code="V03", title="Oud")
    read = rows({"code": "V03", "title": "Nieuw"})
    seen = compare(read).fingerprint
    page.title = "Ondertussen"
    page.save()
    with pytest.raises(CatalogueChanged):
        import_catalogue(read, by=coordinator, seen=seen)
    assert TrainingPage.objects.get().title == "Ondertussen"


def test_an_import_that_is_broken_off_writes_nothing(coordinator):
    make_training(code="V03", title="Oud")
    make_training(code="V04", title="Oud")
    importing = steps(rows({"code": "V03", "title": "Nieuw"}, {"code": "V04", "title": "Nieuw"}), by=coordinator)
    first = next(importing)
    assert (first.number, first.total, first.change.code) == (1, 2, "V03")
    importing.close()
    assert {page.title for page in TrainingPage.objects.all()} == {"Oud"}


def test_an_import_that_fails_half_way_writes_nothing(coordinator):
    make_training(code="V03", title="Oud")
    make_training(code="V04", title="Oud")

    def fail(step):
        if step.number == 2:
            raise RuntimeError("a full disk, say")

    with pytest.raises(RuntimeError), transaction.atomic():
        import_catalogue(rows({"code": "V03", "title": "Nieuw"}, {"code": "V04", "title": "Nieuw"}), by=coordinator, tell=fail)
    assert {page.title for page in TrainingPage.objects.all()} == {"Oud"}


def test_progress_is_told_for_each_training(coordinator):
    told = []
    import_catalogue(
        rows(NEW, NEW | {"code": "V41"}), by=coordinator, tell=lambda step: told.append((step.number, step.change.code))
    )
    assert told == [(1, "V40"), (2, "V41")]


def test_the_command_says_what_would_change_and_writes_only_when_asked(coordinator, tmp_path, capsys):
    make_training(code="V02", title="Blijft")
    make_training(code="V03", title="Oud")
    file = tmp_path / "catalogus.xlsx"
    file.write_bytes(workbook_of(NEW, NEW | {"code": "V03", "themes": "Polarisering"}).getvalue())
    call_command("import_catalogue", file)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "V40 Rust in de groep: new"
    assert lines[1].startswith("V03 Rust in de groep: Titel, Samenvatting,")
    assert lines[2:] == [
        "V02 Blijft: not in the file, stays as it is",
        "1 new, 1 changed, 0 the same, 1 not in the file.",
        "Nothing was written. Add --apply to write this.",
    ]
    assert TrainingPage.objects.count() == 2

    call_command("import_catalogue", file, "--apply", "--by", coordinator.email.upper())
    assert capsys.readouterr().out.splitlines()[-3:] == ["[1/2] V40 Rust in de groep", "[2/2] V03 Rust in de groep", "All is done."]
    assert TrainingPage.objects.get(code="V40").owner == coordinator


def test_the_command_names_faults_and_fails(coordinator, tmp_path, capsys):
    file = tmp_path / "catalogus.xlsx"
    file.write_bytes(workbook_of(NEW | {"days": "veel"}).getvalue())
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_catalogue", file, "--apply")
    told = capsys.readouterr().err
    assert told == "sheet Vormingen, row 2, column I (Aantal dagen): A whole number from 1 to 30 is expected here.\n"


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [("is-er-niet.xlsx", None, "No such file"), ("tekst.xlsx", b"Code;Titel", "not an Excel workbook")],
)
def test_the_command_says_when_it_cannot_read(name, content, text, tmp_path):
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=text):
        call_command("import_catalogue", tmp_path / name)


def test_the_command_refuses_somebody_unknown(tmp_path):
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("import_catalogue", tmp_path / "x.xlsx", "--apply", "--by", "niemand@expo-r.demo")
