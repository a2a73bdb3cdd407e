"""A booking that a member made for the organisation."""

from tests.trainings.factories import BookingFactory, ParticipantFactory
from trainings.models import Booking


def booked(booker, **facts) -> Booking:
    own = {"organisation": booker.organisation, "booked_by": booker.user} | facts
    return ParticipantFactory(booking=BookingFactory(**own)).booking
