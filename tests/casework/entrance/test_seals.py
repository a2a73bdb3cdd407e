"""A row that was written straight into the database opens nothing: account, role, authenticator, link, password, grant."""

import logging

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import connection, transaction

from casework.entrance import accounts, invitations, sealed_accounts, seals
from casework.entrance.accounts import roles_of
from casework.entrance.refusals import SealBroken
from casework.keyring import keys
from casework.models import AccountSeal, AuditEvent, Invitation, Role
from people.models import User
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import LOGIN, SECOND, SEED, try_password, walk_in, with_means
from tests.people.codes import app_code
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db


def manager():
    return with_means(AccountFactory(roles=["case_manager"]))


def broken_events() -> list:
    return list(AuditEvent.objects.filter(action="refused_broken_seal").values_list("kind", "object"))


def means(user, kind: str):
    return Authenticator.objects.filter(user=user, type=kind)


def row(user):
    return User.objects.filter(pk=user.pk)


# What somebody with the database in hand could do to an account.
WRITINGS = {
    "role": lambda user: Role.objects.create(user=user, kind="administrator"),
    "app": lambda user: means(user, "totp").update(data={"secret": get_adapter().encrypt(SEED[::-1])}),
    "passkey": lambda user: Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}}),
    "recovery codes": lambda user: means(user, "recovery_codes").update(data={"seed": "x", "used_mask": 0}),
    "link": lambda user: SocialAccount.objects.create(user=user, provider="stad", uid="1"),
    "address": lambda user: row(user).update(email="ander@expo-r.demo"),
    "superuser": lambda user: row(user).update(is_superuser=True),
    "seal": lambda user: AccountSeal.objects.filter(user=user).update(mac="0" * 64),
    "no seal": lambda user: AccountSeal.objects.filter(user=user).delete(),
}
on_each_writing = pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)


@on_each_writing
def test_a_session_ends_at_the_first_request_after_something_was_written_into_the_database(client, write, caplog):
    user = sign_in(client, manager())
    assert client.get("/").status_code == 200
    write(user)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/")
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=%2F")
    assert "_auth_user_id" not in client.session
    assert broken_events() == [("user", str(user.pk))]
    assert f"the seal of account {user.pk} is broken" in caplog.text
    assert user.email not in caplog.text


@on_each_writing
def test_the_right_password_does_not_count_for_an_account_without_its_seal(client, write):
    user = manager()
    write(user)
    user.refresh_from_db()
    assert try_password(client, user).status_code == 200
    assert broken_events() == [("user", str(user.pk))]


@on_each_writing
def test_other_roles_do_not_seal_what_was_written_into_the_database(write):
    user, by = manager(), two_people()
    proposal = invitations.propose_roles(user, ["dpo"], by=by[0])
    write(user)
    with pytest.raises(SealBroken), transaction.atomic():
        invitations.approve(proposal.pk, by=by[1])
    with pytest.raises(SealBroken), transaction.atomic():
        invitations.propose_roles(user, ["dpo"], by=by[0])
    assert (roles_of(user) >= {"case_manager"}, seals.account_holds(user)) == (True, False)
    assert Invitation.objects.get().state == "proposed"


@on_each_writing
@pytest.mark.parametrize("moment", ["before", "proposed", "approved"])
def test_a_new_sign_in_leaves_nothing_of_what_was_written_into_the_database(write, moment):
    by = two_people()
    user = with_means(invited("case_manager", by))
    if moment == "before":
        write(user)
        user.refresh_from_db()
    proposal, _one = invitations.propose_new_sign_in(user, by=by[0])
    if moment == "proposed":
        write(user)
    invitations.approve(proposal.pk, by=by[1])
    user.refresh_from_db()
    assert (as_decided(user), seals.account_holds(user)) == (True, True)
    if moment == "approved":
        write(user)
    user = invitations.accept(proposal.pk, "een lang wachtwoord")
    assert (as_decided(user), seals.account_holds(user), user.email) == (True, True, proposal.email)


def test_without_a_decision_under_seal_somebody_starts_anew_without_a_role():
    user, by = manager(), two_people()
    WRITINGS["role"](user)
    assert invitations.propose_new_sign_in(user, by=by[0])[0].roles == []


@on_each_writing
def test_a_broken_account_can_be_ended(client, write):
    user = manager()
    write(user)
    accounts.end(user, by=two_people()[0])
    user.refresh_from_db()
    assert (user.is_active, roles_of(user), means_of(user), user.seal is not None) == (False, set(), [], True)
    assert try_password(client, user).status_code == 200


def two_people() -> list:
    return [AccountFactory(roles=["administrator"]) for _ in range(2)]


def invited(role: str, by: list):
    """Somebody who came in as people do: their roles are a decision under seal."""
    who = {"email": "sofie@stad.demo", "first_name": "Sofie", "last_name": "Nieuw", "roles": [role]}
    proposal, _one = invitations.invite(**who, by=by[0])
    invitations.approve(proposal.pk, by=by[1])
    return invitations.accept(proposal.pk, "een lang wachtwoord")


