"""How the pull from the exchange goes: it says after each round that it succeeded, or why not."""

from datetime import datetime

from django.utils import timezone

from casework.models import PullState

ONLY = 1


def succeeded() -> None:
    """A round of the pull is through, also when there was nothing to take."""
    _keep(succeeded_at=timezone.now(), error="")


def failed(error: Exception) -> None:
    """A round of the pull did not get through; only the type of the error is kept, its text may hold anything."""
    _keep(failed_at=timezone.now(), error=type(error).__name__[:60])


def state() -> PullState:
    """How it goes; from the first look on, time counts."""
    return PullState.objects.get_or_create(pk=ONLY)[0]


def last_success() -> datetime:
    """Since when nothing came through: the last success, or the first look."""
    now = state()
    return now.succeeded_at or now.begun_at


def _keep(**facts) -> None:
    PullState.objects.update_or_create(pk=ONLY, defaults=facts)
