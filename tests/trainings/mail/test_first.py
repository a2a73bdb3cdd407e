"""The first mail about a seat: who gets it, and what it says of names that are missing."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT
from trainings.booking import add_participant, book_seats
from trainings.seats import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def booker():
    return UserFactory()


def test_whom_the_team_adds_is_invited_and_the_team_gets_no_mail(booker):
    add_participant(session := SessionFactory(), by=booker, person=BERT)
    add_participant(session, by=booker, person=Person("Zonder", "Adres"))
    assert list(OutboxMessage.objects.values_list("kind", "to")) == [("invitation", BERT.email)]


def test_a_confirmation_says_how_many_names_are_missing_and_until_when(booker):
    session = SessionFactory()
    book_seats(session, by=booker, participants=[BERT], without_name=2)
    told = OutboxMessage.objects.get(kind="booking_confirmed").text
    until = date_format(timezone.localtime(session.names_close_at), "l j F, G.i")
    assert f"2 plaatsen hebben nog geen naam. Laat via de link hieronder ten laatste op {until} weten wie er komt" in told
