"""Somebody in two sessions at the same time: it is said before and after, never refused."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainings.models import Booking, DayPart, Participant, Session


def told_to(user, session: Session, addresses: Collection[str]) -> list[str]:
    """What a booker is told of these addresses: of what one booked oneself or coordinates, and of one's own seats."""
    if not user.is_authenticated:
        return []
    seats, own = Participant.objects.overlapping(session, addresses), user.email.lower()
    if set(addresses) - {own}:
        # What others booked for a colleague elsewhere is not this booker's business; who booked one's own seat does not matter.
        seats = seats.filter(Q(booking__in=Booking.objects.visible_to(user)) | Q(email=own))
    return _in_words(seats, reader=user)


def told_to_team(session: Session, people: Iterable[Participant]) -> list[str]:
    """What an organiser is told who gave these people their seats in this session."""
    return _in_words(Participant.objects.overlapping(session, [person.email for person in people]))


def before_moving(people: Sequence[Participant], targets: Iterable[Session]) -> list[tuple[Session, list[str]]]:
    """For each session to which these people could go, who of them would be in two at once; the others are left out."""
    targets = list(targets)
    parts = _by_session(DayPart.objects.filter(session__in=targets))
    seats = _seats_elsewhere(people)
    theirs = _by_session(DayPart.objects.filter(session__in={seat.session_id for seat in seats}))
    found = [
        (one, [_said(seat, None) for seat in seats if seat.session_id != one.pk and _meet(parts[one.pk], theirs[seat.session_id])])
        for one in targets
    ]
    return [(one, sentences) for one, sentences in found if sentences]


def _seats_elsewhere(people: Sequence[Participant]) -> list[Participant]:
    """Seats of the same addresses in sessions to come, but for the one that they would leave."""
    addresses = {person.email for person in people} - {""}
    to_come = DayPart.objects.filter(ends_at__gt=timezone.now(), session__state=Session.State.PUBLISHED)
    seats = Participant.objects.active().filter(email__in=addresses, session__in=to_come.values("session"))
    seats = seats.exclude(session=people[0].session_id)
    return list(seats.with_start().select_related("session__training").order_by("starts_at", "pk"))


def _by_session(parts) -> dict[int, list[DayPart]]:
    found = defaultdict(list)
    for part in parts:
        found[part.session_id].append(part)
    return found


def _meet(ours: list[DayPart], theirs: list[DayPart]) -> bool:
    return any(one.starts_at < other.ends_at and one.ends_at > other.starts_at for one in ours for other in theirs)


def _in_words(seats, reader=None) -> list[str]:
    # Nearly always there are none: that is found out first, with a small question.
    if not (found := list(seats.values_list("pk", flat=True))):
        return []
    rows = Participant.objects.filter(pk__in=found).with_start().select_related("session__training").order_by("starts_at", "pk")
    return [_said(seat, reader) for seat in rows]


def _said(seat: Participant, reader) -> str:
    when = date_format(timezone.localtime(seat.starts_at), "l j F Y, G.i")
    facts = {"name": seat.full_name, "training": seat.session.training.title, "when": when}
    if reader and seat.email == reader.email.lower():
        return _("You are also booked for “%(training)s” at that time, on %(when)s.") % facts
    return _("%(name)s is also booked for “%(training)s” at that time, on %(when)s.") % facts
