"""What the team sees of the mail that did not leave, and sending it again: one, some, or all of it; never a code of an account."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
UNSENT, MANY = "organise:unsent", "organise:resend-many"
LONG_AGO = timedelta(hours=2)


def unsent(number=0, **fields) -> OutboxMessage:
    message = outbox.queue(kind="plain", to=f"sam{number}@school.demo", subject=f"Bericht {number}", text="x")
    OutboxMessage.objects.filter(pk=message.pk).update(**{"state": "failed", "error": "SMTPRecipientsRefused 550"} | fields)
    return message


def stuck(number=0) -> OutboxMessage:
    return unsent(number, state="waiting", error="TimeoutError", due_since=timezone.now() - LONG_AGO, attempts=3)


def waiting() -> list[str]:
    found = OutboxMessage.objects.filter(state="waiting", attempts=0, error="")
    return sorted(found.values_list("to", flat=True))


def code_of_an_account(client) -> OutboxMessage:
    """A code as somebody asks for it to sign in."""
    UserFactory(email="noor@school.demo")
    client.post("/account/login/", {"email": "noor@school.demo"})
    return OutboxMessage.objects.get(secret=True)


def test_what_failed_and_what_is_stuck_stand_in_one_list_and_on_the_desk(client):
    organiser(client)
    unsent(1), stuck(2)
    outbox.queue(kind="plain", to="sam3@school.demo", subject="Bericht 3", text="x")
    body = client.get(reverse(UNSENT)).content.decode()
    assert ["Bericht 1" in body, "Bericht 2" in body, "Bericht 3" in body] == [True, True, False]
    assert ("wacht al meer dan een uur" in body, "het adres neemt geen mail aan" in body) == (True, True)
    desk = client.get("/cms/").content.decode()
    assert "/cms/sessies/berichten/" in desk


def test_the_ticked_ones_are_sent_again_and_the_others_are_left(client):
    organiser(client)
    one, other, _left = unsent(1), stuck(2), unsent(3)
    response = client.post(reverse(MANY), {"bericht": [one.pk, other.pk]}, follow=True)
    assert (waiting(), told(response)) == (["sam1@school.demo", "sam2@school.demo"], ["2 berichten zijn opnieuw onderweg."])


def test_all_of_them_are_sent_again_in_one_step(client):
    organiser(client)
    for number in range(3):
        unsent(number)
    client.post(reverse(MANY), {"all": "1"})
    assert len(waiting()) == 3


@pytest.mark.parametrize("sent", [{}, {"bericht": ["x", "", "9" * 40]}])
def test_with_nothing_ticked_nothing_is_sent_and_the_page_says_so(client, sent):
    organiser(client)
    unsent()
    response = client.post(reverse(MANY), sent, follow=True)
    assert (waiting(), told(response)) == ([], ["Vink de berichten aan die je opnieuw wilt versturen."])


def test_a_message_that_left_is_sent_a_second_time(client):
    organiser(client)
    message = unsent(state="sent", error="", sent_at=timezone.now())
    client.post(reverse("organise:resend", args=[message.pk]))
    assert waiting() == ["sam0@school.demo"]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("fields", [{"state": "failed"}, {"state": "waiting"}, {"state": "sent", "sent_at": timezone.now()}])
def test_a_code_of_an_account_is_never_shown_to_the_team_nor_sent_again(client, client_of_the_team, fields):
    code = code_of_an_account(client)
    kept = {} if fields["state"] == "waiting" else {"text": ""}
    OutboxMessage.objects.update(
        **{"error": "TimeoutError", "due_since": timezone.now() - LONG_AGO, "expires_at": None} | kept | fields
    )
    body = client_of_the_team.get(reverse(UNSENT)).content.decode()
    assert (code.subject in body, "noor@school.demo" in body) == (False, False)
    before = OutboxMessage.objects.values().get()
    assert client_of_the_team.post(reverse("organise:resend", args=[code.pk])).status_code == 404
    client_of_the_team.post(reverse(MANY), {"bericht": [code.pk]})
    client_of_the_team.post(reverse(MANY), {"all": "1"})
    assert OutboxMessage.objects.values().get() == before
    assert mail.outbox == []


@pytest.fixture
def client_of_the_team():
    from django.test import Client

    client = Client()
    organiser(client)
    return client


def test_a_mail_that_does_not_arrive_shows_beside_the_participant_until_one_does(client):
    organiser(client)
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    page = reverse("organise:session", args=[session.pk])
    failed = unsent(about=f"session:{session.pk}", to="sam@school.demo")
    assert client.get(page).content.decode().count("mail komt niet aan") == 1
    outbox.resend(OutboxMessage.objects.get(pk=failed.pk))
    assert client.get(page).content.decode().count("mail komt niet aan") == 0


def test_the_answer_of_a_calendar_shows_beside_the_participant(client):
    organiser(client)
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), reply="declined", replied_at=timezone.now())
    assert "geweigerd in de agenda" in client.get(reverse("organise:session", args=[session.pk])).content.decode()
