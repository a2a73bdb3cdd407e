"""Every address of our own, every role, GET and POST, held against the one table in `tests/access.py`."""

import pytest
from django.urls import reverse

from tests.access import ELSEWHERE, PREFIXES, ROLES, TABLE, VISITOR
from tests.routes import routes
from tests.website.everything import enter

OURS = ("website", "trainings", "knowledge", "people", "shared")


def test_every_address_of_ours_stands_in_the_table_and_every_other_under_a_prefix():
    missing = [
        (path, name)
        for path, name, module in routes()
        if name not in TABLE
        and name not in ELSEWHERE
        and not (path.startswith(tuple(PREFIXES)) and not (module.startswith(OURS) and path.startswith("cms/")))
        and not module.startswith("wagtail.views")
    ]
    assert missing == []


def test_the_table_has_no_address_that_is_gone():
    assert set(TABLE) - {name for _path, name, _module in routes()} == set()


def outcome(response) -> str:
    """What an answer means for who asked: in, sign in, not found, or the bare status."""
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return "sign in"
    if response.status_code == 404:
        return "not found"
    return "in" if response.status_code < 400 or response.status_code == 422 else str(response.status_code)


def expected(row, verb: str, role: str) -> set[str]:
    roles = getattr(row, verb)
    if roles is None:
        # Which of the guards speaks first does not matter, as long as nobody gets in.
        return {"405", "not found", "sign in"}
    if role in roles:
        return {"in"}
    return {"sign in"} if role == VISITOR else {"not found"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(client, things, guarded, verb, role):
    enter(client, role, things)
    wrong = {}
    for name, row in TABLE.items():
        response = getattr(client, verb)(reverse(name, args=row.blanks(things)))
        # Files are closed by hand: `response.close()` would end the test's connection to the database with them.
        for close in response._resource_closers:
            close()
        if outcome(response) not in expected(row, verb, role):
            wrong[name] = (outcome(response), sorted(expected(row, verb, role)))
    assert (wrong, guarded) == ({}, [])


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_is_there_for_the_team_only(client, things, role):
    enter(client, role, things)
    allowed = "in" if role in PREFIXES["cms/"] else "sign in" if role == VISITOR else "not found"
    answers = [client.get(f"/cms/{path}") for path in ("", "pages/", "images/")]
    assert outcome(answers[0]) == allowed
    assert allowed == "in" or {outcome(answer) for answer in answers} <= {allowed, "sign in"}
