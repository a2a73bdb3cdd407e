"""Loading the demonstration, once: what is there is kept."""

from django.db import transaction

from shared.models import OutboxMessage, Version
from website.first_pages import lay_out

from . import accounts, bookings, catalogue, deciding, network, pages, planning, questions

LOADED = "demo"


def is_loaded() -> bool:
    """Whether this database holds the demonstration already."""
    return Version.objects.filter(name=LOADED).exists()


@transaction.atomic
def load(tell=print) -> None:
    """Everything in one transaction: a demo that stops half-way leaves nothing behind."""
    accounts.refuse_outside_demo()
    lay_out()
    tell("accounts and organisations")
    network.load_topics()
    people = accounts.load_accounts()
    organisations = network.load_organisations(people)
    pages.load_pages()
    pages.load_brand()
    tell("39 trainings")
    trainers, venues = catalogue.load_trainers(), catalogue.load_venues()
    trainings = catalogue.load_trainings(trainers)
    tell("sessions")
    sessions = planning.load_sessions(trainings, venues, by=people["organisator@expo-r.demo"])
    tell("bookings")
    bookings.load_past_booking(people, organisations)
    bookings.load_bookings(sessions, organisations)
    bookings.load_own_bookings(people, organisations)
    deciding.load_deciding(people, organisations)
    tell("questions")
    questions.load_questions(taken_by=people["organisator@expo-r.demo"])
    Version.objects.create(name=LOADED, number=1)
    tell(f"{len(sessions)} sessions, {OutboxMessage.objects.count()} messages in the outbox")
