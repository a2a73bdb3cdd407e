"""The demo's bookings: three hundred of them, with participants, waiting lists and attendance."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from django.db.models import F
from django.utils import timezone

from knowledge.network.models import Organisation
from people.models import User
from trainings.booking import book_seats, cancel_participants
from trainings.calendars import private_feeds
from trainings.models import Attendance, Booking, HistoryEntry, Offer, Participant, Session, WaitingEntry
from trainings.seats import Person

from . import content
from .accounts import account
from .planning import Fate

FUNCTION = "leerkracht geschiedenis"
STATUSES = ["present"] * 16 + ["partly", "absent", "absent", "excused"]


class Crowd:
    """People of the demo, drawn so that nobody sits twice in one session."""

    def __init__(self, organisations: dict[str, Organisation], random: Random):
        self.random = random
        self.groups: dict[str, list[dict]] = {}
        for row in content.rows("person"):
            self.groups.setdefault(row["organisation"], []).append(row)
        self.organisations = organisations
        self.bookers = {slug: _booker(rows[0], slug) for slug, rows in self.groups.items()}
        self.turn = cycle(sorted(self.groups))

    def group(self, most: int, seated: set[str]) -> tuple[str, list[dict]]:
        """The next organisation, and up to `most` of its people who are not `seated` yet."""
        slug = next(self.turn)
        free = [row for row in self.groups[slug] if _key(row) not in seated]
        chosen = self.random.sample(free, min(len(free), most, self.random.choice([1, 2, 3, 4, 4])))
        seated.update(_key(row) for row in chosen)
        return slug, chosen


def load_bookings(sessions: list[tuple[Session, Fate]], organisations: dict[str, Organisation]) -> None:
    """Fills each session as far as its fate says; of what is over, attendance is noted."""
    random = Random(2016)  # noqa: S311 the same demo for everybody
    crowd = Crowd(organisations, random)
    for session, fate in sessions:
        _fill(session, min(round(session.capacity * fate.taken), session.capacity + 4), crowd, random)
        if session.state == Session.State.DONE:
            _note_attendance(session, random)


def load_own_bookings(people: dict[str, User], organisations: dict[str, Organisation]) -> None:
    """What the demo partner did, through the real verbs: mail, files and a history to look at.

    One seat was given back, one is awaited, one is offered, and two have no name yet.
    """
    partner, school = people["partner@school.demo"], organisations["atheneum-de-vlinder"]
    own = Person(partner.first_name, partner.last_name, partner.email, FUNCTION)
    for_schools = Session.objects.listed().filter(state=Session.State.PUBLISHED, training__sectors=school.sector)
    open_sessions = for_schools.filter(booking_closes_at__gt=timezone.now())
    for session in open_sessions.filter(waiting_entries=None).with_seats_left().filter(seats_left__gte=2).order_by("pk")[:2]:
        made = book_seats(session, by=partner, organisation=school, participants=[own, Person("Robbe", "Claes")])
    cancel_participants(made.participants.filter(first_name="Robbe"), by=partner)
    roomy = open_sessions.filter(waiting_entries=None, names_close_at__gt=timezone.now()).with_seats_left()
    book_seats(roomy.filter(seats_left__gte=3).order_by("-pk")[0], by=partner, organisation=school, without_name=2)
    full = list(open_sessions.with_seats_taken().filter(taken__gte=F("capacity"), waiting_list=True).order_by("pk"))
    book_seats(full[0], by=partner, organisation=school, participants=[own], or_wait=True)
    private_feeds.make(partner, by=partner)
    _give_back_until_offered(book_seats(full[1], by=partner, organisation=school, participants=[own], or_wait=True))
    _give_one_back(full[-1])


def _give_back_until_offered(booking: Booking) -> None:
    """Seats come free until one is offered to this booking, and to who waited before it."""
    while not Offer.objects.filter(entry__booking=booking).exists():
        _give_one_back(booking.session)


def _give_one_back(session: Session) -> None:
    """A seat comes free while others wait for it: something for the organiser to give."""
    seat = session.participants.seated().select_related("booking__booked_by").order_by("pk")[:1]
    cancel_participants(seat, by=seat[0].booking.booked_by)


def load_past_booking(people: dict[str, User], organisations: dict[str, Organisation]) -> None:
    """A session that the demo partner followed some weeks ago; who came is noted with everybody else's attendance."""
    partner = people["partner@school.demo"]
    session = Session.objects.filter(state=Session.State.DONE).with_times().order_by("-starts_at").first()
    booking = Booking.objects.create(session=session, organisation=organisations["atheneum-de-vlinder"], booked_by=partner)
    row = {"given": partner.first_name, "family": partner.last_name, "email": partner.email, "function": FUNCTION}
    _participant(booking, row, Participant.State.CONFIRMED).save()
    at = session.booking_closes_at - timedelta(days=9)
    Booking.objects.filter(pk=booking.pk).update(created_at=at)
    HistoryEntry.objects.create(session=session, booking=booking, verb=HistoryEntry.Verb.BOOKED, detail="1", by=partner, at=at)


