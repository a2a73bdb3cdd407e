"""Two organisations that become one may have more seats than one may: the team is told before, and it is noted."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.organisations.merging import Beyond, beyond_the_limit, merge_organisations

pytestmark = pytest.mark.django_db


def held(gone, stays, numbers=(2, 2), **facts):
    """A session with room for three of each organisation, and so many seats of either."""
    session = SessionFactory(**{"seats_per_organisation": 3} | facts)
    for organisation, number in zip((gone, stays), numbers, strict=True):
        ParticipantFactory.create_batch(number, booking=BookingFactory(session=session, organisation=organisation))
    return session


def test_the_team_reads_before_merging_where_it_is_more_than_one_may_have(client, gone, stays):
    organiser(client)
    session = held(gone, stays)
    page = client.get(reverse("partners_merging:merge", args=[gone.pk, stays.pk]))
    assert page.context["moves"].beyond == [Beyond(session, 4, 3)]
    assert reverse("organise:session", args=[session.pk]) in page.content.decode()


def test_merging_takes_nobodys_seat_and_notes_it_in_the_session(gone, stays):
    session, other, by = held(gone, stays), held(gone, stays, (1, 2)), UserFactory()
    merge_organisations(gone, stays, by=by)
    assert [one.participants.seated().filter(booking__organisation=stays).count() for one in (session, other)] == [4, 3]
    detail = _("%(seats)s seats of one organisation, %(most)s at most: %(gone)s went up in %(stays)s") % {
        "seats": 4, "most": 3, "gone": "Vlinder", "stays": "Atheneum De Vlinder",
    }  # fmt: skip
    assert list(session.history.values_list("verb", "detail", "by", "booking")) == [("handed_over", detail, by.pk, None)]
    assert not other.history.exists()


def test_a_session_without_a_limit_over_cancelled_or_of_one_of_them_only_is_not_told(gone, stays):
    for facts in (
        {"seats_per_organisation": None},
        {"days": -5},
        {"state": "cancelled", "cancel_reason": "Ziek."},
        {"numbers": (5, 0)},
        {"numbers": (0, 5)},
        {"seats_per_organisation": 4},
    ):
        held(gone, stays, **facts)
    assert beyond_the_limit(gone, stays) == []


def test_who_asks_or_waits_counts_as_in_booking_and_who_cancelled_does_not(gone, stays):
    session = held(gone, stays, (1, 1))
    booking = session.bookings.get(organisation=gone)
    ParticipantFactory(booking=booking, state="cancelled", cancelled_at=booking.created_at)
    assert beyond_the_limit(gone, stays) == []
    for state in ("pending", "waiting"):
        ParticipantFactory(booking=booking, state=state)
    assert beyond_the_limit(gone, stays) == [Beyond(session, 4, 3)]
