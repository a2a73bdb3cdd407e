"""What is left to do for a session: the one definition that the list, the dashboard and the session's page count by.

Each thing has a name and a number; `trainings.admin.to_do` says it in words, and where it is done.
"""

from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from shared.models import OutboxMessage

from .seats import number_of

NAMES_ARE_NEAR = timedelta(days=7)


def to_do(now: datetime) -> dict:
    """The expression for each thing: how many there are to tick off, or one where the thing is there."""
    from .attendance import Attendance
    from .booking import Booking, Participant
    from .session import ChecklistItem, DayPart, Session
    from .waiting import WaitingEntry

    draft, published, cancelled = Q(state=Session.State.DRAFT), Q(state=Session.State.PUBLISHED), Q(state=Session.State.CANCELLED)
    to_come = Q(Exists(DayPart.objects.filter(session=OuterRef("pk"), ends_at__gt=now)))
    people = Participant.objects.filter(session=OuterRef("pk"))
    # Those for whom the seats left would do: the others wait in vain, whatever the team does.
    fit = Q(fewer_is_fine=True) | Q(seats__lte=OuterRef("capacity") - OuterRef("taken"))
    waits = WaitingEntry.objects.waiting().without_offer(now).filter(fit, session=OuterRef("pk"))
    noted = Attendance.objects.filter(day_part=OuterRef("pk"), participant=OuterRef(OuterRef("pk")))
    unnoted = people.seated().filter(Exists(DayPart.objects.filter(~Exists(noted), session=OuterRef("session"))))
    asked = Booking.objects.filter(session=OuterRef("pk"), stage=Booking.Stage.TEAM, participants__state=Participant.State.PENDING)
    about = Concat(Value("session:"), Cast(OuterRef("pk"), CharField()))
    # What is of no use any more cannot be sent again: of that nothing is left to do.
    unsent = OutboxMessage.objects.for_the_team().filter(state=OutboxMessage.State.FAILED, about=about).exclude(expires_at__lte=now)
    nameless = Exists(people.nameless())
    return {
        "arrange": Case(When(cancelled, then=0), default=number_of(ChecklistItem.objects.filter(done_at=None))),
        "trainer": _one(
            (draft | published) & to_come & ~Q(Exists(Session.trainers.through.objects.filter(session=OuterRef("pk"))))
        ),
        "invite": _one((draft | published) & to_come & Q(booking_closes_at__gt=now) & _for_nobody(Session)),
        "publish": _one(draft),
        "decide": _one(published & Q(Exists(asked))),
        "offer": _one(published & to_come & Q(taken__lt=F("capacity")) & Q(Exists(waits))),
        "name": _one(published & to_come & Q(names_close_at__lte=now + NAMES_ARE_NEAR) & Q(nameless)),
        "note": _one(published & ~to_come & Q(Exists(unnoted))),
        "close": _one(published & ~to_come),
        "resend": _one(Q(Exists(unsent))),
    }


def _for_nobody(sessions) -> Q:
    """Whether only some may book, and none of them is named."""
    chosen = sessions.organisations.through.objects.filter(session=OuterRef("pk"))
    nobody_chosen = Q(audience=sessions.Audience.ORGANISATIONS) & ~Q(Exists(chosen))
    return nobody_chosen | Q(audience=sessions.Audience.INVITED, invited="")


def _one(condition) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())
