"""What the bookings say by mail, and the calendar files that go with it."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar

from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory, VenueFactory
from trainings import links, mail, planning
from trainings.booking import book_seats, cancel_participants
from trainings.dates import day_parts
from trainings.models import DayPart, Session
from trainings.seats import Person
from trainings.waiting import give_seats

pytestmark = pytest.mark.django_db


def sent() -> list[tuple]:
    """Kind, address and calendar method of every message, in the order of writing."""
    return list(OutboxMessage.objects.order_by("created_at").values_list("kind", "to", "calendar_method"))


def text_of(kind: str, to: str) -> str:
    """The text of the one message of this kind to this address."""
    return OutboxMessage.objects.get(kind=kind, to=to).text


def mail_addresses(kind: str) -> list[str]:
    return list(OutboxMessage.objects.filter(kind=kind).values_list("to", flat=True))


def subjects(kind: str) -> list[str]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("created_at").values_list("subject", flat=True))


def events(message) -> list:
    return list(Calendar.from_ical(message.calendar).walk("VEVENT"))


@pytest.fixture
def booker(db):
    return UserFactory(email="noor@school.demo", first_name="Noor", last_name="De Clercq")


NOOR = Person("Noor", "De Clercq", "noor@school.demo")
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
CARO = Person("Caro", "D'hondt")


def test_the_booker_gets_the_confirmation_and_each_colleague_with_an_address_an_invitation(booker):
    book_seats(SessionFactory(), by=booker, participants=[NOOR, BERT, CARO])
    assert sorted(sent()) == [
        ("booking_confirmed", "noor@school.demo", "REQUEST"),
        ("invitation", "bert@school.demo", "REQUEST"),
    ]


def test_who_books_for_others_only_gets_no_invitation_for_the_own_calendar(booker):
    book_seats(SessionFactory(), by=booker, participants=[BERT])
    assert ("booking_confirmed", "noor@school.demo", "") in sent()


def test_the_confirmation_says_everything_needed_in_the_body_and_nothing_personal_in_the_subject(booker):
    session = SessionFactory()
    DayPart.objects.update(venue=VenueFactory(name="De Zeven Stoelen"))
    book_seats(session, by=booker, participants=[NOOR, CARO])
    message = OutboxMessage.objects.get(kind="booking_confirmed")
    for needed in (
        "De Zeven Stoelen",
        "Kaaistraat 1, 9000 Gent",
        "Noor De Clercq",
        "Caro D'hondt",
        session.code,
        "/mijn/inschrijvingen/",
    ):
        assert needed in message.text
    assert message.subject == f"Je bent ingeschreven: {session.training.title}"


def test_who_books_for_others_only_is_not_told_to_be_booked(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[BERT])
    assert subjects("booking_confirmed") == [f"Ingeschreven: {session.training.title}"]


def test_the_confirmation_asks_to_pass_on_what_who_has_no_address_does_not_hear(booker):
    told = "Wie geen e-mailadres opgaf, krijgt geen mail van ons. Geef jij het door?"
    for people in ([NOOR, BERT], [CARO]):
        book_seats(SessionFactory(), by=booker, participants=people)
    assert [
        told in text
        for text in OutboxMessage.objects.filter(kind="booking_confirmed").order_by("created_at").values_list("text", flat=True)
    ] == [False, True]


def test_the_confirmation_of_some_of_the_seats_says_who_still_waits(booker):
    session = SessionFactory(capacity=1)
    taken = book_seats(session, by=UserFactory(), participants=[CARO])
    entry = book_seats(session, by=booker, participants=[NOOR, BERT], or_wait=True, fewer_is_fine=True).waiting_entry
    cancel_participants(taken.participants.all(), by=booker, as_team=True)
    give_seats(entry, by=UserFactory())
    text = text_of("booking_confirmed", "noor@school.demo")
    assert "Deelnemers:\n- Noor De Clercq\n\nNog op de wachtlijst:\n- Bert Van den Broeck\n" in text


def test_the_confirmation_promises_no_way_back_after_the_deadline(booker):
    session = SessionFactory()
    Session.objects.filter(pk=session.pk).update(cancelling_closes_at=timezone.now())
    book_seats(session, by=booker, participants=[NOOR])
    text = text_of("booking_confirmed", "noor@school.demo")
    assert "Kan iemand niet komen? Laat het ons weten: antwoord op deze mail." in text
    assert "/mijn/inschrijvingen/" not in text


def test_every_mail_greets_by_first_name_wherever_it_is_known(booker):
    session, nameless = SessionFactory(parts=2), UserFactory(email="wie@school.demo", first_name="", last_name="")
    made = book_seats(session, by=booker, participants=[BERT, CARO])
    book_seats(session, by=nameless, participants=[Person("Jan", "Claes")])
    book_seats(SessionFactory(capacity=1), by=booker, participants=[NOOR, CARO], or_wait=True)
    planning.change_session(session, by=booker, parts=day_parts.of(session)[:1])
    mail.message_to_all(session, subject="Parkeren", text="Kom met de fiets.", by=booker)
    cancel_participants(made.participants.all(), by=booker)
    book_seats(session, by=booker, participants=[NOOR, BERT])
    planning.cancel_session(session, by=booker, reason="De lesgever is ziek.")
    greetings = {"noor@school.demo": "Dag Noor,", "bert@school.demo": "Dag Bert,", "wie@school.demo": "Dag,"}
    found = OutboxMessage.objects.values_list("kind", "to", "text")
    assert len({kind for kind, _to, _text in found}) == 9
    assert [(kind, to) for kind, to, text in found if text.splitlines()[0] != greetings[to]] == []


def test_the_html_of_a_mail_says_who_sends_it_and_nothing_about_who_reads_it(booker):
    book_seats(SessionFactory(), by=booker, participants=[BERT])
    [(html, _kind)] = outbox.as_email(OutboxMessage.objects.get(kind="invitation")).alternatives[:1]
    assert "Deze mail komt van het team EXPO-R. Heb je een vraag? Antwoord dan gewoon op deze mail." in html
    assert "omdat je" not in html


def test_an_invitation_has_one_event_per_day_part_and_one_attendee(booker):
    book_seats(SessionFactory(parts=2), by=booker, participants=[BERT])
    found = events(OutboxMessage.objects.get(kind="invitation"))
    assert [event["ATTENDEE"] for event in found] == ["mailto:bert@school.demo"] * 2
    assert len({event["UID"] for event in found}) == 2


def test_a_cancellation_takes_back_the_same_events_with_a_higher_sequence(booker):
    booking = book_seats(SessionFactory(), by=booker, participants=[BERT])
    cancel_participants(booking.participants.all(), by=booker)
    [before] = events(OutboxMessage.objects.get(kind="invitation"))
    [after] = events(OutboxMessage.objects.get(kind="participant_cancelled"))
    assert (after["UID"], after["STATUS"], after["SEQUENCE"] > before["SEQUENCE"]) == (before["UID"], "CANCELLED", True)


def test_a_participant_who_cannot_come_finds_the_own_link_in_the_mail_and_not_in_the_calendar(booker):
    booking = book_seats(SessionFactory(), by=booker, participants=[BERT])
    message = OutboxMessage.objects.get(kind="invitation")
    [event] = events(message)
    link = links.to_seat(booking.participants.get())
    assert (link in message.text, "Noor De Clercq" in message.text) == (True, True)
    # Others read somebody's calendar: what gives a seat back does not stand there.
    assert (link in event["DESCRIPTION"], "Noor De Clercq" in event["DESCRIPTION"]) == (False, True)


def test_the_calendar_of_who_booked_holds_the_way_to_give_the_seat_back(booker):
    booking = book_seats(SessionFactory(), by=booker, participants=[NOOR])
    [event] = events(OutboxMessage.objects.get(kind="booking_confirmed"))
    assert f"Schrijf je dan hier uit: http://testserver{booking.get_absolute_url()}" in event["DESCRIPTION"]


def test_giving_back_some_seats_says_who_leaves_and_who_still_takes_part(booker):
    session = SessionFactory()
    booking = book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    cancel_participants(booking.participants.filter(email="bert@school.demo"), by=booker)
    text = text_of("seats_cancelled", "noor@school.demo")
    assert subjects("seats_cancelled") == [f"1 plaats teruggegeven: {session.training.title}"]
    assert subjects("participant_cancelled") == [f"Uitgeschreven: {session.training.title}"]
    assert "Deze persoon is uitgeschreven:\n- Bert Van den Broeck\n" in text
    assert "Nog ingeschreven:\n- Caro D'hondt\n- Noor De Clercq\n" in text


def test_giving_back_several_seats_names_nobody_in_the_subject(booker):
    session = SessionFactory()
    booking = book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    cancel_participants(booking.participants.exclude(email="noor@school.demo"), by=booker)
    [subject] = subjects("seats_cancelled")
    assert subject in {f"2 plaatsen teruggegeven: {session.training.title}" for _group in range(2)}


def test_only_a_booking_without_anybody_left_is_called_cancelled(booker):
    session = SessionFactory()
    booking = book_seats(session, by=booker, participants=[NOOR, BERT])
    cancel_participants(booking.participants.all(), by=booker)
    assert subjects("seats_cancelled") == [f"Inschrijving geannuleerd: {session.training.title}"]
    assert "Niemand van deze inschrijving neemt nog deel." in text_of("seats_cancelled", "noor@school.demo")


def test_the_online_link_is_in_the_invitation_of_a_participant_and_not_in_the_public_calendar(booker):
    from trainings.calendars import invitations

    session = SessionFactory()
    DayPart.objects.update(online_link="https://vergadering.demo/geheim")
    book_seats(session, by=booker, participants=[BERT])
    assert "vergadering.demo/geheim" in OutboxMessage.objects.get(kind="invitation").calendar.replace("\r\n ", "")
    assert "vergadering.demo" not in str(invitations.session_events(session))


def test_the_waiting_list_mail_invites_nobody(booker):
    session = SessionFactory(capacity=1)
    book_seats(session, by=booker, participants=[NOOR, BERT], or_wait=True)
    assert sent() == [("waiting_list", "noor@school.demo", "")]


def test_the_waiting_list_mail_promises_to_let_know_and_nothing_more(booker):
    book_seats(SessionFactory(capacity=1), by=booker, participants=[NOOR, BERT], or_wait=True)
    text = text_of("waiting_list", "noor@school.demo")
    assert "Wat gebeurt er nu?\n- We laten het je weten als er een plaats vrijkomt.\n- Je hebt nog geen plaats." in text
    assert "volgorde" not in text


def test_a_cancelled_session_tells_everybody_once(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    book_seats(session, by=UserFactory(email="els@jeugdhuis.demo"), participants=[Person("Jan", "Claes")])
    OutboxMessage.objects.all().delete()
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="De lesgever is ziek.")
    assert mail.session_cancelled(Session.objects.get(pk=session.pk)) == 3
    assert sorted(sent()) == [
        ("session_cancelled", "bert@school.demo", "CANCEL"),
        ("session_cancelled", "els@jeugdhuis.demo", ""),
        ("session_cancelled", "noor@school.demo", "CANCEL"),
    ]
    assert all("De lesgever is ziek." in text for text in OutboxMessage.objects.values_list("text", flat=True))


def test_a_cancelled_session_says_whom_it_is_about_and_promises_a_calendar_to_who_has_it_there(booker):
    session = SessionFactory(capacity=2)
    els = UserFactory(email="els@jeugdhuis.demo", first_name="Els")
    book_seats(session, by=booker, participants=[NOOR, BERT])
    book_seats(session, by=els, participants=[Person("Jan", "Claes", "jan@jeugdhuis.demo")], or_wait=True)
    planning.cancel_session(session, by=booker, reason="De lesgever is ziek.")
    texts = {to: text_of("session_cancelled", to) for to in mail_addresses("session_cancelled")}
    about = "Het gaat over deze mensen, die je inschreef:"
    agenda = "De afspraak verdwijnt uit je agenda."
    assert {to: (about in text, agenda in text) for to, text in texts.items()} == {
        "noor@school.demo": (True, True),
        "bert@school.demo": (False, True),
        "els@jeugdhuis.demo": (True, False),
        "jan@jeugdhuis.demo": (False, False),
    }
    assert f"{about}\n- Jan Claes (op de wachtlijst)\n" in texts["els@jeugdhuis.demo"]
    calendars = OutboxMessage.objects.filter(kind="session_cancelled").exclude(calendar="")
    assert sorted(calendars.values_list("to", flat=True)) == ["bert@school.demo", "noor@school.demo"]


def test_a_message_to_all_goes_once_to_every_address(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[NOOR, BERT, CARO])
    OutboxMessage.objects.all().delete()
    assert mail.message_to_all(session, subject="Parkeren", text="Kom met de fiets.", by=booker) == 2
    assert sorted(sent()) == [("message_to_all", "bert@school.demo", ""), ("message_to_all", "noor@school.demo", "")]


def test_a_name_with_markup_stays_text_in_the_html_of_a_mail(booker):
    book_seats(SessionFactory(), by=booker, participants=[Person("<b>Bert</b>", "O'Brien")])
    message = OutboxMessage.objects.get(kind="booking_confirmed")
    [(html, _kind)] = outbox.as_email(message).alternatives[:1]
    assert "<b>Bert</b>" in message.text
    assert "<b>Bert" not in html


def test_a_dropped_day_part_leaves_the_calendar_and_the_other_one_stays(booker):
    session = SessionFactory(parts=2)
    book_seats(session, by=booker, participants=[BERT])
    before = {event["UID"] for event in events(OutboxMessage.objects.get(kind="invitation"))}
    planning.change_session(session, by=booker, parts=day_parts.of(session)[:1])
    [stays] = events(OutboxMessage.objects.get(kind="session_changed", to="bert@school.demo"))
    [leaves] = events(OutboxMessage.objects.get(kind="day_part_dropped"))
    assert ({stays["UID"], leaves["UID"]}, stays["STATUS"], leaves["STATUS"]) == (before, "CONFIRMED", "CANCELLED")
    assert stays["SEQUENCE"] == leaves["SEQUENCE"] == 1


def test_the_confirmation_says_when_the_team_has_still_to_confirm_the_organisation(booker):
    school = OrganisationFactory(state="proposed", name="Basisschool De Wilg")
    session = SessionFactory()
    book_seats(session, by=booker, participants=[NOOR], organisation=school)
    sentence = _("We do not know %(name)s yet. We look at it, and you need not do anything.") % {"name": school}
    assert sentence in text_of("booking_confirmed", booker.email)
    school.state = "confirmed"
    school.save()
    book_seats(session, by=booker, participants=[BERT], organisation=school)
    assert sentence not in OutboxMessage.objects.filter(kind="booking_confirmed").order_by("-created_at").first().text
