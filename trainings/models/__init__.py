"""The rows of objective 2, by subject."""

from .attendance import Attendance
from .booking import Booking, Participant
from .catalogue import CataloguePage, TrainingPage
from .desk import SavedFilter, SchoolHoliday
from .feed import Feed
from .history import HistoryEntry
from .need import AccessNeed
from .seats import free_seats
from .session import ChecklistItem, DayPart, Session
from .trainer import Trainer
from .venue import Venue
from .waiting import Offer, WaitingEntry

__all__ = [
    "AccessNeed",
    "Attendance",
    "Booking",
    "CataloguePage",
    "ChecklistItem",
    "DayPart",
    "Feed",
    "HistoryEntry",
    "Offer",
    "Participant",
    "SavedFilter",
    "SchoolHoliday",
    "Session",
    "Trainer",
    "TrainingPage",
    "Venue",
    "WaitingEntry",
    "free_seats",
]
