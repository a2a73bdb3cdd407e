"""The team removes somebody on request, and it is written down without a name."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from people.models import User
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.everywhere import hits
from tests.trainings.factories import ParticipantFactory
from tests.website.own_data import TELLING, somebody_known
from tests.website.people import member
from website.own import removal

pytestmark = pytest.mark.django_db
FORGET = reverse("website_forget")


@pytest.fixture
def wim(client):
    return somebody_known(client)


@pytest.fixture
def admin(client, wim):
    return member(client, "Beheer")


def test_the_team_looks_somebody_up_before_removing(client, admin):
    found = client.post(FORGET, {"email": "Zwaluw@School.demo", "look": "1"}).context["found"]
    assert (found["bookings"], found["seats"], found["coming"], found["questions"]) == (2, 3, 2, 1)
    assert User.objects.filter(email="zwaluw@school.demo").exists()


def test_the_team_removes_on_request_and_it_is_written_down_without_a_name(client, admin, wim):
    assert client.post(FORGET, {"email": "zwaluw@school.demo", "remove": "1", "sure": "on"}).url == FORGET
    OutboxMessage.objects.all().delete()
    assert hits(*TELLING) == []
    entry = ModelLogEntry.objects.get(action=removal.ACTION)
    assert (entry.user, entry.object_id, entry.label) == (admin, str(wim.pk), "verwijderd account")


def test_the_team_removes_who_has_no_account(client, admin):
    ParticipantFactory(family_name="Kerkuil", email="kerkuil@school.demo")
    client.post(FORGET, {"email": "kerkuil@school.demo", "remove": "1", "sure": "on"})
    assert [column for column in hits("kerkuil") if not column.startswith("shared_outbox")] == []


def test_the_team_removes_nobody_without_saying_that_it_was_asked(client, admin):
    response = client.post(FORGET, {"email": "zwaluw@school.demo", "remove": "1"})
    assert (list(response.context["form"].errors), User.objects.filter(email="zwaluw@school.demo").count()) == (["sure"], 1)


def test_an_account_of_the_team_loses_its_roles_first(client, admin):
    colleague = UserFactory(groups=["Redactie"])
    response = client.post(FORGET, {"email": colleague.email, "remove": "1", "sure": "on"})
    assert (list(response.context["form"].errors), User.objects.get(pk=colleague.pk).is_active) == (["email"], True)
