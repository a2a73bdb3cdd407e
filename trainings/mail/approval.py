"""About the approval of a booking: asked for, to be given, not given."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.network.models import Membership
from shared.models import OutboxMessage
from trainings.models import Booking, Participant
from trainings.words.language import in_site_language

from .parts import about, post, to_booker, to_colleague


def approval_asked(booking: Booking, people: list[Participant]) -> None:
    """To the booker: asked, not booked yet; to the organisation's coordinators, where they are the first to decide."""
    with in_site_language():
        subject = _("Asked for: %(training)s") % about(booking.session)
        messages = [to_booker("approval_asked", booking, subject=subject, people=people, stage=booking.stage)]
        if booking.stage == Booking.Stage.COORDINATOR:
            messages += [_to_coordinator(booking, people, membership) for membership in _coordinators(booking)]
        post(messages)


def booking_refused(booking: Booking, people: list[Participant], *, reason: str) -> None:
    """To the booker: not approved, and why."""
    with in_site_language():
        subject = _("Not approved: %(training)s") % about(booking.session)
        post([to_booker("booking_refused", booking, subject=subject, people=people, reason=reason)])


def _to_coordinator(booking: Booking, people: list[Participant], membership: Membership) -> OutboxMessage:
    subject = _("To approve: %(training)s") % about(booking.session)
    url = f"{settings.SITE_URL}{reverse('trainings:booking-detail', args=[booking.reference])}"
    facts = {"booker": booking.booked_by, "booking_url": url, "participants": people}
    return to_colleague("approval_to_give", booking.session, membership.user, subject=subject, **facts)


def _coordinators(booking: Booking):
    of_organisation = Membership.objects.active().filter(organisation=booking.organisation)
    return of_organisation.filter(role=Membership.Role.COORDINATOR).select_related("user")
