"""About a session that is over nobody is mailed any more, and what stopped being true is not sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import BookingFactory, OfferFactory, ParticipantFactory, SessionFactory, WaitingEntryFactory
from tests.trainings.life import BERT, CARO, JAN, NOOR, forget_mail, full_session, offered, sent
from trainings import approval, booking, changing, mail, names, planning, reminders, waiting
from trainings.dates import day_parts
from trainings.models import Session

pytestmark = pytest.mark.django_db
OVER = "Done. This session is over: nobody gets a mail about it."


@pytest.fixture
def over():
    """A session of last week that nobody closed yet, with somebody in it who has an address."""
    session = SessionFactory(days=-7)
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    return session


def seat(session, **fields):
    return ParticipantFactory(booking=BookingFactory(session=session, **fields.pop("booking", {})), **fields)


def one(session):
    return session.participants.get(email="sam@school.demo")


def changed(session, by):
    [part] = day_parts.of(session)
    later = {"starts_at": part.starts_at + timedelta(hours=1), "ends_at": part.ends_at + timedelta(hours=1)}
    planning.change_session(session, by=by, parts=[replace(part, **later)])


def moved_here(session, by):
    """Somebody of a session to come is put down as having been in this one."""
    changing.move_participants([seat(SessionFactory(training=session.training))], session, by=by)


def given_from_the_list(session, by):
    entry = WaitingEntryFactory(session=session)
    ParticipantFactory(booking=entry.booking, state="waiting")
    waiting.give_seats(entry, by=by)


def offer_run_out(session, by):
    entry = WaitingEntryFactory(session=session)
    ParticipantFactory(booking=entry.booking, state="waiting")
    OfferFactory(entry=entry, expires_at=timezone.now() - timedelta(days=8))
    waiting.close_due()


def named(session, by):
    booking_of = seat(session, state="reserved", first_name="", family_name="").booking
    names.name_seats(booking_of, [JAN], by=by, as_team=True)


def asked(session):
    return seat(session, state="pending", booking={"stage": "team"}).booking


VERBS = {
    "changed": changed,
    "cancelled": lambda session, by: planning.cancel_session(session, by=by, reason="Ziekte"),
    "added": lambda session, by: booking.add_participant(session, by=by, person=BERT),
    "given back": lambda session, by: booking.cancel_participants([one(session)], by=by, reason="x", as_team=True),
    "replaced": lambda session, by: changing.replace_participant(one(session), CARO, by=by, reason="x", as_team=True),
    "put right": lambda session, by: changing.correct_details(one(session), NOOR, by=by, as_team=True),
    "moved here": moved_here,
    "named": named,
    "names missing": lambda session, by: mail.names_missing(one(session).booking, 2),
    "approved": lambda session, by: approval.approve(asked(session), by=by),
    "refused": lambda session, by: approval.refuse(asked(session), by=by, reason="Volzet"),
    "given from the list": given_from_the_list,
    "offer run out": offer_run_out,
    "reminded": lambda session, by: reminders.remind(session),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_put_right_about_a_session_that_is_over_mails_nobody(over, verb):
    VERBS[verb](over, UserFactory())
    assert sent() == []


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_about_a_session_to_come_mails_somebody(verb):
    session = SessionFactory(days=7)
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    VERBS[verb](session, UserFactory())
    assert sent() != []


def test_who_is_moved_from_a_session_that_is_over_is_invited_to_the_other_and_keeps_the_old_appointment(over):
    changing.move_participants([one(over)], SessionFactory(training=over.training), by=UserFactory())
    assert [(kind, method) for kind, _to, method in sent()] == [("invitation", "REQUEST"), ("participants_moved", "")]


def test_the_team_still_writes_to_who_was_there(over):
    assert planning.mail_all(over, by=UserFactory(), subject="Dank je", text="Hier zijn de slides.") == 2
    assert outbox.send_due() == 2


def test_the_screen_promises_no_mail_about_a_session_that_is_over(client, over):
    organiser(client)
    url = reverse("organise:add-participant", args=[over.pk])
    answer = client.post(url, {"first_name": "Bert", "family_name": "Maes", "email": "bert@school.demo"}, follow=True)
    assert told(answer) == [_(OVER)]


def test_the_page_that_cancels_a_session_that_is_over_names_nobody_who_is_told(client, over):
    organiser(client)
    page = client.get(reverse("organise:cancel", args=[over.pk]))
    says_so = _("This session is over: nobody gets a mail about it.") in page.content.decode()
    assert (page.context["addresses"], says_so) == ([], True)
    together = client.get(reverse("organise:bulk-cancel"), {"sessie": over.pk})
    assert together.context["rows"] == [(over, 0)]


def test_a_reminder_that_could_not_leave_before_the_start_is_not_sent():
    session = SessionFactory(days=1)
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    mail.session_reminder(session)
    assert set(OutboxMessage.objects.values_list("expires_at", flat=True)) == {session.day_parts.get().starts_at}


def test_what_says_something_of_a_session_is_of_use_until_its_end():
    session = SessionFactory(parts=2)
    booking.book_seats(session, by=UserFactory(), participants=[BERT])
    last = session.day_parts.order_by("ends_at").last()
    assert set(OutboxMessage.objects.values_list("expires_at", flat=True)) == {last.ends_at}


def test_names_are_asked_for_until_they_are_due():
    session = SessionFactory()
    booking.book_seats(session, by=UserFactory(), without_name=1)
    forget_mail()
    mail.names_missing(session.bookings.get(), 1)
    assert OutboxMessage.objects.get().expires_at == session.names_close_at


def test_an_offer_that_could_not_leave_in_time_is_given_up_and_the_team_reads_why(client):
    offer = offered(full_session(1))
    message = OutboxMessage.objects.get(kind="seats_offered")
    assert message.expires_at == offer.expires_at
    OutboxMessage.objects.filter(pk=message.pk).update(expires_at=timezone.now())
    outbox.send_due()
    message.refresh_from_db()
    assert (message.state, message.error, message.can_be_sent_again) == ("failed", "expired", False)
    organiser(client)
    assert message.fault in client.get(reverse("organise:messages", args=[offer.session_id])).content.decode()


@pytest.mark.parametrize("answer", [waiting.accept_offer, waiting.refuse_offer])
def test_an_offer_that_was_answered_is_not_sent_any_more(answer):
    offer = offered(full_session(1))
    answer(offer, by=UserFactory())
    outbox.send_due()
    assert OutboxMessage.objects.get(kind="seats_offered").error == "expired"


def test_an_offer_that_ends_sooner_is_told_once():
    offer = offered(full_session(1))
    Session.objects.filter(pk=offer.session_id).update(booking_closes_at=timezone.now() + timedelta(hours=30))
    waiting.end_offers_in_time(Session.objects.get(pk=offer.session_id))
    outbox.send_due()
    found = OutboxMessage.objects.filter(kind="seats_offered").order_by("created_at")
    assert list(found.values_list("state", flat=True)) == ["failed", "sent"]


def test_a_cancelled_session_overtakes_its_reminder_and_its_offers():
    offer = offered(full_session(1))
    mail.session_reminder(offer.session)
    planning.cancel_session(offer.session, by=UserFactory(), reason="Ziekte")
    outbox.send_due()
    left = OutboxMessage.objects.filter(state="sent").values_list("kind", flat=True)
    assert {"session_reminder", "seats_offered"} & set(left) == set()
    assert "session_cancelled" in left


def test_a_mail_that_expired_does_not_say_that_the_address_is_wrong(client):
    organiser(client)
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    mail.session_reminder(session)
    OutboxMessage.objects.update(state="failed", error="expired", expires_at=timezone.now())
    page = client.get(reverse("organise:session", args=[session.pk]))
    assert (page.context["bounced"], Session.objects.with_to_do().get(pk=session.pk).to_do_resend) == (set(), 0)


def test_what_expired_is_not_sent_again_with_all_the_others(client):
    organiser(client)
    message = outbox.queue(kind="plain", to="sam@school.demo", subject="x", text="x", valid_until=timezone.now())
    OutboxMessage.objects.update(state="failed", error="expired")
    client.post(reverse("organise:resend-many"), {"all": "1"})
    message.refresh_from_db()
    assert message.state == "failed"


def test_a_message_that_is_sent_again_is_of_use_as_long_as_the_first_one():
    until = timezone.now() + timedelta(days=1)
    message = outbox.queue(kind="plain", to="sam@school.demo", subject="x", text="x", valid_until=until)
    outbox.send_due()
    message.refresh_from_db()
    outbox.resend(message)
    assert list(OutboxMessage.objects.values_list("expires_at", flat=True)) == [until, until]
