"""What is on soon: the next public sessions, as rows for the home page."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trainings.catalogue import snapshot, wording
from trainings.catalogue.facts import SessionFacts, state_of

MOST = 5


def next_sessions(request, most: int = MOST) -> list[dict]:
    """The nearest sessions in the words of `shared/_session_row.html`; read from the catalogue's memory."""
    catalogue = snapshot.current(request)
    return [_row(session, training, catalogue.now) for session, training in catalogue.coming()[:most]]


def _row(session: SessionFacts, training, now) -> dict:
    state = state_of(session, now)
    return {
        "day": localtime(session.starts_at),
        "title": training.title,
        "url": f"{reverse('trainings:training', args=[training.slug])}#sessie-{session.code.lower()}",
        "lines": [" · ".join(part for part in (_when(session), session.place) if part)],
        "seats": {"kind": wording.mark(state), "text": wording.seats(state, session.seats_left)},
    }


def _when(session: SessionFacts) -> str:
    begins, ends = localtime(session.starts_at), localtime(session.ends_at)
    if begins.date() == ends.date():
        return f"{date_format(begins, 'l')} {wording.hours(begins, ends)}"
    start = f"{date_format(begins, 'l')} {date_format(begins, 'G.i')}"
    return _("%(start)s, until %(end)s") % {"start": start, "end": date_format(ends, "l j F")}
