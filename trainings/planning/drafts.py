"""Drafts that come to nothing: what nobody ever booked can be deleted."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.log_actions import log

from trainings.models import Booking, Session
from trainings.refusals import StepNotAllowed
from trainings.seats import lock


def deletable() -> QuerySet[Session]:
    """Drafts without any booking, not even one that was cancelled."""
    booked = Booking.objects.filter(session=OuterRef("pk"))
    return Session.objects.filter(~Exists(booked), state=Session.State.DRAFT)


@transaction.atomic
def delete_draft(session: Session, *, by) -> None:
    """Takes a draft away with its day-parts and checklist; who did it stays in the admin's own history."""
    # Under the lock: nobody publishes it in between.
    session = lock(session)
    if not deletable().filter(pk=session.pk).exists():
        raise StepNotAllowed
    log(session, "wagtail.delete", user=by, deleted=True)
    session.delete()
