"""The steps of a session on the organiser's screens: published, cancelled, closed, and what there is to arrange."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told, url
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    make_training,
)
from trainings import planning
from trainings.models import Session

pytestmark = pytest.mark.django_db


def test_publishing_opens_the_session(client):
    organiser(client)
    session = SessionFactory(state="draft")
    response = client.post(url("publish", session.pk))
    session.refresh_from_db()
    assert (response.url, session.state) == (url("session", session.pk), "published")


def test_publishing_after_the_deadline_for_booking_says_that_nobody_can_book(client):
    organiser(client)
    session = SessionFactory(state="draft")
    Session.objects.update(booking_closes_at=timezone.now() - timedelta(hours=1))
    response = client.post(url("publish", session.pk), follow=True)
    assert told(response) == [
        _("The session is published. Nobody can book: the deadline for booking is over. Change it if you want to.")
    ]


def test_publishing_what_cannot_be_published_says_why(client):
    organiser(client)
    session = SessionFactory(state="draft", parts=0)
    response = client.post(url("publish", session.pk), follow=True)
    session.refresh_from_db()
    assert (session.state, [message.level_tag for message in response.context["messages"]]) == ("draft", ["error"])


def test_cancelling_says_first_how_many_get_a_mail_then_mails_as_many(client):
    organiser(client)
    session = SessionFactory()
    booker = UserFactory()
    for number, state in enumerate(["confirmed", "confirmed", "waiting"]):
        ParticipantFactory(booking=BookingFactory(session=session, booked_by=booker), email=f"p{number}@school.demo", state=state)
    ParticipantFactory(booking=BookingFactory(session=session), email="")
    said = client.get(url("cancel", session.pk)).context["addresses"]
    client.post(url("cancel", session.pk), {"reason": "De lesgever is ziek."})
    session.refresh_from_db()
    assert (session.state, session.cancel_reason) == ("cancelled", "De lesgever is ziek.")
    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == said
    assert len(said) == 5


@pytest.mark.parametrize("reason", ["", "   "])
def test_cancelling_asks_for_a_reason(client, reason):
    organiser(client)
    session = SessionFactory()
    response = client.post(url("cancel", session.pk), {"reason": reason})
    assert list(response.context["form"].errors) == ["reason"]
    session.refresh_from_db()
    assert session.state == "published"


def test_closing_after_the_end(client):
    organiser(client)
    session = SessionFactory(days=-2)
    client.post(url("close", session.pk))
    session.refresh_from_db()
    assert session.state == "done"


def test_arranging_ticks_off_and_keeps_the_note(client):
    ilse = organiser(client)
    session = planning.plan_session(make_training(), by=ilse, day=timezone.localdate() + timedelta(days=30))
    item = session.checklist.get(kind="cost")
    prefix = f"item-{item.pk}"
    data = {f"{prefix}-note": "Offerte gevraagd", f"{prefix}-amount": "120,50", f"{prefix}-done": "on"}
    client.post(url("arrange", session.pk, item.pk), data)
    item.refresh_from_db()
    assert (item.note, str(item.amount), item.done_by) == ("Offerte gevraagd", "120.50", ilse)


def test_arranging_with_a_wrong_amount_keeps_what_was_typed(client):
    ilse = organiser(client)
    session = planning.plan_session(make_training(), by=ilse, day=timezone.localdate() + timedelta(days=30))
    item = session.checklist.get(kind="cost")
    data = {f"item-{item.pk}-note": "Offerte gevraagd", f"item-{item.pk}-amount": "veel"}
    response = client.post(url("arrange", session.pk, item.pk), data)
    assert response.status_code == 422
    assert "Offerte gevraagd" in response.content.decode()


def test_arranging_a_thing_of_another_session_is_not_there(client):
    ilse = organiser(client)
    session = planning.plan_session(make_training(), by=ilse, day=timezone.localdate() + timedelta(days=30))
    assert client.post(url("arrange", SessionFactory().pk, session.checklist.first().pk)).status_code == 404
