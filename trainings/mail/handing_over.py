"""About bookings that a colleague took over."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from knowledge.network.models import Organisation
from shared import outbox
from shared.models import OutboxMessage
from trainings.language import in_site_language
from trainings.models import Booking


def bookings_handed_over(bookings: list[Booking], organisation: Organisation, *, of, to, by) -> None:
    """To who takes them over, what they are; to who had them, unless that is who did it, that they are gone."""
    with in_site_language():
        messages = [_message("bookings_taken_over", bookings, organisation, reader=to, of=of, to=to)]
        if of != by:
            messages.append(_message("bookings_handed_over", bookings, organisation, reader=of, of=of, to=to))
        outbox.queue_all(messages)


def _message(kind: str, bookings: list[Booking], organisation: Organisation, *, reader, **people) -> OutboxMessage:
    number = len(bookings)
    subject = ngettext("%(n)s booking is handed over", "%(n)s bookings are handed over", number) % {"n": number}
    context = people | {
        "first_name": reader.first_name,
        "bookings": bookings,
        "organisation": organisation,
        "site_url": settings.SITE_URL,
        "mine_url": f"{settings.SITE_URL}{reverse('trainings:mine')}",
    }
    text = render_to_string(f"trainings/mail/{kind}.txt", context).strip() + "\n"
    return outbox.compose(kind=kind, to=reader.email, subject=subject, text=text, about=f"organisation:{organisation.pk}")
