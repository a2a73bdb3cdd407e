"""Handing a referral to a colleague: asked first, or at once; both sides are on record, and there is one case manager at a time."""

from django.db import transaction
from django.utils import timezone

from casework import access
from casework.entrance import granting
from casework.log import audit
from casework.models import Entry, Handover, Referral

from . import alerts
from .refusals import AskedAlready, NotACaseManager, NotAskedAnyMore, NotOpen

State = Handover.State


@transaction.atomic
def ask_colleague(referral: Referral, *, to, note: str, by) -> Handover:
    """Asks a colleague to take the referral over; until an answer comes, `by` stays its case manager."""
    referral = _to_a_colleague(referral, to, by)
    handover = _written(referral, by, to, State.ASKED, note)
    alerts.tell([to])
    audit.record("handover_asked", by=by, about=referral, to=to.pk)
    return handover


@transaction.atomic
def hand_over(referral: Referral, *, to, note: str, by) -> Handover:
    """Hands the referral to a colleague at once: the grant of the giver ends here."""
    referral = _to_a_colleague(referral, to, by)
    handover = _written(referral, by, to, State.GIVEN, note)
    _move(handover, by=by)
    alerts.tell([to])
    audit.record("handed_over", by=by, about=referral, to=to.pk)
    return handover


@transaction.atomic
def accept_handover(handover: Handover, *, by) -> Handover:
    """The receiver takes over what was asked, or confirms what was handed over at once."""
    handover = _for_receiver(handover, by, State.ASKED, State.GIVEN)
    asked = handover.state == State.ASKED
    if asked:
        _move(handover, by=by)
    _end(handover, State.ACCEPTED)
    audit.record("handover_accepted", by=by, about=handover.referral, giver=handover.giver_id)
    return handover


@transaction.atomic
def decline_handover(handover: Handover, *, by) -> Handover:
    """The receiver doesn't take over what was asked; the giver stays the case manager."""
    handover = _for_receiver(handover, by, State.ASKED)
    _end(handover, State.DECLINED)
    alerts.tell([handover.giver])
    audit.record("handover_declined", by=by, about=handover.referral, giver=handover.giver_id)
    return handover


@transaction.atomic
def stop_asking(referral: Referral, *, by) -> None:
    """The giver takes the question back."""
    referral = access.own(referral, by=by)
    asked = referral.handovers.filter(state=State.ASKED, giver=by).first()
    if asked is None:
        raise NotAskedAnyMore
    _end(asked, State.ENDED)
    audit.record("handover_ended", by=by, about=referral)


def waiting_for(user):
    """What colleagues asked this user to take over, or handed over without a word from this user yet."""
    waiting = Handover.objects.filter(receiver=user, state__in=[State.ASKED, State.GIVEN])
    return waiting.select_related("referral", "giver").order_by("begun_at")


def _to_a_colleague(referral: Referral, to, by) -> Referral:
    referral = access.own(referral, by=by)
    if to is None or to == by or to not in access.case_managers():
        raise NotACaseManager
    if referral.state == Referral.State.EXPIRED:
        raise NotOpen
    if referral.handovers.filter(state=State.ASKED).exists():
        raise AskedAlready
    for arrived in referral.handovers.filter(state=State.GIVEN, receiver=by):
        _end(arrived, State.ACCEPTED)  # who hands it on has it
    return referral


def _written(referral: Referral, giver, receiver, state: str, note: str) -> Handover:
    made = Handover(referral=referral, giver=giver, receiver=receiver, state=state)
    made.note = {"text": note, "between": _between(made)}
    made.save(force_insert=True)
    return made


def _between(handover: Handover) -> list:
    """What a hand-over is about; it stands in the sealed note too, so that no row can be turned to another referral."""
    return [str(handover.referral_id), handover.giver_id, handover.receiver_id]


def _for_receiver(handover: Handover, by, *states: str) -> Handover:
    # The referral first, as every verb locks it; then what became of the question meanwhile.
    referral = Referral.objects.select_for_update().get(pk=handover.referral_id)
    found = Handover.objects.filter(pk=handover.pk, receiver=by, state__in=states).select_related("giver", "receiver").first()
    if found is None or by not in access.case_managers() or found.note.get("between") != _between(found):
        raise NotAskedAnyMore
    found.referral = referral
    return found


def _move(handover: Handover, *, by) -> None:
    referral = handover.referral
    grant = access.grant_of(referral.pk, handover.giver)
    if grant is None:
        raise NotAskedAnyMore
    granting.end(grant)
    granting.give(referral, handover.receiver, by=by)
    text = {"text": handover.note.get("text", ""), "to": str(handover.receiver)}
    Entry.objects.create(referral=referral, kind=Entry.Kind.HANDOVER, by=handover.giver, text=text)
    referral.has_news = True
    referral.save(update_fields=["has_news"])


def _end(handover: Handover, state: str) -> None:
    handover.state, handover.answered_at = state, timezone.now()
    handover.save(update_fields=["state", "answered_at"])
