"""Calendar files and news: right to the hour, the same bytes as long as nothing changed, and quick."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from shared import kept_answers, versions
from tests.people.factories import UserFactory
from tests.trainings.catalogue.test_calendar_page import at, session_at
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, VenueFactory, local, make_training
from trainings.models import DayPart, HistoryEntry, Session

pytestmark = pytest.mark.django_db


def events(client, path: str = "/vormingen/kalender.ics") -> list[dict]:
    """The events of a file, as plain values."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [
        {name.lower(): _plain(event[name]) for name in event if name != "DTSTAMP"}
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    ]


def _plain(value):
    return getattr(value, "dt", value) if not isinstance(value, int) else int(value)


def summaries(client, query: str = "") -> list[str]:
    """What the events are called."""
    return [str(event["summary"]) for event in events(client, f"/vormingen/kalender.ics{query}")]


def test_the_calendar_has_an_event_per_day_part(client):
    training = make_training(title="Kijk", summary="Je kijkt.")
    session = session_at(at(2031, 3, 4), at(2031, 7, 8), training=training, code="V01-31")
    session.day_parts.update(venue=VenueFactory(name="De Vlonder"), room="zaal 2")
    first, second = session.day_parts.all()
    place = "De Vlonder, zaal 2, Kaaistraat 1, 9000 Gent"
    address = f"http://testserver/vormingen/{training.slug}/#sessie-v01-31"
    same = {"summary": "Kijk", "location": place, "description": f"Je kijkt.\n{address}", "url": address, "status": "CONFIRMED"}
    assert events(client) == [
        same
        | {"uid": f"v01-31-{first.pk}@expo-r.demo", "sequence": 0, "dtstart": utc(2031, 3, 4, 8), "dtend": utc(2031, 3, 4, 11)},
        same
        | {"uid": f"v01-31-{second.pk}@expo-r.demo", "sequence": 0, "dtstart": utc(2031, 7, 8, 7), "dtend": utc(2031, 7, 8, 10)},
    ]


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "dtstart", "dtend"),
    [
        (at(2031, 3, 29), utc(2031, 3, 29, 8), utc(2031, 3, 29, 11)),
        (at(2031, 3, 30), utc(2031, 3, 30, 7), utc(2031, 3, 30, 10)),
        (at(2031, 10, 25), utc(2031, 10, 25, 7), utc(2031, 10, 25, 10)),
        (at(2031, 10, 26), utc(2031, 10, 26, 8), utc(2031, 10, 26, 11)),
    ],
    ids=["day before summer time", "day of summer time", "day before winter time", "day of winter time"],
)
def test_nine_in_the_morning_is_nine_on_the_wall_whatever_the_clock(client, start, dtstart, dtend):
    session_at(start)
    [event] = events(client)
    assert (event["dtstart"], event["dtend"]) == (dtstart, dtend)


def test_the_file_says_how_often_to_look_again_and_knows_nobody(client):
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="amira@school.demo")
    text = client.get("/vormingen/kalender.ics").content.decode()
    for line in ("METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "NAME:EXPO-R – Vormingen"):
        assert f"{line}\r\n" in text
    assert "ATTENDEE" not in text and "amira" not in text.lower() and "TZID" not in text


def test_a_cancelled_session_stays_and_is_struck_out(client):
    session = SessionFactory(state=Session.State.CANCELLED, cancel_reason="Noor is ziek")
    HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.SESSION_CANCELLED, detail="Noor is ziek")
    [event] = events(client)
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert b"ziek" not in client.get("/vormingen/kalender.ics").content


def test_each_change_raises_the_number_that_calendars_compare(client):
    session = SessionFactory()
    for _ in range(2):
        HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.CHANGED)
    HistoryEntry.objects.create(session=session, verb=HistoryEntry.Verb.BOOKED)
    assert [event["sequence"] for event in events(client)] == [2]


def test_drafts_private_sessions_and_withdrawn_trainings_are_not_there(client):
    SessionFactory(state=Session.State.DRAFT)
    SessionFactory(visibility=Session.Visibility.LINK)
    SessionFactory(training=make_training(live=False))
    assert events(client) == []


def test_a_year_back_is_remembered_and_no_more(client):
    session_at(local(-360, 9), training=make_training(title="Recent"))
    session_at(local(-380, 9), training=make_training(title="Old"))
    assert summaries(client) == ["Recent"]


