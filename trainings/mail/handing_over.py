"""About what changes for colleagues: bookings that are taken over, and a calendar that stops when somebody leaves."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.network.models import Organisation
from shared import outbox
from shared.models import OutboxMessage
from trainings.models import Booking
from trainings.words.language import in_site_language


def bookings_handed_over(bookings: list[Booking], organisation: Organisation, *, of, to, by) -> None:
    """To who takes them over, what they are; to who had them, unless that is who did it, that they are gone."""
    with in_site_language():
        messages = [_message("bookings_taken_over", bookings, organisation, reader=to, of=of, to=to)]
        if of != by:
            messages.append(_message("bookings_handed_over", bookings, organisation, reader=of, of=of, to=to))
        outbox.queue_all(messages)


def calendar_stopped(organisation: Organisation) -> None:
    """To each who still coordinates the trainings there: the address in their calendar program brings nothing any more."""
    with in_site_language():
        subject = _("The calendar of %(name)s stopped") % {"name": organisation.name}
        url = f"{settings.SITE_URL}{reverse('trainings:feeds')}"
        readers = [membership.user for membership in organisation.memberships.coordinators().select_related("user")]
        outbox.queue_all([_written("calendar_stopped", organisation, reader, subject, feeds_url=url) for reader in readers])


def _message(kind: str, bookings: list[Booking], organisation: Organisation, *, reader, **people) -> OutboxMessage:
    number = len(bookings)
    subject = ngettext("%(n)s booking is handed over", "%(n)s bookings are handed over", number) % {"n": number}
    mine_url = f"{settings.SITE_URL}{reverse('trainings:mine')}"
    facts = people | {"bookings": bookings, "site_url": settings.SITE_URL, "mine_url": mine_url}
    return _written(kind, organisation, reader, subject, **facts)


def _written(kind: str, organisation: Organisation, reader, subject: str, **facts) -> OutboxMessage:
    context = facts | {"first_name": reader.first_name, "organisation": organisation}
    text = render_to_string(f"trainings/mail/{kind}.txt", context).strip() + "\n"
    return outbox.compose(kind=kind, to=reader.email, subject=subject, text=text, about=f"organisation:{organisation.pk}")
