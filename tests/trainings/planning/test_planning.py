"""Planning: what a training's defaults become, and what may be published, cancelled or closed."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import versions
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    make_training,
)
from trainings import planning, refusals
from trainings.dates import day_parts
from trainings.models import ChecklistItem, Session

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 4)


@pytest.fixture
def organiser():
    return UserFactory()


def hours(session):
    """The day-parts as one reads them on the wall."""
    return [
        f"{timezone.localtime(part.starts_at):%Y-%m-%d %H:%M}–{timezone.localtime(part.ends_at):%H:%M}"
        for part in session.day_parts.all()
    ]


def story(session):
    return list(session.history.order_by("pk").values_list("verb", "detail", "by"))


def test_plan_session_takes_the_defaults_of_the_training(organiser):
    trainer = TrainerFactory()
    training = make_training(code="V03", group_max=14, language="en")
    training.trainers.set([trainer])
    training.save()
    session = planning.plan_session(training, by=organiser, day=DAY, begins=time(9, 30))
    assert (session.state, session.code, session.capacity, session.language) == ("draft", "V03-27-01", 14, "en")
    assert list(session.trainers.all()) == [trainer]
    assert hours(session) == ["2027-03-04 09:30–12:30"]
    assert story(session) == [("planned", "", organiser.pk)]


def test_plan_session_makes_a_day_part_for_each_part_of_each_day(organiser):
    venue = VenueFactory()
    training = make_training(duration_minutes=720, days=2, parts_per_day=2)
    session = planning.plan_session(training, by=organiser, day=DAY, begins=time(9), place={"venue": venue, "room": "2.1"})
    assert hours(session) == [
        "2027-03-04 09:00–12:00",
        "2027-03-04 13:00–16:00",
        "2027-03-11 09:00–12:00",
        "2027-03-11 13:00–16:00",
    ]
    assert {part.place for part in session.day_parts.all()} == {f"{venue.name}, 2.1"}


def test_plan_session_lists_all_five_things_to_arrange(organiser):
    session = planning.plan_session(make_training(), by=organiser, day=DAY)
    assert list(session.checklist.values_list("kind", "done_at")) == [(kind, None) for kind in ChecklistItem.Kind.values]


def test_plan_session_counts_deadlines_in_working_days(organiser, monkeypatch):
    in_april = day_parts.moment(date(2027, 4, 15), time(9))
    monkeypatch.setattr(timezone, "now", lambda: in_april)
    session = planning.plan_session(make_training(), by=organiser, day=date(2027, 5, 10), begins=time(13))
    # 6 May 2027 is Ascension Day, 8 and 9 May a weekend.
    assert timezone.localtime(session.booking_closes_at).isoformat() == "2027-05-04T12:00:00+02:00"
    assert timezone.localtime(session.cancelling_closes_at).isoformat() == "2027-04-30T12:00:00+02:00"


def test_plan_session_keeps_booking_open_until_the_start_when_the_deadline_is_over(organiser):
    tomorrow = timezone.localdate() + timedelta(days=1)
    session = planning.plan_session(make_training(), by=organiser, day=tomorrow, begins=time(9))
    assert session.booking_closes_at == session.day_parts.get().starts_at


def test_plan_session_numbers_the_sessions_of_a_training_within_the_year(organiser):
    training = make_training(code="V07")
    days = [DAY, date(2027, 9, 1), date(2028, 1, 10)]
    codes = [planning.plan_session(training, by=organiser, day=day).code for day in days]
    assert codes == ["V07-27-01", "V07-27-02", "V07-28-01"]


def test_plan_session_takes_no_number_twice_after_a_session_was_removed(organiser):
    training = make_training(code="V07")
    first, second = (planning.plan_session(training, by=organiser, day=DAY) for _ in range(2))
    first.delete()
    assert planning.plan_session(training, by=organiser, day=DAY).code == "V07-27-03"
    assert second.code == "V07-27-02"


def test_plan_session_refuses_a_session_without_a_day(organiser):
    with pytest.raises(refusals.NoDayPart):
        planning.plan_session(make_training(), by=organiser)


@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)])
def test_plan_session_keeps_the_hour_on_the_wall_over_both_clock_changes(organiser, day):
    training = make_training(duration_minutes=360, days=2)
    session = planning.plan_session(training, by=organiser, day=day, begins=time(9))
    later = day + timedelta(weeks=1)
    assert hours(session) == [f"{day} 09:00–12:00", f"{later} 09:00–12:00"]


def test_plan_session_refuses_an_hour_that_the_spring_change_skips(organiser):
    with pytest.raises(refusals.NoSuchTime):
        planning.plan_session(make_training(), by=organiser, day=date(2027, 3, 28), begins=time(2, 30))
    assert not Session.objects.exists()


def test_copy_session_keeps_hours_place_and_people_of_the_team_but_no_participants(organiser):
    venue, trainer = VenueFactory(), TrainerFactory()
    training = make_training(code="V05", duration_minutes=360, days=2)
    session = planning.plan_session(
        training, by=organiser, day=date(2027, 10, 21), trainers=[trainer], place={"venue": venue}, capacity=9, team_note="Beamer"
    )
    ParticipantFactory(booking=BookingFactory(session=session))
    copy = planning.copy_session(session, by=organiser, day=date(2027, 11, 4))
    assert (copy.code, copy.state, copy.capacity, copy.team_note) == ("V05-27-02", "draft", 9, "Beamer")
    # 31 October 2027 lies between: the clock goes back, the hour on the wall stays.
    assert hours(copy) == ["2027-11-04 09:00–12:00", "2027-11-11 09:00–12:00"]
    assert [part.venue for part in copy.day_parts.all()] == [venue, venue]
    assert (list(copy.trainers.all()), copy.participants.count()) == ([trainer], 0)
    assert copy.checklist.filter(done_at=None).count() == 5


def test_publish_session_opens_a_draft_for_booking(organiser, django_capture_on_commit_callbacks):
    session = SessionFactory(state="draft")
    before = versions.current("catalogue")
    with django_capture_on_commit_callbacks(execute=True):
        planning.publish_session(session, by=organiser)
    session.refresh_from_db()
    assert (session.state, session.is_open) == ("published", True)
    assert story(session) == [("published", "", organiser.pk)]
    assert versions.current("catalogue") == before + 1


def test_publish_session_refuses_a_session_without_day_part(organiser):
    session = SessionFactory(state="draft", parts=0)
    with pytest.raises(refusals.NoDayPart):
        planning.publish_session(session, by=organiser)


def test_publish_session_refuses_a_start_in_the_past(organiser):
    session = SessionFactory(state="draft", days=-1, parts=2)
    with pytest.raises(refusals.StartsInThePast):
        planning.publish_session(session, by=organiser)


def test_publish_session_refuses_a_training_that_is_not_public(organiser):
    session = SessionFactory(state="draft", training=make_training(live=False))
    with pytest.raises(refusals.TrainingNotPublished):
        planning.publish_session(session, by=organiser)


VERBS = {
    "published": lambda session, by: planning.publish_session(session, by=by),
    "cancelled": lambda session, by: planning.cancel_session(session, by=by, reason="Ziekte"),
    "done": lambda session, by: planning.close_session(session, by=by),
}


@pytest.mark.parametrize("to", VERBS)
@pytest.mark.parametrize("state", Session.State.values)
def test_a_session_takes_only_the_steps_of_its_table(organiser, state, to):
    reason = "Ziekte" if state == "cancelled" else ""
    session = SessionFactory(state=state, days=-3 if to == "done" else 30, cancel_reason=reason)
    if to in Session.STEPS[state]:
        VERBS[to](session, organiser)
    else:
        with pytest.raises(refusals.StepNotAllowed):
            VERBS[to](session, organiser)
    session.refresh_from_db()
    assert session.state == (to if to in Session.STEPS[state] else state)


def test_cancel_session_tells_everybody_once_and_why(organiser):
    session = SessionFactory()
    booker = UserFactory()
    booking = BookingFactory(session=session, booked_by=booker)
    ParticipantFactory(booking=booking, email="sam@school.demo")
    ParticipantFactory(booking=booking, email=booker.email)
    ParticipantFactory(booking=booking, email="")
    ParticipantFactory(booking=booking, email="weg@school.demo", state="cancelled", cancelled_at=timezone.now())
    number = planning.cancel_session(session, by=organiser, reason="De lesgever is ziek.")
    mails = OutboxMessage.objects.about(f"session:{session.pk}")
    assert sorted(mails.values_list("to", flat=True)) == sorted([booker.email, "sam@school.demo"])
    assert number == 2
    assert all("De lesgever is ziek." in mail.text and mail.calendar_method == "CANCEL" for mail in mails)


def test_cancel_session_refuses_without_a_reason(organiser):
    session = SessionFactory()
    with pytest.raises(refusals.NoReason):
        planning.cancel_session(session, by=organiser, reason="  ")


def test_cancel_session_twice_mails_once(organiser):
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    planning.cancel_session(session, by=organiser, reason="Ziekte")
    mails = OutboxMessage.objects.count()
    with pytest.raises(refusals.StepNotAllowed):
        planning.cancel_session(session, by=organiser, reason="Ziekte")
    assert OutboxMessage.objects.count() == mails


def test_cancel_session_raises_the_number_that_calendars_compare(organiser):
    participant = ParticipantFactory(email="sam@school.demo")
    planning.cancel_session(participant.session, by=organiser, reason="Ziekte")
    participant.refresh_from_db()
    assert participant.invitation_sequence == 1
    assert "SEQUENCE:1" in OutboxMessage.objects.get(to="sam@school.demo").calendar


def test_cancel_session_keeps_a_draft_that_nobody_saw_out_of_the_calendar(organiser):
    session = SessionFactory(state="draft")
    planning.cancel_session(session, by=organiser, reason="Dubbel gepland")
    assert not Session.objects.listed().filter(pk=session.pk).exists()


def test_close_session_after_its_end(organiser):
    session = SessionFactory(days=-2)
    planning.close_session(session, by=organiser)
    assert story(session) == [("done", "", organiser.pk)]


def test_close_session_refuses_before_the_last_day_part_has_ended(organiser):
    session = SessionFactory(days=-2, parts=5)
    with pytest.raises(refusals.NotOverYet):
        planning.close_session(session, by=organiser)


def test_arrange_notes_who_did_it_first_and_when(organiser):
    session = planning.plan_session(make_training(), by=organiser, day=DAY)
    item = session.checklist.get(kind="room")
    done = planning.arrange(item, by=organiser, done=True, note="Zaal 3 ligt vast", amount="120.00")
    again = planning.arrange(item, by=UserFactory(), done=True, note="Zaal 4")
    assert (again.done_by, again.done_at, again.note) == (organiser, done.done_at, "Zaal 4")
    assert story(session)[1:] == [("arranged", _("room"), organiser.pk)]


def test_arrange_takes_a_tick_away(organiser):
    session = planning.plan_session(make_training(), by=organiser, day=DAY)
    item = session.checklist.get(kind="room")
    planning.arrange(item, by=organiser, done=True)
    undone = planning.arrange(item, by=organiser, done=False)
    assert (undone.done_at, undone.done_by) == (None, None)


def test_mail_all_writes_to_everybody_with_a_seat_and_remembers_it(organiser):
    session = SessionFactory()
    booking = BookingFactory(session=session)
    ParticipantFactory(booking=booking, email="sam@school.demo")
    ParticipantFactory(booking=booking, email="wacht@school.demo", state="waiting")
    number = planning.mail_all(session, by=organiser, subject="Parkeren", text="Neem de achteringang.")
    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == sorted([booking.booked_by.email, "sam@school.demo"])
    assert number == 2
    assert story(session) == [("mailed", "Parkeren", organiser.pk)]


def test_mail_all_sent_twice_arrives_once(organiser):
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    planning.mail_all(session, by=organiser, subject="Parkeren", text="Neem de achteringang.")
    with pytest.raises(refusals.SentJustNow):
        planning.mail_all(session, by=organiser, subject="Parkeren", text="Neem de achteringang.")
    assert OutboxMessage.objects.filter(to="sam@school.demo").count() == 1


def test_mail_all_refuses_when_nobody_has_a_seat(organiser):
    with pytest.raises(refusals.NobodyToMail):
        planning.mail_all(SessionFactory(), by=organiser, subject="Parkeren", text="Achteraan.")


def test_to_do_counts_what_is_to_arrange_and_the_next_step(organiser):
    draft = planning.plan_session(make_training(), by=organiser, day=DAY)
    planning.arrange(draft.checklist.get(kind="room"), by=organiser, done=True)
    over, coming = SessionFactory(days=-2), SessionFactory()
    cancelled = SessionFactory(state="cancelled", cancel_reason="Ziekte")
    ChecklistItem.objects.create(session=cancelled, kind="room")
    numbers = dict(Session.objects.with_to_do().values_list("pk", "to_do"))
    assert numbers == {draft.pk: 4 + 2, over.pk: 1, coming.pk: 1, cancelled.pk: 0}
