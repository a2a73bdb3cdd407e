"""The rows of objective 2, by subject."""

from .attendance import Attendance
from .booking import Booking, HistoryEntry, Participant, WaitingEntry
from .catalogue import CataloguePage, TrainingPage
from .session import ChecklistItem, DayPart, Session, Trainer, Venue, free_seats

__all__ = [
    "Attendance",
    "Booking",
    "CataloguePage",
    "ChecklistItem",
    "DayPart",
    "HistoryEntry",
    "Participant",
    "Session",
    "Trainer",
    "TrainingPage",
    "Venue",
    "WaitingEntry",
    "free_seats",
]
