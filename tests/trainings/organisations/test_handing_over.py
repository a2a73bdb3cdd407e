"""Somebody leaves: the bookings that are still to come go to a colleague, and only those."""

import pytest

from knowledge.network.refusals import LastCoordinator
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from tests.trainings.life import forget_mail, full_session, offered, sent
from trainings import links
from trainings.models import Booking, HistoryEntry, Participant
from trainings.organisations.handing_over import hand_over, leave
from trainings.refusals import NotAColleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver():
    return MembershipFactory(user=UserFactory(first_name="Noor", last_name="Claes", email="noor@school.demo"))


@pytest.fixture
def colleague(leaver):
    user = UserFactory(first_name="Bert", last_name="Maes", email="bert@school.demo")
    return MembershipFactory(organisation=leaver.organisation, user=user)


@pytest.fixture
def coordinator(leaver):
    return MembershipFactory(organisation=leaver.organisation, role="coordinator").user


def booked(leaver, **facts) -> Booking:
    own = {"organisation": leaver.organisation, "booked_by": leaver.user} | facts
    return ParticipantFactory(booking=BookingFactory(**own)).booking


def test_a_colleague_takes_over_what_is_still_to_come_and_the_leaver_sees_it_no_more(leaver, colleague, coordinator):
    booking = booked(leaver)
    assert leave(leaver, by=coordinator, to=colleague.user) == [booking]
    leaver.refresh_from_db()
    booking.refresh_from_db()
    assert (leaver.state, booking.booked_by) == ("ended", colleague.user)
    assert list(Booking.objects.visible_to(leaver.user)) == []
    assert list(Booking.objects.visible_to(coordinator)) == [booking]
    assert list(HistoryEntry.objects.values_list("booking", "verb", "detail", "by")) == [
        (booking.pk, "handed_over", "Noor Claes → Bert Maes", coordinator.pk)
    ]


def test_both_get_a_mail_in_the_same_transaction(leaver, colleague, coordinator):
    booking = booked(leaver)
    leave(leaver, by=coordinator, to=colleague.user)
    mails = {(mail.kind, mail.to): mail for mail in OutboxMessage.objects.all()}
    assert set(mails) == {
        ("bookings_taken_over", "bert@school.demo"),
        ("bookings_handed_over", "noor@school.demo"),
        ("member_ended", "noor@school.demo"),
    }
    assert booking.get_absolute_url() in mails["bookings_taken_over", "bert@school.demo"].text
    assert [mail.subject for mail in mails.values() if "Noor" in mail.subject or "Bert" in mail.subject] == []


def test_who_leaves_by_oneself_is_not_mailed_about_it(leaver, colleague):
    booked(leaver)
    leave(leaver, by=leaver.user, to=colleague.user)
    assert list(OutboxMessage.objects.values_list("kind", flat=True)) == ["bookings_taken_over"]


def test_what_is_over_cancelled_or_of_somebody_else_stays(leaver, colleague, coordinator):
    over = booked(leaver, session=SessionFactory(days=-5))
    elsewhere = booked(leaver, organisation=MembershipFactory().organisation)
    cancelled = booked(leaver, session=SessionFactory(state="cancelled", cancel_reason="Ziek."))
    given_back = booked(leaver)
    Participant.objects.filter(booking=given_back).update(state="cancelled", cancelled_at=given_back.created_at)
    others = booked(leaver, booked_by=coordinator)
    assert leave(leaver, by=coordinator, to=colleague.user) == []
    unchanged = [over, elsewhere, cancelled, given_back, others]
    bookers = dict(Booking.objects.values_list("pk", "booked_by"))
    assert bookers == {booking.pk: booking.booked_by_id for booking in unchanged}


def test_who_waits_or_asks_is_handed_over_too(leaver, colleague, coordinator):
    waiting, asking = booked(leaver), booked(leaver)
    Participant.objects.filter(booking=waiting).update(state="waiting")
    Participant.objects.filter(booking=asking).update(state="pending")
    assert {one.pk for one in leave(leaver, by=coordinator, to=colleague.user)} == {waiting.pk, asking.pk}


def test_without_a_colleague_the_bookings_stay_with_the_leaver_and_visible_to_the_coordinator(leaver, coordinator):
    booking = booked(leaver)
    assert leave(leaver, by=coordinator) == []
    assert (list(Booking.objects.visible_to(leaver.user)), list(Booking.objects.visible_to(coordinator))) == ([booking], [booking])


def test_bookings_are_handed_over_to_members_only_and_then_nothing_changes(leaver, coordinator):
    booking = booked(leaver)
    asking = MembershipFactory(organisation=leaver.organisation, state="requested").user
    for somebody in (UserFactory(), asking, leaver.user):
        with pytest.raises(NotAColleague):
            leave(leaver, by=coordinator, to=somebody)
    leaver.refresh_from_db()
    booking.refresh_from_db()
    assert (leaver.state, booking.booked_by) == ("active", leaver.user)


def test_when_the_last_coordinator_may_not_leave_nothing_is_handed_over(leaver, colleague):
    leaver.role = "coordinator"
    leaver.save()
    booking = booked(leaver)
    with pytest.raises(LastCoordinator):
        leave(leaver, by=leaver.user, to=colleague.user)
    booking.refresh_from_db()
    assert (booking.booked_by, OutboxMessage.objects.count(), HistoryEntry.objects.count()) == (leaver.user, 0, 0)


def test_an_offered_seat_is_offered_to_who_takes_over_and_the_old_link_is_void(leaver, colleague, coordinator, client):
    offer = offered(full_session())
    Booking.objects.filter(pk=offer.entry.booking_id).update(booked_by=leaver.user, organisation=leaver.organisation)
    forget_mail()
    leave(leaver, by=coordinator, to=colleague.user)
    again = offer.entry.offers.open().get()
    assert (again.pk != offer.pk, again.seats, again.expires_at) == (True, offer.seats, offer.expires_at)
    assert [to for kind, to, _method in sent() if kind == "seats_offered"] == ["bert@school.demo"]
    assert links.to_offer(again) in OutboxMessage.objects.get(kind="seats_offered").text
    client.post(links.to_offer(offer), {"answer": "accept"})
    assert offer.entry.booking.participants.get().state == "waiting"
    client.post(links.to_offer(again), {"answer": "accept"})
    assert offer.entry.booking.participants.get().state == "confirmed"


@pytest.mark.parametrize("n", [1, 3])
def test_handing_over_costs_the_same_for_one_and_three(leaver, colleague, coordinator, n, django_assert_num_queries):
    for _number in range(n):
        booked(leaver)
    with django_assert_num_queries(9):  # savepoints, is a colleague, locks, rows, change, history, offers, mail
        hand_over(leaver.organisation, of=leaver.user, to=colleague.user, by=coordinator)
