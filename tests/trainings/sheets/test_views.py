"""Downloading attendance sheets: of one session, of several, of a period; and who may."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser
from tests.trainings.sheets_room import add, session_of
from trainings.admin import sheets
from trainings.checks import pango_is_there
from trainings.sheets import pdf

pytestmark = pytest.mark.django_db
OF_ONE = ("xlsx", "pdf", "print")
OF_MANY = ("xlsx-many", "pdf-many", "print-many")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARCH = "van=2027-03-01&tot=2027-03-31"

needs_pango = pytest.mark.skipif(not pdf.is_possible(), reason="Pango is missing, so no PDF can be made on this machine")


def address(name, session=None, query=""):
    base = reverse(f"trainings_sheets:{name}", args=[session.pk] if name in OF_ONE else [])
    return f"{base}?{query}" if query else base


def content(response) -> BytesIO:
    return BytesIO(b"".join(response.streaming_content))


@pytest.fixture
def without_pango(monkeypatch):
    monkeypatch.setattr(pdf, "PANGO", (("libno-such-library.so.0",),))
    pdf.is_possible.cache_clear()
    yield
    pdf.is_possible.cache_clear()


def test_every_address_is_tried_here():
    assert {pattern.name for pattern in sheets.urlpatterns} == {*OF_ONE, *OF_MANY, "choose"}


@pytest.mark.parametrize("name", [*OF_ONE, *OF_MANY, "choose"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client, name):
    response = client.get(address(name, session_of(), MARCH))
    assert (response.status_code, response.url.partition("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("groups", [[], ["Redactie"], ["Stuurgroep"]])
@pytest.mark.parametrize("name", [*OF_ONE, *OF_MANY, "choose"])
def test_lists_of_names_are_not_there_for_others(client, name, groups):
    sign_in(client, UserFactory(groups=groups))
    assert client.get(address(name, session_of(), MARCH)).status_code == 404


@pytest.mark.parametrize("name", [*OF_ONE, *OF_MANY, "choose"])
def test_a_list_is_read_and_not_posted(client, name):
    organiser(client)
    assert client.post(address(name, session_of(), MARCH)).status_code == 405


@pytest.mark.parametrize("name", OF_ONE)
def test_a_session_that_is_not_there_has_no_list(client, name):
    organiser(client)
    assert client.get(reverse(f"trainings_sheets:{name}", args=[0])).status_code == 404


def test_the_workbook_of_a_session_is_a_file_named_after_it_and_kept_nowhere(client):
    organiser(client)
    response = client.get(address("xlsx", session_of()))
    assert response["Content-Type"] == XLSX
    assert response["Content-Disposition"] == 'attachment; filename="aanwezigheidslijst-v03-27-01.xlsx"'
    assert "no-store" in response["Cache-Control"]
    assert load_workbook(content(response)).sheetnames == ["Aanwezigheidslijst", "Gegevens"]


@needs_pango
def test_the_pdf_of_a_session_is_named_after_it(client):
    organiser(client)
    response = client.get(address("pdf", session_of()))
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/pdf",
        'inline; filename="aanwezigheidslijst-v03-27-01.pdf"',
    )
    assert PdfReader(content(response)).metadata.title == "Aanwezigheidslijst V03-27-01"


def test_the_page_to_print_says_the_same_without_inline_style_or_script(client):
    organiser(client)
    session = session_of(0)
    add(session, "<Maes>", "An")
    html = client.get(address("print", session)).content.decode()
    assert "&lt;Maes&gt;" in html
    assert [part for part in ("<script", "<style", "style=", "onclick") if part in html] == []
    assert reverse("organise:session", args=[session.pk]) in html


@pytest.mark.usefixtures("without_pango")
@pytest.mark.parametrize(("name", "instead"), [("pdf", "print"), ("pdf-many", "print-many")])
def test_without_pango_the_pdf_button_leads_to_the_page_to_print(client, name, instead):
    organiser(client)
    session = session_of()
    query = "" if name == "pdf" else MARCH
    response = client.get(address(name, session, query))
    assert (response.status_code, response.url) == (302, address(instead, session, query))


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_operator_is_told():
    assert [(warning.id, warning.is_serious()) for warning in pango_is_there(None)] == [("trainings.W001", False)]


def test_a_selection_holds_the_chosen_sessions_and_no_other(client):
    organiser(client)
    chosen = [session_of(code=f"V0{number}-27-01") for number in (1, 2)]
    session_of(code="V03-27-01")
    query = "&".join(f"sessie={session.pk}" for session in chosen)
    response = client.get(address("xlsx-many", query=query))
    assert response["Content-Disposition"] == 'attachment; filename="aanwezigheidslijsten.xlsx"'
    assert load_workbook(content(response)).sheetnames == ["V01-27-01", "V02-27-01", "Gegevens"]


@pytest.mark.parametrize("query", ["sessie=", "sessie=abc", "sessie=0", "sessie=²", "sessie=-1", "sessie=" + "9" * 30])
@pytest.mark.parametrize("name", OF_MANY)
def test_a_selection_of_nothing_known_is_not_there(client, name, query):
    organiser(client)
    assert client.get(address(name, query=query)).status_code == 404


def test_a_period_holds_its_sessions(client):
    organiser(client)
    session_of()
    response = client.get(address("xlsx-many", query=MARCH))
    assert response["Content-Disposition"] == 'attachment; filename="aanwezigheidslijsten-2027-03-01-2027-03-31.xlsx"'
    assert load_workbook(content(response)).sheetnames == ["V03-27-01", "Gegevens"]


@needs_pango
def test_the_pdf_of_a_period_has_the_pages_of_each_session(client):
    organiser(client)
    for number in range(2):
        session_of(code=f"V0{number}-27-01")
    assert len(PdfReader(content(client.get(address("pdf-many", query=MARCH)))).pages) == 2


@needs_pango
def test_more_sessions_than_one_waits_for_are_printed_by_the_browser(client, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_IN_PDF", 1)
    organiser(client)
    for number in range(2):
        session_of(code=f"V0{number}-27-01")
    assert client.get(address("pdf-many", query=MARCH)).url == address("print-many", query=MARCH)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("van=2027-03-31&tot=2027-03-01", "De laatste dag kan niet voor de eerste liggen."),
        ("van=2027-03-01&tot=2029-03-01", "Kies een periode van hoogstens een jaar."),
        ("van=gisteren&tot=2027-03-01", "Voer een geldige datum in."),
        ("van=2031-01-01&tot=2031-01-02", "In deze periode is er geen sessie. Kies andere dagen."),
    ],
)
@pytest.mark.parametrize("name", OF_MANY)
def test_a_period_that_does_not_fit_is_asked_for_again_with_what_was_typed(client, name, query, said):
    organiser(client)
    session_of()
    response = client.get(address(name, query=query), follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(address("choose", query=query), 302)]
    assert said in html
    assert 'value="2027-03-01"' in html or 'value="2031-01-01"' in html


@pytest.mark.parametrize(("kind", "name"), [("xlsx", "xlsx-many"), ("pdf", "pdf-many"), ("print", "print-many")])
def test_choosing_a_period_leads_to_its_lists(client, kind, name):
    organiser(client)
    session_of()
    response = client.get(address("choose", query=f"{MARCH}&vorm={kind}"))
    assert (response.status_code, response.url) == (302, address(name, query=MARCH))


def test_choosing_begins_with_the_coming_week(client):
    organiser(client)
    form = client.get(address("choose")).context["form"]
    assert (form["tot"].value() - form["van"].value()).days == 6
