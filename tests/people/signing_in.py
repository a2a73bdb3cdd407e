"""Signing in within a test, second factor included."""

import re
import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER_KEY,
)
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS_KEY,
)
from django.conf import settings

LOGIN = "/account/login/"


def ask(client, address, **more):
    """Types this address at the door, which mails a code to it."""
    return client.post(LOGIN, {"email": address, **more})


def signed_in(client) -> str | None:
    """The key of who is signed in, as the session has it."""
    return client.session.get("_auth_user_id")


def sign_in(client, user):
    """Signs this person in with a session that has used a second factor, as every page of the team asks."""
    client.force_login(user)
    session = client.session
    session[METHODS_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[USER_KEY] = str(user.pk)
    session.save()
    return user


def with_session(queries: int) -> int:
    """So many queries, and one for the session of who is signed in, where the database keeps it and not Redis."""
    return queries + ("redis" not in settings.SESSION_ENGINE and "cache" not in settings.SESSION_ENGINE)


def bare(answer, address: str) -> str:
    """The page, without the parts that differ for everybody."""
    text = answer.content.decode().replace(address.replace("'", "&#x27;"), "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
