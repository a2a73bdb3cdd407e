"""Until when an offered seat is kept: by the clock, in working days, and never beyond a deadline or a start."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import BRUSSELS, SessionFactory
from tests.trainings.life import forget_mail, free, full_session, open_offers, sent, wait
from trainings import planning, waiting
from trainings.dates.day_parts import of as parts_of
from trainings.models import DayPart, Offer, Participant, SchoolHoliday, Session

pytestmark = pytest.mark.django_db
State = Participant.State


@pytest.fixture
def session():
    return full_session(2)


def test_no_seat_is_offered_when_less_than_a_day_is_left_or_the_deadline_is_over(session):
    wait(session, 1)
    for until in (timezone.now() + timedelta(hours=23, minutes=59), timezone.now() - timedelta(days=1)):
        Session.objects.filter(pk=session.pk).update(booking_closes_at=until)
        free(session, 1)
    assert open_offers(session) == []


def test_no_seat_is_offered_once_the_session_began_whatever_its_deadline(session):
    wait(session, 1)
    DayPart.objects.filter(session=session).update(starts_at=timezone.now() - timedelta(hours=1))
    free(session, 1)
    assert open_offers(session) == []


def test_no_seat_of_a_session_that_is_not_published_is_offered(session):
    session.state = Session.State.DONE
    assert waiting.offer_until(session) is None


def test_an_offer_of_a_session_that_moved_forward_ends_when_it_begins(session):
    wait(session, 1)
    [part] = parts_of(session)
    start = timezone.now() + timedelta(hours=30)
    moved = type(part)(start, start + timedelta(hours=3), pk=part.pk)
    planning.change_session(session, by=UserFactory(), parts=[moved], offer_days=9)
    free(session, 1)
    assert session.offers.get().expires_at == start


def offered(session) -> Offer:
    wait(session, 1)
    free(session, 1)
    forget_mail()
    return session.offers.get()


@pytest.mark.parametrize("what", ["deadline", "start"])
def test_an_open_offer_ends_at_a_deadline_or_start_that_is_brought_forward_and_its_owner_hears_it(session, what):
    offer, sooner = offered(session), timezone.now() + timedelta(hours=2)
    [part] = parts_of(session)
    start = type(part)(sooner, sooner + timedelta(hours=3), pk=part.pk)
    planning.change_session(
        session, by=UserFactory(), **{"deadline": {"booking_closes_at": sooner}, "start": {"parts": [start]}}[what]
    )
    offer.refresh_from_db()
    assert (offer.expires_at, offer.is_open) == (sooner, True)
    told = OutboxMessage.objects.get(kind="seats_offered")
    assert told.to == offer.entry.booking.booked_by.email
    assert date_format(timezone.localtime(sooner), "l j F, G.i") in told.text


def test_an_open_offer_is_over_at_once_when_the_deadline_is(session):
    offer = offered(session)
    planning.change_session(session, by=UserFactory(), booking_closes_at=timezone.now() - timedelta(hours=1))
    offer.refresh_from_db()
    assert not offer.is_open
    assert sent() == []
    assert waiting.close_due() == 1
    assert [kind for kind, _to, _method in sent()] == ["left_waiting_list"]


def test_an_open_offer_keeps_its_end_when_that_comes_before_the_new_deadline(session):
    offer = offered(session)
    planning.change_session(session, by=UserFactory(), booking_closes_at=offer.expires_at + timedelta(minutes=1))
    assert (session.offers.get().expires_at, sent()) == (offer.expires_at, [])


def at(year, month, day, hour=10, minute=0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("now", "days", "until"),
    [
        (at(2027, 1, 12), 1, at(2027, 1, 13, 18)),
        (at(2027, 1, 12, 23, 59), 1, at(2027, 1, 13, 18)),
        pytest.param(at(2027, 1, 15), 2, at(2027, 1, 19, 18), id="over a weekend"),
        pytest.param(at(2027, 1, 16), 1, at(2027, 1, 18, 18), id="made on a Saturday"),
        pytest.param(at(2027, 11, 10), 1, at(2027, 11, 12, 18), id="over Armistice Day"),
        pytest.param(at(2027, 5, 5), 1, at(2027, 5, 10, 18), id="over Ascension Day and the day after, when schools are closed"),
        pytest.param(at(2027, 2, 5), 1, at(2027, 2, 15, 18), id="over spring half-term"),
        pytest.param(at(2027, 3, 26), 1, at(2027, 4, 12, 18), id="over Easter holidays, and the change to summer time"),
        pytest.param(at(2026, 12, 18), 2, at(2027, 1, 5, 18), id="over Christmas holidays and the turn of the year"),
    ],
)
def test_an_offer_ends_at_six_on_the_nth_day_on_which_offices_and_schools_are_open(now, days, until):
    session = SessionFactory(days=900, offer_days=days)
    assert waiting.offer_until(session, now) == until


def test_the_teams_own_table_of_school_holidays_decides_in_the_years_that_it_knows():
    session = SessionFactory(days=900, offer_days=1)
    SchoolHoliday.objects.all().delete()
    SchoolHoliday.objects.create(name="Facultatieve vrije dag", first_day=date(2027, 1, 13), last_day=date(2027, 1, 13))
    assert waiting.offer_until(session, at(2027, 1, 12)) == at(2027, 1, 14, 18)
    # The week that the rules would close is open: the table has the whole year.
    assert waiting.offer_until(session, at(2027, 2, 8)) == at(2027, 2, 9, 18)
    assert waiting.offer_until(session, at(2028, 2, 25)) == at(2028, 3, 6, 18)


def test_an_offer_never_lasts_beyond_the_deadline_for_booking():
    session = SessionFactory(days=900, offer_days=2, booking_closes_at=at(2027, 1, 13, 12))
    DayPart.objects.filter(session=session).update(starts_at=at(2027, 1, 18), ends_at=at(2027, 1, 18, 12))
    assert waiting.offer_until(session, at(2027, 1, 11)) == at(2027, 1, 13, 12)
    assert waiting.offer_until(session, at(2027, 1, 12, 12)) == at(2027, 1, 13, 12)
    assert waiting.offer_until(session, at(2027, 1, 12, 12, 1)) is None
