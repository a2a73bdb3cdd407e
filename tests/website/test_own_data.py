"""What we keep about somebody: seen, taken along, removed; and what stays does not tell who it was."""

import json
import time
import uuid

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from people.models import User
from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in, with_session
from tests.trainings.everywhere import hits
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory
from tests.website.people import TEAM, member
from trainings import needs, personal
from trainings.booking import book_seats
from trainings.models import AccessNeed, Feed, Participant
from trainings.seats import Person
from website.models import Question
from website.own import removal

pytestmark = pytest.mark.django_db
PAGE, EXPORT, REMOVE = (reverse(f"website:own-data{name}") for name in ("", "-export", "-remove"))
TELLING = ["Zwaluwnest", "zwaluw@school.demo", "ringleiding", "parkeren"]
SURE = {"sure": "on"}


def ask(address, text="Mag ik hier parkeren?"):
    return Question.objects.create(name="Wim Zwaluwnest", email=address, text=text, form_key=uuid.uuid4())


@pytest.fixture
def wim(client):
    """Somebody with a past and a future here, signed in just now."""
    wim = UserFactory(email="zwaluw@school.demo", first_name="Wim", last_name="Zwaluwnest")
    MembershipFactory(user=wim)
    Feed.objects.create(user=wim, made_by=wim)
    TrainerFactory(user=wim)
    past = BookingFactory(session=SessionFactory(days=-20, state="done"), booked_by=wim, message="Waar kan ik parkeren?")
    ParticipantFactory(booking=past, first_name="Wim", family_name="Zwaluwnest", email=wim.email)
    ParticipantFactory(booking=past, family_name="Collega", email="collega@school.demo")
    coming = book_seats(SessionFactory(), by=wim, participants=[Person("Wim", "Zwaluwnest", wim.email)])
    needs.tell_need(coming.participants.get(), "ringleiding")
    ParticipantFactory(booking=BookingFactory(), first_name="Wim", family_name="Zwaluwnest", email=wim.email)
    ask(wim.email)
    outbox.queue(kind="x", to=wim.email, subject="x", text="Dag Wim Zwaluwnest")
    OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
    return sign_in(client, wim)


def test_the_page_lists_what_we_keep(client, wim):
    body = client.get(PAGE).content.decode()
    facts = [
        "zwaluw@school.demo",
        "ringleiding",
        "Mag ik hier parkeren?",
        *(str(one.organisation) for one in wim.memberships.all()),
    ]
    assert [fact for fact in facts if fact not in body] == []


def test_the_file_holds_everything_and_belongs_to_its_owner_only(client, wim):
    response = client.get(EXPORT)
    file = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert {name: len(rows) for name, rows in file.items() if isinstance(rows, list)} == {
        "memberships": 1, "bookings": 2, "participations": 3, "access_needs": 1, "calendars": 1, "questions": 1, "messages": 2,
    }  # fmt: skip
    assert file["account"]["email"] == wim.email
    sign_in(client, UserFactory(email="ander@school.demo"))
    assert [word for word in TELLING if word in client.get(EXPORT).content.decode()] == []


def test_a_colleague_in_ones_booking_is_not_in_ones_file(client, wim):
    assert hits("collega@school.demo") == ["trainings_participant.email"]
    assert "collega@school.demo" not in client.get(EXPORT).content.decode()


def test_secret_messages_are_not_in_the_file(client, wim):
    outbox.queue(kind="code", to=wim.email, subject="Code", text="123456", secret=True)
    assert "123456" not in client.get(EXPORT).content.decode()


def test_after_removal_nothing_anywhere_tells_who_it_was(client, wim):
    assert len(hits(*TELLING)) > 8
    assert client.post(REMOVE, SURE).url == reverse("website:own-data-removed")
    # The last mails still have to arrive; once they did, the worker forgets them.
    OutboxMessage.objects.filter(to="zwaluw@school.demo").update(state="sent", sent_at=timezone.now())
    removal.forget_farewells()
    assert [column for column in hits(*TELLING) if column.partition(".")[0] != "shared_outboxmessage"] == []
    assert not OutboxMessage.objects.filter(to="zwaluw@school.demo").exists()


