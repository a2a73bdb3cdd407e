"""Personal data go a set time after the session, everywhere; the numbers stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shared import outbox
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser
from tests.trainings.everywhere import hits
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings import approval, planning
from trainings.attendance import note_attendance
from trainings.booking import add_walk_in, book_seats, cancel_participants
from trainings.changing import move_participants, replace_participant
from trainings.models import DayPart, HistoryEntry, Participant, Session
from trainings.planning import arrange
from trainings.privacy import needs, retention
from trainings.refusals import AlreadyEmptied, NotAfterTheSession, NotOverYet
from trainings.seats import Person

pytestmark = pytest.mark.django_db
TELLING = [
    "Zwaluwnest",
    "zwaluw@school.demo",
    "Kerkuil",
    "kerkuil@school.demo",
    "logopediste",
    "ringleiding",
    "griepje",
    "allergie",
]
LONG_AGO = timedelta(days=400)


def shift(session, back=LONG_AGO):
    for part in DayPart.objects.filter(session=session):
        DayPart.objects.filter(pk=part.pk).update(starts_at=part.starts_at - back, ends_at=part.ends_at - back)


@pytest.fixture
def over():
    """A session of long ago with everything in it that tells who was there."""
    session = SessionFactory(days=5, invited="kerkuil@school.demo", team_note="Zwaluwnest brengt materiaal mee")
    booker, team = UserFactory(email="noor@school.demo"), UserFactory(groups=["Organisatoren"])
    people = [Person("Wim", "Zwaluwnest", "zwaluw@school.demo", "logopediste"), Person("Ria", "Kerkuil", "kerkuil@school.demo")]
    booking = book_seats(
        session, by=booker, participants=people, without_name=1, message="Een allergie", organisation=OrganisationFactory()
    )
    needs.tell_need(booking.participants.get(family_name="Zwaluwnest"), "ringleiding")
    cancel_participants(booking.participants.filter(family_name="Kerkuil"), by=booker, reason="griepje")
    shift(session)
    Session.objects.filter(pk=session.pk).update(state="done")
    add_walk_in(session, by=team, person=Person("Jo", "Kerkuil"))
    note_attendance_of(session, team)
    return session


def note_attendance_of(session, by):
    part = session.day_parts.get()
    session.refresh_from_db()
    note_attendance(session=session, marks={(seat.pk, part.pk): "present" for seat in session.participants.seated()}, by=by)


def test_after_emptying_nothing_anywhere_tells_who_was_there(over):
    assert {name.partition(".")[0] for name in hits(*TELLING)} == {
        "trainings_participant", "trainings_booking", "trainings_session", "trainings_accessneed", "trainings_historyentry",
        "shared_outboxmessage",
    }  # fmt: skip
    assert retention.empty_session(over)
    assert hits(*TELLING) == []


def test_the_numbers_stay(over):
    def numbers():
        return (
            sorted(over.participants.values_list("state", "walk_in", "booking__organisation", "attendances__status"), key=str),
            Session.objects.with_seats_taken().get(pk=over.pk).taken,
            over.bookings.values_list("booked_by__email", flat=True).order_by("pk").first(),
        )

    before = numbers()
    retention.empty_session(over)
    assert numbers() == before
    assert before[1] == 3


def test_numbers_in_the_history_stay_and_names_go(over):
    retention.empty_session(over)
    told = dict(over.history.values_list("verb", "detail"))
    assert (told["booked"], told["participant_cancelled"], told["walk_in"], told["emptied"]) == ("3", "", "", "4")


def test_the_link_to_a_seat_opens_nothing_after_emptying(over, client):
    from trainings import links

    token = links.token(links.SEAT, over.participants.first().link_key)
    assert client.get(reverse("trainings:seat", args=[token])).status_code == 200
    retention.empty_session(over)
    assert client.get(reverse("trainings:seat", args=[token])).status_code == 404


def test_whatever_was_given_as_a_reason_goes_with_the_people():
    """Each word stands where somebody of the team or a partner types why."""
    booker, team = UserFactory(), UserFactory(groups=["Organisatoren"])
    asked = SessionFactory(approval="team")
    refused = book_seats(asked, by=booker, participants=[Person("Wim", "Peeters")])
    approval.refuse(refused, by=team, reason="wespenboom")
    cancelled = SessionFactory(training=asked.training)
    seats = book_seats(cancelled, by=booker, participants=[Person("Wim", "Peeters"), Person("Ria", "Claes"), Person("Jo", "Maes")])
    wim, ria, jo = seats.participants.order_by("pk")
    replace_participant(wim, Person("An", "Smet"), by=team, reason="wespennest", as_team=True)
    cancel_participants([ria], by=team, reason="wespensteek", as_team=True)
    move_participants([jo], SessionFactory(training=asked.training), by=team, reason="wespentaille")
    retention.keep(cancelled, timezone.localdate() + timedelta(days=90), by=team, reason="wespendief")
    retention.keep(cancelled, None, by=team, reason="wespendief")
    arrange(cancelled.checklist.create(kind="room"), by=team, done=True, note="wespenval")
    planning.cancel_session(cancelled, by=team, reason="wespenplaag")
    assert {name.partition(".")[0] for name in hits("wespen")} == {
        "trainings_checklistitem", "trainings_participant", "trainings_session", "trainings_historyentry", "shared_outboxmessage",
    }  # fmt: skip
    for session in Session.objects.all():
        shift(session)
        retention.empty_session(session)
    assert hits("wespen") == []
    assert Session.objects.get(pk=cancelled.pk).cancel_reason == "–"


def test_another_session_keeps_its_people(over):
    other = ParticipantFactory(first_name="Lies", email="lies@school.demo")
    outbox.queue(kind="x", to="lies@school.demo", subject="x", text="Lies", about=f"session:{other.session_id}")
    retention.empty_session(over)
    assert hits("lies@school.demo") == ["shared_outboxmessage.to", "trainings_participant.email"]


def test_a_session_that_is_not_over_is_not_emptied():
    with pytest.raises(NotOverYet):
        retention.empty_session(ParticipantFactory().session)


def test_emptying_twice_is_one_time(over):
    stale = Session.objects.get(pk=over.pk)
    assert [retention.empty_session(over), retention.empty_session(stale)] == [True, False]
    assert over.history.filter(verb="emptied").count() == 1


def test_who_was_added_after_the_emptying_goes_too(over):
    retention.empty_session(over)
    ParticipantFactory(booking=over.bookings.first(), family_name="Zwaluwnest")
    assert (retention.empty_due(), hits("Zwaluwnest")) == (1, [])


@pytest.mark.parametrize(("days", "emptied"), [(364, 0), (365, 0), (366, 1)])
def test_the_worker_empties_on_the_day_after_the_last_day(days, emptied):
    ParticipantFactory(booking=BookingFactory(session=SessionFactory(days=-days)))
    assert [retention.empty_due(), retention.empty_due()] == [emptied, 0]


@pytest.mark.parametrize(("until", "emptied"), [(-1, 1), (0, 0), (30, 0)])
def test_a_date_of_its_own_goes_before_that_of_the_site(until, emptied, over):
    Session.objects.filter(pk=over.pk).update(personal_data_until=timezone.localdate() + timedelta(days=until))
    assert retention.empty_due() == emptied


def test_a_session_that_was_put_off_after_its_date_was_chosen_waits():
    session = ParticipantFactory().session
    Session.objects.filter(pk=session.pk).update(personal_data_until=timezone.localdate() - timedelta(days=1))
    assert retention.empty_due() == 0


def keep(client, session, until, reason="Klacht"):
    return client.post(reverse("organise:keep", args=[session.pk]), {"until": until or "", "reason": reason})


def test_the_team_keeps_people_longer_and_says_why(over, client):
    ilse, until = organiser(client), timezone.localdate() + timedelta(days=90)
    assert keep(client, over, until).url == reverse("organise:retention")
    over.refresh_from_db()
    entry = over.history.filter(verb="arranged").get()
    assert (over.personal_data_until, entry.by, "Klacht" in entry.detail) == (until, ilse, True)
    assert keep(client, over, None).status_code == 302
    over.refresh_from_db()
    assert over.personal_data_until is None


def test_people_are_not_let_go_before_the_session_and_not_without_a_reason(client):
    organiser(client)
    session, soon = SessionFactory(days=30), timezone.localdate() + timedelta(days=3)
    assert list(keep(client, session, soon).context["form"].errors) == ["until"]
    assert list(keep(client, session, soon + timedelta(days=60), reason="").context["form"].errors) == ["reason"]
    with pytest.raises(NotAfterTheSession):
        retention.keep(session, soon, by=UserFactory(), reason="x")


def test_what_is_gone_is_not_kept_longer(over):
    retention.empty_session(over)
    with pytest.raises(AlreadyEmptied):
        retention.keep(over, None, by=UserFactory(), reason="x")


@pytest.mark.parametrize("n", [1, 3])
def test_the_preview_says_what_goes_and_when_in_the_same_number_of_questions(client, n, django_assert_num_queries):
    organiser(client)
    training = SessionFactory(days=-340).training
    sessions = [SessionFactory(days=-340 - day, training=training) for day in range(n)]
    for session in sessions:
        ParticipantFactory.create_batch(2, booking=BookingFactory(session=session))
    page = client.get(reverse("organise:retention"))
    rows = page.context["rows"]
    assert [(row.until, row.session.people) for row in rows] == [
        (timezone.localdate() + timedelta(days=25 - day), 2) for day in reversed(range(n))
    ]
    from trainings.admin.retention import _removals

    with django_assert_num_queries(2):
        _removals()


def test_the_booker_of_an_emptied_session_is_told_that_names_are_gone(over, client):
    retention.empty_session(over)
    booking = over.bookings.order_by("pk").first()
    sign_in(client, booking.booked_by)
    assert "De namen zijn gewist." in client.get(booking.get_absolute_url()).content.decode()


def test_a_seat_without_a_name_stays_within_the_constraints(over):
    retention.empty_session(over)
    assert set(Participant.objects.values_list("email", flat=True)) == {""}
    assert HistoryEntry.objects.filter(verb="emptied").count() == 1
