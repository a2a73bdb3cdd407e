"""What every answer of the casework zone carries besides its body, whoever asks and however it ends; none of them is kept."""

import pytest
from django.test import Client

from tests.casework.access_table import ADMIN, MANAGER, OFFICER, STRANGER, TABLE
from tests.casework.everything import addresses, enter, one_of_each
from tests.casework.test_access_matrix import theirs
from tests.headers import ALWAYS, HSTS, KEEPING, POLICY, differing, keeping
from tests.zones.test_settings import shown

pytestmark = pytest.mark.django_db
FOR_EVER, NEVER = {"public", "max-age=31536000", "immutable"}, {"private", "no-store"}
WALKS = [
    (STRANGER, "get"),
    (STRANGER, "post"),
    (MANAGER, "get"),
    (MANAGER, "post"),
    (MANAGER, "put"),
    (ADMIN, "get"),
    (OFFICER, "get"),
]
UNKNOWN = ["/bestaat-niet/", "/aanmeldingen/bestaat-niet/", "/bestaat-niet", "/logboek"]


@pytest.fixture(autouse=True)
def as_in_production(settings):
    """What `test_production_asks_for_https_for_a_year` reads from the settings of a real installation."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


@pytest.fixture
def broken(settings, client):
    settings.ROOT_URLCONF = "tests.casework.broken_urls"
    client.raise_request_exception = False
    return client


def faults(response, *, kept: set[str] = NEVER) -> dict:
    """What this answer carries and should not, or the other way round."""
    found = differing(response, ALWAYS)
    return found if keeping(response) == kept else found | {KEEPING: response.get(KEEPING)}


@pytest.mark.parametrize(("role", "verb"), WALKS)
def test_every_address_carries_it_and_is_not_kept(client, verb, role):
    things = one_of_each()
    seen, wrong = set(), {}
    for name, address in (addresses(things) | theirs() | {address: address for address in UNKNOWN}).items():
        if verb == "post" or not seen:
            client.cookies.clear()  # the address before may have locked that session
            enter(client, role, things)
        sent = TABLE[name].sent if name in TABLE and verb == "post" else None
        response = getattr(client, verb)(address, sent, secure=True)
        seen.add(response.status_code // 100)
        found = faults(response, kept=FOR_EVER if name == "stylesheet" and response.status_code == 200 else NEVER)
        if found:
            wrong[name] = (response.status_code, found)
        for close in response._resource_closers:
            close()
    assert wrong == {}
    # There was something to look at: answers, redirects and refusals.
    assert seen >= ({3, 4} if verb == "put" else {2, 3} if role == STRANGER else {2, 3, 4})


@pytest.mark.parametrize(("address", "status"), [("/stuk/", 500), ("/verboden/", 404), ("/toe/", 503)])
def test_what_breaks_is_forbidden_or_closed_carries_it_too(broken, address, status):
    things = one_of_each()
    enter(broken, MANAGER, things)
    response = broken.get(address, secure=True)
    assert (response.status_code, faults(response)) == (status, {})


def test_a_host_name_that_is_not_ours_is_refused_with_it(client):
    response = client.get("/account/login/", secure=True, headers={"host": "elders.example"})
    assert (response.status_code, faults(response)) == (400, {})


def test_a_form_without_its_token_is_refused_with_it():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"}, secure=True)
    assert (response.status_code, faults(response)) == (403, {})


def test_the_way_to_https_carries_all_but_the_promise_to_stay_there(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/aanmeldingen/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/aanmeldingen/")
    assert faults(response) == {HSTS: (None, ALWAYS[HSTS])}


def test_a_static_file_can_do_nothing(settings, tmp_path):
    (tmp_path / "a.svg").write_text("<svg/>")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/a.svg", secure=True)
    for close in response._resource_closers:
        close()
    nothing = {"default-src": "'none'", "style-src": "'self'", "frame-ancestors": "'none'"}
    assert (response.status_code, differing(response, ALWAYS | {POLICY: nothing})) == (200, {})


@pytest.mark.parametrize("header", [*ALWAYS, KEEPING])
def test_the_check_itself_reports_a_header_that_is_not_there_or_not_the_same(client, header):
    response = client.get("/account/login/", secure=True)
    assert faults(response) == {}
    response[header] = "default-src *" if header == POLICY else "something"
    assert list(faults(response)) == [header]
    del response[header]
    assert list(faults(response)) == [header]


def test_production_asks_for_https_for_a_year_and_keeps_nothing():
    asked = "(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD, s.NOTHING_IS_KEPT)"
    assert shown("casework", asked) == "(31536000, True, True, True)"
