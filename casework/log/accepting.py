"""After an older backup came back: rows that the anchors know are lost, and somebody answers for that, on record and by mail."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework import mail
from casework.models import AuditEvent
from exchange.models import AuditAnchor

from . import audit

ACTION = "loss_accepted"


class NotAccepted(Exception):
    """There is nothing lost that a restore explains; the text says why."""


@dataclass(frozen=True)
class Loss:
    """Rows that are gone, written after the backup: from the row of the restore to what the last anchor knew, and its day."""

    first: int
    last: int
    day: date

    def explains(self, number: int, day: date) -> bool:
        """Whether an anchor of this day, at this row, speaks of what was lost, and not of what was written since."""
        return self.first <= number <= self.last and day <= self.day


def accepted() -> list[Loss]:
    """All that was accepted so far; each stands in the log itself, under its chain."""
    events = AuditEvent.objects.filter(action=ACTION).order_by("number").values_list("detail", flat=True)
    return [Loss(told["from"], told["event"], date.fromisoformat(told["day"])) for told in map(audit.detail_of, events)]


def find() -> Loss:
    """What the anchors know beyond the last restore."""
    restored = AuditEvent.objects.filter(action="restored").order_by("-number").values_list("number", flat=True).first()
    if restored is None:
        raise NotAccepted("No restore is on record: a log that is shorter than its anchors was cut.")
    macs = dict(AuditEvent.objects.filter(number__gte=restored).values_list("number", "mac"))
    known = accepted()
    beyond = [
        anchor
        for anchor in AuditAnchor.objects.filter(event__gte=restored)
        if macs.get(anchor.event) != anchor.mac and not any(loss.explains(anchor.event, anchor.day) for loss in known)
    ]
    if not beyond:
        raise NotAccepted("No anchor knows of a row that the restore lost.")
    return Loss(restored, max(anchor.event for anchor in beyond), max(anchor.day for anchor in beyond))


@transaction.atomic
def accept(loss: Loss) -> None:
    """Records that these rows are known to be lost, and tells the data protection officers."""
    mail.loss_accepted(loss)
    audit.record(ACTION, by=None, event=loss.last, day=loss.day, **{"from": loss.first})
