"""Private calendars to subscribe to: making one, revoking it, renewing it, and what stands in it."""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from shared import calendar, versions
from trainings import mail
from trainings.models import Feed, Participant, Session

from . import feeds

# Counts what was revoked, so that no process gives an answer that it kept from before.
VERSION = "feeds"


@transaction.atomic
def make(owner, *, by) -> Feed:
    """The calendar of this person, organisation or trainer: the one that there is, or a new one."""
    # Who asks at the same time waits here, and finds what was made.
    owner.__class__._base_manager.select_for_update().order_by("pk").get(pk=owner.pk)
    return Feed.objects.of(owner).live().first() or Feed.objects.create(**Feed.owned_by(owner), made_by=by)


@transaction.atomic
def revoke(feed: Feed) -> bool:
    """The calendar has no address that answers any more; False when this one was revoked before.

    Merging brings two addresses of one organisation together: its owner sees one of them, and means both.
    """
    return Feed.objects.filter(pk=feed.pk, revoked_at=None).exists() and revoke_all(feed.owner)


def revoke_all(owner) -> bool:
    """The same for whoever's calendar it is; False when there was nothing to revoke."""
    changed = Feed.objects.of(owner).filter(revoked_at=None).update(revoked_at=timezone.now())
    versions.bump(VERSION)
    return bool(changed)


def stop_for_who_left(organisation) -> None:
    """Somebody who knew the address coordinates no longer, so that it must die; who stays hears of it."""
    if revoke_all(organisation):
        mail.calendar_stopped(organisation)


@transaction.atomic
def renew(feed: Feed, *, by) -> Feed:
    """A new address instead of this one: for who gave the old one away."""
    revoke(feed)
    return make(feed.owner, by=by)


def contents(feed: Feed) -> bytes:
    """The file that calendar programs read; no participant is in it, nor how many there are."""
    return calendar.feed(f"{settings.WAGTAIL_SITE_NAME} – {name(feed)}", feeds.events(sessions(feed)))


def name(feed: Feed) -> str:
    """What the calendar is called in a calendar program."""
    if feed.trainer_id:
        return _("Sessions that I give")
    return str(feed.organisation) if feed.organisation_id else _("My trainings")


def sessions(feed: Feed):
    """What one gives, or where somebody whom one booked has a place; `seated` tells a seat from a wish for one."""
    if feed.trainer_id:
        return Session.objects.published().filter(trainers=feed.trainer_id)
    booked = {"booking__organisation": feed.organisation_id} if feed.organisation_id else {"booking__booked_by": feed.user_id}
    people = Participant.objects.active().filter(session=OuterRef("pk"), **booked)
    return Session.objects.published().filter(Exists(people)).annotate(seated=Exists(people.seated()))
