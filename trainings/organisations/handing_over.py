"""A colleague takes over what is still to come: one booking, or all bookings of somebody who leaves the organisation."""

from django.db import transaction

from knowledge.network import coordinating
from knowledge.network.models import Membership, Organisation
from shared import versions
from trainings import mail, waiting
from trainings.models import Booking, HistoryEntry, Offer, Session
from trainings.refusals import NotAColleague, NothingToHandOver
from trainings.seats import CATALOGUE, lock_all


@transaction.atomic
def leave(membership: Membership, *, by, to=None, knowingly: bool = False) -> list[Booking]:
    """Ends a membership; `to` takes over what is still to come, else it stays with who booked. Gives what was handed over.

    Raises `NotAColleague`, `NotAMember`, and `LastCoordinator` unless `knowingly`.
    """
    # The sessions are locked before the organisation, in the order in which merging locks them too.
    handed = hand_over(membership.organisation, of=membership.user, to=to, by=by) if to else []
    coordinating.end(membership, by=by, knowingly=knowingly)
    return handed


@transaction.atomic
def hand_over(organisation: Organisation, *, of, to, by) -> list[Booking]:
    """`to` is the booker from now on of what `of` booked for this organisation and is still to come; both hear so.

    A seat that is offered meanwhile is offered to `to`, and no longer to who has the link of it.

    Raises `NotAColleague`.
    """
    return _hand_over(organisation, open_bookings(organisation, of), of=of, to=to, by=by)


@transaction.atomic
def hand_one_over(booking: Booking, *, to, by) -> Booking:
    """`to` is the booker of this booking from now on, as `hand_over` does it for all that somebody booked.

    Raises `NotAColleague`, and `NothingToHandOver` when it is over, or went to somebody else since it was looked at.
    """
    if booking.organisation is None:
        raise NotAColleague
    found = open_bookings(booking.organisation, booking.booked_by).filter(pk=booking.pk)
    handed = _hand_over(booking.organisation, found, of=booking.booked_by, to=to, by=by)
    if not handed:
        raise NothingToHandOver
    return handed[0]


def colleagues(organisation: Organisation, *, of) -> list:
    """Who can take over what this person booked: everybody else whom the organisation confirmed, by name."""
    others = organisation.memberships.active().exclude(user=of).select_related("user").by_name()
    return [membership.user for membership in others]


def open_bookings(organisation: Organisation, person):
    """What this person booked for this organisation and is still to come."""
    return Booking.objects.filter(organisation=organisation, booked_by=person).to_come()


def to_hand_over(organisation: Organisation, person) -> list[Booking]:
    """The same as a list to look at, the first to come first."""
    rows = open_bookings(organisation, person).with_seats().with_start()
    return list(rows.select_related("session__training").order_by("starts_at", "pk"))


def _hand_over(organisation: Organisation, found, *, of, to, by) -> list[Booking]:
    if to == of or not organisation.memberships.active().filter(user=to).exists():
        raise NotAColleague
    bookings = _locked(found)
    for booking in bookings:
        booking.booked_by = to
    Booking.objects.bulk_update(bookings, ["booked_by"])
    detail = f"{of} → {to}"[:300]
    HistoryEntry.objects.bulk_create(
        HistoryEntry(session=booking.session, booking=booking, verb=HistoryEntry.Verb.HANDED_OVER, by=by, detail=detail)
        for booking in bookings
    )
    if bookings:
        waiting.offer_again(Offer.objects.filter(entry__booking__in=bookings))
        mail.bookings_handed_over(bookings, organisation, of=of, to=to, by=by)
        # The private calendars of both show something else now.
        versions.bump(CATALOGUE)
    return bookings


def _locked(bookings) -> list[Booking]:
    # Whoever approves or moves a booking locks its session first, and so do we: the other way round two would wait for each other.
    lock_all(Session.objects.filter(pk__in=bookings.order_by().values("session")))
    rows = bookings.with_start().select_for_update(of=("self",)).select_related("session__training").order_by("pk")
    return sorted(rows, key=lambda booking: booking.starts_at)