def _booker(row: dict, slug: str) -> User:
    email = row.get("email") or f"onthaal@{slug}.demo"
    return account(email, row["given"], row["family"])


def _key(row: dict) -> str:
    return f"{row['given']} {row['family']}"


def _fill(session: Session, seats: int, crowd: Crowd, random: Random) -> None:
    """Seats up to the last one, and then a waiting list; booked one after another in the weeks before."""
    seated: set[str] = set()
    groups = [(slug, rows, False) for slug, rows in _groups(min(seats, session.capacity), crowd, seated)]
    groups += [(slug, rows, True) for slug, rows in _groups(seats - session.capacity, crowd, seated)]
    last = min(timezone.now(), session.booking_closes_at)
    moments = sorted(last - timedelta(days=random.randint(1, 40), minutes=random.randint(0, 600)) for _group in groups)
    for (slug, rows, waiting), at in zip(groups, moments, strict=True):
        _book(session, slug, rows, crowd, waiting=waiting, at=at)


def _groups(seats: int, crowd: Crowd, seated: set[str]) -> Iterator[tuple[str, list[dict]]]:
    empty = 0
    while seats > 0 and empty < 50:
        slug, chosen = crowd.group(seats, seated)
        empty += not chosen
        seats -= len(chosen)
        if chosen:
            yield slug, chosen


def _book(session: Session, slug: str, rows: list[dict], crowd: Crowd, *, waiting: bool, at: datetime) -> None:
    by = crowd.bookers[slug]
    booking = Booking.objects.create(session=session, organisation=crowd.organisations[slug], booked_by=by, created_at=at)
    state = Participant.State.WAITING if waiting else Participant.State.CONFIRMED
    Participant.objects.bulk_create(_participant(booking, row, state) for row in rows)
    if waiting:
        fewer = len(rows) > 2
        WaitingEntry.objects.create(booking=booking, session=session, seats=len(rows), fewer_is_fine=fewer, created_at=at)
    verb = HistoryEntry.Verb.WAITING if waiting else HistoryEntry.Verb.BOOKED
    HistoryEntry.objects.create(session=session, booking=booking, verb=verb, detail=str(len(rows)), by=by, at=at)


def _participant(booking: Booking, row: dict, state) -> Participant:
    return Participant(
        booking=booking,
        session=booking.session,
        state=state,
        first_name=row["given"],
        family_name=row["family"],
        email=row.get("email", ""),
        function=row["function"],
    )


def _note_attendance(session: Session, random: Random) -> None:
    parts = list(session.day_parts.all())
    Attendance.objects.bulk_create(
        Attendance(participant=participant, day_part=part, status=random.choice(STATUSES), noted_at=part.ends_at)
        for participant in session.participants.seated()
        for part in parts
    )
