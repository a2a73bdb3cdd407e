"""Somebody leaves: the bookings that are still to come go to a colleague, and only those."""

import pytest

from knowledge.network.refusals import LastCoordinator
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import forget_mail, full_session, offered, sent
from tests.trainings.organisations.bookings import booked
from trainings import links
from trainings.models import Booking, HistoryEntry, Participant
from trainings.organisations.handing_over import hand_over, leave
from trainings.refusals import NotAColleague

pytestmark = pytest.mark.django_db


def test_a_colleague_takes_over_what_is_still_to_come_and_the_leaver_sees_it_no_more(booker, colleague, coordinator):
    booking = booked(booker)
    assert leave(booker, by=coordinator, to=colleague) == [booking]
    booker.refresh_from_db()
    booking.refresh_from_db()
    assert (booker.state, booking.booked_by) == ("ended", colleague)
    assert list(Booking.objects.visible_to(booker.user)) == []
    assert list(Booking.objects.visible_to(coordinator)) == [booking]
    assert list(HistoryEntry.objects.values_list("booking", "verb", "detail", "by")) == [
        (booking.pk, "handed_over", "Noor Claes → Bert Maes", coordinator.pk)
    ]


def test_both_get_a_mail_in_the_same_transaction(booker, colleague, coordinator):
    booking = booked(booker)
    leave(booker, by=coordinator, to=colleague)
    mails = {(mail.kind, mail.to): mail for mail in OutboxMessage.objects.all()}
    assert set(mails) == {
        ("bookings_taken_over", "bert@school.demo"),
        ("bookings_handed_over", "noor@school.demo"),
        ("member_ended", "noor@school.demo"),
    }
    assert booking.get_absolute_url() in mails["bookings_taken_over", "bert@school.demo"].text
    assert [mail.subject for mail in mails.values() if "Noor" in mail.subject or "Bert" in mail.subject] == []


def test_who_leaves_by_oneself_is_not_mailed_about_it(booker, colleague):
    booked(booker)
    leave(booker, by=booker.user, to=colleague)
    assert list(OutboxMessage.objects.values_list("kind", flat=True)) == ["bookings_taken_over"]


def test_what_is_over_cancelled_or_of_somebody_else_stays(booker, colleague, coordinator):
    over = booked(booker, session=SessionFactory(days=-5))
    elsewhere = booked(booker, organisation=MembershipFactory().organisation)
    cancelled = booked(booker, session=SessionFactory(state="cancelled", cancel_reason="Ziek."))
    given_back = booked(booker)
    Participant.objects.filter(booking=given_back).update(state="cancelled", cancelled_at=given_back.created_at)
    others = booked(booker, booked_by=coordinator)
    assert leave(booker, by=coordinator, to=colleague) == []
    unchanged = [over, elsewhere, cancelled, given_back, others]
    bookers = dict(Booking.objects.values_list("pk", "booked_by"))
    assert bookers == {booking.pk: booking.booked_by_id for booking in unchanged}


def test_who_waits_or_asks_is_handed_over_too(booker, colleague, coordinator):
    waiting, asking = booked(booker), booked(booker)
    Participant.objects.filter(booking=waiting).update(state="waiting")
    Participant.objects.filter(booking=asking).update(state="pending")
    assert {one.pk for one in leave(booker, by=coordinator, to=colleague)} == {waiting.pk, asking.pk}


def test_without_a_colleague_the_bookings_stay_with_the_leaver_and_visible_to_the_coordinator(booker, coordinator):
    booking = booked(booker)
    assert leave(booker, by=coordinator) == []
    assert (list(Booking.objects.visible_to(booker.user)), list(Booking.objects.visible_to(coordinator))) == ([booking], [booking])


def test_bookings_are_handed_over_to_members_only_and_then_nothing_changes(booker, coordinator):
    booking = booked(booker)
    asking = MembershipFactory(organisation=booker.organisation, state="requested").user
    for somebody in (UserFactory(), asking, booker.user):
        with pytest.raises(NotAColleague):
            leave(booker, by=coordinator, to=somebody)
    booker.refresh_from_db()
    booking.refresh_from_db()
    assert (booker.state, booking.booked_by) == ("active", booker.user)


def test_when_the_last_coordinator_may_not_leave_nothing_is_handed_over(booker, colleague):
    booker.role = "coordinator"
    booker.save()
    booking = booked(booker)
    with pytest.raises(LastCoordinator):
        leave(booker, by=booker.user, to=colleague)
    booking.refresh_from_db()
    assert (booking.booked_by, OutboxMessage.objects.count(), HistoryEntry.objects.count()) == (booker.user, 0, 0)


def test_an_offered_seat_is_offered_to_who_takes_over_and_the_old_link_is_void(booker, colleague, coordinator, client):
    offer = offered(full_session())
    Booking.objects.filter(pk=offer.entry.booking_id).update(booked_by=booker.user, organisation=booker.organisation)
    forget_mail()
    leave(booker, by=coordinator, to=colleague)
    again = offer.entry.offers.open().get()
    assert (again.pk != offer.pk, again.seats, again.expires_at) == (True, offer.seats, offer.expires_at)
    assert [to for kind, to, _method in sent() if kind == "seats_offered"] == ["bert@school.demo"]
    assert links.to_offer(again) in OutboxMessage.objects.get(kind="seats_offered").text
    client.post(links.to_offer(offer), {"answer": "accept"})
    assert offer.entry.booking.participants.get().state == "waiting"
    client.post(links.to_offer(again), {"answer": "accept"})
    assert offer.entry.booking.participants.get().state == "confirmed"


@pytest.mark.parametrize("n", [1, 3])
def test_handing_over_costs_the_same_for_one_and_three(booker, colleague, coordinator, n, django_assert_num_queries):
    for _number in range(n):
        booked(booker)
    with django_assert_num_queries(9):  # savepoints, is a colleague, locks, rows, change, history, offers, mail
        hand_over(booker.organisation, of=booker.user, to=colleague, by=coordinator)
