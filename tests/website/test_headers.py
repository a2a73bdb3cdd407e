"""What every answer carries besides its body, whoever asks and however it ends."""

import ast
import contextlib

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from media.models import SiteDocument
from tests.access import REVIEWER, TABLE, VISITOR
from tests.headers import ALWAYS, HSTS, KEEPING, POLICY, STRICT, differing, keeping
from tests.website.everything import enter
from tests.website.test_settings import PRODUCTION, start

# Wagtail's own screens have inline scripts and styles, and show pictures before they are sent.
ADMIN = STRICT | {
    "frame-src": "'self'",
    "img-src": "'self' data: blob:",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self' blob:",
}
# The one table: what each class of address must carry.
CARRIES = {
    "page": ALWAYS,
    "admin": ALWAYS | {POLICY: ADMIN},
    "preview": ALWAYS | {POLICY: STRICT | {"frame-ancestors": "'self'"}, "X-Frame-Options": "SAMEORIGIN"},
    "quiet": ALWAYS | {"Referrer-Policy": "strict-origin"},
    "document": ALWAYS | {POLICY: {"default-src": "'none'", "frame-ancestors": "'none'"}},
    "static file": ALWAYS | {POLICY: {"default-src": "'none'", "style-src": "'self'", "frame-ancestors": "'none'"}},
}
FOR_EVER, ASK_AGAIN, NEVER = {"public", "max-age=31536000", "immutable"}, {"no-cache"}, {"private", "no-store"}
# For one person's calendar program, which may keep it but asks each time: without that, every look would load all of it anew.
OWN_PROGRAM, FOR_ONE_PROGRAM = {"private", "no-cache"}, {"trainings:feed"}
# Named after a hash of their contents, the same for everybody.
FOR_EVERYBODY = {"stylesheet", "trainings:drawings"}
# Where a visitor is asked for something; the token against forged forms is the only cookie there is before one signs in.
WITH_A_FORM = {"website:question", "trainings:booking-create", "account_login", "account_login_password", "account_reset_password"}
WITH_A_FORM |= {"trainings:seat", "trainings:seat-need", "trainings:seat-give-back", "trainings:seat-change", "trainings:offer"}
WITH_A_FORM |= {"website:referral", "website:referral-answer"}
# Opened by a link in somebody's mail, or about a worry: not kept, and nothing to fill in.
NEVER_KEPT = {"trainings:seat-changed", "website:referral-may-i", "website:look-again"}
# No other page learns which of these somebody came from.
QUIET = {"website:referral", "website:referral-answer", "website:referral-may-i", "website:look-again"}
ACCOUNT = ["account", "account_login", "account_login_password", "account_reset_password", "account_change_password"]
ACCOUNT += ["account_email", "account_logout", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "usersessions_list"]
TREE = ["/", "/en/", "/over-ons/", "/aanspreekpunt/", "/toegankelijkheid/", "/privacy/", "/vormingen", "/bestaat-niet/"]
WAGTAIL = ["/cms/", "/cms/pages/", "/cms/images/", "/cms/account/", "/cms/bestaat-niet/", "/cms/login/", "/_util/login/"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_production(settings):
    """What `test_production_asks_for_https_for_a_year` reads from the settings of a real installation."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def faults(response, kind: str) -> dict:
    """The headers that differ from what this class of address must carry."""
    return differing(response, CARRIES[kind])


def addresses(things: dict) -> dict[str, str]:
    """Every address of the table of access, those of the account, the page tree and some of Wagtail's own."""
    ours = {name: reverse(name, args=row.blanks(things)) for name, row in TABLE.items()}
    return ours | {name: reverse(name) for name in ACCOUNT} | {address: address for address in TREE + WAGTAIL}


def answers(client, verb: str, things: dict, *, role: str = VISITOR):
    """Every address with its answer over HTTPS; a visitor comes to each for the first time."""
    enter(client, role, things)
    for name, address in addresses(things).items():
        if role == VISITOR:
            client.cookies.clear()
        response = getattr(client, verb)(address, secure=True)
        yield name, address, response
        for close in response._resource_closers:
            close()


@pytest.mark.parametrize("role", [VISITOR, "partner", REVIEWER])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_every_address_carries_what_its_class_must_and_nothing_personal_is_kept(client, things, verb, role):
    seen, wrong = set(), {}
    for name, address, response in answers(client, verb, things, role=role):
        kind = "admin" if address.startswith("/cms/") else "quiet" if name in QUIET and response.status_code != 405 else "page"
        seen.add((kind, response.status_code // 100))
        found = faults(response, kind)
        if role != VISITOR and keeping(response) != (FOR_EVER if name in FOR_EVERYBODY and response.status_code == 200 else NEVER):
            found[KEEPING] = response.get(KEEPING)
        if found:
            wrong[name] = (response.status_code, found)
    assert wrong == {}
    # There was something to look at: answers, redirects and refusals.
    assert seen >= {("page", 2), ("page", 3), ("page", 4), ("admin", 4 if role == "partner" else 3)}


def test_what_a_visitor_gets_is_kept_for_ever_asked_for_again_or_not_kept(client, things):
    kept = {name: keeping(response) for name, _address, response in answers(client, "get", things) if response.status_code == 200}
    personal = {name for name in kept if "no-store" in kept[name]}
    assert {name for name in kept if kept[name] == FOR_EVER} == FOR_EVERYBODY
    assert personal == WITH_A_FORM | NEVER_KEPT | {"live", "ready"}
    assert {name for name in kept if kept[name] == OWN_PROGRAM} == FOR_ONE_PROGRAM
    silent = {"robots", "security-contact"}
    assert {name for name in kept if not kept[name]} == silent
    assert [
        name for name in kept if name not in FOR_EVERYBODY | FOR_ONE_PROGRAM | personal | silent and kept[name] != ASK_AGAIN
    ] == []


def test_who_only_reads_gets_no_cookie_and_who_may_fill_in_a_form_only_its_token(client, things):
    cookies = {name: set(response.cookies) for name, _address, response in answers(client, "get", things)}
    assert {name for name in cookies if cookies[name]} == WITH_A_FORM
    assert [cookies[name] for name in WITH_A_FORM] == [{settings.CSRF_COOKIE_NAME}] * len(WITH_A_FORM)


@pytest.mark.parametrize("header", ALWAYS)
def test_the_check_itself_reports_a_header_that_is_not_there_or_not_the_same(client, header):
    response = client.get("/", secure=True)
    assert faults(response, "page") == {}
    response[header] = "default-src *" if header == POLICY else "something"
    assert list(faults(response, "page")) == [header]
    del response[header]
    assert list(faults(response, "page")) == [header]


def test_what_breaks_carries_it_too(client, settings):
    settings.ROOT_URLCONF = "tests.website.broken_urls"
    client.raise_request_exception = False
    response = client.get("/stuk/", secure=True)
    assert (response.status_code, faults(response, "page")) == (500, {})


def test_what_is_forbidden_looks_like_what_is_not_there(client, settings):
    settings.ROOT_URLCONF = "tests.website.broken_urls"
    response = client.get("/verboden/", secure=True)
    assert (response.status_code, faults(response, "page")) == (404, {})
    assert "<h1>We vinden deze pagina niet</h1>" in response.content.decode()


def test_a_host_name_that_is_not_ours_is_refused_with_it(client):
    response = client.get("/", secure=True, headers={"host": "elders.example"})
    assert (response.status_code, faults(response, "page")) == (400, {})


def test_a_form_without_its_token_is_refused_with_it_and_in_dutch():
    client = Client(enforce_csrf_checks=True)
    answers = [client.post(reverse(name), {"text": "Vraag"}, secure=True) for name in ("account_login", "website:question")]
    assert [(answer.status_code, faults(answer, "page")) for answer in answers] == [(403, {}), (403, {})]
    assert "<h1>Dit konden we niet aannemen</h1>" in answers[0].content.decode()
    assert "Er is nog niets verstuurd" in answers[1].content.decode()


def test_the_way_to_https_carries_all_but_the_promise_to_stay_there(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/vormingen/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/vormingen/")
    assert faults(response, "page") == {HSTS: (None, ALWAYS[HSTS])}


def test_a_preview_may_stand_in_a_frame_of_the_admin_and_nowhere_else(client, things):
    enter(client, REVIEWER, things)
    response = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[things["training_pk"]]), secure=True)
    assert (response.status_code, faults(response, "preview"), keeping(response)) == (200, {}, NEVER)


def test_a_document_can_do_nothing(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument.objects.create(title="Nota", file=ContentFile(b"<script>alert(1)</script>", name="nota.txt"))
    document.file.close()
    with contextlib.closing(client.get(document.url, secure=True)) as response:
        assert (response.status_code, faults(response, "document")) == (200, {})


def test_a_static_file_can_do_nothing(settings, tmp_path):
    (tmp_path / "a.svg").write_text("<svg/>")
    settings.STATIC_ROOT = tmp_path
    with contextlib.closing(Client().get("/static/a.svg", secure=True)) as response:
        assert (response.status_code, faults(response, "static file")) == (200, {})


def fetched(address: str, host: str, **environment: str) -> dict:
    """The headers of what a process with these settings of its own answers."""
    client = f"__import__('django.test').test.Client(headers={{'host': '{host}'}})"
    return ast.literal_eval(start(f"dict({client}.get('{address}', secure=True).items())", **environment).stdout)


def test_the_demo_serves_pictures_that_can_do_nothing_and_leaves_documents_to_their_view(tmp_path):
    picture = tmp_path / "media" / "images" / "a.png"
    picture.parent.mkdir(parents=True)
    picture.write_text("x")
    demo = {"EXPOR_DEMO": "true", "EXPOR_VAR": str(tmp_path)}
    found = fetched("/media/images/a.png", "localhost", **demo)
    assert (found["Content-Type"], faults(found, "page")) == ("image/png", {HSTS: (None, ALWAYS[HSTS])})
    is_served = "__import__('django.urls').urls.is_valid_path('/media/documents/nota.txt')"
    assert start(is_served, **demo).stdout.strip() == "False"


def test_production_asks_for_https_for_a_year():
    assert faults(fetched("/robots.txt", "expo-r.example", **PRODUCTION), "page") == {}
