"""Bookings that await approval: agreed to, approved, not approved, and decided once."""

import pytest

from knowledge.network import coordinating
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT, CARO, NOOR, emails, forget_mail, people, sent, verbs, wait
from trainings import approval
from trainings.booking import add_participant, book_seats, cancel_participants
from trainings.changing import move_participants
from trainings.models import Booking, HistoryEntry, Participant, Session
from trainings.refusals import AlreadyDecided, NoReason, SessionFull
from trainings.seats import Person, seats_left

pytestmark = pytest.mark.django_db
State, Stage = Participant.State, Booking.Stage
DECISIONS = {
    "agree": lambda booking: approval.agree(booking, by=UserFactory()),
    "approve": lambda booking: approval.approve(booking, by=UserFactory()),
    "refuse": lambda booking: approval.refuse(booking, by=UserFactory(), reason="Te weinig plaats"),
}
EACH = pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS.keys())


@pytest.fixture
def booker():
    return UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")


@pytest.fixture
def booking(booker):
    """Two people and a seat without a name, asked of a coordinator first."""
    school = OrganisationFactory()
    MembershipFactory(organisation=school, role="coordinator")
    session = SessionFactory(capacity=3, approval="coordinator")
    made = book_seats(session, by=booker, participants=[NOOR, BERT], without_name=1, organisation=school)
    forget_mail()
    return made


def states(booking) -> list[str]:
    return list(booking.participants.order_by("pk").values_list("state", flat=True))


def ask(session, start: int, **facts):
    return book_seats(session, by=UserFactory(), participants=people(1, start), **facts)


def test_when_the_coordinator_agrees_it_is_the_teams_turn(booking):
    by = UserFactory()
    assert approval.agree(booking, by=by).stage == Stage.TEAM
    assert (states(booking), HistoryEntry.objects.get(verb="agreed").by) == ([State.PENDING] * 3, by)


def test_a_coordinator_agrees_once_and_only_where_asked(booking):
    approval.agree(booking, by=UserFactory())
    with pytest.raises(AlreadyDecided):
        approval.agree(booking, by=UserFactory())


def test_when_the_team_approves_who_asked_has_a_seat_and_is_told(booking):
    approval.agree(booking, by=UserFactory())
    assert approval.approve(booking, by=UserFactory()).stage == Stage.NONE
    assert states(booking) == [State.CONFIRMED, State.CONFIRMED, State.RESERVED]
    assert sent() == [("booking_confirmed", NOOR.email, "REQUEST"), ("invitation", BERT.email, "REQUEST")]
    assert verbs(booking) == ["asked", "agreed", "approved"]


def test_the_team_approves_also_when_the_coordinator_does_not_answer(booking):
    approval.approve(booking, by=UserFactory())
    assert verbs(booking) == ["asked", "approved"]


def test_not_approved_seats_come_free_and_the_booker_reads_why(booking):
    entry = wait(booking.session, 1)
    Booking.objects.filter(pk=entry.booking_id).update(stage="")
    forget_mail()
    approval.refuse(booking, by=UserFactory(), reason="Deze vorming volgde je al")
    booking.refresh_from_db()
    assert (states(booking), booking.stage) == ([State.REFUSED] * 3, Stage.NONE)
    assert [one for one in sent() if one[0] == "booking_refused"] == [("booking_refused", NOOR.email, "")]
    assert "Deze vorming volgde je al" in OutboxMessage.objects.get(kind="booking_refused").text
    assert (entry.offers.get().is_open, seats_left(booking.session)) == (True, 2)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nobody_is_refused_without_a_reason(booking, reason):
    with pytest.raises(NoReason):
        approval.refuse(booking, by=UserFactory(), reason=reason)
    assert states(booking) == [State.PENDING] * 3


def test_who_was_refused_may_ask_again(booking, booker):
    approval.refuse(booking, by=UserFactory(), reason="Te vroeg")
    assert states(book_seats(booking.session, by=booker, participants=[BERT])) == [State.PENDING]


@EACH
@pytest.mark.parametrize("before", ["approve", "refuse"])
def test_of_two_decisions_the_first_counts(booking, decide, before):
    DECISIONS[before](booking)
    as_they_stand = states(booking)
    forget_mail()
    with pytest.raises(AlreadyDecided):
        decide(booking)
    assert (states(booking), sent()) == (as_they_stand, [])


@EACH
def test_a_booking_that_was_withdrawn_or_moved_is_not_decided_on(booker, decide):
    withdrawn = book_seats(SessionFactory(approval="team"), by=booker, participants=[BERT])
    cancel_participants(withdrawn.participants.all(), by=booker)
    moved = book_seats(SessionFactory(approval="team"), by=booker, participants=[CARO])
    move_participants(moved.participants.all(), SessionFactory(), by=UserFactory())
    Booking.objects.update(stage=Stage.COORDINATOR)
    forget_mail()
    for one in (withdrawn, moved):
        with pytest.raises(AlreadyDecided):
            decide(one)
    assert sent() == []