def test_the_filters_of_the_page_work_here(client):
    session_at(at(2031, 3, 4), training=make_training(title="Net", themes=["online"]))
    session_at(at(2031, 4, 4), training=make_training(title="Taal", themes=["haatspraak"]))
    full = session_at(at(2031, 4, 5), training=make_training(title="Vol", themes=["online"]), capacity=1)
    ParticipantFactory(booking=BookingFactory(session=full))
    gone = make_training(title="Weg", themes=["online"])
    session_at(at(2031, 4, 6), training=gone, state=Session.State.CANCELLED, cancel_reason="ziek")
    asked = {
        "?thema=online": ["Net", "Vol", "Weg"],
        "?q=taal": ["Taal"],
        "?maand=2031-04": ["Taal", "Vol", "Weg"],
        "?van=2031-04-05": ["Vol", "Weg"],
        "?tot=2031-03-31": ["Net"],
        "?plaatsen=1": ["Net", "Taal", "Weg"],
        "?thema=onzin": ["Net", "Taal", "Vol", "Weg"],
    }
    assert {query: sorted(summaries(client, query)) for query in asked} == asked


def test_a_training_and_a_session_have_a_file_of_their_own(client):
    training = make_training(title="Kijk", slug="kijk")
    one, other = SessionFactory(training=training, code="K-1"), SessionFactory(training=training, days=40, code="K-2")
    SessionFactory()
    assert len(events(client, "/vormingen/kijk.ics")) == 2
    [event] = events(client, "/vormingen/sessie/k-2.ics")
    assert event["uid"] == f"k-2-{other.day_parts.get().pk}@expo-r.demo" and one.code == "K-1"
    assert client.get("/vormingen/kijk.ics")["Content-Disposition"] == 'attachment; filename="kijk.ics"'


def test_a_session_that_is_not_listed_has_a_file_for_who_knows_its_address(client):
    SessionFactory(code="P-1", visibility=Session.Visibility.LINK)
    SessionFactory(code="D-1", state=Session.State.DRAFT)
    assert len(events(client, "/vormingen/sessie/p-1.ics")) == 1
    assert [client.get(f"/vormingen/sessie/{code}.ics").status_code for code in ("d-1", "x")] == [404, 404]


def test_what_did_not_change_is_the_same_file_byte_by_byte(client):
    SessionFactory(parts=3), SessionFactory()
    before = client.get("/vormingen/kalender.ics").content
    kept_answers.forget()
    assert client.get("/vormingen/kalender.ics").content == before


def test_who_has_the_file_already_is_told_so_with_one_question(client, django_assert_num_queries):
    SessionFactory()
    etag = client.get("/vormingen/kalender.ics")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/vormingen/kalender.ics", headers={"If-None-Match": etag}).status_code == 304
    versions._count("catalogue")
    assert client.get("/vormingen/kalender.ics", headers={"If-None-Match": etag}).status_code == 304
    SessionFactory()
    versions._count("catalogue")
    assert client.get("/vormingen/kalender.ics", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("n", [1, 3, 300])
def test_the_file_asks_the_same_number_of_questions_for_one_and_for_many_sessions(
    client, django_assert_num_queries, monkeypatch, n
):
    monkeypatch.setattr(kept_answers, "moment", lambda every=None: 1)  # no new minute begins meanwhile
    training = make_training()
    rows = [
        Session(
            training=training, code=f"N{number}", capacity=9, state=Session.State.PUBLISHED,
            booking_closes_at=local(20), cancelling_closes_at=local(20), changing_closes_at=local(20), names_close_at=local(20),
        )
        for number in range(n)
    ]  # fmt: skip
    sessions = Session.objects.bulk_create(rows)
    DayPart.objects.bulk_create(DayPart(session=row, starts_at=local(30, 9), ends_at=local(30, 12)) for row in sessions)
    client.get("/vormingen/")
    # The version, the sessions with their changes, their day-parts, and their trainings.
    with django_assert_num_queries(4):
        assert len(events(client)) == n


def news(client) -> list[dict]:
    """The items of the news."""
    response = client.get("/vormingen/rss.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    return [{child.tag: child.text for child in item} for item in ElementTree.fromstring(response.content).iter("item")]


def test_the_news_has_new_sessions_and_trainings(client):
    training = make_training(title="Kijk & luister", summary="Je <kijkt>.")
    training.save_revision().publish()
    session_at(at(2031, 3, 4), training=training, code="K-1")
    SessionFactory(state=Session.State.DRAFT), SessionFactory(days=-3)
    address = f"http://testserver/vormingen/{training.slug}/"
    found = [(item["title"], item["link"], item["description"]) for item in news(client)]
    assert found[:2] == [
        ("Kijk & luister – dinsdag 4 maart 2031", f"{address}#sessie-k-1", "Je <kijkt>."),
        ("Kijk & luister", address, "Je <kijkt>."),
    ]


def test_a_cancelled_session_is_no_news(client):
    SessionFactory(state=Session.State.CANCELLED, cancel_reason="ziek", training=make_training(live=False))
    assert news(client) == []


def test_a_feed_is_the_same_for_whoever_is_signed_in(client):
    SessionFactory()
    before = client.get("/vormingen/kalender.ics").content
    client.force_login(UserFactory())
    assert client.get("/vormingen/kalender.ics").content == before
