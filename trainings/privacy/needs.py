"""What a participant needs to be able to take part: told by the participant alone, read by organisers, forgotten after the session.

Nothing of it goes into a history, a mail, a list or a file: that somebody needs something is nobody else's affair.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trainings.models import AccessNeed, DayPart, Participant, Session
from trainings.refusals import NeedsClosed
from trainings.seats import lock


def can_tell(participant: Participant) -> bool:
    """Whether there is still something to arrange: a place in a session that is going to take place."""
    session = participant.session
    to_come = session.state == Session.State.PUBLISHED and session.day_parts.filter(ends_at__gt=timezone.now()).exists()
    return to_come and participant.state not in Participant.ENDED


@transaction.atomic
def tell_need(participant: Participant, text: str) -> AccessNeed:
    """Keeps what this participant needs, instead of what was told before; raises `NeedsClosed`."""
    participant = _now(participant)
    if not can_tell(participant):
        raise NeedsClosed
    told = {"text": text, "told_at": timezone.now()}
    need, _made = AccessNeed.objects.update_or_create(participant=participant, defaults=told)
    return need


def withdraw_need(participant: Participant) -> None:
    """The participant takes back what was told, at any time."""
    AccessNeed.objects.filter(participant=participant).delete()


def carry_over(leaving: Sequence[Participant], arrived: Sequence[Participant]) -> None:
    """Who is moved to another date takes the need along, and need not tell it twice; both in the same order."""
    new = {before.pk: after for before, after in zip(leaving, arrived, strict=True)}
    for need in AccessNeed.objects.filter(participant__in=new):
        need.participant = new[need.participant_id]
        need.save(update_fields=["participant"])


def of_session(session: Session):
    """What its participants need, by name; those who do not come any more left out."""
    coming = AccessNeed.objects.filter(participant__session=session).exclude(participant__state__in=Participant.ENDED)
    return coming.select_related("participant").order_by("participant__family_name", "participant__first_name", "pk")


def forget_ended() -> int:
    """The worker's part: needs of sessions that are over or cancelled, and of who does not come, are deleted; returns how many."""
    to_come = DayPart.objects.filter(session=OuterRef("participant__session"), ends_at__gt=timezone.now())
    of_no_use = Q(participant__state__in=Participant.ENDED) | Q(participant__session__state=Session.State.CANCELLED)
    return AccessNeed.objects.filter(~Exists(to_come) | of_no_use).delete()[0]


def _now(participant: Participant) -> Participant:
    # Read again under the lock: a seat that was passed on meanwhile is somebody else's, and its link another one.
    session = lock(participant.session)
    found = Participant.objects.filter(pk=participant.pk, link_key=participant.link_key).first()
    if found is None:
        raise NeedsClosed
    found.session = session
    return found
