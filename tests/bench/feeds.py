"""Calendars to subscribe to, of five thousand events: sent from memory, "not modified", and written anew."""

import http.client
import statistics
import time
from datetime import timedelta

EVENTS, ROUNDS = 5_000, 3


def fill(first_start, number: int = EVENTS) -> None:
    """So many sessions more, of one morning each, all seats of which the demo's partner has."""
    from people.models import User
    from trainings.models import Booking, DayPart, Participant, Session, TrainingPage

    training, partner = TrainingPage.objects.live().first(), User.objects.get(email="partner@school.demo")
    closes = dict.fromkeys(("booking_closes_at", "cancelling_closes_at", "changing_closes_at", "names_close_at"), first_start)
    rows = Session.objects.bulk_create(
        Session(training=training, code=f"F-{at:05}", capacity=9, state="published", **closes) for at in range(number)
    )
    starts = [first_start + timedelta(hours=4 * (at % 2_000)) for at in range(number)]
    pairs = zip(rows, starts, strict=True)
    DayPart.objects.bulk_create(DayPart(session=row, starts_at=at, ends_at=at + timedelta(hours=3)) for row, at in pairs)
    bookings = Booking.objects.bulk_create(Booking(session=row, booked_by=partner) for row in rows)
    Participant.objects.bulk_create(Participant(booking=one, session=one.session, first_name="Noor") for one in bookings)


def addresses() -> dict[str, str]:
    """The public calendar and the partner's own, by name."""
    from django.conf import settings

    from people.models import User
    from trainings import links
    from trainings.calendars import private_feeds

    partner = User.objects.get(email="partner@school.demo")
    own = links.to_feed(private_feeds.make(partner, by=partner)).removeprefix(settings.SITE_URL)
    return {"public": "/vormingen/kalender.ics", "private": own}


def etag(port: int, path: str) -> str:
    """What a calendar program remembers of the file."""
    return _ask(port, path)[1]["ETag"]


def unchanged(port: int, path: str, remembered: str) -> float:
    """Milliseconds of one "not modified"."""
    began = time.perf_counter()
    status, _headers = _ask(port, path, {"If-None-Match": remembered})
    if status != 304:
        raise RuntimeError(f"{path} answered {status}")
    return (time.perf_counter() - began) * 1000


def microseconds_an_event(parts: tuple[int, int] = (1_000, EVENTS)) -> tuple[float, float]:
    """Processor time of writing a calendar, by event, for few and for many of them."""
    from trainings.calendars import feeds
    from trainings.models import Session

    sessions = Session.objects.filter(code__startswith="F-")
    return tuple(
        _an_event(lambda number=number: feeds.agenda(sessions.filter(code__lt=f"F-{number:05}")), number) for number in parts
    )


def _an_event(work, number: int) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1e6 / number


def _ask(port: int, path: str, headers: dict | None = None) -> tuple[int, dict]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | (headers or {}))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())
