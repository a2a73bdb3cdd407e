"""What we keep about somebody: seen, taken along, removed; and what stays does not tell who it was."""

import json
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import User
from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in, with_session
from tests.trainings.everywhere import hits
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from tests.website.own_data import TELLING, ask, somebody_known
from tests.website.people import TEAM, member
from trainings import links
from trainings.changing import replace_participant
from trainings.models import AccessNeed, Feed, HistoryEntry, Participant
from trainings.organisations.handing_over import hand_over
from trainings.privacy import personal
from trainings.seats import Person
from website.own import removal

pytestmark = pytest.mark.django_db
PAGE, EXPORT, REMOVE = (reverse(f"website:own-data{name}") for name in ("", "-export", "-remove"))
SURE = {"sure": "on"}


@pytest.fixture
def wim(client):
    return somebody_known(client)


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


def test_the_only_training_coordinator_is_removed_too(client, wim):
    MembershipFactory(user=wim, role="coordinator")
    assert client.post(REMOVE, SURE).url == reverse("website:own-data-removed")
    assert wim.memberships.current().count() == 0


def test_a_calendar_that_was_kept_stops_at_once(client, wim, django_capture_on_commit_callbacks):
    Participant.objects.all().delete()  # a seat that is given back would make the kept answer old
    address = links.to_feed(Feed.objects.get()).removeprefix("http://testserver")
    reader = Client()
    assert reader.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(REMOVE, SURE)
    assert reader.get(address).status_code == 404


def test_the_calendar_of_a_trainer_stops_too(client, wim):
    Feed.objects.create(trainer=wim.trainer, made_by=wim)
    client.post(REMOVE, SURE)
    assert not Feed.objects.live().exists()


def test_who_would_leave_an_organisation_without_coordinator_reads_so_and_may_go_on(client, wim):
    alone = MembershipFactory(user=wim, role="coordinator").organisation
    shared = MembershipFactory(user=wim, role="coordinator").organisation
    MembershipFactory(organisation=shared, role="coordinator")
    page = client.get(REMOVE)
    assert (page.context["left_alone"], alone.name in page.content.decode()) == ([alone], True)
    assert client.post(REMOVE, SURE).url == reverse("website:own-data-removed")


def test_another_name_that_begins_alike_stays_in_the_history(client, wim):
    booking = wim.bookings.get(session__state="done")
    for name in ("Wim Zwaluwnester", "Wim Zwaluwnest-Claes", "Sywim Zwaluwnest"):
        HistoryEntry.objects.create(session=booking.session, booking=booking, verb="named", detail=f"{name}, Wim Zwaluwnest")
    client.post(REMOVE, SURE)
    told = booking.history.filter(verb="named").order_by("pk").values_list("detail", flat=True)
    assert list(told) == ["Wim Zwaluwnester, –", "Wim Zwaluwnest-Claes, –", "Sywim Zwaluwnest, –"]


def test_who_was_replaced_goes_from_the_history_of_that_booking_too(client, wim):
    school = wim.memberships.get().organisation
    ours, other = BookingFactory(organisation=school), BookingFactory()
    for booking in (ours, other):
        seat = ParticipantFactory(booking=booking, first_name="Wim", family_name="Zwaluwnest", email="w@prive.demo")
        replace_participant(seat, Person("Bert", "Maes", "bert@school.demo"), by=booking.booked_by)
    client.post(REMOVE, SURE)
    told = [booking.history.get(verb="replaced").detail for booking in (ours, other)]
    # Elsewhere it may be somebody else of that name: nothing tells.
    assert told == ["– → Bert Maes", "Wim Zwaluwnest → Bert Maes"]


@pytest.mark.only_on("postgresql")  # SQLite locks no single rows
def test_the_account_is_locked_no_harder_than_a_booking_of_the_same_person_bears(wim):
    with CaptureQueriesContext(connection) as queries:
        removal.remove_somebody(wim.email, by=wim)
    first = next(query["sql"] for query in queries if "FOR " in query["sql"])
    assert ("people_user" in first, first.endswith("FOR NO KEY UPDATE")) == (True, True)


def test_who_handed_bookings_over_is_named_there_no_longer(client, wim):
    member = wim.memberships.get()
    colleague = MembershipFactory(organisation=member.organisation).user
    booking = ParticipantFactory(booking=BookingFactory(organisation=member.organisation, booked_by=wim)).booking
    hand_over(member.organisation, of=wim, to=colleague, by=wim)
    client.post(REMOVE, SURE)
    assert booking.history.get(verb="handed_over").detail == f"– → {colleague}"


def test_seats_are_given_back_session_by_session_in_the_order_in_which_all_lock_them(client, wim):
    for pk in (1008, 1001):
        ParticipantFactory(booking=BookingFactory(session=SessionFactory(pk=pk)), email=wim.email)
    personal.forget_person(wim.email, by=wim)
    given_back = HistoryEntry.objects.filter(verb="participant_cancelled").order_by("pk").values_list("session", flat=True)
    assert list(given_back) == sorted(given_back)


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
