"""One page per session, with everything on it."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from shared.models import OutboxMessage
from trainings import second_look
from trainings.access import organisers_only
from trainings.models import Booking, DayPart, Offer, Participant, Session
from trainings.privacy import needs, retention

from .forms.people import ArrangeForm
from .frame import screen, sessions_crumb
from .messages import about, bounced
from .to_do import left_to_do

LATEST = 8


@dataclass(frozen=True)
class Waiting:
    """The people of one booking who wait, what is offered to them, and how many seats are left for them."""

    booking: Booking
    people: list[Participant]
    left: int
    offer: Offer | None = None

    @property
    def to_give(self) -> int:
        """How many seats the team can give them now."""
        fewer = self.left if self.booking.waiting_entry.fewer_is_fine else 0
        return max(len(self.people) if len(self.people) <= self.left else fewer, 0)

    @property
    def to_take_off(self) -> str:
        """The query with which the page for cancelling asks about these people."""
        return urlencode([("deelnemer", person.pk) for person in self.people])


@organisers_only
@require_safe
def session(request, pk):
    """Everything about one session."""
    return show(request, pk)


def show(request, pk, *, typed: ArrangeForm | None = None):
    """The page; with `typed`, what was wrong in the form of one thing to arrange stands beside its field."""
    found = get_object_or_404(Session.objects.select_related("training").with_times().with_to_do(), pk=pk)
    context = _everything(found)
    if typed:
        context["arrange_forms"] = [typed if form.prefix == typed.prefix else form for form in context["arrange_forms"]]
    return screen(request, "session.html", found.code, context, path=[sessions_crumb()], status=422 if typed else 200)


def _everything(session: Session) -> dict:
    people = list(_people(session))
    checklist = list(session.checklist.select_related("done_by"))
    messages = about(session)
    parts = list(session.day_parts.select_related("venue"))
    failed = list(messages.filter(state=OutboxMessage.State.FAILED)[:LATEST])
    seated = [person for person in people if person.state == Participant.State.CONFIRMED and person.is_named]
    return {
        "session": session,
        "parts": parts,
        "trainers": list(session.trainers.all()),
        "seated": seated,
        "counts": _counts(people),
        "groups": _by_booking([person for person in people if not person.is_named], Participant.State.CONFIRMED),
        "nameless": _by_booking(people, Participant.State.RESERVED),
        "asking": _by_booking(people, Participant.State.PENDING),
        "queue": _queue(session, people),
        "cancelled": [person for person in people if person.state in Participant.ENDED],
        "to_do": left_to_do(session, checklist),
        "doubts": second_look.doubts(session, parts),
        "arrange_forms": [ArrangeForm(instance=item) for item in checklist],
        "failed": failed,
        "messages_latest": list(messages.exclude(state=OutboxMessage.State.FAILED)[:LATEST]),
        "messages_count": messages.count(),
        "bounced": bounced(session) if failed else set(),
        "history": list(session.history.select_related("by", "booking")[:30]),
        "is_over": _is_over(session),
        "noted": _noted(people, parts),
        "needs": list(needs.of_session(session)),
        "kept_until": retention.kept_until(session, session.ends_at),
    } | _state(session, people)


def _people(session: Session):
    bookings = Prefetch("booking", Booking.objects.select_related("organisation", "booked_by", "waiting_entry"))
    return session.participants.in_order().prefetch_related(bookings, "attendances")


def _by_booking(people: list[Participant], state) -> list[tuple[Booking, list[Participant]]]:
    """The people in this state, booking by booking, in the order of booking."""
    found = [person for person in people if person.state == state]
    in_order = sorted(found, key=lambda person: (person.booking.created_at, person.booking_id))
    return [(booking, list(group)) for booking, group in groupby(in_order, key=lambda person: person.booking)]


def _counts(people: list[Participant]) -> dict[str, int]:
    """How many people stand in the list of participants, and how many apart from it."""
    number = Counter(person.state for person in people)
    state = Participant.State
    return {"listed": number[state.CONFIRMED], "asking": number[state.PENDING], "nameless": number[state.RESERVED]}


def _queue(session: Session, people: list[Participant]) -> list[Waiting]:
    # As they came, not by name: the list is a queue.
    waiting = [person for person in people if person.state == Participant.State.WAITING]
    in_turn = sorted(waiting, key=lambda person: (person.booking.created_at, person.booking_id, person.pk))
    groups = [list(group) for _booking, group in groupby(in_turn, key=lambda person: person.booking)]
    left = session.capacity - session.taken if session.state == Session.State.PUBLISHED else 0
    offers = {offer.entry.booking_id: offer for offer in session.offers.open().select_related("entry")}
    return [_waiting(group, left, offers.get(group[0].booking_id)) for group in groups]


def _waiting(group: list[Participant], left: int, offer: Offer | None) -> Waiting:
    # What is offered to these people is kept for them: the team can give it to them.
    return Waiting(group[0].booking, group, left + (offer.seats if offer else 0), offer)


def _is_over(session: Session) -> bool:
    return session.ends_at is None or session.ends_at <= timezone.now()


def _noted(people: list[Participant], parts: list[DayPart]) -> tuple[int, int]:
    seats = [person for person in people if person.holds_seat]
    return sum(len(person.attendances.all()) for person in seats), len(seats) * len(parts)


def _state(session: Session, people: list[Participant]) -> dict:
    state = Session.State(session.state)
    # What nobody booked is no loss to anybody: it is deleted, not cancelled.
    unseen = state == Session.State.DRAFT and not people
    return {
        "can_publish": state == Session.State.DRAFT,
        "can_delete": unseen,
        "can_cancel": Session.State.CANCELLED in Session.STEPS[state] and not unseen,
        "can_close": state == Session.State.PUBLISHED and session.ends_at and _is_over(session),
        "can_change": state != Session.State.CANCELLED,
        "can_add": state in (Session.State.PUBLISHED, Session.State.DONE),
        "full": session.taken >= session.capacity,
        "beyond": max(session.taken - session.capacity, 0),
    }