def means_of(user) -> list:
    return [*Authenticator.objects.filter(user=user), *SocialAccount.objects.filter(user=user)]


def as_decided(user) -> bool:
    return (roles_of(user), means_of(user), user.is_staff, user.is_superuser) == ({"case_manager"}, [], False, False)


def test_a_password_written_into_the_database_does_not_count(client):
    user = manager()
    row(user).update(password=make_password("een ander wachtwoord"))
    assert try_password(client, user, "een ander wachtwoord").status_code == 200


def test_without_the_seal_that_password_would_count(client, monkeypatch, clock):
    """Shows that the test above has something to find."""
    user = manager()
    row(user).update(password=make_password("een ander wachtwoord"))
    monkeypatch.setattr(seals, "account_holds", lambda user, password=None: True)
    assert try_password(client, user, "een ander wachtwoord").url == SECOND


def test_an_account_written_into_the_database_opens_nothing(client):
    user = User.objects.create_user("indringer@expo-r.demo", "een lang wachtwoord")
    Role.objects.create(user=user, kind="case_manager")
    assert try_password(client, user).status_code == 200
    sign_in(client, user)
    assert client.get("/").url.startswith(LOGIN)


def test_an_account_copied_with_the_seal_of_another_opens_nothing(client):
    mac = AccountSeal.objects.get(user=manager()).mac
    user = User.objects.create_user("indringer@expo-r.demo", "een lang wachtwoord")
    Role.objects.create(user=user, kind="case_manager")
    AccountSeal.objects.create(user=user, mac=mac)
    assert try_password(client, user).status_code == 200


def test_who_asks_between_a_change_and_its_seal_takes_it_for_no_break_in(client, monkeypatch):
    user = manager()
    sign_in(client, user)
    AccountSeal.objects.filter(user=user).update(mac="0" * 64)
    # The seal comes while the request waits.
    monkeypatch.setattr(sealed_accounts.time, "sleep", lambda _seconds: seals.seal_account(user))
    assert (client.get("/account/").status_code, broken_events()) == (200, [])


def test_the_seal_holds_for_an_account_as_the_application_left_it_and_walks_in(client, clock):
    user = manager()
    assert walk_in(client, user).url == "/"
    assert client.get("/").status_code == 200
    assert broken_events() == []


def test_a_recovery_code_that_is_used_does_not_break_the_seal(client):
    user = manager()
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    try_password(client, user)
    assert client.post(SECOND, {"code": code}).url == "/"
    assert client.get("/").status_code == 200


def test_a_stronger_hash_of_the_same_password_is_sealed_anew(client, settings, clock):
    user = manager()
    settings.PASSWORD_HASHERS = ["tests.casework.entrance.test_seals.Stronger", "django.contrib.auth.hashers.MD5PasswordHasher"]
    before = user.password
    assert walk_in(client, user).url == "/"
    user.refresh_from_db()
    assert user.password != before
    assert client.get("/").status_code == 200


class Stronger(PBKDF2PasswordHasher):
    """Another hash than that of the tests, and quick."""

    algorithm = "pbkdf2_tests"
    iterations = 10


def test_the_own_new_password_keeps_the_session_and_the_seal(client):
    user = sign_in(client, manager())
    new = "een heel ander lang wachtwoord"
    typed = {"oldpassword": "een lang wachtwoord", "password1": new, "password2": new}
    assert client.post("/account/password/change/", typed).status_code == 302
    assert client.get("/").status_code == 200
    assert try_password(client.__class__(), user, new).url == SECOND
    assert AuditEvent.objects.filter(action="changed_own_sign_in", actor=user.pk).count() == 1


def test_setting_up_the_app_seals_it(client, clock, django_capture_on_commit_callbacks):
    user = AccountFactory(roles=["case_manager"])
    user.set_password("een lang wachtwoord")
    user.save()
    seals.seal_account(user)
    try_password(client, user)
    client.post("/account/reauthenticate/", {"password": "een lang wachtwoord"})
    page = client.get("/account/2fa/totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/totp/activate/", {"code": app_code(page.context["form"].secret)})
    assert sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert client.get("/").status_code == 200


def test_new_recovery_codes_are_sealed(client, clock, django_capture_on_commit_callbacks):
    user = manager()
    walk_in(client, user)
    clock.go_on(minutes=2)
    client.post("/account/2fa/reauthenticate/", {"code": app_code(SEED)})
    before = Authenticator.objects.get(user=user, type="recovery_codes").pk
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/recovery-codes/generate/")
    assert Authenticator.objects.get(user=user, type="recovery_codes").pk != before
    assert client.get("/").status_code == 200


def test_without_the_key_of_the_seals_the_zone_is_closed(client, settings, tmp_path):
    sign_in(client, manager())
    settings.KEYS = str(tmp_path)
    keys.forget()
    assert client.get("/").status_code == 503


def test_the_seal_is_asked_of_the_database_and_not_of_the_instance_at_hand():
    user = manager()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET is_staff = %s WHERE id = %s", [True, user.pk])
    assert not seals.account_holds(user)
