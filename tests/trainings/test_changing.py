"""Changing who comes: somebody else, the same person written right, and people who move to another session."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import OfferFactory, SessionFactory
from tests.trainings.life import BERT, CARO, JAN, NOOR, emails, forget_mail, full_session, people, sent, verbs, wait
from trainings.booking import book_seats, cancel_participants
from trainings.changing import correct_details, move_participants, replace_participant
from trainings.forms.changing import ChangeSeatForm
from trainings.models import AccessNeed, Booking, HistoryEntry, Participant, Session
from trainings.refusals import AlreadyBooked, AlreadyDecided, BookingClosed, NotTheSameTraining, SessionFull, TooLate
from trainings.seats import Person, seats_left

pytestmark = pytest.mark.django_db
State = Participant.State
VERBS = pytest.mark.parametrize("verb", [replace_participant, correct_details])


@pytest.fixture
def booker():
    return UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")


@pytest.fixture
def seat(booker):
    """Bert's seat in a session of one seat, booked by Noor."""
    seat = book_seats(SessionFactory(capacity=1), by=booker, participants=[BERT]).participants.get()
    forget_mail()
    return seat


def event(kind: str, to: str) -> tuple[str, int, str]:
    """UID, SEQUENCE and STATUS of the one event that a mail puts into a calendar."""
    [found] = Calendar.from_ical(OutboxMessage.objects.get(kind=kind, to=to).calendar).walk("VEVENT")
    return str(found["UID"]), int(found["SEQUENCE"]), str(found["STATUS"])


def test_somebody_else_takes_the_seat_and_none_comes_free(seat, booker):
    entry = wait(seat.session, 1)
    replace_participant(seat, CARO, by=booker)
    seat.refresh_from_db()
    assert (seat.full_name, seat.email, seat.state) == ("Caro D'hondt", CARO.email, State.CONFIRMED)
    assert (seats_left(seat.session), entry.offers.count(), seat.session.participants.seated().count()) == (0, 0, 1)
    assert HistoryEntry.objects.get(verb="replaced").detail == "Bert Van den Broeck → Caro D'hondt"


def test_who_leaves_gets_a_cancellation_and_who_comes_an_invitation_of_another_appointment(seat, booker):
    before = seat.invitation_key
    replace_participant(seat, CARO, by=booker)
    seat.refresh_from_db()
    assert sent() == [
        ("invitation", CARO.email, "REQUEST"),
        ("participant_cancelled", BERT.email, "CANCEL"),
        ("participant_replaced", NOOR.email, ""),
    ]
    [left, came] = event("participant_cancelled", BERT.email), event("invitation", CARO.email)
    assert (left[0].startswith(str(before)), left[1:]) == (True, (1, "CANCELLED"))
    assert (came[0].startswith(str(seat.invitation_key)), came[1:]) == (True, (0, "CONFIRMED"))
    assert seat.invitation_key != before


def test_the_booker_who_sends_somebody_else_loses_the_own_appointment(booker):
    own = book_seats(SessionFactory(), by=booker, participants=[NOOR]).participants.get()
    forget_mail()
    replace_participant(own, JAN, by=booker)
    assert sent() == [("participant_cancelled", NOOR.email, "CANCEL"), ("participant_replaced", NOOR.email, "")]


def test_what_the_calendar_replied_and_what_the_former_needed_is_not_the_new_persons(seat, booker):
    Participant.objects.filter(pk=seat.pk).update(reply="declined", replied_at=timezone.now())
    AccessNeed.objects.create(participant=seat, text="Een rolstoel")
    replace_participant(seat, CARO, by=booker)
    seat.refresh_from_db()
    assert (seat.reply, seat.replied_at, AccessNeed.objects.count()) == ("", None, 0)


def test_the_same_form_twice_replaces_once(seat, booker):
    for _attempt in range(2):
        replace_participant(seat, CARO, by=booker)
    assert (len(sent()), verbs(seat.session).count("replaced")) == (3, 1)


def test_somebody_who_waits_is_replaced_in_the_queue_without_any_calendar(booker):
    waits = book_seats(full_session(1), by=booker, participants=[BERT], or_wait=True).participants.get()
    forget_mail()
    replace_participant(waits, CARO, by=booker)
    waits.refresh_from_db()
    assert (waits.email, waits.state, {method for _kind, _to, method in sent()}) == (CARO.email, State.WAITING, {""})


@VERBS
def test_nobody_gets_a_second_seat_in_a_session(booker, verb):
    seats = book_seats(SessionFactory(), by=booker, participants=[BERT, CARO]).participants
    with pytest.raises(AlreadyBooked):
        verb(seats.get(email=BERT.email), Person("Caro", "Dhondt", " CARO@school.demo"), by=booker)


