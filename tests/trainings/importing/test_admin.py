"""The screens of the import: who finds them, from file to differences to the site, and the workbooks to begin with."""

from io import BytesIO

import pytest
from django.core import signing
from django.urls import reverse
from openpyxl import load_workbook

from shared.uploads import read_workbook
from tests.knowledge.factories import SectorFactory, ThemeFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import catalogue_page, make_training
from tests.trainings.importing_screens import FILES, UPLOAD, member, page_of, send, text_of
from tests.trainings.importing_tools import NEW, rows, workbook_of
from trainings.importing import kept
from trainings.importing.columns import COLUMNS
from trainings.importing.compare import compare
from trainings.importing.parse import rows_of
from trainings.models import TrainingPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def topics():
    ThemeFactory(slug="polarisering")
    SectorFactory(slug="onderwijs")


@pytest.fixture
def coordinator(client):
    return member(client, "Coördinatie")


@pytest.fixture
def editor(client):
    return member(client, "Redactie")


def test_from_file_to_differences_to_the_site(client, coordinator, topics):
    make_training(code="V03", title="Oude titel")
    sent = send(client, workbook_of(NEW, {"code": "V03", "title": "Nieuwe titel"}, columns=NEW).getvalue())
    assert TrainingPage.objects.count() == 1

    faulty = text_of(client.get(sent["Location"]))
    assert "row 3, column C (Samenvatting)" in faulty
    assert "Confirm and publish" not in faulty

    sent = send(client, workbook_of({"code": "V03", "title": "Nieuwe titel"}).getvalue())
    checked = client.get(sent["Location"])
    assert checked.status_code == 200
    assert "<del>Oude</del> titel" in text_of(checked)
    assert "<ins>Nieuwe</ins> titel" in text_of(checked)
    seen = checked.context["comparison"].fingerprint

    done = client.post(f"{sent['Location']}uitvoeren/", {"seen": seen})
    told = text_of(done)
    assert done.status_code == 200
    assert "<li>V03 Nieuwe titel" in told
    assert "All is done" in told
    assert told.endswith("</html>")
    assert TrainingPage.objects.get().title == "Nieuwe titel"


def test_progress_comes_in_pieces(client, coordinator, topics):
    read = rows(NEW, NEW | {"code": "V41"})
    key = kept.keep(read, by=coordinator)
    response = client.post(reverse("catalogue_import:confirm", args=[key]), {"seen": compare(read).fingerprint})
    assert response["Content-Encoding"] == "identity"
    first, *steps, last = (piece.decode() for piece in response.streaming_content)
    assert "2 trainings are being written" in first
    assert ["V40" in steps[0], "V41" in steps[1], len(steps)] == [True, True, 2]
    assert "New: 2. Changed: 0." in last


def test_a_reader_who_leaves_half_way_has_nothing_written(client, coordinator, topics):
    read = rows(NEW, NEW | {"code": "V41"})
    key = kept.keep(read, by=coordinator)
    response = client.post(reverse("catalogue_import:confirm", args=[key]), {"seen": compare(read).fingerprint})
    pieces = response.streaming_content
    next(pieces)
    assert b"V40" in next(pieces)
    # What a server does with the pieces when nobody takes them any more.
    response._iterator.close()
    assert TrainingPage.objects.count() == 0


def test_a_confirmation_sent_twice_works_once(client, coordinator, topics):
    read = rows(NEW)
    address = reverse("catalogue_import:confirm", args=[kept.keep(read, by=coordinator)])
    seen = compare(read).fingerprint
    page_of(client.post(address, {"seen": seen}))
    again = client.post(address, {"seen": seen})
    assert (again.status_code, again["Location"]) == (302, UPLOAD)
    assert TrainingPage.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "something else"])
def test_what_was_not_seen_is_not_written(seen, client, coordinator, topics):
    key = kept.keep(rows(NEW), by=coordinator)
    response = client.post(reverse("catalogue_import:confirm", args=[key]), {"seen": seen})
    assert (response.status_code, response["Location"]) == (302, f"{UPLOAD}{key}/")
    assert TrainingPage.objects.count() == 0


def test_a_change_between_check_and_writing_refuses_and_leads_back(client, coordinator, topics):
    page = make_training(code="V03", title="Oud")
    read = rows({"code": "V03", "title": "Nieuw"})
    key = kept.keep(read, by=coordinator)
    response = client.post(reverse("catalogue_import:confirm", args=[key]), {"seen": compare(read).fingerprint})
    page.title = "Ondertussen"
    page.save()
    told = text_of(response)
    assert "Nothing was changed" in told
    again = next(
        part.split('"')[0] for part in told.split('href="') if part.startswith(UPLOAD) and "Look" not in part and len(part) > 90
    )
    assert client.get(again).status_code == 200
    assert TrainingPage.objects.get().title == "Ondertussen"


def test_editors_try_out_and_do_not_confirm(client, editor, topics):
    sent = send(client, workbook_of(NEW).getvalue())
    checked = client.get(sent["Location"])
    assert "Somebody who may publish can import it." in text_of(checked)
    seen = checked.context["comparison"].fingerprint
    assert client.post(f"{sent['Location']}uitvoeren/", {"seen": seen}).status_code == 404
    assert TrainingPage.objects.count() == 0


@pytest.mark.parametrize("address", [UPLOAD, *FILES, f"{UPLOAD}sleutel/", f"{UPLOAD}sleutel/uitvoeren/"])
def test_somebody_without_rights_on_the_catalogue_finds_nothing(address, client):
    sign_in(client, UserFactory(groups=["Organisatoren"]))
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]


