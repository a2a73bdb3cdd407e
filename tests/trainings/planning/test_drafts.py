"""Deleting drafts that nobody booked, and nothing else."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import BookingFactory, SessionFactory, make_training
from trainings import planning, refusals
from trainings.models import ChecklistItem, DayPart, HistoryEntry, Session
from trainings.planning import drafts

pytestmark = pytest.mark.django_db


def url(session):
    return reverse("organise:delete", args=[session.pk])


def test_delete_draft_takes_all_of_it_away_and_remembers_who_did():
    ilse = UserFactory()
    session = planning.plan_session(make_training(code="V03"), by=ilse, day=date(2027, 3, 4))
    drafts.delete_draft(session, by=ilse)
    assert [model.objects.count() for model in (Session, DayPart, ChecklistItem, HistoryEntry)] == [0, 0, 0, 0]
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.label.startswith("V03-"), entry.user, entry.deleted) == ("wagtail.delete", True, ilse, True)


@pytest.mark.parametrize("state", ["published", "done", "cancelled"])
def test_delete_draft_refuses_what_was_published(state):
    session = SessionFactory(state=state, cancel_reason="Ziekte" if state == "cancelled" else "")
    with pytest.raises(refusals.StepNotAllowed):
        drafts.delete_draft(session, by=UserFactory())
    assert Session.objects.exists()


def test_delete_draft_refuses_what_somebody_booked():
    session = SessionFactory(state="draft")
    BookingFactory(session=session)
    with pytest.raises(refusals.StepNotAllowed):
        drafts.delete_draft(session, by=UserFactory())
    assert Session.objects.exists()


def test_a_draft_is_deleted_after_one_more_question(client):
    organiser(client)
    session = SessionFactory(state="draft")
    assert url(session) in client.get(reverse("organise:session", args=[session.pk])).content.decode()
    assert client.get(url(session)).status_code == 200
    assert Session.objects.exists()
    response = client.post(url(session), follow=True)
    assert response.redirect_chain == [(reverse("organise:sessions"), 302)]
    assert (Session.objects.count(), [session.code in text for text in told(response)]) == (0, [True])


@pytest.mark.parametrize(("state", "booked"), [("published", False), ("draft", True)])
def test_what_cannot_be_deleted_is_not_there_to_delete(client, state, booked):
    organiser(client)
    session = SessionFactory(state=state)
    if booked:
        BookingFactory(session=session)
    assert [client.get(url(session)).status_code, client.post(url(session)).status_code] == [404, 404]
    assert Session.objects.exists()
