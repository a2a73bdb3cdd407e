"""One's own data on a page to read and print: the rows of the file, in words."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse

from shared import outbox
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.website.own_data import TELLING, somebody_known
from trainings.models import Attendance
from website.own import readable
from website.own.facts import as_file, own_data

pytestmark = pytest.mark.django_db
PAGE, READABLE = reverse("website:own-data"), reverse("website:own-data-readable")
AS_PROGRAMS_SAY = {"totp", "present", "confirmed", "active", "True"}


@pytest.fixture
def wim(client):
    return somebody_known(client)


@pytest.fixture
def file(wim) -> dict:
    UserSession.objects.create(user=wim, ip="192.0.2.1", user_agent="Firefox", session_key="sleutel")
    Authenticator.objects.create(user=wim, type="totp", data={})
    seat = own_data(wim).seats[0]
    Attendance.objects.create(participant=seat, day_part=seat.session.day_parts.get(), status="present")
    return as_file(own_data(wim))


def parts_of(file: dict) -> dict[str, list[dict]]:
    """The lists of the file by name; the account is a list of one."""
    return {name: part if isinstance(part, list) else [part] for name, part in file.items() if name != "made_at"}


def test_every_row_of_the_file_stands_on_the_page(file):
    shown = [(one.title, len(one.rows)) for one in readable.sections(file)]
    assert shown == [(str(readable.SECTIONS[name]), len(rows)) for name, rows in parts_of(file).items()]


def test_what_was_typed_stands_there_as_it_was_and_states_and_moments_in_words(client, wim, file):
    told = {said for one in readable.sections(file) for row in one.rows for _label, said in row}
    body = client.get(READABLE).content.decode()
    typed = [
        "Waar kan ik parkeren?",
        "Mag ik hier parkeren?",
        "ringleiding",
        wim.email,
        file["bookings"][0]["reference"],
        "aanwezig",
    ]
    assert [words for words in typed if words not in told or words not in body] == []
    assert [said for said in told if said in AS_PROGRAMS_SAY or "T0" in said or "T1" in said] == []


def test_every_name_in_the_file_has_words_on_the_page(client, wim, file):
    names = {name for rows in parts_of(file).values() for row in rows for name in row}
    of_devices = set(file["account"]["signed_in_on"][0])
    assert (set(parts_of(file)), names | of_devices) == (set(readable.SECTIONS), set(readable.LABELS))


def test_the_page_is_of_its_owner_only_and_shows_no_secret_and_no_colleague(client, wim):
    outbox.queue(kind="code", to=wim.email, subject="Code", text="123456", secret=True)
    body = client.get(READABLE).content.decode()
    assert [word for word in ("123456", "collega@school.demo") if word in body] == []
    sign_in(client, UserFactory(email="ander@school.demo"))
    assert [word for word in TELLING if word in client.get(READABLE).content.decode()] == []


def test_the_way_to_it_stands_beside_the_file(client, wim):
    assert READABLE in client.get(PAGE).content.decode()
