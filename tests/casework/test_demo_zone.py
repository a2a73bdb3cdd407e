"""Casework's part of the demonstration: loaded once, kept, and nowhere else."""

import pytest
from django.core.management import CommandError, call_command

from casework.models import Referral
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["load_casework_demo", "prepare_casework_demo"])
def test_the_demo_of_casework_refuses_to_load_outside_demo_mode(command):
    with pytest.raises(CommandError, match="demo mode"):
        call_command(command)
    assert User.objects.count() == 0


def test_loading_again_keeps_what_is_there(settings, capsys):
    settings.DEMO = True
    call_command("load_casework_demo")
    before = (User.objects.count(), Referral.objects.count())
    call_command("load_casework_demo")
    assert (User.objects.count(), Referral.objects.count()) == before
    assert capsys.readouterr().out.splitlines() == ["casework demo: loaded", "casework demo: there already, kept as it is"]
