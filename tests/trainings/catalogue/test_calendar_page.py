"""The month as a grid and a list."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from django.utils import timezone

from shared import kept_answers
from tests.trainings.factories import (
    BRUSSELS,
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    VenueFactory,
    local,
    make_training,
)
from trainings.catalogue.month import Month, weeks
from trainings.models import DayPart, Session

pytestmark = pytest.mark.django_db


def session_at(*moments: datetime, **fields) -> Session:
    """A session with a day-part of three hours at each of these moments."""
    session = SessionFactory(**fields)
    session.day_parts.all().delete()
    for moment in moments:
        DayPart.objects.create(session=session, starts_at=moment, ends_at=moment + (local(0, 12) - local(0, 9)))
    return session


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment on the clock in Brussels."""
    return datetime(year, month, day, hour, tzinfo=BRUSSELS)


def page_of(client, query: str = "") -> str:
    """The HTML of the calendar."""
    response = client.get(f"/vormingen/kalender/{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[str]:
    """The list below the grid, as one reads it."""
    found = re.findall(r'<li class="session-row.*?</li>', html, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in found]


def test_a_month_shows_each_day_part_on_its_day(client):
    training = make_training(title="Kijk")
    session = session_at(at(2031, 3, 4), at(2031, 3, 11), training=training)
    session.day_parts.update(venue=VenueFactory(name="De Vlonder"))
    html = page_of(client, "?maand=2031-03")
    assert rows(html) == [
        "di 4 mrt Kijk 9.00–12.00 · De Vlonder · deel 1 van 2 10 plaatsen vrij",
        "di 11 mrt Kijk 9.00–12.00 · De Vlonder · deel 2 van 2 10 plaatsen vrij",
    ]
    assert 'href="#dag-4"' in html and 'id="dag-4"' in html
    assert (
        re.findall(r'class="calendar__event" href="([^"]+)">([^<]+)<', html)
        == [(f"/vormingen/{training.slug}/#sessie-{session.code.lower()}", "9.00 Kijk")] * 2
    )


def test_morning_and_afternoon_of_one_session_count_as_one(client):
    session_at(at(2031, 3, 4, 9), at(2031, 3, 4, 13))
    assert '4<span class="visually-hidden"> maart: 1 sessie</span>' in page_of(client, "?maand=2031-03")
    session_at(at(2031, 3, 4, 10))
    kept_answers.forget()
    assert '4<span class="visually-hidden"> maart: 2 sessies</span>' in page_of(client, "?maand=2031-03")


def test_a_part_in_another_month_stands_there_with_its_number(client):
    session_at(at(2031, 3, 28), at(2031, 4, 4), training=make_training(title="Kijk"))
    [row] = rows(page_of(client, "?maand=2031-04"))
    assert row == "vr 4 apr Kijk 9.00–12.00 · de locatie volgt nog · deel 2 van 2 10 plaatsen vrij"


def test_cancelled_sessions_stay_and_say_so(client):
    session_at(at(2031, 3, 4), state=Session.State.CANCELLED, cancel_reason="Noor is ziek")
    html = page_of(client, "?maand=2031-03")
    assert rows(html)[0].endswith("gaat niet door")
    assert "session-row--cancelled" in html and "calendar__event--cancelled" in html and "ziek" not in html


def test_past_sessions_stay_in_their_month(client):
    session_at(at(2024, 3, 4), state=Session.State.DONE, booking_closes_at=at(2024, 3, 1))
    assert rows(page_of(client, "?maand=2024-03"))[0].endswith("inschrijven kan niet meer")


@pytest.mark.parametrize(
    "fields",
    [{"state": Session.State.DRAFT}, {"visibility": Session.Visibility.LINK}],
    ids=["draft", "only with the link"],
)
def test_what_is_not_public_is_not_there(client, fields):
    session_at(at(2031, 3, 4), **fields)
    assert rows(page_of(client, "?maand=2031-03")) == []


def test_sessions_of_withdrawn_trainings_are_not_there(client):
    session_at(at(2031, 3, 4), training=make_training(live=False))
    assert rows(page_of(client, "?maand=2031-03")) == []


def test_the_filters_of_the_catalogue_work_here(client):
    session_at(at(2031, 3, 4), training=make_training(title="Net", themes=["online"]))
    session_at(at(2031, 3, 5), training=make_training(title="Taal", themes=["haatspraak"]))
    full = session_at(at(2031, 3, 6), training=make_training(title="Vol", themes=["online"]), capacity=1)
    ParticipantFactory(booking=BookingFactory(session=full))

    def names(query: str) -> list[str]:
        return [row.split()[3] for row in rows(page_of(client, f"?maand=2031-03&{query}"))]

    assert names("thema=online") == ["Net", "Vol"]
    assert names("thema=online&plaatsen=1") == ["Net"]
    assert names("q=taal") == ["Taal"]
    assert names("van=2031-03-05&tot=2031-03-05") == ["Net", "Taal", "Vol"]


def test_without_a_month_it_is_this_one(client):
    today = timezone.localdate()
    assert f'datetime="{today:%Y-%m}' not in page_of(client)
    assert f'name="maand" value="{today:%Y-%m}"' in page_of(client)


@pytest.mark.parametrize("query", ["?maand=2031-13", "?maand=x", "?maand=", "?maand=1999-01", "?maand=2031-3"])
def test_a_month_that_makes_no_sense_is_this_one(client, query):
    assert f'name="maand" value="{timezone.localdate():%Y-%m}"' in page_of(client, query)


def leaves(html: str) -> list[str]:
    """Where the arrows lead to."""
    return re.findall(r'rel="(?:prev|next) nofollow" href="\?([^"]+)"', html)


def test_one_leafs_through_the_months_with_the_filters_kept(client):
    make_training(themes=["online"])
    today = timezone.localdate()
    here = Month(today.replace(day=1))
    assert leaves(page_of(client, "?thema=online")) == [
        f"thema=online&amp;maand={here.before:%Y-%m}",
        f"thema=online&amp;maand={here.after:%Y-%m}",
    ]


def test_a_robot_does_not_leaf_for_ever(client):
    assert leaves(page_of(client, "?maand=2090-01")) == []


def test_an_empty_month_shows_the_way(client):
    html = page_of(client, "?maand=2031-02")
    assert "In deze maand is er niets gepland" in html and 'href="/vormingen/"' in html
    session_at(at(2031, 3, 4), training=make_training(title="Kijk"))
    kept_answers.forget()
    html = page_of(client, "?maand=2031-02")
    assert "dinsdag 4 maart 2031" in html and 'href="?maand=2031-03"' in html


def test_the_subscription_has_the_same_filters(client):
    make_training(themes=["online"])
    assert 'href="webcal://testserver/vormingen/kalender.ics?thema=online"' in page_of(client, "?thema=online")
    assert 'href="webcal://testserver/vormingen/kalender.ics"' in page_of(client)


@pytest.mark.parametrize(
    ("moment", "month", "day"),
    [
        (at(2031, 3, 30, 0), "2031-03", "zo 30 mrt"),
        (at(2031, 3, 30, 4), "2031-03", "zo 30 mrt"),
        (at(2031, 3, 31, 23), "2031-03", "ma 31 mrt"),
        (at(2031, 4, 1, 0), "2031-04", "di 1 apr"),
        (at(2031, 10, 26, 0), "2031-10", "zo 26 okt"),
        (at(2031, 10, 31, 23), "2031-10", "vr 31 okt"),
        (at(2031, 11, 1, 0), "2031-11", "za 1 nov"),
    ],
    ids=[
        "night of summer time",
        "after the change",
        "last hour",
        "first hour",
        "night of winter time",
        "last hour in winter",
        "november",
    ],
)
def test_a_day_is_a_day_in_brussels_on_both_sides_of_a_clock_change(client, moment, month, day):
    session_at(moment, training=make_training(title="Kijk"))
    [row] = rows(page_of(client, f"?maand={month}"))
    assert row.startswith(f"{day} Kijk {moment.hour}.00–")


@pytest.mark.parametrize(
    ("first", "hours"), [(date(2031, 3, 1), 31 * 24 - 1), (date(2031, 10, 1), 31 * 24 + 1), (date(2031, 1, 1), 31 * 24)]
)
def test_a_month_with_a_clock_change_is_an_hour_shorter_or_longer(first, hours):
    month = Month(first)
    assert (month.ends().timestamp() - month.begins().timestamp()) / 3600 == hours


def test_the_grid_begins_on_monday_and_leaves_other_months_empty():
    grid = weeks(Month(date(2031, 3, 1)), [], date(2031, 3, 12))
    assert [cell.day.day for cell in grid[0]] == [24, 25, 26, 27, 28, 1, 2]
    assert [cell.is_out for cell in grid[0]] == [True] * 5 + [False] * 2
    assert [cell.day for week in grid for cell in week if cell.is_today] == [date(2031, 3, 12)]


@pytest.mark.parametrize("n", [1, 3])
def test_a_month_asks_the_same_number_of_questions_for_one_and_for_more_sessions(client, django_assert_num_queries, n):
    for day in range(n):
        session_at(at(2031, 3, 4 + day)).day_parts.update(venue=VenueFactory())
    client.get("/vormingen/")
    # The version, the sessions of the month, and their day-parts.
    with django_assert_num_queries(3):
        page_of(client, "?maand=2031-03")
    with django_assert_num_queries(1):
        page_of(client, "?maand=2031-03")