@EACH
def test_a_booking_of_a_session_that_does_not_take_place_is_not_decided_on(booking, decide):
    Session.objects.filter(pk=booking.session_id).update(state="cancelled", cancel_reason="Ziekte")
    with pytest.raises(AlreadyDecided):
        decide(booking)


@EACH
def test_a_booking_that_asked_nobody_is_not_decided_on(booker, decide):
    with pytest.raises(AlreadyDecided):
        decide(book_seats(SessionFactory(), by=booker, participants=[BERT]))


def test_where_asking_keeps_no_seat_who_is_approved_first_sits_first():
    session = SessionFactory(capacity=1, approval="team", pending_holds_seat=False)
    first, second = ask(session, 0), ask(session, 10)
    approval.approve(second, by=UserFactory())
    with pytest.raises(SessionFull):
        approval.approve(first, by=UserFactory())
    first.refresh_from_db()
    assert (emails(session.participants.seated()), first.stage) == (["n10@school.demo"], Stage.TEAM)


def test_the_team_approves_beyond_the_last_seat_on_purpose_and_it_is_recorded():
    session = SessionFactory(capacity=1, approval="team", pending_holds_seat=False)
    first, second = ask(session, 0), ask(session, 10)
    approval.approve(first, by=UserFactory())
    approval.approve(second, by=UserFactory(), overbook=True)
    assert (seats_left(session), list(HistoryEntry.objects.filter(verb="approved").values_list("detail", flat=True))) == (
        -1,
        ["+1", ""],
    )


def test_seats_that_asking_kept_are_enough_for_who_asked():
    session = SessionFactory(capacity=1, approval="team")
    approval.approve(ask(session, 0), by=UserFactory())
    assert seats_left(session) == 0


def test_fewer_seats_than_were_asked_for_need_a_purpose(booking):
    Session.objects.filter(pk=booking.session_id).update(capacity=2)
    with pytest.raises(SessionFull) as refusal:
        approval.approve(booking, by=UserFactory())
    assert refusal.value.seats_left == 2
    approval.approve(booking, by=UserFactory(), overbook=True)
    assert HistoryEntry.objects.get(verb="approved").detail == "+1"


def test_who_waits_in_an_approved_booking_keeps_waiting_and_needs_no_second_approval():
    session = SessionFactory(capacity=1, approval="team")
    asks, waits = ask(session, 0), ask(session, 10, or_wait=True)
    approval.approve(waits, by=UserFactory())
    assert (states(waits), seats_left(session)) == ([State.WAITING], 0)
    approval.refuse(asks, by=UserFactory(), reason="Al gevolgd")
    assert waits.waiting_entry.offers.get().is_open


def test_a_refused_place_on_the_waiting_list_is_closed_with_its_offer():
    session = SessionFactory(capacity=1, approval="team")
    asks, waits = ask(session, 0), ask(session, 10, or_wait=True)
    cancel_participants(asks.participants.all(), by=asks.booked_by)
    approval.refuse(waits, by=UserFactory(), reason="Al gevolgd")
    waits.waiting_entry.refresh_from_db()
    assert (states(waits), waits.waiting_entry.left_at is None) == ([State.REFUSED], False)
    assert (waits.waiting_entry.offers.get().state, seats_left(session)) == ("withdrawn", 1)


def test_somebody_whom_the_team_seated_meanwhile_keeps_the_seat_when_the_booking_is_refused():
    session = SessionFactory(capacity=1, approval="team")
    ask(session, 0)
    waits = book_seats(session, by=UserFactory(), participants=[BERT, Person("An", "Maes")], or_wait=True)
    add_participant(session, by=UserFactory(), person=BERT, overbook=True)
    approval.refuse(waits, by=UserFactory(), reason="Eén is genoeg")
    assert states(waits) == [State.CONFIRMED, State.REFUSED]


def test_what_awaits_a_coordinator_awaits_the_team_once_there_is_none_any_more(booking):
    first = booking.organisation.memberships.coordinators().get()
    second = MembershipFactory(organisation=booking.organisation, role="coordinator")
    elsewhere = MembershipFactory(role="coordinator")
    asked = book_seats(
        SessionFactory(approval="coordinator"), by=UserFactory(), participants=[CARO], organisation=elsewhere.organisation
    )
    coordinating.end(first, by=second.user)
    booking.refresh_from_db()
    assert booking.stage == Stage.COORDINATOR
    coordinating.make_member(second, by=second.user, knowingly=True)
    for one in (booking, asked):
        one.refresh_from_db()
    assert (booking.stage, asked.stage) == (Stage.TEAM, Stage.COORDINATOR)
    approval.approve(booking, by=UserFactory())
