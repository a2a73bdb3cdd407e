"""What mails say about who did it: the participant by the link in the own mail, or the booker."""

import pytest

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT, CARO, NOOR, forget_mail
from tests.trainings.test_links import SOMEBODY_ELSE, address
from trainings.booking import book_seats
from trainings.changing import replace_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def booker():
    return UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")


@pytest.fixture
def seat(booker):
    """Bert's seat, booked by Noor."""
    seat = book_seats(SessionFactory(capacity=1), by=booker, participants=[BERT]).participants.get()
    forget_mail()
    return seat


def test_who_gives_the_own_seat_back_is_told_so_and_the_booker_who_did_it(client, seat, booker):
    client.post(address("trainings:seat-give-back", seat), {"reason": ""})
    mails = {message.kind: message.text for message in OutboxMessage.objects.all()}
    assert "via de link in hun mail" in mails["seats_cancelled"]
    assert "Je gaf je plaats in deze sessie terug" in mails["participant_cancelled"]
    assert "Noor" not in mails["participant_cancelled"]


def test_who_passes_the_own_seat_on_is_told_so_and_the_booker_who_did_it(client, seat, booker):
    client.post(address("trainings:seat-change", seat), SOMEBODY_ELSE)
    mails = {message.kind: message.text for message in OutboxMessage.objects.all()}
    assert "Bert Van den Broeck regelde dat, via de link in de mail." in mails["participant_replaced"]
    assert "Je gaf je plaats in deze sessie door aan Caro D'hondt" in mails["participant_cancelled"]


def test_who_is_replaced_by_the_booker_reads_who_takes_the_seat(seat, booker):
    replace_participant(seat, CARO, by=booker)
    told = OutboxMessage.objects.get(kind="participant_cancelled").text
    assert "Caro D'hondt neemt je plaats in deze sessie over" in told
    assert "Noor De Clercq" in told
