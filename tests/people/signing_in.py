"""Signing in within a test, second factor included."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER_KEY,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS_KEY,
)


def sign_in(client, user):
    """Signs this person in with a session that has used a second factor, as every page of the team asks."""
    client.force_login(user)
    session = client.session
    session[METHODS_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[USER_KEY] = str(user.pk)
    session.save()
    return user
