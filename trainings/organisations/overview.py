"""What an organisation's training coordinator looks at: its bookings and what happened to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from knowledge.network.models import Membership, Organisation
from trainings.models import Booking, HistoryEntry, Session


@dataclass(frozen=True)
class Overview:
    """The bookings of an organisation, by what they ask of its training coordinator; past ones are the newest first."""

    to_approve: list[Booking]
    upcoming: list[Booking]
    past: list[Booking]

    @property
    def seats(self) -> int:
        """Seats that the organisation has in what is still to come."""
        return sum(booking.seated for booking in self.upcoming)

    @property
    def nameless(self) -> int:
        """Those of them whose name is still to come."""
        return sum(booking.nameless for booking in self.upcoming)

    @property
    def waiting(self) -> int:
        """People on a waiting list."""
        return sum(booking.waiting for booking in self.upcoming)


def overview(organisation: Organisation) -> Overview:
    """All bookings of this organisation, whoever made them."""
    rows = bookings_of(organisation).with_seats().with_offer()
    bookings = sorted(rows, key=lambda booking: (booking.starts_at is not None, booking.starts_at))
    upcoming = [booking for booking in bookings if booking.is_upcoming]
    to_approve = [booking for booking in upcoming if awaits_coordinator(booking)]
    return Overview(to_approve, upcoming, [booking for booking in reversed(bookings) if not booking.is_upcoming])


def bookings_of(organisation: Organisation):
    """Its bookings with when they are, and whether who made them left (`booker_left`)."""
    own = Membership.objects.filter(organisation=OuterRef("organisation"), user=OuterRef("booked_by"))
    left = Exists(own.filter(state=Membership.State.ENDED)) & ~Exists(own.current())
    rows = Booking.objects.filter(organisation=organisation).with_start().annotate(booker_left=left)
    return rows.select_related("session__training", "organisation", "booked_by")


def awaits_coordinator(booking: Booking) -> bool:
    """Whether the organisation's training coordinator is the one to decide; needs `with_seats`."""
    asks = booking.asked or booking.waiting
    return bool(asks) and booking.stage == Booking.Stage.COORDINATOR and booking.session.state == Session.State.PUBLISHED


def history_of(organisation: Organisation) -> Iterable[HistoryEntry]:
    """What happened to its bookings, the newest first."""
    return HistoryEntry.objects.filter(booking__organisation=organisation).select_related("booking", "session__training", "by")
