"""Every address of the casework zone, every role, GET and POST, held against the one table in `tests/casework/access_table.py`."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from casework.entrance import session_clock
from tests.casework.access_table import PREFIXES, ROLES, STRANGER, TABLE
from tests.casework.everything import addresses, enter, one_of_each
from tests.routes import routes

pytestmark = pytest.mark.django_db
OPEN, CLOSED = PREFIXES["account/"]["open"], PREFIXES["account/"]["closed"]
BLANKS = {
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
    "account_confirm_email": ["x"],
    "account_reset_password_from_key": ["1", "x"],
}
BOTH = pytest.mark.parametrize("verb", ["get", "post"])
UNKNOWN = ["/bestaat-niet/", "/aanmeldingen/bestaat-niet/", "/account/bestaat-niet/", "/cms/", "/vormingen/"]


@pytest.fixture
def things() -> dict:
    return one_of_each()


def theirs() -> dict[str, str]:
    """The pages of allauth, by name."""
    return {
        name: reverse(name, args=BLANKS.get(name))
        for path, name, _module in routes()
        if path.startswith("account/") and name not in TABLE
    }


def asked(client, verb: str, address: str, sent: dict | None = None) -> str:
    """What an answer means for who asked; what it changed is taken back."""
    with transaction.atomic():
        response = getattr(client, verb)(address, sent or {})
        for close in response._resource_closers:
            close()
        transaction.set_rollback(True)
    cache.clear()  # a session that lies there too
    return outcome(response)


def outcome(response) -> str:
    """In, sign in, unlock, not found, or the bare status."""
    if response.status_code == 302:
        ways = {"/account/login/": "sign in", "/account/vergrendeld/": "unlock"}
        return ways.get(response.url.partition("?")[0], "in")
    return "not found" if response.status_code == 404 else "in" if response.status_code < 400 else str(response.status_code)


def expected(name: str, verb: str, role: str) -> set[str]:
    roles = getattr(TABLE[name], verb)
    if role == STRANGER and name not in OPEN:
        return {"sign in"}
    if roles is None:
        # Which of the guards speaks first does not matter, as long as nobody gets in.
        return {"405", "not found"}
    # Whoever is locked now, or has no code, is led on from there: an answer, whatever it leads to.
    leads_on = {"account_invitation_password": {"in", "sign in"}, "account_lock": {"unlock"}}
    return leads_on.get(name, {"in"}) if role in roles else {"not found"}


def test_every_address_of_ours_stands_in_the_table_and_every_other_under_a_prefix():
    ours = ("casework", "shared")
    missing = [
        (path, name)
        for path, name, module in routes()
        if name not in TABLE and (module.startswith(ours) or not path.startswith(tuple(PREFIXES)))
    ]
    assert missing == []


def test_the_table_has_no_address_that_is_gone():
    assert set(TABLE) - {name for _path, name, _module in routes()} == set()


@BOTH
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(client, things, verb, role):
    enter(client, role, things)
    found = {name: asked(client, verb, address, TABLE[name].sent) for name, address in addresses(things).items()}
    wrong = {name: (what, expected(name, verb, role)) for name, what in found.items() if what not in expected(name, verb, role)}
    assert wrong == {}


@BOTH
@pytest.mark.parametrize("role", ROLES)
def test_pages_of_allauth_are_open_closed_or_for_who_signed_in(client, things, verb, role):
    enter(client, role, things)
    wrong = {}
    for name, address in theirs().items():
        what = asked(client, verb, address)
        if name in CLOSED:
            right = what in ({"not found"} if role != STRANGER else {"not found", "sign in"})
        else:
            right = name in OPEN or role != STRANGER or what == "sign in"
        if not right or what in {"500", "503"}:
            wrong[name] = what
    assert wrong == {}


@BOTH
@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_there_is_the_sign_in_for_a_stranger_and_not_found_for_all_others(client, things, verb, role):
    enter(client, role, things)
    assert {asked(client, verb, address) for address in UNKNOWN} == {"sign in" if role == STRANGER else "not found"}


@pytest.mark.parametrize(("verb", "how"), [("get", "left"), ("post", "locked")])
@pytest.mark.parametrize("role", [role for role in ROLES if role != STRANGER])
def test_a_session_that_is_locked_or_was_left_gets_in_nowhere(client, clock, things, verb, role, how):
    enter(client, role, things)
    client.get("/")
    if how == "left":
        clock.go_on(minutes=16)
    else:
        session = client.session
        session[session_clock.LOCKED] = True
        session.save()
    walked = addresses(things) | {address: address for address in UNKNOWN}
    found = {name: asked(client, verb, address, TABLE[name].sent if name in TABLE else {}) for name, address in walked.items()}
    assert {name for name, what in found.items() if what != "unlock"} - session_clock.WHEN_LOCKED == set()


def test_the_check_itself_reports_a_door_that_stands_open(client, things, monkeypatch):
    enter(client, "other case manager", things)
    address = addresses(things)["casework:note"]
    assert asked(client, "get", address) == "not found"
    enter(client, "case manager of it", things)
    assert asked(client, "get", address) == "in"
