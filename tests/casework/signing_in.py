"""Means to sign in for the tests of casework: an app, a password, and the seal over both."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from casework.entrance import seals
from tests.people.codes import app_code

SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"
PASSWORD = "een lang wachtwoord"
LOGIN, SECOND = "/account/login/", "/account/2fa/authenticate/"


def with_means(user, password: str = PASSWORD):
    """Gives an account a password and an app, as its owner would have."""
    user.set_password(password)
    user.save()
    TOTP.activate(user, SEED)
    RecoveryCodes.activate(user)
    seals.seal_account(user)
    return user


def try_password(client, user, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def walk_in(client, user):
    """The whole sign-in, by hand."""
    assert try_password(client, user).url == SECOND
    return client.post(SECOND, {"code": app_code(SEED)})
