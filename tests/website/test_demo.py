"""The demonstration: rich, around today, loaded once, and nowhere else."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from knowledge.network.models import Organisation
from people.models import User
from trainings.models import Booking, Participant, Session, TrainingPage
from website.demo import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    load.load(tell=lambda line: None)


@pytest.mark.parametrize("command", ["load_demo", "demo_code", "demo"])
def test_the_demo_refuses_to_load_or_help_outside_demo_mode(command):
    with pytest.raises(CommandError, match="demo mode"):
        call_command(command)
    assert User.objects.count() == 0


def test_the_demo_is_rich_enough_to_judge_every_screen(demo):
    assert TrainingPage.objects.live().count() == 39
    assert TrainingPage.objects.filter(trainer_kind="external").count() >= 20
    assert Organisation.objects.count() == 25
    assert Booking.objects.count() >= 300
    states = Counter(Session.objects.values_list("state", flat=True))
    assert 65 <= sum(states.values()) <= 75
    assert set(states) == set(Session.State.values)
    assert Session.objects.filter(visibility=Session.Visibility.LINK).exists()
    assert Session.objects.with_seats_taken().filter(waiting_entries__isnull=False).exists()


def test_the_demo_lies_around_today(demo):
    starts = list(Session.objects.with_times().values_list("starts_at", flat=True))
    days = [(start - timezone.now()).days for start in starts]
    assert (min(days) < -120, max(days) > 120, len([day for day in days if 0 <= day < 60]) > 5) == (True, True, True)


def test_no_session_of_the_demo_holds_more_people_than_seats(demo):
    assert [session.code for session in Session.objects.with_seats_taken() if session.taken > session.capacity] == []


def test_the_demo_partner_has_something_coming_awaited_given_back_and_past(demo):
    own = Booking.objects.filter(booked_by__email="partner@school.demo").with_start()
    states = Counter(Participant.objects.filter(booking__in=own.values("pk")).values_list("state", flat=True))
    assert states == {"confirmed": 4, "cancelled": 1, "waiting": 1}
    assert sum(booking.ends_at < timezone.now() for booking in own) == 1


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
