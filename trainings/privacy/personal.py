"""What the trainings keep about one person, and forgetting that person."""

from django.db import transaction
from django.utils import timezone

from trainings.booking import cancel_participants
from trainings.calendars import private_feeds
from trainings.models import AccessNeed, Booking, HistoryEntry, Participant, Session, Trainer
from trainings.refusals import BookingRefused
from trainings.seats import lock_all, record

from .forgetting import forget_names, sessions_written_about
from .retention import empty_seats


class OthersStillCome(BookingRefused):
    """This person booked for others who still have a place: somebody has to look after them. `bookings` says which."""

    def __init__(self, bookings: list[Booking]):
        super().__init__()
        self.bookings = bookings


def bookings_of(user):
    """What this person booked."""
    return user.bookings.with_seats().with_start().select_related("session__training", "organisation").order_by("-created_at")


def seats_of(address: str):
    """Seats under this address, whoever booked them."""
    found = Participant.objects.filter(email__iexact=address).exclude(email="")
    with_facts = found.select_related("session__training", "booking__booked_by", "booking__organisation")
    return with_facts.prefetch_related("attendances").order_by("-pk")


def to_hand_over(user) -> list[Booking]:
    """Bookings of this person in which others still have a place to come."""
    others = Participant.objects.active().filter(booking__booked_by=user).exclude(email__iexact=user.email)
    return [booking for booking in bookings_of(user).filter(pk__in=others.values("booking")) if booking.is_upcoming]


def upcoming_seats(address: str) -> list[Participant]:
    """Seats under this address in sessions that will be held."""
    published = {"session__state": Session.State.PUBLISHED}
    coming = seats_of(address).active().filter(session__day_parts__ends_at__gt=timezone.now(), **published)
    return list(coming.distinct())


@transaction.atomic
def forget_person(address: str, *, by, user=None) -> int:
    """Gives the seats to come back, takes the name off those of the past; returns how many seats it was about.

    With `user`, also what this account wrote, and its calendars. Raises `OthersStillCome`.
    """
    # All sessions that anything is written about, in the order in which all lock them: two who go another way round would
    # wait for each other.
    lock_all(sessions_written_about(seats_of(address).order_by(), address, user))
    if user and (bookings := to_hand_over(user)):
        raise OthersStillCome(bookings)
    coming = upcoming_seats(address)
    for session in sorted({person.session_id for person in coming}):
        cancel_participants([person for person in coming if person.session_id == session], by=by, as_team=True)
    seats = list(seats_of(address))
    forget_names(seats, address, user)
    AccessNeed.objects.filter(participant__in=seats).delete()
    empty_seats(seats)
    for booking in {seat.booking for seat in seats}:
        of_booking = sum(seat.booking_id == booking.pk for seat in seats)
        record(booking.session, booking, HistoryEntry.Verb.EMPTIED, by, str(of_booking))
    if user:
        _forget_account(user)
    return len(seats)


def _forget_in_handing_over(user) -> None:
    # Whose bookings they were stands there in words, on bookings that are a colleague's now.
    for entry in HistoryEntry.objects.filter(verb=HistoryEntry.Verb.HANDED_OVER, detail__contains=str(user)):
        entry.detail = " → ".join("–" if name == str(user) else name for name in entry.detail.split(" → "))
        entry.save(update_fields=["detail"])


def _forget_account(user) -> None:
    user.bookings.update(message="")
    _forget_in_handing_over(user)
    user.saved_filters.all().delete()
    for owner in (user, *Trainer.objects.filter(user=user)):
        private_feeds.revoke_all(owner)
    # Who gives trainings stays known to the team by name, but no account leads there any more.
    Trainer.objects.filter(user=user).update(user=None)