@VERBS
def test_the_deadline_is_the_bookers_and_the_team_changes_after_it_with_a_reason(seat, booker, verb):
    Session.objects.filter(pk=seat.session_id).update(changing_closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(TooLate):
        verb(seat, CARO, by=booker)
    assert verb(seat, CARO, by=UserFactory(), as_team=True, reason="Ziek gemeld").email == CARO.email
    assert "(Ziek gemeld)" in HistoryEntry.objects.get(verb__in=["replaced", "corrected"]).detail


def typed(seat, who, as_team=False, **changes):
    facts = {name: getattr(seat, name) for name in ("first_name", "family_name", "email", "function")}
    return ChangeSeatForm(facts | {"who": who} | changes, participant=seat, as_team=as_team)


@pytest.mark.parametrize(
    ("who", "as_team", "wrong"), [("other", True, ["reason"]), ("same", True, []), ("other", False, []), ("same", False, [])]
)
def test_only_the_team_that_sends_somebody_else_is_asked_for_a_reason(seat, who, as_team, wrong):
    assert list(typed(seat, who, as_team, first_name="Caro").errors) == wrong


@pytest.mark.parametrize("as_team", [False, True])
def test_somebody_else_is_not_who_has_the_seat(seat, as_team):
    assert list(typed(seat, "other", as_team, email=BERT.email.upper(), function="Arts", reason="Ziek").errors) == ["first_name"]


def test_a_function_that_nobody_touched_does_not_go_to_somebody_else(seat, booker):
    Participant.objects.filter(pk=seat.pk).update(function="Directeur")
    seat.refresh_from_db()
    for typed_function, kept in (("Directeur", ""), ("Arts", "Arts")):
        form = typed(seat, "other", first_name="Caro", function=typed_function)
        assert (form.is_valid(), form.cleaned_data["function"]) == (True, kept)


def test_the_form_for_somebody_else_sent_twice_replaces_once_and_is_no_error(seat, booker):
    Participant.objects.filter(pk=seat.pk).update(function="Directeur")
    seat.refresh_from_db()
    sent = dict(typed(seat, "other", first_name="Caro").data)
    for _attempt in range(2):
        form = ChangeSeatForm(sent, participant=Participant.objects.get(pk=seat.pk))
        assert form.is_valid()
        form.save(by=booker)
    assert (verbs(seat.session).count("replaced"), Participant.objects.get(pk=seat.pk).function) == (1, "")


@VERBS
def test_a_seat_that_was_given_back_or_has_no_name_yet_is_not_changed(booker, verb):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT], without_name=1)
    gone, nameless = made.participants.order_by("-first_name")
    cancel_participants([gone], by=booker)
    for seat in (gone, nameless):
        with pytest.raises(AlreadyDecided):
            verb(seat, CARO, by=booker)


@VERBS
def test_nobody_is_invited_to_a_session_that_does_not_take_place(seat, booker, verb):
    Session.objects.filter(pk=seat.session_id).update(state="cancelled", cancel_reason="Ziekte")
    with pytest.raises(BookingClosed):
        verb(seat, CARO, by=booker, as_team=True)


def test_a_corrected_address_is_invited_to_the_same_appointment_with_a_higher_number(seat, booker):
    correct_details(seat, Person("Bert", "Van den Broeck", "Bert@stad.demo"), by=booker)
    assert sent() == [("invitation", "bert@stad.demo", "REQUEST")]
    uid, sequence, status = event("invitation", "bert@stad.demo")
    assert (uid.startswith(str(seat.invitation_key)), sequence, status) == (True, 1, "CONFIRMED")


def test_a_corrected_name_is_noted_and_mailed_to_nobody(seat, booker):
    correct_details(seat, Person("Bart", "Van den Broeck", BERT.email, "Leerkracht"), by=booker)
    seat.refresh_from_db()
    assert (seat.first_name, seat.function, sent(), verbs(seat.session)[-1]) == ("Bart", "Leerkracht", [], "corrected")


def test_nothing_new_is_no_correction(seat, booker):
    correct_details(seat, Person(" Bert ", "Van den Broeck", "BERT@school.demo"), by=booker)
    seat.refresh_from_db()
    assert (seat.invitation_sequence, verbs(seat.session)) == (0, ["booked"])


def test_moving_takes_people_out_of_one_calendar_and_puts_them_into_another(booker):
    school = OrganisationFactory()
    made = book_seats(SessionFactory(), by=booker, participants=[NOOR, BERT, JAN], organisation=school)
    to, by = SessionFactory(), UserFactory()
    forget_mail()
    arrived = move_participants(list(made.participants.all()), to, by=by, reason="De lesgever kan niet")
    new = Booking.objects.get(session=to)
    assert (new.organisation, new.booked_by, new.moved_from, new.stage) == (school, booker, made, "")
    assert [(one.full_name, one.state, one.booking) for one in arrived] == [
        (f"{person.first_name} {person.family_name}", State.CONFIRMED, new) for person in (NOOR, BERT, JAN)
    ]
    assert not made.participants.active().exists()
    assert sent() == [
        ("invitation", BERT.email, "REQUEST"),
        ("own_seat_moved", BERT.email, "CANCEL"),
        ("own_seat_moved", NOOR.email, "CANCEL"),
        ("participants_moved", NOOR.email, "REQUEST"),
    ]
    assert (verbs(made)[-1], verbs(new)) == ("moved", ["moved"])
    assert new.history.get().by == by


