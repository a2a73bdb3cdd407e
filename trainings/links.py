"""Links that open without signing in: signed, for one thing, and void once that thing changed hands or was revoked."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from .models import Feed, Offer, Participant

SEAT, OFFER, FEED = "seat", "offer", "feed"


def to_seat(participant: Participant) -> str:
    """The participant's own page of this seat; who takes the seat over, or gets its mail instead, has another link."""
    return _address("trainings:seat", SEAT, participant.link_key)


def to_offer(offer: Offer) -> str:
    """Where an offered seat is accepted or refused."""
    return _address("trainings:offer", OFFER, offer.pk)


def to_feed(feed: Feed) -> str:
    """Where a calendar program reads a private calendar; another feed of the same owner has another address."""
    return _address("trainings:feed", FEED, feed.pk)


def read(kind: str, token: str) -> uuid.UUID | None:
    """The key that this token was made of; None for any other text."""
    try:
        return uuid.UUID(hex=_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def token(kind: str, key: uuid.UUID) -> str:
    """A text that only this site can make of this key."""
    return _signer(kind).sign(key.hex)


def _address(name: str, kind: str, key: uuid.UUID) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token(kind, key)])}"


def _signer(kind: str) -> Signer:
    return Signer(salt=f"trainings.links.{kind}", sep=".")
