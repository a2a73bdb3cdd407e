"""Guessing is slowed down by network address; nobody outside can lock somebody out, and no address is kept."""

import time

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from casework.entrance import invitations, limits
from casework.log import audit
from casework.models import Alarm, AuditEvent
from casework.watching import watch
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import LOGIN, SECOND, SEED, try_password, walk_in, with_means
from tests.people.codes import app_code

pytestmark = pytest.mark.django_db
ELSEWHERE = {"REMOTE_ADDR": "10.9.8.7"}
ARRIVE = "/account/uitnodiging/"


@pytest.fixture
def manager():
    return with_means(AccountFactory(roles=["case_manager"]))


def guess(client, user, times: int, **extra):
    for _guess in range(times):
        answer = try_password(client, user, "fout wachtwoord", **extra)
    return answer


def test_outsiders_who_guess_lock_nobody_out_elsewhere(client, manager, clock):
    for address in range(8):
        guess(Client(), manager, 6, REMOTE_ADDR=f"10.0.0.{address}")
    assert try_password(client, manager, **ELSEWHERE).url == SECOND


def test_with_the_lock_of_allauth_they_would(client, manager, settings, clock):
    """Shows that the test above has something to find."""
    settings.ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
    settings.ACCOUNT_RATE_LIMITS = {}
    guess(Client(), manager, 6, REMOTE_ADDR="10.0.0.1")
    assert try_password(client, manager, **ELSEWHERE).status_code == 200


def test_after_five_wrong_passwords_for_an_account_this_address_waits(client, manager):
    guess(client, manager, 5)
    closed = try_password(client, manager)
    assert closed.status_code == 200
    assert closed.context["form"].non_field_errors().as_data()[0].code == "too_many_login_attempts"


def test_others_behind_the_same_address_still_come_in(client, manager, clock):
    guess(Client(), manager, 5)
    assert try_password(client, with_means(AccountFactory(roles=["dpo"]))).url == SECOND


def test_who_guesses_at_many_accounts_is_stopped_by_the_address(client, manager):
    for number in range(limits.PASSWORD.per_address):
        client.post(LOGIN, {"login": f"iemand{number}@stad.demo", "password": "fout"})
    assert try_password(client, manager).status_code == 200
    assert try_password(client, manager, **ELSEWHERE).url == SECOND


def test_right_passwords_do_not_count(manager, clock):
    for _time in range(7):
        assert try_password(Client(), manager).url == SECOND


def test_when_the_time_is_over_one_may_try_again(client, manager, monkeypatch):
    monkeypatch.setattr(limits, "WINDOW", 1)
    guess(client, manager, 5)
    time.sleep(2.1)  # the cache reads a clock of its own
    assert try_password(client, manager).url == SECOND


def test_five_wrong_codes_of_the_app_are_enough_for_this_address(client, manager, clock):
    for person, extra in ((client, {}), (Client(), ELSEWHERE)):
        assert try_password(person, manager, **extra).url == SECOND
    for _guess in range(5):
        client.post(SECOND, {"code": "000000"})
    assert client.post(SECOND, {"code": app_code(SEED)}).status_code == 200
    assert person.post(SECOND, {"code": app_code(SEED)}, **ELSEWHERE).url == "/"


def guess_codes(user, times: int) -> None:
    """With the right password, from ever another address."""
    for number in range(times):
        person, extra = Client(), {"REMOTE_ADDR": f"10.1.{number // 4}.1"}
        try_password(person, user, **extra)
        person.post(SECOND, {"code": "000000"}, **extra)


def test_who_has_the_password_and_guesses_codes_from_many_addresses_is_stopped_and_seen(client, manager, clock):
    guess_codes(manager, limits.SIGN_IN_CODE.everywhere - 1)
    assert guessing() == 0
    person, extra = Client(), {"REMOTE_ADDR": "10.1.9.1"}
    try_password(person, manager, **extra)
    person.post(SECOND, {"code": "000000"}, **extra)
    assert guessing() == 1  # nobody has to try once more
    try_password(client, manager, **ELSEWHERE)
    assert client.post(SECOND, {"code": app_code(SEED)}, **ELSEWHERE).status_code == 200
    watch.guessed_codes()
    assert list(Alarm.objects.values_list("kind", "account")) == [("guessing", manager.pk)]
    other = with_means(AccountFactory(roles=["dpo"]))
    assert try_password(client, other).url == SECOND
    assert client.post(SECOND, {"code": app_code(SEED)}).url == "/"


