"""The allowed steps of a referral, and what each brings with it: a day on which it ends, and what the referrer may know."""

from django.utils import timezone

from casework.models import Referral

from . import passage, retention
from .refusals import NotOpen

State = Referral.State
# What a referrer sees of a state, and no more.
COARSE = {
    State.IN_CONSULT: "in_consult",
    State.ADVISED_CLOSED: "closed",
    State.REDIRECTED: "closed",
    State.TO_PREVENTION: "closed",
    State.WITHDRAWN: "withdrawn",
}


def step(referral: Referral, state: str) -> None:
    """Takes the referral, which the caller has locked, to this state; raises `NotOpen` where no step leads."""
    if state not in Referral.STEPS[State(referral.state)]:
        raise NotOpen
    today = timezone.localdate()
    referral.state, referral.changed_on = state, today
    if not referral.is_open:
        referral.erase_on, referral.answer_due = retention.end_of(state, today), None
    referral.save(update_fields=["state", "changed_on", "erase_on", "answer_due"])
    passage.tell_status(referral, COARSE[State(state)])
