"""Removing an account: nobody can sign in with it any more, and nothing in it says whose it was."""

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction

from .models import REMOVED, User


@transaction.atomic
def remove_account(user: User) -> None:
    """What is left is a number that bookings of the past belong to: rows that point to it must not lose their counts."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    for means in (EmailAddress, Authenticator, SocialAccount):
        means.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"{uuid.uuid4().hex}{REMOVED}"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = False
    user.last_login = None
    user.set_unusable_password()  # and with it, whatever session is still around ends
    user.save()
