"""The attendance sheet: who stands on it, in which order, what else it says, and what never reaches paper."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from openpyxl import load_workbook

from tests.knowledge.factories import OrganisationFactory
from tests.trainings.factories import BRUSSELS, ParticipantFactory
from tests.trainings.sheets_room import FIRST_MORNING, add, only, session_of, sheet_of
from trainings.models import Attendance, DayPart, Session, Venue
from trainings.sheets import pdf, rows, xlsx
from trainings.sheets.facts import AttendanceSheet, Person, Signing, facts

pytestmark = pytest.mark.django_db
# Between the margins of an A4.
PRINTED_WIDTH = 297 - 15 - 10
SECRETS = ("geheim@school.demo", "rolstoel", "0470 00 00 00", "https://online.demo/geheim")


def workbook(sessions, *, single=True):
    file = BytesIO()
    xlsx.write(sessions, file, single=single)
    return load_workbook(file)


def texts(sheet) -> list[str]:
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_a_sheet_says_what_when_where_who_and_how_to_sign():
    session = session_of(0, parts=3, trainers=["Greet Van Acker", "Karim Haddad"])
    add(session, "Janssens", organisation=OrganisationFactory(name="Jeugdhuis De Sluis"))
    assert sheet_of(session) == AttendanceSheet(
        code="V03-27-01",
        training="Polarisering in de klas (V03-27-01)",
        state="",
        when=("donderdag 11 maart 2027, 9.00–12.00 en 13.00–16.00", "donderdag 18 maart 2027, 9.00–12.00"),
        where=("De Brug, zaal 2 · Kaaistraat 12, 9000 Gent",),
        trainers=("Greet Van Acker", "Karim Haddad"),
        signings=(Signing("do 11/3", "9.00–12.00"), Signing("do 11/3", "13.00–16.00"), Signing("do 18/3", "9.00–12.00")),
        people=(Person(1, "Janssens", "Noor", "Jeugdhuis De Sluis", False),),
    )


def test_day_parts_in_several_places_each_name_their_own():
    session = session_of(0, parts=2)
    session.day_parts.filter(starts_at=FIRST_MORNING).update(venue=Venue.objects.create(name="Huis van de Buurt"), room="")
    sheet = sheet_of(session)
    assert (sheet.when, sheet.where) == (
        (
            "donderdag 11 maart 2027, 9.00–12.00 · Huis van de Buurt",
            "donderdag 11 maart 2027, 13.00–16.00 · De Brug, zaal 2",
        ),
        (),
    )


def test_an_online_day_part_keeps_its_link_to_itself():
    session = session_of(0, parts=1)
    session.day_parts.update(venue=None, online_link=SECRETS[3])
    assert sheet_of(session).where == ("online",)


def test_hours_are_those_on_the_wall_on_both_sides_of_a_clock_change():
    session = session_of(0, parts=0)
    for day in (27, 28):
        start = datetime(2027, 3, day, 9, tzinfo=BRUSSELS)
        DayPart.objects.create(session=session, starts_at=start, ends_at=start + timedelta(hours=3))
    assert sheet_of(session).when == ("zaterdag 27 maart 2027, 9.00–12.00", "zondag 28 maart 2027, 9.00–12.00")


def test_a_session_without_a_date_still_has_a_sheet():
    sheet = sheet_of(session_of(1, parts=0, trainers=[]))
    assert (sheet.when, sheet.where, sheet.trainers, sheet.signings) == (("De datum volgt nog",), (), (), (Signing(),))


def test_people_stand_by_family_name_then_first_name_with_the_particle_and_without_regard_to_accents():
    session = session_of(0)
    for name in ("Wouters, Jef", "van den Broeck, An", "Öztürk, Elif", "Peeters, Zoë", "Peeters, Émile", "d'Hondt, Bart"):
        add(session, *name.split(", "))
    assert [(person.number, person.family_name, person.first_name) for person in sheet_of(session).people] == [
        (1, "d'Hondt", "Bart"),
        (2, "Öztürk", "Elif"),
        (3, "Peeters", "Émile"),
        (4, "Peeters", "Zoë"),
        (5, "van den Broeck", "An"),
        (6, "Wouters", "Jef"),
    ]


def test_seats_without_a_name_are_blank_lines_below_the_names_by_organisation():
    session = session_of(0)
    beech, oak = OrganisationFactory(name="De Beuk"), OrganisationFactory(name="De Eik")
    for organisation, state in ((oak, "reserved"), (beech, "confirmed"), (oak, "reserved")):
        add(session, "", "", organisation=organisation, state=state)
    add(session, "Wouters", "Jef", organisation=oak)
    assert sheet_of(session).people == (
        Person(1, "Wouters", "Jef", "De Eik", False),
        Person(2, "", "", "De Beuk", False),
        Person(3, "", "", "De Eik", False),
        Person(4, "", "", "De Eik", False),
    )


def test_sixty_people_without_a_name_each_have_a_line_to_sign_on():
    session = session_of(0)
    school = OrganisationFactory(name="Basisschool De Beuk")
    booking = add(session, "", "", organisation=school).booking
    for _number in range(59):
        ParticipantFactory(booking=booking, first_name="", family_name="")
    book = workbook(only(session))
    lines = [row for row in book["Aanwezigheidslijst"].iter_rows(values_only=True) if row[3] == "Basisschool De Beuk"]
    assert [row[:3] for row in lines] == [(number, None, None) for number in range(1, 61)]
    assert len(list(book["Gegevens"].iter_rows(min_row=2))) == 60


def test_the_data_say_that_a_name_is_still_to_come_or_never_will():
    session = session_of(0)
    add(session, "", "", state="reserved")
    add(session, "", "")
    told = [row[9:11] for row in workbook(only(session))["Gegevens"].iter_rows(min_row=2, values_only=True)]
    assert told == [("naam volgt nog", None), ("een van een groep, zonder naam", None)]


def test_who_cancelled_waits_or_awaits_approval_is_left_out():
    session = session_of(0)
    add(session, "Bevestigd", state="confirmed")
    add(session, "Te bevestigen", state="pending")
    add(session, "Wachtend", state="waiting")
    add(session, "Geannuleerd", state="cancelled", cancelled_at=timezone.now())
    assert [person.family_name for person in sheet_of(session).people] == ["Bevestigd"]


def test_who_came_without_a_booking_has_a_plus_and_the_plus_is_explained():
    session = session_of(1)
    assert sheet_of(session).legend == ""
    add(session, "Zomaar", walk_in=True)
    sheet = sheet_of(session)
    assert ([person.mark for person in sheet.people], sheet.legend) == (["1", "2 +"], "+ kwam zonder inschrijving")


@pytest.mark.parametrize(
    ("state", "told"), [("draft", "concept"), ("published", ""), ("done", ""), ("cancelled", "gaat niet door")]
)
def test_a_sheet_says_so_when_its_session_is_a_draft_or_cancelled(state, told):
    session = session_of(1)
    only(session).update(state=state, cancel_reason="Lesgever ziek" if state == "cancelled" else "")
    assert sheet_of(session).state == told


def test_no_address_telephone_need_or_link_reaches_the_workbook():
    session = session_of(1)
    mail, need, telephone, link = SECRETS
    add(session, "Maes", email=mail, function=telephone)
    session.day_parts.update(online_link=link)
    session.bookings.update(message=need)
    session.trainers.update(email=mail, bio=telephone)
    only(session).update(team_note=need, public_note=need)
    everything = "\n".join(text for sheet in workbook(only(session)) for text in texts(sheet))
    assert [secret for secret in SECRETS if secret in everything] == []
    assert "Maes" in everything


def test_the_workbook_has_a_sheet_to_print_and_one_of_data():
    assert workbook(only(session_of())).sheetnames == ["Aanwezigheidslijst", "Gegevens"]


def test_a_workbook_of_several_has_one_sheet_each_by_date_and_one_of_data():
    session_of(code="V09-27-01", parts=0)
    later = session_of(code="V01-27-01")
    later.day_parts.update(starts_at=FIRST_MORNING + timedelta(days=1), ends_at=FIRST_MORNING + timedelta(days=2))
    session_of(code="V05-27-01")
    book = workbook(Session.objects.all(), single=False)
    assert [name for name in book.sheetnames if name != "V09-27-01"] == ["V05-27-01", "V01-27-01", "Gegevens"]
    assert set(book.sheetnames) >= {"V09-27-01"}


def test_the_printed_sheet_is_a4_landscape_one_page_wide_with_its_heading_on_every_page():
    sheet = workbook(only(session_of(2, parts=2)))["Aanwezigheidslijst"]
    page = sheet.page_setup
    (heading,) = [row[0].row for row in sheet.iter_rows() if row[1].value == "Familienaam"]
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert sheet.oddFooter.left.text == "V03-27-01 · Polarisering in de klas (V03-27-01)"
    assert sheet.oddFooter.right.text == "pagina &P van 1"


def test_an_ampersand_at_the_foot_stays_an_ampersand():
    session = session_of(1)
    session.training.title = "Vraag & antwoord"
    session.training.save()
    assert workbook(only(session)).worksheets[0].oddFooter.left.text == "V03-27-01 · Vraag && antwoord"


@pytest.mark.parametrize("parts", [1, 2, 6, 12])
def test_every_row_to_sign_in_is_nine_millimetres_at_least_after_shrinking(parts):
    session = session_of(3, parts=parts)
    add(session, "Vandenberghe-Callewaert van Nieuwenhuyse", "Marie-Antoinette", organisation=OrganisationFactory(name="O" * 160))
    sheet = workbook(only(session)).worksheets[0]
    wide = sum(dimension.width for dimension in sheet.column_dimensions.values()) * 7 / 96 * 25.4
    heading = int(sheet.print_title_rows.split("$")[-1])
    # All but the sentence above the blank rows are to sign in.
    to_sign = [row for row in range(heading + 1, sheet.max_row + 1) if not isinstance(sheet.cell(row, 1).value, str)]
    assert len(to_sign) >= 7
    assert min(sheet.row_dimensions[row].height for row in to_sign) / 72 * 25.4 * min(1, PRINTED_WIDTH / wide) >= 9


def test_there_is_one_column_to_sign_in_per_day_part_and_room_for_who_was_not_expected():
    sheet = workbook(only(session_of(2, parts=2))).worksheets[0]
    rows_below = list(sheet.iter_rows(values_only=True))
    heading = next(number for number, row in enumerate(rows_below) if row[1] == "Familienaam")
    assert rows_below[heading] == (
        "Nr.", "Familienaam", "Voornaam", "Organisatie", "Handtekening\ndo 11/3\n9.00–12.00", "Handtekening\ndo 11/3\n13.00–16.00",
    )  # fmt: skip
    assert rows_below[heading + 1 : heading + 4] == [
        (1, "Peeters 00", "Amira", "School V03-27-01", None, None),
        (2, "Peeters 01", "Amira", "School V03-27-01", None, None),
        ("Sta je niet op de lijst? Schrijf hieronder je naam en organisatie.", None, None, None, None, None),
    ]
    assert len(rows_below) - heading - 4 >= 2
    assert {value for row in rows_below[heading + 4 :] for value in row} == {None}


def test_names_that_look_like_formulas_stay_names():
    session = session_of(0, trainers=["=HYPERLINK(1)"])
    add(session, "=cmd|' /C calc'!A0", "@SUM(A1)", organisation=OrganisationFactory(name="+1"))
    book = workbook(only(session))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    assert "=cmd|' /C calc'!A0" in texts(book["Aanwezigheidslijst"])
    assert "=cmd|' /C calc'!A0" in texts(book["Gegevens"])


def test_the_data_have_one_heading_row_and_one_row_per_person_and_day_part():
    session = session_of(0, parts=2)
    walk_in = add(session, "Zomaar", "Jef", walk_in=True)
    booked = add(session, "Maes", "An", organisation=OrganisationFactory(name="Politiezone"))
    morning = session.day_parts.first()
    Attendance.objects.create(participant=booked, day_part=morning, status="partly")
    data = workbook(only(session))["Gegevens"]
    head = ("V03-27-01", session.training.code, "Polarisering in de klas (V03-27-01)")
    day, place = datetime(2027, 3, 11), ("De Brug, zaal 2", "Lieselot Vermeulen")
    first, second = (1, day, time(9), time(12), *place), (2, day, time(13), time(16), *place)
    maes = ("Maes", "An", "Politiezone", booked.booking.reference, "nee")
    zomaar = ("Zomaar", "Jef", None, walk_in.booking.reference, "ja")
    assert list(data.iter_rows(values_only=True)) == [
        (
            "Sessie", "Code vorming", "Vorming", "Dagdeel", "Datum", "Begin", "Einde", "Locatie", "Lesgever",
            "Familienaam", "Voornaam", "Organisatie", "Inschrijving", "Zonder inschrijving", "Aanwezigheid",
        ),
        (*head, *first, *maes, Attendance.Status.PARTLY.label),
        (*head, *second, *maes, None),
        (*head, *first, *zomaar, None),
        (*head, *second, *zomaar, None),
    ]  # fmt: skip


def test_somebody_in_a_session_without_a_date_is_in_the_data_once():
    data = workbook(only(session_of(1, parts=0)))["Gegevens"]
    assert [row[3:8] for row in data.iter_rows(min_row=2, values_only=True)] == [(None, None, None, None, None)]


def test_a_period_holds_what_is_held_on_its_days_and_no_draft_and_nothing_cancelled():
    inside, draft, cancelled = session_of(code="V01-27-01"), session_of(code="V02-27-01"), session_of(code="V03-27-01")
    only(draft).update(state="draft")
    only(cancelled).update(state="cancelled", cancel_reason="Lesgever ziek")
    session_of(code="V04-27-01", parts=0)
    day = date(2027, 3, 11)
    assert list(rows.of_period(day, day)) == [inside]
    assert list(rows.of_period(day - timedelta(days=9), day - timedelta(days=1))) == []
    assert list(rows.of_period(day + timedelta(days=1), day + timedelta(days=9))) == []


def test_a_session_of_several_days_is_in_a_period_that_holds_any_of_them_and_only_once():
    session = session_of(parts=6)
    assert list(rows.of_period(date(2027, 3, 18), date(2027, 3, 25))) == [session]


@pytest.mark.parametrize("n", [1, 3])
def test_a_workbook_costs_the_same_queries_for_one_session_and_for_three(n, django_assert_num_queries):
    for number in range(n):
        session_of(2 * n, parts=n, code=f"V03-27-0{number}")
    with django_assert_num_queries(5):
        workbook(Session.objects.all(), single=False)


@pytest.mark.parametrize("n", [1, 3])
def test_a_page_to_print_costs_the_same_queries_for_one_session_and_for_three(n, django_assert_num_queries):
    for number in range(n):
        session_of(2 * n, parts=n, code=f"V03-27-0{number}")
    with django_assert_num_queries(5):
        sheets = [facts(session) for session in rows.loaded(Session.objects.all())]
        render_to_string("trainings/sheets/attendance_on_screen.html", pdf.context(sheets, "Lijst"))


def test_the_sheet_speaks_english_to_who_reads_english():
    session = session_of(1)
    with translation.override("en"):
        assert workbook(only(session)).sheetnames == ["Attendance list", "Data"]