@pytest.mark.parametrize("address", [UPLOAD, *FILES, f"{UPLOAD}sleutel/", f"{UPLOAD}sleutel/uitvoeren/"])
def test_somebody_who_is_not_signed_in_is_led_to_the_sign_in(address, client):
    response = client.get(address)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize(
    ("address", "verb"), [(FILES[0], "post"), (FILES[1], "post"), (f"{UPLOAD}x/", "post"), (f"{UPLOAD}x/uitvoeren/", "get")]
)
def test_the_wrong_verb_is_refused(address, verb, client, coordinator):
    assert getattr(client, verb)(address).status_code == 405


def test_a_key_of_somebody_else_opens_nothing(client, coordinator, topics):
    key = kept.keep(rows(NEW), by=UserFactory(groups=["Coördinatie"]))
    assert client.get(f"{UPLOAD}{key}/").status_code == 404
    assert client.post(f"{UPLOAD}{key}/uitvoeren/", {"seen": "x"}).status_code == 404


@pytest.mark.parametrize("key", ["x", "a:b:c", "WyJ4IiwxXQ:1abcde:" + "x" * 43])
def test_a_made_up_key_opens_nothing(key, client, coordinator):
    assert client.get(f"{UPLOAD}{key}/").status_code == 404


def test_a_key_from_elsewhere_opens_nothing(client, coordinator):
    assert client.get(f"{UPLOAD}{signing.dumps(['x', coordinator.pk])}/").status_code == 404


def test_a_check_ends_after_an_hour(client, coordinator, topics, monkeypatch):
    key = kept.keep(rows(NEW), by=coordinator)
    assert client.get(f"{UPLOAD}{key}/").status_code == 200
    monkeypatch.setattr(kept, "SECONDS", -1)
    ended = client.get(f"{UPLOAD}{key}/", follow=True)
    assert ended.redirect_chain == [(UPLOAD, 302)]
    assert [str(message) for message in ended.context["messages"]] == [
        "This check is over: files are kept for one hour and used once. Choose the file again."
    ]


def test_more_than_a_page_can_write_at_once_is_sent_in_parts(client, coordinator, topics, monkeypatch):
    monkeypatch.setattr("trainings.admin.importing.MOST_CHANGES", 1)
    read = rows(NEW, NEW | {"code": "V41"})
    key = kept.keep(read, by=coordinator)
    page = text_of(client.get(f"{UPLOAD}{key}/"))
    assert "Send the file in parts of at most 1 changed training" in page
    assert "Confirm and publish" not in page
    assert client.post(f"{UPLOAD}{key}/uitvoeren/", {"seen": compare(read).fingerprint}).status_code == 302
    assert TrainingPage.objects.count() == 0


def test_a_file_that_changes_nothing_says_so(client, coordinator):
    make_training(code="V03", title="Zo")
    response = client.get(send(client, workbook_of({"code": "V03", "title": "Zo"}).getvalue())["Location"])
    assert "The file changes nothing" in text_of(response)
    assert "Confirm and publish" not in text_of(response)


@pytest.mark.parametrize("n", [1, 3])
def test_the_differences_cost_the_same_for_one_and_three_trainings(n, client, coordinator, topics, django_assert_max_num_queries):
    for number in range(n):
        make_training(code=f"V0{number}", title="Oud")
    key = kept.keep(rows(*[NEW | {"code": f"V0{number}"} for number in range(n)]), by=coordinator)
    client.get(f"{UPLOAD}{key}/")
    # Two less where the cache is no table.
    with django_assert_max_num_queries(23):
        client.get(f"{UPLOAD}{key}/")


def test_the_catalogue_can_be_downloaded_and_sent_back(client, coordinator, topics):
    make_training(code="V03", title="=1+1", price="45", goals=[("goal", "Kijken")])
    response = client.get(FILES[0])
    assert response["Content-Disposition"].startswith('attachment; filename="catalogus-')
    data = page_of_file(response)
    comparison = compare(rows_of(read_workbook(BytesIO(data))))
    assert (comparison.unchanged, comparison.changes, comparison.faults) == (1, [], [])


def test_the_template_has_lists_to_choose_from_and_an_example_that_can_be_imported(client, editor, topics):
    data = page_of_file(client.get(FILES[1]))
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["Vormingen", "Uitleg", "Lijsten"]
    sheet = book["Vormingen"]
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(COLUMNS)
    assert (rules["D"].type, rules["D"].formula1, rules["D"].showErrorMessage) == ("list", "Lijsten!$A$2:$A$4", True)
    assert (rules["E"].type, rules["E"].showErrorMessage) == ("list", False)
    assert (rules["I"].type, rules["I"].formula1, rules["I"].formula2) == ("whole", "15", "20000")
    [change] = compare(rows_of(read_workbook(BytesIO(data)))).changes
    assert (change.code, change.is_new) == ("V99", True)


def page_of_file(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_the_menu_and_the_catalogue_lead_to_the_import(client, coordinator):
    page = page_of(client.get(reverse("wagtailadmin_explore", args=[catalogue_page().pk])))
    assert f'"url": "{UPLOAD}"' in page
    assert f'href="{UPLOAD}"' in page


def test_the_menu_of_an_organiser_has_no_import(client):
    member(client, "Organisatoren")
    assert UPLOAD not in page_of(client.get(reverse("wagtailadmin_home")))
