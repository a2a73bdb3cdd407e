"""Private calendars: of one owner, without a name in them, quick to ask again, and gone once revoked."""

import sys

import pytest
from icalendar import Calendar

from shared import versions
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    WaitingEntryFactory,
    local,
    make_training,
)
from tests.trainings.feed_tools import address, booked, events
from trainings import links
from trainings.booking import book_seats, cancel_participants
from trainings.calendars import private_feeds
from trainings.models import DayPart, Feed, Participant, Session
from trainings.organisations.handing_over import hand_over
from trainings.planning import cancel_session
from trainings.seats import Person

PAGE = "/mijn/agenda/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return UserFactory(email="noor@school.demo", first_name="Noor")


def test_a_partner_sees_the_sessions_in_which_one_has_a_booking_and_no_other(client, partner):
    booked("Mine", by=partner)
    booked("Somebody else's", by=UserFactory())
    SessionFactory(training=make_training(title="Free"))
    assert events(client, private_feeds.make(partner, by=partner)) == [("Mine", "CONFIRMED")]


def test_an_organisation_sees_what_its_people_booked_and_no_other(client, partner):
    school = OrganisationFactory(name="Atheneum")
    booked("Ours", by=partner, organisation=school)
    booked("Private", by=partner)
    feed = private_feeds.make(school, by=partner)
    assert events(client, feed) == [("Ours", "CONFIRMED")]
    assert "NAME:EXPO-R – Atheneum" in client.get(address(feed)).content.decode()


def test_a_trainer_sees_the_sessions_that_one_gives_but_no_drafts(client, partner):
    trainer = TrainerFactory()
    for state in ("published", "draft", "done"):
        SessionFactory(training=make_training(title=state), state=state).trainers.add(trainer)
    booked("Other", by=partner)
    assert events(client, private_feeds.make(trainer, by=partner)) == [("done", "CONFIRMED"), ("published", "CONFIRMED")]


def test_a_cancelled_session_stays_and_a_seat_given_back_goes(client, partner):
    gone = booked("Struck out", by=partner)
    left = book_seats(SessionFactory(training=make_training(title="Left")), by=partner, participants=[Person("Noor", "Claes")])
    feed = private_feeds.make(partner, by=partner)
    assert len(events(client, feed)) == 2
    cancel_session(gone, by=UserFactory(), reason="ziek")
    cancel_participants(left.participants.all(), by=partner)
    assert events(client, feed) == [("Struck out", "CANCELLED")]


def test_who_waits_sees_that_there_is_no_seat_yet(client, partner):
    entry = WaitingEntryFactory(booking__booked_by=partner, session__training__title="Vol")
    ParticipantFactory(booking=entry.booking, state=Participant.State.WAITING)
    [event] = events(client, private_feeds.make(partner, by=partner))
    assert event[0].endswith(" (nog geen plaats)") or event[0].endswith(" (no seat yet)")
    assert event[1] == "TENTATIVE"


def test_no_participant_and_no_address_is_in_any_private_calendar(client, partner):
    school, trainer = OrganisationFactory(), TrainerFactory(name="Lena Geheim", email="lena@extern.demo")
    session = SessionFactory()
    session.trainers.add(trainer)
    session.day_parts.update(online_link="https://meet.demo/geheim")
    booking = BookingFactory(session=session, booked_by=partner, organisation=school, message="Rolstoel")
    ParticipantFactory(booking=booking, first_name="Amira", family_name="Janssens", email="amira@school.demo")
    for owner in (partner, school, trainer):
        response = client.get(address(private_feeds.make(owner, by=partner)))
        text = response.content.decode().replace("\r\n ", "").lower()
        assert text.count("begin:vevent") == 1
        assert "refresh-interval;value=duration:pt1h" in text and "x-published-ttl:pt1h" in text
        leaks = ("amira", "janssens", "@school.demo", "attendee", "organizer", "rolstoel", "lena", "meet.demo", "noor")
        assert [word for word in leaks if word in text] == []


def test_the_same_session_has_the_same_uid_however_often_it_changes(client, partner):
    session = booked("Kijk", by=partner, code="K-1")
    feed = private_feeds.make(partner, by=partner)
    wanted = f"UID:k-1-{session.day_parts.get().pk}@expo-r.demo"
    assert wanted in client.get(address(feed)).content.decode()
    session.day_parts.update(starts_at=local(40, 9), ends_at=local(40, 12))
    versions._count("catalogue")
    assert wanted in client.get(address(private_feeds.renew(feed, by=partner))).content.decode()


