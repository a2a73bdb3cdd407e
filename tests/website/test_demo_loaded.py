"""The demonstration once it is loaded, which takes ten seconds: once for all of these, and each takes back what it changes."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from knowledge.network.models import Organisation
from people.models import User
from trainings.models import Booking, Participant, Session, TrainingPage
from website.demo import load

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        load.load(tell=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, settings):
    settings.DEMO = True


def test_the_demo_is_rich_enough_to_judge_every_screen(demo):
    assert TrainingPage.objects.live().count() == 39
    assert TrainingPage.objects.filter(trainer_kind="external").count() >= 20
    assert Organisation.objects.count() == 26
    assert 300 <= Booking.objects.count() <= 340
    states = Counter(Session.objects.values_list("state", flat=True))
    assert 65 <= sum(states.values()) <= 75
    assert set(states) == set(Session.State.values)
    assert Session.objects.filter(visibility=Session.Visibility.LINK).exists()
    assert Session.objects.with_seats_taken().filter(waiting_entries__isnull=False).exists()


def test_no_session_of_the_demo_holds_more_people_than_seats(demo):
    assert [session.code for session in Session.objects.with_seats_taken() if session.taken > session.capacity] == []


def test_the_demo_partner_has_something_coming_awaited_given_back_and_past(demo):
    own = Booking.objects.filter(booked_by__email="partner@school.demo").with_start()
    states = Counter(Participant.objects.filter(booking__in=own.values("pk")).values_list("state", flat=True))
    assert states == {"confirmed": 4, "cancelled": 1, "reserved": 2, "waiting": 2}
    assert sum(booking.ends_at < timezone.now() for booking in own) == 1


def test_the_demo_has_something_to_decide_for_team_and_coordinator_and_a_group_without_names(demo):
    asking = Booking.objects.exclude(stage="").order_by("pk")
    assert list(asking.values_list("stage", flat=True)) == ["team", "team", "coordinator"]
    coordinator = User.objects.get(email="coordinator@school.demo")
    assert list(asking.coordinated_by(coordinator)) == [asking.last()]
    group = Booking.objects.get(head_count=True)
    assert {(person.state, person.is_named) for person in group.participants.all()} == {("confirmed", False)}


def test_loading_again_keeps_what_is_there(demo, capsys):
    before = Booking.objects.count()
    call_command("load_demo")
    assert Booking.objects.count() == before
    assert "kept as it is" in capsys.readouterr().out


def test_the_demo_code_opens_the_second_factor(demo, capsys):
    from allauth.mfa.models import Authenticator

    call_command("demo_code")
    code = capsys.readouterr().out.strip()
    assert Authenticator.objects.get(user__email="organisator@expo-r.demo").wrap().validate_code(code)
