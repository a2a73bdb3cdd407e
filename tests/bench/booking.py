"""Booking as a browser does it, against a bare view that inserts one row and updates one."""

import http.client
import re
import time
import urllib.parse
from datetime import timedelta

from django.utils import timezone

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def cookie() -> str:
    """A session of the demo's partner, made in the bench's database."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from people.models import User

    user = User.objects.get(email="partner@school.demo")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"expor_session={session.session_key}"


def rooms(number: int) -> list[str]:
    """The codes of open sessions, each with room for everybody."""
    from trainings.models import Session

    # Who waits would go before the bench, and some trainings are not for everybody.
    found = Session.objects.listed().upcoming().with_wanted().filter(state="published", wanted=None, training__only_sectors=False)
    codes = [session.code for session in found if session.is_open][:number]
    Session.objects.filter(code__in=codes).update(capacity=10_000)
    return codes


def let_time_pass() -> None:
    """Puts the bookings of the demo's partner two hours back: nobody may book as often as a bench within one."""
    from trainings.models import Booking

    Booking.objects.filter(booked_by__email="partner@school.demo").update(created_at=timezone.now() - timedelta(hours=2))


def book(port: int, code: str, session_cookie: str, number: int) -> tuple[float, float]:
    """One booking of one colleague: seconds for the form and for the sending of it."""
    path = f"/vormingen/sessie/{code.lower()}/inschrijven/"
    began = time.perf_counter()
    headers, page = _request(port, "GET", path, {"Cookie": session_cookie})
    shown = time.perf_counter() - began
    body = urllib.parse.urlencode(_typed(page, number))
    token_cookie = re.search(r"expor_csrf=[^;]+", headers["Set-Cookie"])[0]
    began = time.perf_counter()
    answer = _request(
        port,
        "POST",
        path,
        {"Cookie": f"{session_cookie}; {token_cookie}", "Content-Type": "application/x-www-form-urlencoded"},
        body,
    )[0]
    if "/bevestigd/" not in answer.get("Location", ""):
        raise RuntimeError("the booking was not made")
    return shown, time.perf_counter() - began


def write(port: int) -> float:
    """Seconds of one bare write."""
    began = time.perf_counter()
    _request(port, "GET", "/write/", {})
    return time.perf_counter() - began


def _typed(page: str, number: int) -> dict:
    return {
        "csrfmiddlewaretoken": TOKEN.search(page)[1],
        "form_key": FORM_KEY.search(page)[1],
        "first_name": "Noor",
        "family_name": "De Clercq",
        "colleagues-TOTAL_FORMS": "1",
        "colleagues-INITIAL_FORMS": "0",
        "colleagues-0-first_name": "Collega",
        "colleagues-0-family_name": f"Nummer {number}",
        "colleagues-0-email": f"collega{number}@school.demo",
    }


def _request(port: int, method: str, path: str, headers: dict, body: str = "") -> tuple[dict, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers | {"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    # A page that shows a message sets two cookies.
    return dict(answer.getheaders()) | {"Set-Cookie": "; ".join(answer.msg.get_all("Set-Cookie", []))}, text