def guessing() -> int:
    return AuditEvent.objects.filter(action="refused_guessing").count()


def test_a_right_code_as_the_last_one_is_no_guess(client, manager, clock):
    guess_codes(manager, limits.SIGN_IN_CODE.everywhere - 1)
    for _time in range(2):
        person = Client()
        assert try_password(person, manager, **ELSEWHERE).url == SECOND
        assert person.post(SECOND, {"code": app_code(SEED)}, **ELSEWHERE).url == "/"
        clock.go_on(minutes=2)
    assert guessing() == 0


def test_who_goes_on_guessing_is_on_record_once(client, manager, clock):
    guess_codes(manager, limits.SIGN_IN_CODE.everywhere)
    for number in range(60):
        extra = {"REMOTE_ADDR": f"10.2.{number}.1"}
        if number % 10 == 0:
            try_password(client, manager, **extra)
        client.post(SECOND, {"code": "000000"}, **extra)
    assert guessing() == 1
    other = with_means(AccountFactory(roles=["dpo"]))
    guess_codes(other, limits.SIGN_IN_CODE.everywhere)
    assert guessing() == 2


def test_what_is_not_on_record_is_told_the_next_time(client, manager, clock, monkeypatch):
    guess_codes(manager, limits.SIGN_IN_CODE.everywhere - 1)
    try_password(client, manager, **ELSEWHERE)
    with monkeypatch.context() as patch, pytest.raises(DatabaseError):
        patch.setattr(audit, "record", _away)
        client.post(SECOND, {"code": "000000"}, **ELSEWHERE)
    assert guessing() == 0
    client.post(SECOND, {"code": "000000"}, **ELSEWHERE)
    assert guessing() == 1


def _away(*args, **kwargs):
    raise DatabaseError


def test_refusals_for_the_count_from_everywhere_end_for_an_address(rf, clock):
    """The first five take the slots of the address, so that from then on the address alone is refused."""
    ours = rf.post("/", **ELSEWHERE)
    for number in range(limits.SIGN_IN_CODE.everywhere):
        limits.attempt(limits.SIGN_IN_CODE, rf.post("/", REMOTE_ADDR=f"10.3.{number}.1"), "a")
    tries = [limits.attempt(limits.SIGN_IN_CODE, ours, "a") for _time in range(7)]
    assert [(one.allowed, one.guessed) for one in tries] == [(False, True)] * 5 + [(False, False)] * 2


def test_they_do_not_shut_out_who_is_in(client, manager, clock):
    walk_in(client, manager)
    clock.go_on(minutes=2)
    guess_codes(manager, limits.SIGN_IN_CODE.everywhere + 1)
    clock.go_on(minutes=4)
    assert client.get("/").status_code == 200
    assert client.post("/account/2fa/reauthenticate/", {"code": app_code(SEED)}).status_code == 302


def test_guessing_one_time_codes_ends_after_five(client):
    admin, second = AccountFactory(roles=["administrator"]), AccountFactory(roles=["case_manager"])
    who = {"email": "sofie@stad.demo", "first_name": "Sofie", "last_name": "Nieuw", "roles": ["case_manager"]}
    proposal, one = invitations.invite(**who, by=admin)
    _invitation, two = invitations.approve(proposal.pk, by=second)
    for _guess in range(5):
        client.post(ARRIVE, {"email": "sofie@stad.demo", "first": one, "second": "AAAAAA"})
    right = {"email": "sofie@stad.demo", "first": one, "second": two}
    assert client.post(ARRIVE, right).status_code == 200
    assert client.post(ARRIVE, right, **ELSEWHERE).url == "/account/uitnodiging/wachtwoord/"


def kept_in_the_cache(redis_url: str) -> str:
    """Names and values of all that the cache holds, as text."""
    if redis_url:
        import redis

        with redis.Redis.from_url(redis_url) as store:
            return str([(name, store.get(name)) for name in store.scan_iter()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        return str(cursor.fetchall())


def test_the_cache_holds_neither_address_nor_account(client, manager, settings):
    guess(client, manager, 2, **ELSEWHERE)
    kept = kept_in_the_cache(settings.REDIS_URL)
    assert "casework-limit" in kept
    assert [word for word in ("10.9.8.7", manager.email) if word in kept] == []


def test_the_same_address_has_another_counter_an_hour_later(rf, clock):
    request = rf.post("/")
    before = limits.attempt(limits.PASSWORD, request, "a").slots
    clock.go_on(hours=1)
    assert set(limits.attempt(limits.PASSWORD, request, "a").slots) & set(before) == set()
