"""Right below the heading stands which date it is about, and where: on a phone the summary stands far below."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from tests.trainings.factories import BookingFactory, OfferFactory, ParticipantFactory, SessionFactory, VenueFactory
from trainings import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    session = SessionFactory(parts=3)
    session.day_parts.update(venue=VenueFactory(name="De Krook"))
    return session


@pytest.fixture
def pages(client, session) -> dict[str, str]:
    seat = ParticipantFactory(booking=BookingFactory(session=session))
    client.force_login(seat.booking.booked_by)
    offer = OfferFactory(entry__session=session, entry__booking=seat.booking)
    return {
        "form": reverse("trainings:booking-create", args=[session.code.lower()]),
        "booking": seat.booking.get_absolute_url(),
        "confirmed": reverse("trainings:booking-confirmed", args=[seat.booking.reference]),
        "seat": links.to_seat(seat),
        "offer": links.to_offer(offer),
    }


@pytest.mark.parametrize("name", ["form", "booking", "confirmed", "seat", "offer"])
def test_date_and_place_stand_in_the_head_of_the_page(client, session, pages, name):
    page = client.get(pages[name]).content.decode()
    head = page[page.index("<h1") : page.index('class="wrap section section--tight')]
    first = timezone.localtime(session.day_parts.first().starts_at)
    more = ngettext("and %(n)s more day-part", "and %(n)s more day-parts", 2) % {"n": 2}
    assert [words for words in (date_format(first, "l j F Y, G.i"), "De Krook", more) if words not in head] == []