def test_the_seats_to_come_are_free_and_those_of_the_past_still_count(client, wim):
    coming = [seat.session for seat in personal.upcoming_seats(wim.email)]
    past = wim.bookings.get(session__state="done")
    client.post(REMOVE, SURE)
    assert [session.participants.seated().count() for session in coming] == [0, 0]
    assert sorted(past.participants.values_list("state", "family_name")) == [("confirmed", ""), ("confirmed", "Collega")]
    assert not AccessNeed.objects.exists()


def test_nobody_signs_in_any_more_and_calendars_and_memberships_end(client, wim):
    client.post(REMOVE, SURE)
    wim.refresh_from_db()
    facts = (wim.is_active, wim.has_usable_password(), wim.first_name, wim.last_name, str(wim), wim.is_removed)
    assert facts == (False, False, "", "", "verwijderd account", True)
    assert (EmailAddress.objects.filter(user=wim).count(), wim.memberships.current().count(), Feed.objects.live().count()) == (
        0,
        0,
        0,
    )
    assert client.get(PAGE).url.startswith("/account/login/")


def test_the_last_mail_names_nobody(client, wim):
    client.post(REMOVE, SURE)
    mail = OutboxMessage.objects.get(kind="data_removed")
    assert (mail.to, mail.subject, "Zwaluwnest" in mail.text, "Wim" in mail.text) == (
        "zwaluw@school.demo", "Je gegevens zijn gewist", False, False,
    )  # fmt: skip


def test_the_same_address_can_begin_anew(client, wim):
    client.post(REMOVE, SURE)
    client.post(reverse("account_login"), {"email": "zwaluw@school.demo"})
    assert User.objects.filter(email="zwaluw@school.demo", is_active=True).count() == 1


def test_nothing_is_removed_without_the_tick(client, wim):
    assert list(client.post(REMOVE, {}).context["form"].errors) == ["sure"]
    assert User.objects.filter(pk=wim.pk, is_active=True).exists()


def test_who_booked_for_others_hands_over_first(client, wim):
    booking = BookingFactory(booked_by=wim)
    seat = ParticipantFactory(booking=booking, family_name="Collega")
    assert booking.get_absolute_url() in client.get(REMOVE).content.decode()
    client.post(REMOVE, SURE)
    assert (User.objects.get(pk=wim.pk).is_active, Participant.objects.get(pk=seat.pk).state) == (True, "confirmed")
    Participant.objects.filter(pk=seat.pk).update(state="cancelled", cancelled_at=timezone.now())
    client.post(REMOVE, SURE)
    assert not User.objects.get(pk=wim.pk).is_active


@pytest.mark.parametrize("group", TEAM)
def test_an_account_of_the_team_does_not_remove_itself_and_is_told_why(client, group):
    user = member(client, group)
    assert "Je werkt voor het team." in client.get(REMOVE).content.decode()
    client.post(REMOVE, SURE)
    assert User.objects.get(pk=user.pk).is_active


def test_who_signed_in_long_ago_proves_to_be_the_owner_first(client, wim):
    session = client.session
    session[METHODS] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    assert client.post(REMOVE, SURE).url == f"{reverse('account_login')}?next={REMOVE.replace('/', '%2F')}"
    assert User.objects.get(pk=wim.pk).is_active


def test_who_has_a_password_is_asked_for_it(client, wim):
    wim.set_password("een lang wachtwoord")
    wim.save()
    sign_in(client, wim)
    assert client.get(REMOVE).url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_of_each(client, n, django_assert_num_queries):
    user = UserFactory(email="zwaluw@school.demo")
    training = SessionFactory().training
    for number in range(n):
        session = SessionFactory(training=training, days=40 + number)
        ParticipantFactory(booking=BookingFactory(session=session, booked_by=user), email=user.email)
        MembershipFactory(user=user)
        ask(user.email)
    sign_in(client, user)
    client.get(PAGE)
    with django_assert_num_queries(with_session(11)):
        client.get(PAGE)


# The team's way

FORGET = reverse("website_forget")


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
