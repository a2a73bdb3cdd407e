"""Two rows that mean the same organisation: their bookings, private calendars and reserved sessions come together too."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from knowledge.network import merging
from knowledge.network.models import Membership, Organisation
from shared import versions

from .language import in_site_language
from .models import Booking, Feed, Session
from .seats import CATALOGUE, lock_all


@dataclass(frozen=True)
class Moves:
    """What moves when one organisation goes up in another; counted anew when it happens."""

    members: list[Membership]
    doubles: list[Membership]
    domains: list[str]
    bookings: int
    feeds: int
    sessions: list[Session]


def what_moves(gone: Organisation, stays: Organisation) -> Moves:
    """What merging would do now; `doubles` belong to both, and keep the stronger of their two memberships."""
    members = list(gone.memberships.current().select_related("user").by_name())
    both = set(stays.memberships.current().values_list("user", flat=True))
    return Moves(
        members=members,
        doubles=[member for member in members if member.user_id in both],
        domains=list(gone.mail_domains.values_list("domain", flat=True)),
        bookings=gone.bookings.count(),
        feeds=Feed.objects.filter(organisation=gone).count(),
        sessions=list(gone.sessions_for_them.select_related("training").order_by("code")),
    )


@transaction.atomic
def merge_organisations(gone: Organisation, stays: Organisation, *, by) -> Organisation:
    """`gone` goes up in `stays` with all that is kept for it. Raises `CannotMerge`."""
    merging.refuse_merging(gone, stays)
    # Sessions before organisations, as a booking locks them: two who wait for each other would wait for ever.
    lock_all(Session.objects.filter(Q(bookings__organisation=gone) | Q(organisations=gone)))
    gone, stays = merging.lock_both(gone, stays)
    bookings = Booking.objects.filter(organisation=gone).update(organisation=stays)
    Feed.objects.filter(organisation=gone).update(organisation=stays)
    reserved = list(gone.sessions_for_them.all())
    stays.sessions_for_them.add(*reserved)
    gone.sessions_for_them.clear()
    stays = merging.merge(gone, stays, by=by, detail=_in_words(bookings))
    versions.bump(CATALOGUE)
    return stays


def _in_words(bookings: int) -> str:
    with in_site_language():
        return ngettext("%(n)s booking moved", "%(n)s bookings moved", bookings) % {"n": bookings}
