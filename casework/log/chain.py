"""Walking along the audit log: whether each row is as it was written, none is missing, and the end is where the anchors say.

Rows are numbered from one without a gap, and the MAC of each covers its own facts and the MAC before it. What is edited, deleted,
moved or rewritten shows within the log; a tail that is cut off, and a log that is wiped, show only against the anchors.
"""

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from casework.models import AuditEvent
from exchange.models import AuditAnchor

from . import accepting, audit

BATCH = 1000
MOST = 1000  # faults that are kept: after a rewrite every row is one


@dataclass(frozen=True)
class Fault:
    """What is wrong with the row of this number: changed, missing, moved, cut off, or another one than its anchor says."""

    number: int
    kind: str


@dataclass
class Walk:
    """How far a walk came, and what it found."""

    number: int = 0
    mac: str = audit.BEGINNING
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def note(self, number: int, kind: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append(Fault(number, kind))


def verify(
    *,
    after: tuple[int, str] | None = None,
    seen: tuple[int, str] | None = None,
    progress: Callable[[int], object] = lambda number: None,
) -> Walk:
    """Walks along the log, from its first row or from the row `after` (number, MAC), and looks at every anchor.

    `seen` is how far an earlier walk came: one anchor more.
    """
    # Read before the head: an anchor that is written meanwhile may be ahead of what this walk sees.
    anchors = list(AuditAnchor.objects.order_by("event").values_list("event", "mac", "day"))
    walk = Walk(*after) if after else Walk()
    for batch in _batches(walk):
        for event in batch:
            _step(walk, event)
        progress(walk.number)
    lost = accepting.accepted()
    standing = [(number, mac) for number, mac, day in anchors if not any(loss.explains(number, day) for loss in lost)]
    _look_at_anchors(walk, [*standing, *(pair for pair in [seen or after] if pair and pair[0])])
    _look_at_records_of_anchors(walk, {number for number, _mac, _day in anchors})
    walk.faults.sort(key=lambda fault: fault.number)
    return walk


def _batches(walk: Walk) -> Iterator[list[AuditEvent]]:
    # A query for each batch: no transaction stays open for as long as a long log takes.
    while batch := list(AuditEvent.objects.filter(number__gt=walk.number).order_by("number")[:BATCH]):
        yield batch


def _step(walk: Walk, event: AuditEvent) -> None:
    if event.number != walk.number + 1:
        walk.note(walk.number + 1, "missing")
    elif event.previous != walk.mac:
        walk.note(event.number, "moved")
    if not hmac.compare_digest(event.mac, audit.mac_of(event)):
        walk.note(event.number, "changed")
    walk.number, walk.mac = event.number, event.mac


def _look_at_anchors(walk: Walk, anchors: list[tuple[int, str]]) -> None:
    macs = dict(AuditEvent.objects.filter(number__in={number for number, _mac in anchors}).values_list("number", "mac"))
    head = AuditEvent.objects.aggregate(head=Max("number"))["head"] or 0
    for number, mac in anchors:
        if number > head:
            walk.note(number, "cut")
        elif macs.get(number) != mac:
            walk.note(number, "anchor")


def _look_at_records_of_anchors(walk: Walk, numbers: set[int]) -> None:
    # The log knows which anchors were written: one that is gone from the public database shows, too.
    for detail in AuditEvent.objects.filter(action="anchored").values_list("detail", flat=True):
        number = audit.detail_of(detail).get("event")
        if number not in numbers:
            walk.note(number if isinstance(number, int) else 0, "unanchored")
