"""About the waiting list: on it, offered a seat, off it."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shared import outbox
from shared.models import OutboxMessage
from trainings import links
from trainings.models import Booking, Offer, Participant
from trainings.words.language import in_site_language

from .parts import about, about_session, post, to_booker, waiting_of


def placed_on_waiting_list(booking: Booking, people: list[Participant]) -> None:
    """To the booker: there is no seat now, and what happens when one comes free."""
    with in_site_language():
        subject = _("On the waiting list: %(training)s") % about(booking.session)
        post([to_booker("waiting_list", booking, subject=subject, people=people)])


def seats_offered(offer: Offer, *, sooner: bool = False) -> None:
    """To the booker: these seats are kept until then, and here they are accepted or refused; `sooner` than we wrote before."""
    booking = offer.entry.booking
    if sooner:
        offer_is_over(offer)
    with in_site_language():
        subject = _("A seat came free: %(training)s") % about(booking.session)
        facts: dict[str, Any] = {"offer": offer, "offer_url": links.to_offer(offer), "until": until_when(offer), "sooner": sooner}
        people, until = waiting_of(booking), offer.expires_at
        post([to_booker("seats_offered", booking, subject=subject, people=people, valid_until=until, **facts)])


def offer_is_over(offer: Offer) -> None:
    """What still waits to be sent about these seats is not sent any more: they are kept no longer, or not as long as it says."""
    told = OutboxMessage.objects.about(about_session(offer.session)).filter(kind="seats_offered")
    outbox.withdraw(told.filter(text__contains=links.to_offer(offer)))


def until_when(offer: Offer) -> str:
    """Until when the seats are kept, in words."""
    return date_format(timezone.localtime(offer.expires_at), "l j F, G.i")


def left_waiting_list(booking: Booking, people: list[Participant], *, expired: bool) -> None:
    """To the booker: these people do not wait any more, since an offered seat was refused, or not taken in time."""
    with in_site_language():
        subject = _("No longer on the waiting list: %(training)s") % about(booking.session)
        post([to_booker("left_waiting_list", booking, subject=subject, people=people, expired=expired)])
