"""Trainings, sessions and bookings; a session is next month, open, and lasts one morning unless told otherwise."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.knowledge.factories import SectorFactory, ThemeFactory
from tests.people.factories import UserFactory
from trainings.models import (
    Booking,
    CataloguePage,
    DayPart,
    Offer,
    Participant,
    SchoolHoliday,
    Session,
    Trainer,
    TrainingPage,
    Venue,
    WaitingEntry,
)

BRUSSELS = ZoneInfo("Europe/Brussels")


def local(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment so many days from today, at this hour in Brussels."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), BRUSSELS)


def catalogue_page() -> CataloguePage:
    """The catalogue of the page tree that `set_up` made."""
    return CataloguePage.objects.get()


class TrainerFactory(DjangoModelFactory):
    class Meta:
        model = Trainer

    name = factory.Sequence(lambda n: f"Lesgever {n}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    name = factory.Sequence(lambda n: f"Zaal {n}")
    street = "Kaaistraat 1"
    postcode = "9000"


def make_training(**fields) -> TrainingPage:
    """A published training in the catalogue; `themes` and `sectors` are slugs."""
    number = TrainingPage.objects.count() + 1
    themes = [ThemeFactory(slug=slug) for slug in fields.pop("themes", ["polarisering"])]
    sectors = [SectorFactory(slug=slug) for slug in fields.pop("sectors", ["onderwijs"])]
    defaults = {
        "title": f"Vorming {number}",
        "slug": f"vorming-{number}",
        "code": f"V{number:02}",
        "summary": "Je leert kijken, luisteren en handelen.",
        "introduction": "<p>We vertrekken van je eigen praktijk.</p>",
        "duration_minutes": 180,
    }
    page = TrainingPage(**defaults | fields)
    page.themes.set(themes)
    page.sectors.set(sectors)
    return catalogue_page().add_child(instance=page)


class SessionFactory(DjangoModelFactory):
    """`days` says how far away it is, `parts` how many mornings it has."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        days = 30

    training = factory.LazyFunction(make_training)
    code = factory.Sequence(lambda n: f"S-{n:04}")
    state = Session.State.PUBLISHED
    capacity = 10
    booking_closes_at = factory.LazyAttribute(lambda session: local(session.days - 2, 12))
    cancelling_closes_at = factory.LazyAttribute(lambda session: local(session.days - 2, 12))
    changing_closes_at = factory.LazyAttribute(lambda session: local(session.days - 1, 12))
    names_close_at = factory.LazyAttribute(lambda session: local(session.days - 2, 12))

    @factory.post_generation
    def parts(session, create, number, **kwargs):
        start = timezone.localdate(session.booking_closes_at) + timedelta(days=2)
        for at in range(1 if number is None else number):
            morning = datetime.combine(start + timedelta(days=at), time(9), BRUSSELS)
            DayPart.objects.create(session=session, starts_at=morning, ends_at=morning + timedelta(hours=3))


class BookingFactory(DjangoModelFactory):
    class Meta:
        model = Booking

    session = factory.SubFactory(SessionFactory)
    booked_by = factory.SubFactory(UserFactory)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    booking = factory.SubFactory(BookingFactory)
    session = factory.SelfAttribute("booking.session")
    first_name = "Amira"
    family_name = factory.Sequence(lambda n: f"Janssens{n}")


class WaitingEntryFactory(DjangoModelFactory):
    """A place on the waiting list without people: what an address needs."""

    class Meta:
        model = WaitingEntry

    session = factory.SubFactory(SessionFactory)
    booking = factory.SubFactory(BookingFactory, session=factory.SelfAttribute("..session"))
    seats = 1


class OfferFactory(DjangoModelFactory):
    """A seat kept for somebody on the waiting list, until tomorrow."""

    class Meta:
        model = Offer

    entry = factory.SubFactory(WaitingEntryFactory)
    session = factory.SelfAttribute("entry.session")
    seats = 1
    expires_at = factory.LazyFunction(lambda: local(1, 18))


class SchoolHolidayFactory(DjangoModelFactory):
    """A week in the autumn of a year that no rule has filled."""

    class Meta:
        model = SchoolHoliday

    name = "herfstvakantie"
    first_day = date(2040, 10, 29)
    last_day = date(2040, 11, 4)
