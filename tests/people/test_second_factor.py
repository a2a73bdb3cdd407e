"""Deny by default: an account of the team gets nowhere before this session used a second factor."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from people import second_factor_forms
from people.second_factor_forms import spend
from tests.people.codes import app_code, mailed_code
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db

SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"
SET_UP = "/account/2fa/totp/activate/"
PROVE = "/account/2fa/reauthenticate/"
PAGES = [
    "/",
    "/vormingen/",
    "/mijn/",
    "/mijn/organisatie/",
    "/account/",
    "/account/2fa/",
    "/account/login/",
    "/cms/",
    "/cms/pages/",
    "/en/",
]


def member(**more):
    return UserFactory(groups=["Organisatoren"], **more)


def with_app(user):
    TOTP.activate(user, SEED)
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def frozen_clock(monkeypatch):
    """Half a minute that does not end in the middle of a test; call it to go some periods on."""
    clock = {"now": time.time() // 30 * 30 + 5}
    monkeypatch.setattr(time, "time", lambda: clock["now"])

    def go_on(periods):
        clock["now"] += 30 * periods

    return go_on


@pytest.mark.parametrize("path", PAGES)
def test_an_account_of_the_team_without_a_second_factor_can_only_set_one_up(client, path):
    client.force_login(member())
    answer = client.get(path)
    assert (answer.status_code, answer.url.partition("?")[0].removeprefix("/en")) == (302, SET_UP)


@pytest.mark.parametrize("path", [*PAGES, SET_UP, "/account/2fa/webauthn/add/"])
def test_an_account_with_a_second_factor_that_this_session_has_not_used_can_only_prove_it(client, path):
    client.force_login(with_app(member()))
    answer = client.get(path)
    assert (answer.status_code, answer.url.partition("?")[0].removeprefix("/en")) == (302, PROVE)


@pytest.mark.parametrize("who", ["is_staff", "is_superuser"])
def test_staff_and_superusers_without_a_group_need_one_as_well(client, who):
    client.force_login(UserFactory(**{who: True}))
    assert client.get("/vormingen/").url.startswith(SET_UP)


@pytest.mark.parametrize("path", ["/-/live", "/-/ready", "/account/logout/", SET_UP])
def test_what_stays_open_without_a_second_factor(client, path):
    client.force_login(member())
    assert client.get(path).status_code == 200


def test_the_stylesheet_stays_open_and_signing_out_works(client):
    client.force_login(with_app(member()))
    page = client.get(PROVE).content.decode()
    sheet = re.search(r'href="(/-/stijl-[^"]+)"', page)[1]
    assert client.get(sheet).status_code == 200
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_a_partner_needs_no_second_factor(client):
    client.force_login(UserFactory())
    assert client.get("/account/").status_code == 200


def test_who_proved_it_in_this_session_goes_through(client):
    sign_in(client, with_app(member()))
    assert client.get("/account/").status_code == 200


def test_the_proof_of_somebody_else_does_not_count(client):
    sign_in(client, with_app(member()))
    session = client.session
    session["account_authentication_methods_user"] = "999999"
    session.save()
    assert client.get("/account/").url.startswith(PROVE)


def test_posting_is_refused_too(client):
    client.force_login(member())
    assert client.post("/account/naam/", {"first_name": "A", "last_name": "B"}).url == SET_UP


def test_next_is_kept_while_proving(client, frozen_clock):
    client.force_login(with_app(member()))
    asked = client.get("/cms/?a=1")
    assert asked.url == f"{PROVE}?next=%2Fcms%2F%3Fa%3D1"
    assert client.post(PROVE, {"code": app_code(SEED), "next": "/cms/?a=1"}).url == "/cms/?a=1"
    assert client.get("/account/").status_code == 200


def test_signing_in_with_a_mailed_code_asks_the_app_as_well(client, frozen_clock):
    user = with_app(member())
    client.post("/account/login/", {"email": user.email, "next": "/cms/"})
    typed = client.post("/account/login/code/confirm/", {"code": mailed_code(user.email), "next": "/cms/"})
    assert typed.url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.post(typed.url, {"code": app_code(SEED)}).url == "/cms/"
    assert client.get("/account/").status_code == 200


def test_signing_in_with_a_password_asks_the_app_as_well(client, frozen_clock):
    user = with_app(member())
    user.set_password("een lang wachtwoord")
    user.save()
    typed = client.post("/account/login/wachtwoord/", {"login": user.email, "password": "een lang wachtwoord", "next": "/cms/"})
    assert typed.url == "/account/2fa/authenticate/"
    assert client.post(typed.url, {"code": app_code(SEED)}).url == "/cms/"
    assert client.get("/account/").status_code == 200


def test_a_code_counts_once_even_in_the_periods_around_it(frozen_clock):
    user = with_app(member())
    code = app_code(SEED)
    for attempt, periods in enumerate([0, 0, 1]):
        frozen_clock(periods)
        client = Client()
        client.force_login(user)
        answer = client.post(PROVE, {"code": f"{code[:3]} {code[3:]}" if attempt else code})
        assert answer.status_code == (200 if attempt else 302)


def test_without_our_guard_allauth_accepts_a_code_twice(frozen_clock, monkeypatch):
    """Shows that the test above has something to find."""
    monkeypatch.setattr(second_factor_forms, "spend", lambda user, code: True)
    user = with_app(member())
    code = app_code(SEED)
    answers = []
    for periods in [0, 1]:
        frozen_clock(periods)
        client = Client()
        client.force_login(user)
        answers.append(client.post(PROVE, {"code": code}).status_code)
        from django.core.cache import cache

        cache.clear()
    assert answers == [302, 302]


def test_setting_up_an_app_counts_as_its_first_use_and_its_code_is_spent(client, frozen_clock):
    user = member()
    client.force_login(user)
    page = client.get(SET_UP, {"next": "/cms/"})
    seed = page.context["form"].secret
    made = client.post(SET_UP, {"code": app_code(seed), "next": "/cms/"})
    assert made.url == "/account/2fa/recovery-codes/?next=%2Fcms%2F"
    codes = client.get(made.url)
    assert codes.status_code == 200
    assert codes.context["next"] == "/cms/"
    other = Client()
    other.force_login(user)
    assert other.post(PROVE, {"code": app_code(seed)}).status_code == 200
    frozen_clock(1)
    assert other.post(PROVE, {"code": app_code(seed)}).status_code == 302


def test_a_wrong_code_sets_nothing_up(client):
    client.force_login(member())
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": "abc"}).status_code == 200
    assert Authenticator.objects.count() == 0


def test_a_recovery_code_counts_once(client):
    user = with_app(member())
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for status in (302, 200):
        client = Client()
        client.force_login(user)
        assert client.post(PROVE, {"code": code}).status_code == status


def test_the_last_second_factor_of_the_team_can_not_be_removed(client):
    user = with_app(member())
    sign_in(client, user)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    page = client.post("/account/2fa/totp/deactivate/")
    assert page.status_code == 200
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_partner_may_remove_the_second_factor(client):
    user = with_app(UserFactory())
    sign_in(client, user)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.count() == 0


def test_removing_asks_for_proof_again(client):
    sign_in(client, with_app(member()))
    assert client.post("/account/2fa/totp/deactivate/").url.startswith(PROVE)


def test_seeds_are_sealed_in_the_database():
    """With a seed that would be found: the row is there, and says nothing."""
    user = with_app(member())
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE user_id = %s", [user.pk])
        stored = json.dumps([str(row[0]) for row in cursor.fetchall()])
    recovery = Authenticator.objects.get(type="recovery_codes").wrap()
    assert "secret" in stored and "seed" in stored
    assert SEED not in stored
    assert not any(code in stored for code in recovery.get_unused_codes())
    assert Authenticator.objects.get(type="totp").wrap().validate_code(app_code(SEED))


def test_spending_is_per_account():
    one, other = UserFactory(), UserFactory()
    assert [spend(one, "123456"), spend(one, "123 456"), spend(other, "123456")] == [True, False, True]


@pytest.mark.parametrize(
    "credential", ["", "5", "[]", "{}", "null", '"x"', '{"id": 1}', '{"response": {"userHandle": "AA"}}', "{" * 500]
)
@pytest.mark.parametrize("path", ["/account/2fa/webauthn/login/", "/account/2fa/authenticate/"])
def test_a_forged_passkey_is_refused_calmly(client, path, credential, frozen_clock):
    user = with_app(UserFactory())
    client.post("/account/login/", {"email": user.email})
    client.post("/account/login/code/confirm/", {"code": mailed_code(user.email)})
    assert client.post(path, {"credential": credential}).status_code in (200, 302)
    assert "_auth_user_id" not in client.session


def test_no_session_row_of_a_set_up_account_holds_its_seed(client, frozen_clock):
    client.force_login(member())
    seed = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": app_code(seed)})
    assert not any(seed in str(session.get_decoded()) for session in Session.objects.all())


def test_who_stops_halfway_leaves_no_seed_in_the_session_and_the_page_still_shows_it(client, frozen_clock):
    client.force_login(member())
    page = client.get(SET_UP)
    seed = page.context["form"].secret
    assert seed in page.content.decode()
    assert not any(seed in str(session.get_decoded()) for session in Session.objects.all())
    again = client.post(SET_UP, {"code": "abc"})
    assert (again.context["form"].secret, seed in str(client.session.items())) == (seed, False)
    assert client.post(SET_UP, {"code": app_code(seed)}).status_code == 302


def test_who_lost_everything_can_start_again(client, capsys):
    user = with_app(member())
    call_command("forget_second_factor", user.email.upper())
    assert capsys.readouterr().out == "2 taken away. At the next sign-in a new second factor is asked for.\n"
    client.force_login(user)
    assert client.get("/account/").url.startswith(SET_UP)


def test_starting_again_needs_an_account():
    with pytest.raises(CommandError):
        call_command("forget_second_factor", "niemand@school.demo")
