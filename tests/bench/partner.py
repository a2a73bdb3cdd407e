"""What a partner and an organiser do besides booking: looking at pages, giving seats back, taking an offered one."""

import re
import time
import urllib.parse
from datetime import timedelta

from tests.bench.booking import TOKEN, _request


def look(port: int, path: str, cookie: str) -> float:
    """Milliseconds of one page of somebody who is signed in."""
    began = time.perf_counter()
    page = _request(port, "GET", path, {"Cookie": cookie})[1]
    if "<h1" not in page:
        raise RuntimeError(f"{path} shows no page")
    return (time.perf_counter() - began) * 1000


def bookings(number: int) -> list[tuple[str, int]]:
    """So many bookings of the demo's partner, each with one seat to give back: number and key of the seat."""
    from people.models import User
    from tests.bench.booking import rooms
    from trainings.models import Booking, Participant, Session

    partner, sessions = User.objects.get(email="partner@school.demo"), Session.objects.filter(code__in=rooms(20))
    sessions.update(cancelling_closes_at=sessions[0].booking_closes_at + timedelta(days=1))
    # Not through the verb: nobody may book so often within the hour.
    made = [Booking.objects.create(session=sessions[at % len(sessions)], booked_by=partner) for at in range(number)]
    seats = [Participant.objects.create(booking=one, session=one.session, first_name="Bert", family_name="Claes") for one in made]
    return [(seat.booking.reference, seat.pk) for seat in seats]


def offers(number: int) -> list[str]:
    """So many offered seats of sessions with room, as the last part of their links."""
    from people.models import User
    from tests.bench.booking import rooms
    from trainings import links
    from trainings.models import Booking, Offer, Participant, Session, WaitingEntry

    partner, tokens = User.objects.get(email="partner@school.demo"), []
    sessions = Session.objects.filter(code__in=rooms(20))
    for at in range(number):
        session = sessions[at % len(sessions)]
        booking = Booking.objects.create(session=session, booked_by=partner)
        Participant.objects.create(booking=booking, session=session, state="waiting", first_name="Bert", family_name=f"Wacht {at}")
        entry = WaitingEntry.objects.create(session=session, booking=booking, seats=1)
        offer = Offer.objects.create(entry=entry, session=session, seats=1, expires_at=session.booking_closes_at)
        tokens.append(links.token(links.OFFER, offer.pk))
    return tokens


def send(port: int, path: str, cookie: str, typed: dict) -> float:
    """Seconds of sending a form that was opened before."""
    headers, page = _request(port, "GET", path, {"Cookie": cookie})
    token = re.search(r"expor_csrf=[^;]+", headers["Set-Cookie"])[0]
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN.search(page)[1]} | typed)
    sent = {"Cookie": f"{cookie}; {token}", "Content-Type": "application/x-www-form-urlencoded"}
    began = time.perf_counter()
    if "Location" not in _request(port, "POST", path, sent, body)[0]:
        raise RuntimeError(f"{path} did not take the form")
    return time.perf_counter() - began
