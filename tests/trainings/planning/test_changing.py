"""Changing a session that people have booked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory, VenueFactory
from trainings import attendance, planning, refusals
from trainings.dates import day_parts
from trainings.models import DayPart

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory()


def seat(session, email="sam@school.demo", **fields):
    return ParticipantFactory(booking=BookingFactory(session=session), email=email, **fields)


def an_hour_later(part):
    return replace(part, starts_at=part.starts_at + timedelta(hours=1), ends_at=part.ends_at + timedelta(hours=1))


def test_change_session_below_use_warns_and_cancels_nobody(organiser):
    session = SessionFactory(capacity=3)
    people = [seat(session, f"p{n}@school.demo") for n in range(3)]
    change = planning.change_session(session, by=organiser, capacity=1)
    assert change == planning.Change(facts=(_("number of seats"),), mailed=0, beyond=2)
    assert session.participants.seated().count() == len(people)
    assert not OutboxMessage.objects.exists()


def test_change_session_mails_new_times_with_a_higher_number(organiser):
    session = SessionFactory()
    participant = seat(session)
    [part] = day_parts.of(session)
    change = planning.change_session(session, by=organiser, parts=[an_hour_later(part)])
    mail = OutboxMessage.objects.get(to="sam@school.demo")
    assert change.mailed == OutboxMessage.objects.count() == 2
    assert (mail.calendar_method, "SEQUENCE:1" in mail.calendar) == ("REQUEST", True)
    assert f"UID:{participant.invitation_key}-{part.pk}@" in mail.calendar.replace("\r\n ", "")


def test_change_session_mails_a_new_place(organiser):
    session = SessionFactory()
    seat(session)
    [part] = day_parts.of(session)
    change = planning.change_session(session, by=organiser, parts=[replace(part, venue=VenueFactory())])
    assert (change.facts, change.mailed) == ((_("time or place"),), 2)


def text_to(address: str) -> str:
    """The mail about the change to this address."""
    return OutboxMessage.objects.get(kind="session_changed", to=address).text


def test_change_session_says_what_was_and_what_is(organiser):
    session = SessionFactory()
    DayPart.objects.update(venue=VenueFactory(name="De Zeven Stoelen"))
    seat(session)
    [part] = day_parts.of(session)
    planning.change_session(
        session, by=organiser, parts=[replace(an_hour_later(part), venue=VenueFactory(name="Het Lantaarnhuis"))]
    )
    day, address = date_format(timezone.localtime(part.starts_at), "l j F Y"), "Kaaistraat 1, 9000 Gent"
    assert (
        f"Was: {day}, 9.00–12.00, De Zeven Stoelen, {address}\nIs nu: {day}, 10.00–13.00, Het Lantaarnhuis, {address}\n"
        in text_to("sam@school.demo")
    )


def test_change_session_says_what_falls_out_and_what_is_new_and_leaves_out_what_stays(organiser):
    session = SessionFactory(parts=2)
    seat(session)
    one, two = day_parts.of(session)
    new = replace(two, pk=None, starts_at=two.starts_at + timedelta(days=7), ends_at=two.ends_at + timedelta(days=7))
    planning.change_session(session, by=organiser, parts=[one, new])
    days = [date_format(timezone.localtime(part.starts_at), "l j F Y") for part in (one, two, new)]
    told = text_to("sam@school.demo").partition("Dit is de sessie nu:")[0].splitlines()
    place = _("place to be announced")
    assert [line for line in told if ", 9.00" in line] == [
        f"Valt weg: {days[1]}, 9.00–12.00, {place}",
        f"Nieuw: {days[2]}, 9.00–12.00, {place}",
    ]


def test_change_session_says_that_only_the_link_is_new(organiser):
    session = SessionFactory()
    DayPart.objects.update(online_link="https://vergadering.demo/oud")
    seat(session)
    [part] = day_parts.of(session)
    planning.change_session(session, by=organiser, parts=[replace(part, online_link="https://vergadering.demo/nieuw")])
    text = text_to("sam@school.demo")
    assert ["Nieuwe link om online deel te nemen: " in text, "Was: " in text, "vergadering.demo/oud" in text] == [
        True,
        False,
        False,
    ]


def test_change_session_says_which_colleagues_it_is_about(organiser):
    session, booker = SessionFactory(), UserFactory(email="sarah@cawel.demo", first_name="Sarah")
    booking = BookingFactory(session=session, booked_by=booker)
    for name, email in (("Dirk", "dirk@cawel.demo"), ("Els", "")):
        ParticipantFactory(booking=booking, first_name=name, family_name="Maes", email=email)
    [part] = day_parts.of(session)
    planning.change_session(session, by=organiser, parts=[an_hour_later(part)])
    about = "Het gaat over deze mensen, die je inschreef:\n- Dirk Maes\n- Els Maes\nWie geen e-mailadres opgaf, krijgt geen mail"
    assert (about in text_to("sarah@cawel.demo"), "Het gaat over" in text_to("dirk@cawel.demo")) == (True, False)


def test_change_session_promises_a_changed_appointment_to_who_gets_a_calendar_file_only(organiser):
    session = SessionFactory()
    participant = seat(session)
    [part] = day_parts.of(session)
    planning.change_session(session, by=organiser, parts=[an_hour_later(part)])
    booker = participant.booking.booked_by.email
    for address, promised in (("sam@school.demo", True), (booker, False)):
        message = OutboxMessage.objects.get(to=address)
        assert ("De afspraak in je agenda verandert mee." in message.text, bool(message.calendar)) == (promised, promised)


def test_change_session_mails_nobody_when_time_and_place_stay(organiser):
    session = SessionFactory()
    seat(session)
    change = planning.change_session(session, by=organiser, parts=day_parts.of(session), team_note="Beamer meebrengen")
    assert (change.mailed, OutboxMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize(("state", "days"), [("draft", 30), ("done", -3), ("published", -3)])
def test_change_session_mails_nobody_about_a_draft_or_the_past(organiser, state, days):
    session = SessionFactory(state=state, days=days)
    seat(session)
    [part] = day_parts.of(session)
    change = planning.change_session(session, by=organiser, parts=[an_hour_later(part)])
    assert (change.facts, change.mailed, OutboxMessage.objects.count()) == ((_("time or place"),), 0, 0)


def test_change_session_lets_two_day_parts_take_each_others_place(organiser):
    session = SessionFactory(parts=2)
    one, two = day_parts.of(session)
    swapped = [
        replace(one, starts_at=two.starts_at, ends_at=two.ends_at),
        replace(two, starts_at=one.starts_at, ends_at=one.ends_at),
    ]
    planning.change_session(session, by=organiser, parts=swapped)
    assert [part.pk for part in session.day_parts.all()] == [two.pk, one.pk]


def test_change_session_moves_a_day_part_to_the_hour_that_another_one_leaves(organiser):
    session = SessionFactory(parts=3)
    parts = day_parts.of(session)
    later = [
        replace(part, starts_at=part.starts_at + timedelta(days=1), ends_at=part.ends_at + timedelta(days=1)) for part in parts
    ]
    planning.change_session(session, by=organiser, parts=later)
    assert day_parts.of(session) == later


def test_change_session_adds_and_removes_day_parts(organiser):
    session = SessionFactory(parts=2)
    one, two = day_parts.of(session)
    new = replace(two, pk=None, starts_at=two.starts_at + timedelta(days=7), ends_at=two.ends_at + timedelta(days=7))
    planning.change_session(session, by=organiser, parts=[one, new])
    assert [part.starts_at for part in session.day_parts.all()] == [one.starts_at, new.starts_at]


def test_change_session_refuses_to_remove_the_last_day_part(organiser):
    session = SessionFactory()
    with pytest.raises(refusals.NoDayPart):
        planning.change_session(session, by=organiser, parts=[])


def test_change_session_refuses_to_remove_a_day_part_with_noted_attendance(organiser):
    session = SessionFactory(parts=2)
    participant = seat(session)
    one, two = day_parts.of(session)
    attendance.note_attendance(session, marks={(participant.pk, two.pk): "excused"}, by=organiser)
    with pytest.raises(refusals.AttendanceNoted):
        planning.change_session(session, by=organiser, parts=[one])
    assert session.day_parts.count() == 2


def test_change_session_ignores_the_day_parts_of_another_session(organiser):
    session, other = SessionFactory(), SessionFactory(days=60)
    [foreign] = day_parts.of(other)
    planning.change_session(session, by=organiser, parts=[an_hour_later(foreign)])
    assert day_parts.of(other) == [foreign]


def test_change_session_refuses_a_cancelled_session(organiser):
    session = SessionFactory(state="cancelled", cancel_reason="Ziekte")
    with pytest.raises(refusals.StepNotAllowed):
        planning.change_session(session, by=organiser, capacity=3)


def test_change_session_remembers_what_changed_and_who_changed_it(organiser):
    session, trainer = SessionFactory(capacity=10), TrainerFactory()
    planning.change_session(session, by=organiser, capacity=12, waiting_list=True, trainers=[trainer])
    assert list(session.history.values_list("verb", "detail", "by")) == [
        ("changed", f"{_('number of seats')}, {_('trainers')}", organiser.pk)
    ]


def test_change_session_without_a_change_leaves_no_trace(organiser):
    session = SessionFactory(capacity=10)
    assert planning.change_session(session, by=organiser, capacity=10) == planning.Change()
    assert not session.history.exists()


def test_later_keeps_the_hour_over_the_clock_change():
    autumn = timezone.make_aware(timezone.datetime(2027, 10, 24, 9))
    assert timezone.localtime(day_parts.later(autumn, timedelta(days=14))).isoformat() == "2027-11-07T09:00:00+01:00"


def test_change_session_does_not_put_back_what_a_colleague_changed_meanwhile(organiser):
    session = SessionFactory(capacity=10)
    seen = planning.last_change(session)
    planning.change_session(session, by=UserFactory(), seen=seen, capacity=8)
    with pytest.raises(refusals.ChangedMeanwhile):
        planning.change_session(session, by=organiser, seen=seen, capacity=10, public_note="Breng water mee.")
    session.refresh_from_db()
    assert (session.capacity, session.public_note) == (8, "")
    planning.change_session(session, by=organiser, seen=planning.last_change(session), public_note="Breng water mee.")
    session.refresh_from_db()
    assert (session.capacity, session.public_note) == (8, "Breng water mee.")
