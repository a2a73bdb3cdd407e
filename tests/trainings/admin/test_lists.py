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
    SchoolHolidayFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    make_training,
)
from trainings.admin.work import work
from trainings.models import SchoolHoliday, Trainer, Venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["lesgevers", "locaties", "schoolvakanties"])
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


def test_the_school_holidays_say_what_they_are_for_and_can_be_changed(client):
    organiser(client)
    holiday = SchoolHolidayFactory()
    assert "vrijgekomen plaats" in client.get(reverse("schoolvakanties:index")).content.decode()
    new = {"name": "herfstvakantie", "first_day": "2040-10-29", "last_day": "2040-11-11"}
    client.post(reverse("schoolvakanties:edit", args=[holiday.pk]), new)
    holiday.refresh_from_db()
    assert str(holiday.last_day) == "2040-11-11"


def test_a_school_holiday_that_ends_before_it_begins_is_refused(client):
    organiser(client)
    holiday = {"name": "herfstvakantie", "first_day": "2040-10-29", "last_day": "2040-10-01"}
    client.post(reverse("schoolvakanties:add"), holiday)
    assert not SchoolHoliday.objects.filter(first_day__year=2040).exists()


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
    asked, owing = SessionFactory(days=40), SessionFactory(days=8)
    ParticipantFactory(booking=BookingFactory(session=asked, stage="team"), state="pending")
    ParticipantFactory(booking=BookingFactory(session=owing), state="reserved", first_name="", family_name="")
    for session in (asked, owing):
        session.trainers.add(TrainerFactory())
    SessionFactory(days=-8)  # not this week, whatever day it is today
    SessionFactory(days=9, state="draft").trainers.add(TrainerFactory())
    outbox.queue(kind="x", to="sam@school.demo", subject="x", text="x")
    OutboxMessage.objects.update(state="failed")
    request = rf.get("/cms/")
    request.user = user
    lines = work(request)
    assert [line.count for line in lines] == [0, 1, 1, 1, 1, 1, 1, 5, 1]
    for line in lines[:-1]:
        assert len(client.get(line.url).context["object_list"]) == line.count
    found = [client.get(line.url).context["object_list"][0] for line in lines[1:5]]
    assert found == [asked, owing, bare, full]


def test_todays_work_is_empty_for_who_does_not_organise(rf):
    request = rf.get("/cms/")
    request.user = UserFactory(groups=["Redactie"])
    assert work(request) == []
