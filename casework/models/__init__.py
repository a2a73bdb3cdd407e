"""The rows of casework, by subject."""

from .access import Deputy, Grant, Role
from .draft import Draft
from .handover import Handover
from .invitation import Invitation
from .log import AuditEvent, LogCheck
from .passage import OutgoingAnswer, PulledRow, UnreadableRow, VoidedCode
from .referral import Entry, Message, Referral, Referrer, SubjectIdentity
from .seal import AccountSeal
from .watch import Alarm, Canary, PullState

__all__ = [
    "AccountSeal",
    "Alarm",
    "AuditEvent",
    "Canary",
    "Deputy",
    "Draft",
    "Entry",
    "Grant",
    "Handover",
    "Invitation",
    "LogCheck",
    "Message",
    "OutgoingAnswer",
    "PullState",
    "PulledRow",
    "Referral",
    "Referrer",
    "Role",
    "SubjectIdentity",
    "UnreadableRow",
    "VoidedCode",
]
