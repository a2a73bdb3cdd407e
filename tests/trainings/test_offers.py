"""Seats that come free are offered to who waits: to whom, for how long, and what becomes of an offer."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import OfferFactory, SessionFactory, WaitingEntryFactory
from tests.trainings.life import emails, forget_mail, free, full_session, offered, open_offers, people, run_out, sent, verbs, wait
from trainings import links, planning, waiting
from trainings.booking import add_participant, book_seats, cancel_participants
from trainings.models import HistoryEntry, Offer, Participant, Session
from trainings.refusals import OfferGone, SessionFull
from trainings.seats import Person, seats_left, seats_to_book

pytestmark = pytest.mark.django_db
State = Participant.State


@pytest.fixture
def session():
    return full_session(2)


def test_a_seat_that_is_given_back_is_offered_to_who_waits_longest(session):
    first, second = wait(session, 1, 10), wait(session, 1, 20)
    forget_mail()
    cancel_participants(session.participants.seated()[:1], by=UserFactory(), as_team=True)
    assert open_offers(session) == [(first.pk, 1)]
    assert [one[:2] for one in sent() if one[0] == "seats_offered"] == [("seats_offered", first.booking.booked_by.email)]
    assert (verbs(first.booking), verbs(second.booking)) == (["waiting", "offered"], ["waiting"])


def test_seats_that_come_free_together_are_offered_to_as_many_as_they_do_for(session):
    entries = [wait(session, 1, start) for start in (10, 20, 30)]
    free(session, 2)
    assert open_offers(session) == [(entries[0].pk, 1), (entries[1].pk, 1)]


def test_who_needs_more_than_there_is_keeps_the_place_and_the_next_that_fits_is_offered_it(session):
    head, second = wait(session, 2, 10), wait(session, 1, 20)
    free(session, 1)
    assert open_offers(session) == [(second.pk, 1)]
    assert (verbs(head.booking), verbs(second.booking)) == (["waiting", "skipped"], ["waiting", "offered"])
    free(session, 1)
    # The seat of the second is kept; one more is still too few for the head.
    assert open_offers(session) == [(second.pk, 1)]
    waiting.refuse_offer(second.offers.get(), by=UserFactory())
    assert open_offers(session) == [(head.pk, 2)]


def test_nobody_is_passed_over_where_nobody_is_offered_anything(session):
    head = wait(session, 2)
    free(session, 1)
    assert (open_offers(session), verbs(head.booking)) == ([], ["waiting"])


def test_who_takes_fewer_is_offered_what_there_is(session):
    entry = wait(session, 2, fewer_is_fine=True)
    free(session, 1)
    assert open_offers(session) == [(entry.pk, 1)]


def test_first_timers_are_offered_a_seat_before_who_had_one_elsewhere():
    session = full_session(1, first_timers_first=True)
    elsewhere = SessionFactory()
    book_seats(elsewhere, by=UserFactory(), participants=people(1, 10))
    wait(session, 1, 10)
    newcomer = wait(session, 1, 20)
    free(session, 1)
    assert open_offers(session) == [(newcomer.pk, 1)]


def test_a_session_that_did_not_take_place_makes_nobody_less_of_a_first_timer():
    session = full_session(1, first_timers_first=True)
    elsewhere = SessionFactory()
    book_seats(elsewhere, by=UserFactory(), participants=people(1, 10))
    planning.cancel_session(elsewhere, by=UserFactory(), reason="De lesgever is ziek.")
    first = wait(session, 1, 10)
    wait(session, 1, 20)
    free(session, 1)
    assert open_offers(session) == [(first.pk, 1)]


def test_who_waits_goes_as_they_came_where_first_timers_do_not_go_first(session):
    book_seats(SessionFactory(), by=UserFactory(), participants=people(1, 10))
    first = wait(session, 1, 10)
    wait(session, 1, 20)
    free(session, 1)
    assert open_offers(session) == [(first.pk, 1)]


def test_accepting_seats_everybody_of_the_offer_and_confirms_it(session):
    offer = offered(session, 2)
    by = UserFactory()
    forget_mail()
    assert waiting.accept_offer(offer, by=by) == offer.entry.booking
    offer.refresh_from_db()
    offer.entry.refresh_from_db()
    assert (offer.state, offer.closed_at is None, offer.entry.left_at is None) == (Offer.State.ACCEPTED, False, False)
    assert emails(session.participants.seated()) == ["n10@school.demo", "n11@school.demo"]
    booker = offer.entry.booking.booked_by.email
    assert sent() == [
        ("booking_confirmed", booker, ""),
        ("invitation", "n10@school.demo", "REQUEST"),
        ("invitation", "n11@school.demo", "REQUEST"),
    ]
    assert HistoryEntry.objects.get(booking=offer.entry.booking, verb="seat_given").by == by


def test_of_an_offer_of_fewer_the_first_ones_are_seated_unless_others_are_chosen():
    for chosen, seated in ((None, "n10@school.demo"), (["n11@school.demo"], "n11@school.demo")):
        session = full_session(2)
        entry = wait(session, 2, fewer_is_fine=True)
        free(session, 1)
        those = session.participants.filter(email__in=chosen) if chosen else None
        waiting.accept_offer(entry.offers.get(), by=UserFactory(), people=those)
        entry.refresh_from_db()
        assert (emails(entry.booking.participants.seated()), entry.seats, entry.left_at) == ([seated], 1, None)


def test_more_people_than_offered_seats_are_refused_and_nobody_else_can_be_chosen(session):
    entry = wait(session, 2, fewer_is_fine=True)
    free(session, 1)
    offer = entry.offers.get()
    with pytest.raises(SessionFull):
        waiting.accept_offer(offer, by=UserFactory(), people=entry.booking.participants.all())
    with pytest.raises(OfferGone):
        waiting.accept_offer(offer, by=UserFactory(), people=session.participants.seated())
    assert open_offers(session) == [(entry.pk, 1)]


def test_seats_that_an_acceptance_leaves_are_offered_on():
    session = full_session(3)
    entry, next_one = wait(session, 3, 10, fewer_is_fine=True), wait(session, 1, 20)
    free(session, 2)
    waiting.accept_offer(entry.offers.get(), by=UserFactory(), people=session.participants.filter(email="n10@school.demo"))
    # Two of the first place still wait, and go first.
    assert (open_offers(session), seats_left(session)) == ([(entry.pk, 1)], 0)
    cancel_participants(entry.booking.participants.waiting(), by=entry.booking.booked_by)
    assert open_offers(session) == [(next_one.pk, 1)]


def test_offered_seats_are_in_use_and_no_public_booking_takes_them(session):
    offered(session)
    assert (seats_left(session), seats_to_book(session)) == (0, 0)
    with pytest.raises(SessionFull):
        book_seats(session, by=UserFactory(), participants=people(1, 50))


def test_an_offer_for_more_people_than_still_wait_is_withdrawn_and_made_anew(session):
    offer = offered(session, 2)
    cancel_participants(session.participants.filter(email="n10@school.demo"), by=offer.entry.booking.booked_by)
    offer.refresh_from_db()
    assert (offer.state, open_offers(session)) == (Offer.State.WITHDRAWN, [(offer.entry.pk, 1)])


def test_an_offer_is_withdrawn_when_everybody_of_it_leaves_and_offered_on(session):
    offer = offered(session)
    second = wait(session, 1, 20)
    cancel_participants(offer.entry.booking.participants.all(), by=offer.entry.booking.booked_by)
    offer.refresh_from_db()
    assert (offer.state, open_offers(session)) == (Offer.State.WITHDRAWN, [(second.pk, 1)])


def test_a_session_that_does_not_take_place_withdraws_its_offers_and_says_so_once(session):
    offer = offered(session)
    planning.cancel_session(session, by=UserFactory(), reason="De lesgever is ziek.")
    run_out(offer)
    forget_mail()
    offer.refresh_from_db()
    assert (offer.state, waiting.close_due(), sent()) == (Offer.State.WITHDRAWN, 0, [])
    with pytest.raises(OfferGone):
        waiting.accept_offer(offer, by=UserFactory())


def test_seats_given_by_the_team_after_the_clock_are_not_taken_back_by_the_worker():
    session = full_session(3)
    entry = wait(session, 3, fewer_is_fine=True)
    free(session, 1)
    run_out(entry.offers.get())
    waiting.give_seats(entry, by=UserFactory())
    assert (waiting.close_due(), emails(entry.booking.participants.waiting())) == (0, ["n11@school.demo", "n12@school.demo"])


def test_the_team_seats_somebody_in_the_seat_that_is_offered_to_them(session):
    offered(session)
    added = add_participant(session, by=UserFactory(), person=people(1, 10)[0])
    assert (added.state, seats_left(session), open_offers(session)) == (State.CONFIRMED, 0, [])
    assert HistoryEntry.objects.get(verb="added").detail == "Wie Nummer 10"


def test_the_rest_of_an_offer_is_offered_anew_when_the_team_seats_one_of_two(session):
    entry = offered(session, 2).entry
    add_participant(session, by=UserFactory(), person=people(1, 10)[0])
    assert (open_offers(session), seats_left(session)) == ([(entry.pk, 1)], 0)


def test_more_seats_are_offered_to_who_waits(session):
    entry = wait(session, 1)
    planning.change_session(session, by=UserFactory(), capacity=3)
    assert open_offers(session) == [(entry.pk, 1)]


def test_nobody_has_two_open_offers(session):
    entry = offered(session).entry
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(entry=entry)
    assert waiting.offer_on(session) == []


def test_an_open_offer_has_no_time_of_answer_and_an_answered_one_has():
    entry = WaitingEntryFactory()
    for facts in ({"closed_at": timezone.now()}, {"state": "refused"}, {"seats": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfferFactory(entry=entry, **facts)


def test_the_mail_of_an_offer_says_until_when_and_leads_to_the_page_of_the_answer(session):
    offer = offered(session)
    text = OutboxMessage.objects.get(kind="seats_offered").text
    assert links.to_offer(offer) in text
    assert timezone.localtime(offer.expires_at).strftime("%-H.%M") in text


def test_an_accepted_offer_where_bookings_are_approved_asks_for_approval():
    session = full_session(1)
    Session.objects.filter(pk=session.pk).update(approval="team")
    offer = offered(session)
    forget_mail()
    waiting.accept_offer(offer, by=UserFactory())
    assert list(session.participants.active().values_list("state", flat=True)) == [State.PENDING]
    assert [kind for kind, _to, _method in sent()] == ["approval_asked"]
    assert seats_left(session) == 0


def test_seats_without_a_name_wait_and_are_reserved_when_accepted(session):
    made = book_seats(session, by=UserFactory(), participants=[Person("An", "Peeters")], without_name=1, or_wait=True)
    free(session, 2)
    waiting.accept_offer(made.waiting_entry.offers.get(), by=made.booked_by)
    assert sorted(made.participants.values_list("first_name", "state")) == [("", State.RESERVED), ("An", State.CONFIRMED)]
