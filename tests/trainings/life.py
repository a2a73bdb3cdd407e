"""What the tests of a booking's life begin with: people, full sessions, places on the waiting list, and what was mailed."""

from datetime import timedelta

from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from trainings.booking import book_seats, cancel_participants
from trainings.models import Offer
from trainings.seats import Person

NOOR = Person("Noor", "De Clercq", "noor@school.demo")
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
CARO = Person("Caro", "D'hondt", "caro@school.demo")
JAN = Person("Jan", "Claes")


def people(number: int, start: int = 0) -> list[Person]:
    return [Person("Wie", f"Nummer {at}", f"n{at}@school.demo") for at in range(start, start + number)]


def full_session(seats: int = 2, **facts):
    """All of its seats are taken by one booking."""
    session = SessionFactory(capacity=seats, **facts)
    book_seats(session, by=UserFactory(), participants=people(seats), prerequisites_met=True)
    return session


def wait(session, number: int, start: int = 10, **fields):
    """So many people on the list; their place in it."""
    return book_seats(session, by=UserFactory(), participants=people(number, start), or_wait=True, **fields).waiting_entry


def free(session, number: int) -> None:
    """The team takes the first ones out of their seats."""
    cancel_participants(session.participants.seated().order_by("pk")[:number], by=UserFactory(), as_team=True)


def emails(rows) -> list[str]:
    return list(rows.order_by("pk").values_list("email", flat=True))


def sent() -> list[tuple[str, str, str]]:
    """Kind, address and calendar method of every message, sorted."""
    return sorted(OutboxMessage.objects.values_list("kind", "to", "calendar_method"))


def forget_mail() -> None:
    OutboxMessage.objects.all().delete()


def verbs(of) -> list[str]:
    """What the history of a session or a booking says, in the order in which it happened."""
    return list(of.history.order_by("pk").values_list("verb", flat=True))


def open_offers(session) -> list[tuple[int, int]]:
    """Place on the list and seats of every offer that keeps seats now."""
    return list(session.offers.open().order_by("made_at").values_list("entry", "seats"))


def run_out(offer: Offer) -> None:
    """The clock passes its end; nobody closes it."""
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def offered(session, number: int = 1, start: int = 10, **fields) -> Offer:
    """So many people who wait, and the offer that they get when as many seats come free."""
    entry = wait(session, number, start, **fields)
    free(session, number)
    return entry.offers.get()
