"""Writing down what was decided about an organisation and about who belongs to it, and forgetting whom it was about."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shared.models import OutboxMessage

from .models import Membership, Organisation, OrganisationEvent

Verb = OrganisationEvent.Verb
# What these say is the name of an organisation and a number; whatever any other says may hold somebody's name.
IMPERSONAL = [Verb.MERGED]


def record(organisation: Organisation, verb: Verb, *, by, person=None, detail: str = "") -> None:
    """Keeps what happened, in the transaction in which it happens."""
    OrganisationEvent.objects.create(organisation=organisation, verb=verb, person=person, by=by, detail=detail[:300])


def record_member(membership: Membership, verb: Verb, *, by, detail: str = "") -> None:
    """Keeps what happened to somebody's membership."""
    record(membership.organisation, verb, by=by, person=membership.user, detail=detail)


@transaction.atomic
def empty_due() -> int:
    """The worker's part: after the time that the site keeps people, what was decided stays; whom it names goes, and why it was so.

    The messages about it go too. Returns of how many decisions somebody's name went.
    """
    before = timezone.now() - timedelta(days=settings.PERSONAL_DATA_DAYS)
    old = OrganisationEvent.objects.filter(at__lt=before)
    old.exclude(verb__in=IMPERSONAL).exclude(detail="").update(detail="")
    messages = OutboxMessage.objects.filter(about__startswith="organisation:", created_at__lt=before)
    messages.exclude(state=OutboxMessage.State.WAITING).delete()
    return old.filter(Q(person__isnull=False) | Q(by__isnull=False)).update(person=None, by=None)


def forget_person(user) -> None:
    """Why it was decided so about somebody who is removed goes at once; the account itself becomes a number."""
    OrganisationEvent.objects.filter(person=user).update(detail="")
