"""Trainers and venues, the buttons on trainings, and what waits today."""

import pytest
from django.urls import reverse

from shared import outbox, versions
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    make_training,
)
from trainings.admin.work import work
from trainings.models import Trainer, Venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["lesgevers", "locaties"])
def test_the_lists_are_there_for_organisers_only(client, name):
    url = reverse(f"{name}:index")
    organiser(client)
    assert client.get(url).status_code == 200
    sign_in(client, UserFactory(groups=["Redactie"]))
    assert client.get(url).status_code == 404


def test_a_trainer_can_be_added(client):
    organiser(client)
    client.post(reverse("lesgevers:add"), {"name": "Samira", "kind": "external", "organisation": "", "bio": "", "email": ""})
    assert Trainer.objects.get().name == "Samira"


def test_a_changed_venue_makes_the_catalogue_anew(client, django_capture_on_commit_callbacks):
    organiser(client)
    venue, before = VenueFactory(), versions.current("catalogue")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("locaties:edit", args=[venue.pk]), {"name": "De Vlonder", "city": "Gent"})
    venue.refresh_from_db()
    assert (venue.name, versions.current("catalogue") > before) == ("De Vlonder", True)


def test_a_venue_in_use_is_not_deleted(client):
    organiser(client)
    venue, session = VenueFactory(), SessionFactory()
    session.day_parts.update(venue=venue)
    response = client.post(reverse("locaties:delete", args=[venue.pk]), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Venue.objects.filter(pk=venue.pk).exists()
    # Wagtail leads to where the form says; what is no address is not taken for the name of a page.
    assert client.post(reverse("locaties:delete", args=[venue.pk]), {"next": "verder"}).url == "verder"


def test_a_training_can_be_planned_from_the_list_of_pages(client):
    training = make_training()
    user = organiser(client)
    user.groups.add(*UserFactory(groups=["Coördinatie"]).groups.all())
    listing = client.get(reverse("wagtailadmin_explore", args=[training.get_parent().pk]))
    assert reverse("organise:plan", args=[training.pk]) in listing.content.decode()


def test_todays_work_counts_what_the_lists_behind_it_show(client, rf):
    user = organiser(client)
    bare, full = SessionFactory(days=20), SessionFactory(days=25, capacity=1)
    full.trainers.add(TrainerFactory())
    ParticipantFactory(booking=BookingFactory(session=full), state="waiting")
    SessionFactory(days=-8)  # not this week, whatever day it is today
    SessionFactory(days=9, state="draft").trainers.add(TrainerFactory())
    outbox.queue(kind="x", to="sam@school.demo", subject="x", text="x")
    OutboxMessage.objects.update(state="failed")
    request = rf.get("/cms/")
    request.user = user
    lines = work(request)
    assert [line.count for line in lines] == [0, 1, 1, 1, 1, 3, 1]
    for line in lines[:-2]:
        assert len(client.get(line.url).context["object_list"]) == line.count
    assert client.get(lines[1].url).context["object_list"][0] == bare


def test_todays_work_is_empty_for_who_does_not_organise(rf):
    request = rf.get("/cms/")
    request.user = UserFactory(groups=["Redactie"])
    assert work(request) == []
