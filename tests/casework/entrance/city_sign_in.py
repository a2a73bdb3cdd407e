"""Signing in with the city's account, walked through in a zone that has it: a program of its own, for tests.

Settings decide at the start of a process whether the zone has it, so this can't be tried beside the other tests.
"""

import json
import os
import sys
from urllib.parse import parse_qsl, urlsplit

from tests.casework.entrance import city as stub

LINK, START, LOGIN, SECOND = "/account/stad/", "/account/oidc/stad/login/", "/account/login/", "/account/2fa/authenticate/"


def main(city: stub.City) -> dict:
    from django.test import Client

    from tests.casework.factories import AccountFactory
    from tests.casework.signing_in import with_means

    user = with_means(AccountFactory(email="casemanager@stad.demo", roles=["case_manager"]))
    return {
        "the sign-in offers it": START in Client().get(LOGIN).content.decode(),
        "a form may lead there": city.url in Client().get(LOGIN)["Content-Security-Policy"],
        "nobody is let in unlinked": _way(city, Client()),
        "no account was made": _accounts(),
    } | _linked(city, user)


def _linked(city, user) -> dict:
    from allauth.socialaccount.models import SocialAccount, SocialToken
    from django.test import Client

    from casework.entrance import seals

    outcome = {"a link that can't be sealed": _unsealed(city, user)}
    owner = _signed_in(user)
    outcome |= {"linking": _way(city, owner, process="connect"), "sealed": seals.account_holds(user)}
    outcome["still in"] = owner.get("/").status_code
    outcome["kept of it"] = [list(SocialAccount.objects.values_list("provider", "uid", "extra_data")), SocialToken.objects.count()]
    visitor = Client()
    outcome["signing in"] = [_way(city, visitor), visitor.get("/").url.partition("?")[0]]
    outcome["the second factor is asked"] = visitor.get(SECOND).status_code
    outcome["another person of the city"] = _way(_as(city, "person-2"), Client())
    SocialAccount.objects.create(user=user, provider="stad", uid="person-3")
    outcome["a link written into the database"] = _way(_as(city, "person-3"), Client())
    SocialAccount.objects.filter(uid="person-3").delete()
    outcome["without a fresh second factor"] = _late(city, user)
    owner = _signed_in(user)
    outcome["unlinked"] = [owner.post(LINK).url, SocialAccount.objects.count(), owner.get("/").status_code]
    outcome["the city fails"] = _failing(city)
    return outcome


def _unsealed(city, user) -> list:
    """Where something breaks between the link and its seal: neither stays."""
    from unittest import mock

    from allauth.socialaccount.models import SocialAccount
    from django.db import DatabaseError

    from casework.entrance import seals

    owner = _signed_in(user)
    owner.raise_request_exception = False
    with mock.patch.object(seals, "seal_account", side_effect=DatabaseError):
        shown = _way(city, owner, process="connect")
    return [shown, SocialAccount.objects.count(), seals.account_holds(user)]


def _failing(city) -> list:
    """What who signs in then sees; the password is still offered."""
    seen = []
    for instead in (None, b"no JSON", b"{}"):
        city.spoilt = {"/.well-known/openid-configuration": instead}
        seen.append(_told(_client().post(START)))
    city.spoilt = {}
    client = _client()
    asked = _asked(client.post(START))
    city.spoilt = {"/token": None}
    seen.append(_told(client.get(city.authorise(asked))))
    city.spoilt = {}
    return seen


def _told(page) -> list:
    return [page.status_code, LOGIN in page.content.decode()]


def _late(city, user) -> list:
    """Linking more than five minutes after the second factor."""
    from tests.people.signing_in import sign_in

    owner = _client()
    sign_in(owner, user)
    session = owner.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return [owner.get(LINK).url, _way(_as(city, "person-4"), owner, process="connect")]


def _signed_in(user):
    from tests.people.signing_in import sign_in

    client = _client()
    sign_in(client, user)
    return client


def _client():
    from tests.casework.client import SignedClient

    return SignedClient()


def _as(city, who: str):
    city.who = who
    return city


def _way(city, client, **more) -> str:
    """From the button to the city and back; the address where one ends up."""
    sent = client.post(START, more)
    if not sent.url.startswith(city.url):
        return sent.url
    asked = _asked(sent)
    assert asked["scope"] == "openid"
    assert "code_challenge" in asked
    back = client.get(city.authorise(asked))
    return back.url if back.status_code == 302 else str(back.status_code)


def _asked(sent) -> dict:
    return dict(parse_qsl(urlsplit(sent.url).query))


def _accounts() -> list[str]:
    from people.models import User

    return list(User.objects.values_list("email", flat=True))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings.casework")
    sys.path.insert(0, "site")
    with stub.running() as city:
        os.environ |= {"EXPOR_OIDC_URL": city.url, "EXPOR_OIDC_CLIENT": stub.CLIENT, "EXPOR_OIDC_SECRET": stub.SECRET}
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        print(json.dumps(main(city)))
