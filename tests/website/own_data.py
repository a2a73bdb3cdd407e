"""Somebody with a past and a future on the site, of whom we keep all that we keep of anybody."""

import uuid

from django.utils import timezone

from people.models import User
from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory
from trainings.booking import book_seats
from trainings.models import Feed
from trainings.privacy import needs
from trainings.seats import Person
from website.models import Question

TELLING = ["Zwaluwnest", "zwaluw@school.demo", "ringleiding", "parkeren"]


def ask(address, text="Mag ik hier parkeren?"):
    return Question.objects.create(name="Wim Zwaluwnest", email=address, text=text, form_key=uuid.uuid4())


def somebody_known(client) -> User:
    """Somebody with a past and a future here, signed in just now."""
    wim = UserFactory(email="zwaluw@school.demo", first_name="Wim", last_name="Zwaluwnest")
    MembershipFactory(user=wim)
    Feed.objects.create(user=wim, made_by=wim)
    TrainerFactory(user=wim)
    past = BookingFactory(session=SessionFactory(days=-20, state="done"), booked_by=wim, message="Waar kan ik parkeren?")
    ParticipantFactory(booking=past, first_name="Wim", family_name="Zwaluwnest", email=wim.email)
    ParticipantFactory(booking=past, family_name="Collega", email="collega@school.demo")
    coming = book_seats(SessionFactory(), by=wim, participants=[Person("Wim", "Zwaluwnest", wim.email)])
    needs.tell_need(coming.participants.get(), "ringleiding")
    ParticipantFactory(booking=BookingFactory(), first_name="Wim", family_name="Zwaluwnest", email=wim.email)
    ask(wim.email)
    outbox.queue(kind="x", to=wim.email, subject="x", text="Dag Wim Zwaluwnest")
    OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
    return sign_in(client, wim)