def test_a_revoked_address_is_not_found_also_where_the_answer_was_kept(client, partner, django_capture_on_commit_callbacks):
    booked("Mine", by=partner)
    feed = private_feeds.make(partner, by=partner)
    assert client.get(address(feed)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert private_feeds.revoke(feed) and not private_feeds.revoke(feed)
    assert client.get(address(feed)).status_code == 404


def test_a_renewed_address_replaces_the_old_one(client, partner, django_capture_on_commit_callbacks):
    feed = private_feeds.make(partner, by=partner)
    with django_capture_on_commit_callbacks(execute=True):
        newer = private_feeds.renew(feed, by=partner)
    assert [client.get(address(one)).status_code for one in (feed, newer)] == [404, 200]


def test_of_two_addresses_that_merging_brought_together_none_stays_behind(client, partner):
    school = OrganisationFactory()
    kept, other = (Feed.objects.create(organisation=school, made_by=partner) for _number in range(2))
    newer = private_feeds.renew(kept, by=partner)
    assert [client.get(address(one)).status_code for one in (kept, other, newer)] == [404, 404, 200]
    Feed.objects.filter(pk=other.pk).update(revoked_at=None)
    private_feeds.revoke(newer)
    assert not Feed.objects.of(school).live().exists()


def test_who_goes_on_a_waiting_list_sees_it_also_where_the_answer_was_kept(client, partner, django_capture_on_commit_callbacks):
    session, feed = SessionFactory(capacity=1), private_feeds.make(partner, by=partner)
    book_seats(session, by=UserFactory(), participants=[Person("An", "Maes")])
    before = client.get(address(feed)).content
    with django_capture_on_commit_callbacks(execute=True):
        book_seats(session, by=partner, participants=[Person("Bert", "Claes")], or_wait=True)
    assert client.get(address(feed)).content != before


def test_bookings_that_were_handed_over_leave_a_kept_answer_too(client, partner, django_capture_on_commit_callbacks):
    member = MembershipFactory(user=partner)
    colleague = MembershipFactory(organisation=member.organisation).user
    session = booked("Mine", by=partner, organisation=member.organisation)
    feed = private_feeds.make(partner, by=partner)
    assert session.training.title in client.get(address(feed)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(member.organisation, of=partner, to=colleague, by=partner)
    assert session.training.title not in client.get(address(feed)).content.decode()


def test_there_is_one_address_at_a_time(partner):
    assert private_feeds.make(partner, by=partner) == private_feeds.make(partner, by=partner)


def test_a_tampered_token_and_one_made_for_something_else_are_not_found(client, partner):
    feed = private_feeds.make(partner, by=partner)
    good = links.token(links.FEED, feed.pk)
    key, _dot, signature = good.partition(".")
    other = private_feeds.make(OrganisationFactory(), by=partner)
    tampered = [
        good[:-1], f"{key}.", key, f"{other.pk.hex}.{signature}", f"{key}.{signature[::-1]}", feed.pk, "x",
        links.token(links.SEAT, feed.pk), links.token(links.OFFER, feed.pk), good.upper(),
    ]  # fmt: skip
    assert [client.get(f"/vormingen/agenda/{token}.ics").status_code for token in tampered] == [404] * len(tampered)
    assert client.get(f"/vormingen/agenda/{good}.ics").status_code == 200


def test_the_calendar_of_a_closed_account_is_not_found(client, partner):
    feed = private_feeds.make(partner, by=partner)
    partner.is_active = False
    partner.save()
    assert client.get(address(feed)).status_code == 404


def test_who_has_the_file_already_is_told_so_with_one_question(client, partner, django_assert_num_queries):
    booked("Mine", by=partner)
    feed = private_feeds.make(partner, by=partner)
    response = client.get(address(feed))
    assert response["Cache-Control"] == "private, no-cache"
    with django_assert_num_queries(1):
        again = client.get(address(feed), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["Cache-Control"], again.content) == (304, "private, no-cache", b"")
    booked("Another", by=partner)
    versions._count("catalogue")
    assert client.get(address(feed), headers={"If-None-Match": response["ETag"]}).status_code == 200


@pytest.mark.parametrize("n", [1, 3, 300])
def test_a_private_calendar_costs_the_same_questions_for_one_and_for_many_sessions(client, partner, django_assert_num_queries, n):
    feed = private_feeds.make(partner, by=partner)
    many_sessions(partner, n)
    # The version, the feed, the sessions with their changes, their day-parts, their trainings.
    with django_assert_num_queries(5):
        assert len(Calendar.from_ical(client.get(address(feed)).content).walk("VEVENT")) == n


def many_sessions(by, number: int, before: int = 0) -> None:
    """So many sessions in which this person has a seat."""
    training = make_training()
    closes = dict.fromkeys(["booking_closes_at", "cancelling_closes_at", "changing_closes_at", "names_close_at"], local(20))
    rows = [
        Session(training=training, code=f"N{at}", capacity=9, state="published", **closes) for at in range(before, before + number)
    ]
    sessions = Session.objects.bulk_create(rows)
    DayPart.objects.bulk_create(DayPart(session=row, starts_at=local(30, 9), ends_at=local(30, 12)) for row in sessions)
    bookings = [BookingFactory.build(session=row, booked_by=by) for row in sessions]
    type(bookings[0]).objects.bulk_create(bookings)
    Participant.objects.bulk_create(Participant(booking=one, session=one.session) for one in bookings)


def calls(work) -> int:
    """How many functions of Python this runs: the work that is done, whatever the machine."""
    number = 0

    def count(_frame, event, _argument):
        nonlocal number
        number += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def test_the_work_for_a_calendar_grows_along_with_its_events_and_no_faster(partner):
    feed, work = private_feeds.make(partner, by=partner), []
    for more, before in ((100, 0), (200, 100), (600, 300)):
        many_sessions(partner, more, before)
        private_feeds.contents(feed)
        work.append(calls(lambda: private_feeds.contents(feed)))
    assert (work[2] - work[1]) / 600 <= (work[1] - work[0]) / 200 * 1.1
