"""Two rows that mean the same organisation: their bookings, private calendars and reserved sessions come together too."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.network import merging
from knowledge.network.models import Membership, Organisation
from shared import versions
from trainings.models import Booking, Feed, HistoryEntry, Participant, Session
from trainings.models.seats import number_of
from trainings.seats import CATALOGUE, lock_all, record
from trainings.words.language import in_site_language


@dataclass(frozen=True)
class Beyond:
    """A session to come in which the two together have more seats than one organisation may."""

    session: Session
    seats: int
    most: int


@dataclass(frozen=True)
class Moves:
    """What moves when one organisation goes up in another; counted anew when it happens."""

    members: list[Membership]
    doubles: list[Membership]
    domains: list[str]
    bookings: int
    feeds: int
    sessions: list[Session]
    beyond: list[Beyond]


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
        beyond=beyond_the_limit(gone, stays),
    )


def beyond_the_limit(gone: Organisation, stays: Organisation) -> list[Beyond]:
    """Where the seats of the two, asked or waited for included, are too many for one; nobody loses a seat for that."""
    limited = Session.objects.upcoming().filter(state=Session.State.PUBLISHED, seats_per_organisation__isnull=False)
    rows = limited.annotate(goes=_seats_of(gone), stands=_seats_of(stays)).filter(goes__gt=0, stands__gt=0)
    found = rows.filter(seats_per_organisation__lt=F("goes") + F("stands")).select_related("training").order_by("code")
    return [Beyond(session, session.goes + session.stands, session.seats_per_organisation) for session in found]


@transaction.atomic
def merge_organisations(gone: Organisation, stays: Organisation, *, by) -> Organisation:
    """`gone` goes up in `stays` with all that is kept for it. Raises `CannotMerge`."""
    merging.refuse_merging(gone, stays)
    # Sessions before organisations, as a booking locks them: two who wait for each other would wait for ever.
    lock_all(Session.objects.filter(Q(bookings__organisation=gone) | Q(organisations=gone)))
    gone, stays = merging.lock_both(gone, stays)
    for one in beyond_the_limit(gone, stays):
        record(one.session, None, HistoryEntry.Verb.HANDED_OVER, by, _beyond_in_words(one, gone, stays))
    bookings = Booking.objects.filter(organisation=gone).update(organisation=stays)
    Feed.objects.filter(organisation=gone).update(organisation=stays)
    reserved = list(gone.sessions_for_them.all())
    stays.sessions_for_them.add(*reserved)
    gone.sessions_for_them.clear()
    stays = merging.merge(gone, stays, by=by, detail=_in_words(bookings))
    versions.bump(CATALOGUE)
    return stays


def _seats_of(organisation: Organisation):
    return number_of(Participant.objects.active().filter(booking__organisation=organisation))


def _beyond_in_words(one: Beyond, gone: Organisation, stays: Organisation) -> str:
    facts = {"seats": one.seats, "most": one.most, "gone": gone.name, "stays": stays.name}
    with in_site_language():
        return _("%(seats)s seats of one organisation, %(most)s at most: %(gone)s went up in %(stays)s") % facts


def _in_words(bookings: int) -> str:
    with in_site_language():
        return ngettext("%(n)s booking moved", "%(n)s bookings moved", bookings) % {"n": bookings}
