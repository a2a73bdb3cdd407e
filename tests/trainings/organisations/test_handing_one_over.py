"""One booking goes to a colleague who takes care of it from now on; nobody leaves for that."""

import pytest
from django.urls import reverse

from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import sent
from tests.trainings.organisations.bookings import booked
from trainings.models import Booking, HistoryEntry, Participant
from trainings.organisations.handing_over import hand_one_over
from trainings.refusals import NotAColleague, NothingToHandOver

pytestmark = pytest.mark.django_db


def page_of(booking) -> str:
    return reverse("trainings:booking-hand-over", args=[booking.reference])


def booker_of(booking):
    return Booking.objects.get(pk=booking.pk).booked_by


def test_one_booking_goes_to_a_colleague_and_the_others_stay(booker, colleague):
    booking, other = booked(booker), booked(booker)
    assert hand_one_over(booking, to=colleague, by=booker.user) == booking
    booker.refresh_from_db()
    assert (booker_of(booking), booker_of(other), booker.state) == (colleague, booker.user, "active")
    assert list(HistoryEntry.objects.values_list("booking", "verb", "detail", "by")) == [
        (booking.pk, "handed_over", "Noor Claes → Bert Maes", booker.user.pk)
    ]


def test_who_takes_it_over_and_who_had_it_get_a_mail_that_says_of_nobody_that_they_left(booker, colleague, coordinator):
    hand_one_over(booked(booker), to=colleague, by=coordinator)
    assert sent() == [("bookings_handed_over", "noor@school.demo", ""), ("bookings_taken_over", "bert@school.demo", "")]
    assert [mail.text for mail in OutboxMessage.objects.all() if "werk" in mail.text.split("Vorming")[0]] == []


def test_only_a_confirmed_colleague_of_the_same_organisation_takes_it_over(booker):
    booking = booked(booker)
    asking = MembershipFactory(organisation=booker.organisation, state="requested").user
    for somebody in (UserFactory(), MembershipFactory().user, asking, booker.user):
        with pytest.raises(NotAColleague):
            hand_one_over(booking, to=somebody, by=booker.user)
    assert (booker_of(booking), HistoryEntry.objects.count(), OutboxMessage.objects.count()) == (booker.user, 0, 0)


def test_a_booking_for_no_organisation_has_no_colleagues(booker, colleague):
    with pytest.raises(NotAColleague):
        hand_one_over(booked(booker, organisation=None), to=colleague, by=booker.user)


def test_what_is_over_cancelled_or_given_back_is_not_handed_over(booker, colleague):
    over = booked(booker, session=SessionFactory(days=-5))
    cancelled = booked(booker, session=SessionFactory(state="cancelled", cancel_reason="Ziek."))
    given_back = booked(booker)
    Participant.objects.filter(booking=given_back).update(state="cancelled", cancelled_at=given_back.created_at)
    for booking in (over, cancelled, given_back):
        with pytest.raises(NothingToHandOver):
            hand_one_over(booking, to=colleague, by=booker.user)


def test_what_went_to_somebody_else_meanwhile_stays_there(booker, colleague, coordinator):
    booking = booked(booker)
    hand_one_over(Booking.objects.get(pk=booking.pk), to=colleague, by=coordinator)
    with pytest.raises(NothingToHandOver):
        hand_one_over(booking, to=coordinator, by=booker.user)
    assert booker_of(booking) == colleague


def test_the_booker_hands_it_over_on_the_page_and_is_told_so_among_the_own_bookings(client, booker, colleague):
    booking = booked(booker)
    client.force_login(booker.user)
    assert page_of(booking) in client.get(booking.get_absolute_url()).content.decode()
    form = client.get(page_of(booking)).context["form"]
    assert [label for _key, label in form.fields["to"].choices[1:]] == ["Bert Maes"]
    done = client.post(page_of(booking), {"to": str(colleague.pk)}, follow=True)
    assert (booker_of(booking), done.redirect_chain[-1][0]) == (colleague, reverse("trainings:mine"))
    [told] = done.context["messages"]
    assert all(words in str(told) for words in ("Bert Maes", booking.session.training.title))


def test_the_training_coordinator_hands_it_over_and_still_sees_it(client, booker, colleague, coordinator):
    booking = booked(booker)
    client.force_login(coordinator)
    done = client.post(page_of(booking), {"to": str(colleague.pk)}, follow=True)
    assert (booker_of(booking), done.redirect_chain[-1][0]) == (colleague, booking.get_absolute_url())
    assert "Noor Claes → Bert Maes" in done.content.decode()


def test_the_training_coordinator_takes_it_over_oneself(client, booker, coordinator):
    booking = booked(booker)
    client.force_login(coordinator)
    client.post(page_of(booking), {"to": str(coordinator.pk)})
    assert booker_of(booking) == coordinator


@pytest.mark.parametrize("to", ["", "0", "9999999", "x"])
def test_nobody_or_a_stranger_is_told_beside_the_field_and_changes_nothing(client, booker, colleague, to):
    booking = booked(booker)
    client.force_login(booker.user)
    page = client.post(page_of(booking), {"to": to})
    assert (page.status_code, list(page.context["form"].errors), booker_of(booking)) == (200, ["to"], booker.user)


def test_a_colleague_who_left_meanwhile_is_refused_in_the_form(client, booker, colleague, monkeypatch):
    booking = booked(booker)
    client.force_login(booker.user)
    monkeypatch.setattr("trainings.forms.leaving.colleagues", lambda organisation, of: [colleague])
    colleague.memberships.update(state="ended")
    page = client.post(page_of(booking), {"to": str(colleague.pk)})
    assert (list(page.context["form"].errors), booker_of(booking)) == (["to"], booker.user)


def test_who_is_not_confirmed_at_the_organisation_sees_nobody_of_it(client, booker, colleague):
    booking = booked(booker)
    booker.state = "requested"
    booker.save()
    client.force_login(booker.user)
    assert page_of(booking) not in client.get(booking.get_absolute_url()).content.decode()
    assert client.post(page_of(booking), {"to": str(colleague.pk)}).status_code == 404
    assert booker_of(booking) == booker.user


def test_a_colleague_who_did_not_book_it_and_a_coordinator_elsewhere_do_not_hand_it_over(client, booker, colleague):
    booking = booked(booker)
    for somebody in (colleague, MembershipFactory(role="coordinator").user):
        client.force_login(somebody)
        assert client.post(page_of(booking), {"to": str(somebody.pk)}).status_code == 404
    assert booker_of(booking) == booker.user


def test_what_is_over_shows_no_way_and_no_form(client, booker, colleague):
    booking = booked(booker, session=SessionFactory(days=-5))
    client.force_login(booker.user)
    assert page_of(booking) not in client.get(booking.get_absolute_url()).content.decode()
    page = client.get(page_of(booking))
    assert (page.status_code, 'name="to"' in page.content.decode()) == (200, False)


def test_without_a_confirmed_colleague_the_page_says_how_one_comes(client, booker):
    booking = booked(booker)
    client.force_login(booker.user)
    page = client.get(page_of(booking))
    assert (page.status_code, 'name="to"' in page.content.decode()) == (200, False)
