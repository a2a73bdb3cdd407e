"""What the trainings have to say by mail: one function per message, all of them through the outbox."""

from .approval import approval_asked, booking_refused
from .handing_over import bookings_handed_over, calendar_stopped
from .seats import (
    booking_confirmed,
    invitation_declined,
    invitation_to_new_address,
    invited,
    nameless_seats_released,
    names_given,
    names_missing,
    participant_replaced,
    participants_moved,
    seats_cancelled,
)
from .sessions import message_to_all, recipients, session_cancelled, session_changed, session_reminder
from .waiting import left_waiting_list, offer_is_over, placed_on_waiting_list, seats_offered

__all__ = [
    "approval_asked",
    "booking_confirmed",
    "booking_refused",
    "bookings_handed_over",
    "calendar_stopped",
    "invitation_declined",
    "invitation_to_new_address",
    "invited",
    "left_waiting_list",
    "message_to_all",
    "nameless_seats_released",
    "names_given",
    "names_missing",
    "offer_is_over",
    "participant_replaced",
    "participants_moved",
    "placed_on_waiting_list",
    "recipients",
    "seats_cancelled",
    "seats_offered",
    "session_cancelled",
    "session_changed",
    "session_reminder",
]
