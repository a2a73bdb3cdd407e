"""Signing in and making an account are one thing: an address, and a code sent to it."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

UNCONFIRMED_FOR = timedelta(days=1)


def forget_unconfirmed() -> int:
    """Removes accounts whose address was typed but never proved; returns how many."""
    old = timezone.now() - UNCONFIRMED_FOR
    unproved = get_user_model().objects.filter(date_joined__lt=old, last_login=None, password__startswith="!")
    return unproved.exclude(emailaddress__verified=True).filter(groups=None, is_staff=False).delete()[0]
