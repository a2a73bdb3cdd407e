"""The demonstration: rich, around today, loaded once, and nowhere else."""

import socket
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.models import User
from trainings.dates.school_holidays import school_holiday
from trainings.dates.working_days import is_working_day
from website.demo import accounts, content, pages, planning, post, run
from website.demo.zones import CASEWORK, PUBLIC
from website.models import BrandSettings

pytestmark = pytest.mark.django_db
LOADED_ON = [
    date(2026, 1, 1),
    date(2026, 4, 12),
    date(2026, 6, 30),
    date(2026, 8, 15),
    date(2026, 11, 26),
    date(2027, 3, 26),
    date(2027, 12, 31),
    date(2028, 2, 29),
]


@pytest.mark.parametrize("command", ["load_demo", "demo_code", "demo"])
def test_the_demo_refuses_to_load_or_help_outside_demo_mode(command):
    with pytest.raises(CommandError, match="demo mode"):
        call_command(command)
    assert User.objects.count() == 0


@pytest.mark.parametrize("today", LOADED_ON, ids=str)
def test_no_session_of_the_demo_is_held_on_a_day_off(today):
    days = {part.starts_at.date() for appointment, _fate in planning.plan(today) for part in appointment.parts}
    assert sorted(day for day in days if not is_working_day(day) or school_holiday(day)) == []


@pytest.mark.parametrize("today", LOADED_ON, ids=str)
def test_the_demo_lies_around_the_day_of_loading_and_is_the_same_each_time(today):
    planned = planning.plan(today)
    days = [(appointment.starts_at.date() - today).days for appointment, _fate in planned]
    # The summer holidays alone are nine weeks without a session.
    assert (len(days), min(days) < -100, max(days) > 100, len([day for day in days if 0 < day < 75]) > 5) == (70, True, True, True)
    assert planned == planning.plan(today)
    assert {appointment.training["code"] for appointment, _fate in planned if appointment.starts_at.date() > today} == {
        row["code"] for row in content.trainings() if row["offer"] != "on_request"
    }


@pytest.mark.parametrize("today", LOADED_ON, ids=str)
def test_nobody_and_no_room_of_the_demo_is_in_two_sessions_on_a_day(today):
    needed = Counter(
        (day, name)
        for appointment, _fate in planning.plan(today)
        for day in {part.starts_at.date() for part in appointment.parts}
        for name in {*appointment.training["trainers"], *(part.venue for part in appointment.parts)} - {""}
    )
    assert [what for what, times in needed.items() if times > 1] == []


@pytest.mark.parametrize("today", LOADED_ON, ids=str)
@pytest.mark.parametrize(
    ("code", "starts", "weeks_between"),
    [
        ("V03", ["13:30"], 0),  # "de hele namiddag"
        ("V06", ["09:00", "13:00", "09:00", "13:00"], 3),  # "twee dagen, met drie weken ertussen"
        ("V13", ["19:30", "13:30"], 1),  # "een online avond … een week later"
        ("V14", ["13:30"], 0),  # "een namiddag", with pupils: on a Wednesday
        ("V20", ["19:00"], 0),  # "op een avond na de training"
        ("V22", ["09:00"], 0),  # "in de loop van de voormiddag"
        ("V31", ["09:00", "13:00", "09:00", "13:00"], 3),  # "tussen de twee dagen liggen drie weken"
        ("V34", ["13:00"], 0),  # "de hele namiddag"
    ],
)
def test_sessions_of_the_demo_are_held_when_their_text_says(today, code, starts, weeks_between):
    mine = [appointment for appointment, _fate in planning.plan(today) if appointment.training["code"] == code]
    assert mine
    for appointment in mine:
        parts = appointment.parts
        assert [f"{part.starts_at:%H:%M}" for part in parts] == starts
        assert parts[-1].starts_at.date() - parts[0].starts_at.date() == timedelta(weeks=weeks_between)
        assert [(part.ends_at - part.starts_at).seconds // 60 for part in parts] == appointment.training["parts"]


def test_parts_of_a_session_are_as_long_as_their_training():
    for row in content.trainings():
        assert sum(row["parts"]) == row["duration_minutes"] == sum(part["minutes"] for part in row["programme"])


def test_who_takes_part_from_home_has_a_link_and_who_comes_has_a_place():
    places = {}
    for appointment, _fate in planning.plan(date(2026, 11, 26)):
        form = appointment.training["format"]
        name = appointment.training["code"] if form == "hybrid" else form
        places.setdefault(name, set()).add(tuple((bool(part.venue), part.online) for part in appointment.parts))
    assert {name: set().union(*map(set, found)) for name, found in places.items() if name != "V13"} == {
        "on_site": {(True, False)},
        "online": {(False, True)},
        "V36": {(True, True)},
    }
    assert places["V13"] == {((False, True), (True, False))}  # first an evening at home, then together


def test_nobody_of_the_demo_may_more_than_the_roles_say():
    accounts.load_accounts()
    assert not User.objects.filter(is_superuser=True).exists()
    user = User.objects.get(email="beheer@expo-r.demo")
    assert (user.has_perm("people.change_user"), user.has_perm("trainings.organise")) == (True, False)


def test_pages_and_foot_of_the_demo_name_one_address_and_number(client):
    pages.load_pages()
    pages.load_brand()
    brand = BrandSettings.objects.get()
    for address in ("/aanspreekpunt/", "/toegankelijkheid/", "/privacy/"):
        html = client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        main = html.partition("<main")[2].partition("</main>")[0]
        assert (brand.contact_email in main, brand.contact_phone in main) == (True, True)


def test_the_accessibility_statement_is_dated_and_leads_to_the_ombuds_service(client):
    pages.load_pages()
    html = client.get("/toegankelijkheid/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert f"opgesteld op {timezone.localdate().day} " in html
    assert '<a href="https://www.vlaamseombudsdienst.be">' in html


@pytest.mark.parametrize("variable", ["PUBLIC_PORT", "CASEWORK_PORT"])
def test_a_taken_port_is_told_before_anything_is_prepared(monkeypatch, variable):
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("127.0.0.1", 0)) as free:
        port, another = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        monkeypatch.setenv("PUBLIC_PORT", str(another))
        monkeypatch.setenv("CASEWORK_PORT", str(another))
        monkeypatch.setenv(variable, str(port))
        with pytest.raises(CommandError, match=f"^Port {port} is not free: .*{variable}={port + 100}"):
            run.prepare(pytest.fail)


def test_two_zones_on_one_port_are_told_too(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("PUBLIC_PORT", str(port))
    monkeypatch.setenv("CASEWORK_PORT", str(port))
    with pytest.raises(CommandError, match=f"^Port {port} is not free: "):
        run.prepare(pytest.fail)


def test_what_is_said_of_the_public_zone_is_not_said_of_casework(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.setenv(f"EXPOR_{name}", "of the public zone")
    told = CASEWORK.environment
    assert [name for name, value in told.items() if value == "of the public zone"] == ["EXPOR_EXCHANGE_URL"]
    assert PUBLIC.environment["EXPOR_DATABASE_URL"] == "of the public zone"
    assert (told["DJANGO_SETTINGS_MODULE"], told["EXPOR_SITE_URL"]) == (
        "website.settings.casework",
        "http://casework.localhost:8001",
    )


def test_the_hour_of_a_mail_is_known_with_its_zone():
    mail = message_from_bytes(EmailMessage("Dag", "Tekst", to=["els@school.demo"]).message().as_bytes(), policy=policy.default)
    assert abs(post.sent_at(mail) - datetime.now(UTC)) < timedelta(seconds=5)
