"""What else the log knows of an event, in words: the names and codes of the application, said as a person says them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.models import Alarm, Invitation, Message, Referral, Role, SubjectIdentity

NAMES = {
    "part": _("part"),
    "what": _("what"),
    "state": _("outcome"),
    "source": _("arrived by"),
    "means": _("how"),
    "direction": _("direction"),
    "day": _("day"),
    "kind": _("kind"),
    "to": _("to account"),
    "giver": _("from account"),
    "hits": _("found"),
    "from": _("from row"),
    "event": _("up to row"),
    "rows": _("rows"),
    "roles": _("roles"),
}
VALUES = {
    "part": {"referrer": _("who refers"), "subject": _("who it is about")},
    "what": {
        "referral": _("a referral"),
        "addition": _("an addition"),
        "withdrawal": _("a withdrawal"),
        "identity": _("an identity"),
        "identity_withdrawal": _("an identity taken back"),
    },
    "state": dict(Referral.State.choices),
    "source": dict(Referral.Source.choices),
    "means": dict(SubjectIdentity.Means.choices),
    "direction": dict(Message.Direction.choices),
    "kind": dict(Invitation.Kind.choices) | dict(Alarm.Kind.choices),
    "roles": dict(Role.Kind.choices),
}


def told(detail: dict) -> str:
    """All of it in one line; a code that nobody gave words stays as it is."""
    return ", ".join(f"{NAMES.get(name, name)}: {_value(name, str(value))}" for name, value in detail.items())


def _value(name: str, value: str) -> str:
    if name == "day":
        return _day(value)
    known = VALUES.get(name, {})
    return " + ".join(str(known.get(code, code)) for code in value.split("+"))


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "j F Y")
    except ValueError:
        return value
