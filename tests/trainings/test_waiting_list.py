"""The waiting list: who waits goes first, and the team gives the seats."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import SessionFactory
from trainings.booking import add_participant, add_walk_in, book_seats, cancel_participants
from trainings.catalogue import page, snapshot
from trainings.models import HistoryEntry, Offer, Participant
from trainings.refusals import BookingClosed, SessionFull, TooLate
from trainings.seats import Person, seats_left, seats_to_book
from trainings.waiting import give_seats

pytestmark = pytest.mark.django_db


def people(number: int, start: int = 0) -> list[Person]:
    return [Person("Wie", f"Nummer {at}", f"n{at}@school.demo") for at in range(start, start + number)]


@pytest.fixture
def session():
    """Two seats, both taken by one booking."""
    session = SessionFactory(capacity=2)
    book_seats(session, by=UserFactory(), participants=people(2))
    return session


def wait(session, number: int, start: int = 10, **fields):
    """So many people on the list; their place in it."""
    made = book_seats(session, by=UserFactory(), participants=people(number, start), or_wait=True, **fields)
    return made.waiting_entry


def free(session, number: int) -> None:
    cancel_participants(session.participants.seated()[:number], by=UserFactory(), as_team=True)


def seated(session) -> list[str]:
    return list(session.participants.seated().order_by("pk").values_list("email", flat=True))


def test_a_seat_that_comes_free_is_kept_for_who_waits(session):
    wait(session, 1)
    free(session, 1)
    # Offered, it is in use.
    assert (seats_left(session), seats_to_book(session)) == (0, 0)
    with pytest.raises(SessionFull):
        book_seats(session, by=UserFactory(), participants=people(1, 50))


def test_somebody_new_joins_the_list_behind_who_waits(session):
    wait(session, 1)
    free(session, 1)
    assert book_seats(session, by=UserFactory(), participants=people(1, 50), or_wait=True).waiting_entry.seats == 1


def test_a_seat_that_would_do_for_nobody_who_waits_is_free_for_somebody_new(session):
    wait(session, 2)
    free(session, 1)
    assert seats_to_book(session) == 1
    book_seats(session, by=UserFactory(), participants=people(1, 50))
    assert "n50@school.demo" in seated(session)


def test_a_seat_is_kept_for_a_group_for_which_fewer_will_do(session):
    wait(session, 2, fewer_is_fine=True)
    free(session, 1)
    assert seats_to_book(session) == 0


@pytest.mark.parametrize(("hours", "seats"), [(25, 0), (23, 1)])
def test_a_seat_that_comes_free_too_late_for_an_offer_is_for_who_comes_first(session, hours, seats):
    type(session).objects.filter(pk=session.pk).update(booking_closes_at=timezone.now() + timedelta(hours=hours))
    wait(session, 1)
    free(session, 1)
    Offer.objects.all().delete()  # of the first one: it is about who waits without an offer
    now = snapshot.read()
    [(facts, _training)] = now.coming()
    [row] = page.sessions_of(session.training, now.now)
    assert (seats_to_book(session), facts.seats_left, row.seats_left) == (seats, seats, seats)
    assert (facts.has_seats(now.now), facts.has_queue(now.now)) == (bool(seats), not seats)


def test_catalogue_and_training_page_say_what_the_allocator_does(session):
    wait(session, 1)
    free(session, 1)
    now = snapshot.read()
    [(facts, _training)] = now.coming()
    [row] = page.sessions_of(session.training, now.now)
    assert (facts.seats_left, facts.has_seats(now.now), facts.has_queue(now.now)) == (0, False, True)
    assert (row.seats_left, row.state) == (0, "waiting")


def test_give_seats_seats_who_waits_and_confirms_it_by_mail(session):
    entry = wait(session, 1)
    free(session, 1)
    OutboxMessage.objects.all().delete()
    by = UserFactory()
    assert give_seats(entry, by=by) == 1
    entry.refresh_from_db()
    assert (seated(session)[-1], entry.left_at is None, seats_left(session)) == ("n10@school.demo", False, 0)
    assert sorted(OutboxMessage.objects.values_list("kind", flat=True)) == ["booking_confirmed", "invitation"]
    assert HistoryEntry.objects.filter(booking=entry.booking, verb="seat_given", by=by).count() == 1


def test_give_seats_gives_all_or_none_where_all_are_asked_for(session):
    entry = wait(session, 2)
    free(session, 1)
    with pytest.raises(SessionFull):
        give_seats(entry, by=UserFactory())
    assert session.participants.filter(state=Participant.State.WAITING).count() == 2


def test_give_seats_gives_what_there_is_where_fewer_will_do_and_the_others_wait_on(session):
    entry = wait(session, 2, fewer_is_fine=True)
    free(session, 1)
    assert give_seats(entry, by=UserFactory()) == 1
    entry.refresh_from_db()
    assert (entry.seats, entry.left_at) == (1, None)
    free(session, 1)
    assert give_seats(entry, by=UserFactory()) == 1
    entry.refresh_from_db()
    assert (session.participants.filter(state=Participant.State.WAITING).count(), entry.left_at is None) == (0, False)


def test_give_seats_twice_gives_once(session):
    entry = wait(session, 1)
    free(session, 2)
    OutboxMessage.objects.all().delete()
    assert [give_seats(entry, by=UserFactory()), give_seats(entry, by=UserFactory())] == [1, 0]
    assert OutboxMessage.objects.filter(kind="booking_confirmed").count() == 1


def test_give_seats_refuses_a_session_that_does_not_take_place(session):
    entry = wait(session, 1)
    type(session).objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="De lesgever is ziek.")
    with pytest.raises(BookingClosed):
        give_seats(entry, by=UserFactory())


def test_the_organiser_gives_a_seat_from_the_page_of_the_session(client, session):
    entry = wait(session, 1)
    free(session, 1)
    organiser(client)
    page_of = reverse("organise:session", args=[session.pk])
    address = reverse("organise:give-seats", args=[session.pk, entry.pk])
    assert address in client.get(page_of).content.decode()
    assert client.post(address).url == f"{page_of}#wachtlijst"
    assert seated(session)[-1] == "n10@school.demo"
    assert address not in client.get(page_of).content.decode()


def test_the_page_offers_no_seat_that_there_is_not(client, session):
    entry = wait(session, 1)
    organiser(client)
    address = reverse("organise:give-seats", args=[session.pk, entry.pk])
    assert address not in client.get(reverse("organise:session", args=[session.pk])).content.decode()
    assert client.post(address, follow=True).status_code == 200
    assert "n10@school.demo" not in seated(session)
    other = SessionFactory()
    elsewhere = [(other.pk, entry.pk), (10**30, entry.pk), (session.pk, 10**30)]
    assert {client.post(reverse("organise:give-seats", args=place)).status_code for place in elsewhere} == {404}


def test_who_leaves_the_waiting_list_has_nothing_in_the_calendar_that_could_leave_it(session):
    entry = wait(session, 1)
    OutboxMessage.objects.all().delete()
    cancel_participants(entry.booking.participants.all(), by=entry.booking.booked_by)
    assert set(OutboxMessage.objects.values_list("calendar_method", flat=True)) == {""}


def test_who_waits_may_leave_the_list_after_the_deadline_but_seats_are_then_the_teams(session):
    entry = wait(session, 1)
    type(session).objects.filter(pk=session.pk).update(cancelling_closes_at=timezone.now())
    assert cancel_participants(entry.booking.participants.all(), by=entry.booking.booked_by) == 1
    with pytest.raises(TooLate):
        cancel_participants(session.participants.seated(), by=UserFactory())


def test_the_team_seats_somebody_who_waits_in_the_booking_that_was_made_for_them(session):
    entry = wait(session, 1)
    added = add_participant(session, by=UserFactory(), person=people(1, 10)[0], overbook=True)
    entry.refresh_from_db()
    assert (added.booking, added.state, entry.left_at is None) == (entry.booking, Participant.State.CONFIRMED, False)


def test_somebody_who_waits_and_simply_comes_is_a_walk_in_in_place(session):
    entry = wait(session, 1)
    came = add_walk_in(session, by=UserFactory(), person=people(1, 10)[0])
    assert (came.booking, came.state) == (entry.booking, Participant.State.CONFIRMED)
