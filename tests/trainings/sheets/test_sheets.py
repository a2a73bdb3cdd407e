"""The attendance sheet: who stands on it, in which order, what else it says, and what never reaches paper."""

from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from tests.knowledge.factories import OrganisationFactory
from tests.trainings.factories import BRUSSELS, ParticipantFactory
from tests.trainings.sheets_room import FIRST_MORNING, add, only, session_of, sheet_of, texts, workbook
from trainings.models import DayPart, Session, Venue
from trainings.sheets import pdf, rows
from trainings.sheets.facts import AttendanceSheet, Person, Signing, facts

pytestmark = pytest.mark.django_db
SECRETS = ("geheim@school.demo", "rolstoel", "0470 00 00 00", "https://online.demo/geheim")


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
def test_a_page_to_print_costs_the_same_queries_for_one_session_and_for_three(n, django_assert_num_queries):
    for number in range(n):
        session_of(2 * n, parts=n, code=f"V03-27-0{number}")
    with django_assert_num_queries(5):
        sheets = [facts(session) for session in rows.loaded(Session.objects.all())]
        render_to_string("trainings/sheets/attendance_on_screen.html", pdf.context(sheets, "Lijst"))
