"""The file of one's own data in plain words: the same rows, for who wants to read or print them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from knowledge.network.models import Membership
from shared.models import OutboxMessage
from trainings.models import Attendance, Participant

SECTIONS = {
    "account": _("Your account"),
    "memberships": _("Organisations that you belong to"),
    "bookings": _("What you booked"),
    "participations": _("Where you took part, or are going to"),
    "access_needs": _("What you told that you need"),
    "calendars": _("Private calendars that you subscribe to"),
    "questions": _("Questions that you asked"),
    "messages": _("Mails that we sent you"),
}
LABELS = {
    "address": _("network address"),
    "answer": _("answer"),
    "answered_at": _("answered on"),
    "attendance": _("attendance"),
    "browser": _("browser"),
    "calendar_reply": _("reply of the calendar"),
    "cancel_reason": _("reason"),
    "cancelled_at": _("cancelled on"),
    "email": _("e-mail address"),
    "family_name": _("family name"),
    "first_name": _("first name"),
    "function": _("function"),
    "has_password": _("has a password"),
    "last_signed_in_at": _("last signed in on"),
    "made_at": _("made on"),
    "message": _("message to the team"),
    "name": _("name"),
    "organisation": _("organisation"),
    "reference": _("number"),
    "revoked_at": _("withdrawn on"),
    "role": _("role"),
    "seats": _("seats"),
    "second_steps": _("second steps of signing in"),
    "session": _("session"),
    "signed_in_on": _("signed in on"),
    "since": _("since"),
    "starts_at": _("begins on"),
    "state": _("state"),
    "subject": _("subject"),
    "text": _("text"),
    "told_at": _("told on"),
    "training": _("training"),
    "asked_at": _("asked on"),
}
# What the file says in one word, and people in theirs.
CHOICES = {
    ("account", "second_steps"): Authenticator.Type,
    ("memberships", "role"): Membership.Role,
    ("memberships", "state"): Membership.State,
    ("participations", "state"): Participant.State,
    ("participations", "calendar_reply"): Participant.Reply,
    ("participations", "attendance"): Attendance.Status,
    ("messages", "state"): OutboxMessage.State,
}


@dataclass(frozen=True)
class Section:
    """One list of the file: its title, and for each row what is known, each with its label."""

    title: str
    rows: list[list[tuple[str, str]]]


def sections(file: dict) -> list[Section]:
    """What `facts.as_file` gives, in its order; what is empty says nothing and is left out."""
    named = {name: part for name, part in file.items() if name != "made_at"}
    return [
        Section(str(SECTIONS.get(name, name)), [list(_row(name, row)) for row in (part if isinstance(part, list) else [part])])
        for name, part in named.items()
    ]


def _row(section: str, row: dict) -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        if value not in (None, "", []):
            yield str(LABELS.get(key, key)), _said(section, key, value)


def _said(section: str, key: str, value) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return "\n".join(_said(section, key, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{label}: {said}" for label, said in _row(section, value))
    if key == "since" or key.endswith("_at"):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, G.i")
    return str(dict(CHOICES[section, key].choices).get(value, value)) if (section, key) in CHOICES else str(value)