def test_who_moves_has_another_appointment_with_a_number_of_its_own(booker):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT])
    old = made.participants.get().invitation_key
    [arrived] = move_participants(made.participants.all(), SessionFactory(), by=booker)
    assert arrived.invitation_key != old
    left = OutboxMessage.objects.get(kind="own_seat_moved").calendar.replace("\r\n ", "")
    assert (f"UID:{old}" in left, "SEQUENCE:1" in left, "STATUS:CANCELLED" in left) == (True, True, True)


def test_seats_that_moving_leaves_are_offered_on(seat, booker):
    entry = wait(seat.session, 1)
    move_participants([seat], SessionFactory(), by=booker)
    assert (entry.offers.get().is_open, seats_left(seat.session)) == (True, 0)


def test_who_waits_or_asks_and_is_moved_has_a_seat_there_and_nothing_to_decide_here(booker):
    asks = book_seats(SessionFactory(approval="team"), by=booker, participants=[BERT])
    waits = book_seats(full_session(1), by=booker, participants=[CARO], or_wait=True)
    to = SessionFactory()
    for made in (asks, waits):
        forget_mail()
        move_participants(made.participants.all(), to, by=booker)
        # Nothing was in a calendar that could leave it.
        assert [method for _kind, _to, method in sent() if method == "CANCEL"] == []
    waits.waiting_entry.refresh_from_db()
    assert (emails(to.participants.seated()), waits.waiting_entry.left_at is None) == ([BERT.email, CARO.email], False)


def test_seats_without_a_name_move_as_such_and_a_head_count_stays_one(booker):
    later = book_seats(SessionFactory(), by=booker, without_name=1)
    staff = book_seats(SessionFactory(head_count=True), by=booker, without_name=2, head_count=True)
    to = SessionFactory()
    for made in (later, staff):
        move_participants(made.participants.all(), to, by=booker)
    assert sorted(to.participants.values_list("booking__head_count", "state")) == [
        (False, State.RESERVED),
        (True, State.CONFIRMED),
        (True, State.CONFIRMED),
    ]


def test_too_few_seats_move_nobody_unless_on_purpose_which_is_recorded(booker):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT, CARO, JAN])
    to = SessionFactory(capacity=1)
    with pytest.raises(SessionFull) as refusal:
        move_participants(made.participants.all(), to, by=booker)
    assert (refusal.value.seats_left, made.participants.seated().count(), to.participants.count()) == (1, 3, 0)
    assert len(move_participants(made.participants.all(), to, by=booker, overbook=True)) == 3
    assert "+2" in to.history.values_list("detail", flat=True)


def test_seats_that_are_offered_there_are_not_given_to_who_moves(booker):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT])
    to = SessionFactory(capacity=1)
    OfferFactory(entry__session=to)
    with pytest.raises(SessionFull):
        move_participants(made.participants.all(), to, by=booker)


def test_nobody_moves_to_where_they_are_or_have_a_seat_or_where_nobody_can_be(booker):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT])
    taken, draft = SessionFactory(), SessionFactory(state=Session.State.DRAFT)
    book_seats(taken, by=booker, participants=[BERT])
    refused = {made.session: NotTheSameTraining, taken: AlreadyBooked, draft: BookingClosed}
    for to, refusal in refused.items():
        with pytest.raises(refusal):
            move_participants(made.participants.all(), to, by=booker)
    assert made.participants.seated().count() == 1


def test_who_was_cancelled_meanwhile_does_not_come_along(booker):
    made = book_seats(SessionFactory(), by=booker, participants=[BERT, CARO])
    chosen, to = list(made.participants.all()), SessionFactory()
    cancel_participants([chosen[0]], by=booker)
    assert [one.email for one in move_participants(chosen, to, by=booker)] == [CARO.email]
    assert move_participants([], to, by=booker) == []


def test_people_of_several_bookings_move_with_one_mail_for_each_booker():
    here, to = SessionFactory(), SessionFactory()
    bookings = [book_seats(here, by=UserFactory(), participants=people(2, start)) for start in (0, 10)]
    forget_mail()
    move_participants(list(here.participants.all()), to, by=UserFactory())
    assert sorted(to for kind, to, _method in sent() if kind == "participants_moved") == sorted(
        made.booked_by.email for made in bookings
    )
    assert list(to.bookings.order_by("pk").values_list("moved_from", flat=True)) == [made.pk for made in bookings]
