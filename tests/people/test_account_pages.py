"""Every page about the account: in the look of the site, in Dutch, and without a line of script or style in it."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.template.loader import get_template
from django.test import Client
from django.utils import timezone, translation

from people import signin
from people.devices import device
from shared.models import OutboxMessage
from tests.people.codes import mailed_code
from tests.people.elsewhere import elsewhere
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in

SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|<style|\sstyle=|\son\w+=|javascript:")
FOR_VISITORS = ["/account/login/", "/account/login/wachtwoord/", "/account/password/reset/", "/account/inactive/"]
FOR_PARTNERS = [
    "/account/",
    "/account/naam/",
    "/account/email/",
    "/account/password/set/",
    "/account/logout/",
    "/account/sessies/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/mijn/welkom/",
    "/mijn/organisatie/",
    "/mijn/organisatie/nieuw/",
]
WITH_SECOND_STEP = [
    "/account/",
    "/account/2fa/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/reauthenticate/",
    "/account/password/change/",
    "/account/reauthenticate/",
]


def assert_ours(page):
    assert page.status_code == 200
    text = page.content.decode()
    assert 'class="site-header"' in text
    assert INLINE.findall(text.partition("<main")[2]) == []
    assert [t.name for t in page.templates if t.name and t.name.startswith("allauth/")] == []
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers.get("Cache-Control", "") or not page.wsgi_request.user.is_authenticated


def with_everything(client):
    user = UserFactory()
    user.set_password("een lang wachtwoord")
    user.save()
    TOTP.activate(user, SEED)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    return user


@pytest.mark.django_db
@pytest.mark.parametrize("path", FOR_VISITORS)
def test_pages_for_visitors(client, path):
    assert_ours(client.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", FOR_PARTNERS)
def test_pages_of_a_partner(client, path):
    client.force_login(UserFactory())
    assert_ours(client.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", WITH_SECOND_STEP)
def test_pages_of_an_account_with_a_password_and_a_second_step(client, path):
    with_everything(client)
    assert_ours(client.get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("path", FOR_PARTNERS)
def test_visitors_are_led_to_the_door(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/") or path == "/account/logout/"


@pytest.mark.django_db
def test_pages_with_a_code_to_type(client):
    client.post("/account/login/", {"email": "nieuw@school.demo"})
    assert_ours(client.get("/account/login/code/confirm/"))
    user = UserFactory()
    TOTP.activate(user, SEED)
    client.post("/account/login/", {"email": user.email})
    client.post("/account/login/code/confirm/", {"code": mailed_code(user.email)})
    assert_ours(client.get("/account/2fa/authenticate/"))


@pytest.mark.django_db
def test_names_can_be_changed(client):
    user = UserFactory()
    client.force_login(user)
    assert client.post("/account/naam/", {"first_name": "Jan", "last_name": "'t Jonck"}).url == "/account/"
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Jan", "'t Jonck")


@pytest.mark.django_db
def test_a_new_address_counts_once_its_code_is_typed_and_the_old_one_hears_it(client):
    user = UserFactory(email="oud@school.demo")
    client.force_login(user)
    client.post("/account/email/", {"email": "nieuw@school.demo", "action_add": "1"})
    user.refresh_from_db()
    assert user.email == "oud@school.demo"
    page = client.get("/account/confirm-email/")
    assert_ours(page)
    client.post("/account/confirm-email/", {"code": mailed_code("nieuw@school.demo")})
    user.refresh_from_db()
    assert user.email == "nieuw@school.demo"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("nieuw@school.demo", True, True)]
    assert OutboxMessage.objects.filter(to="oud@school.demo").values_list("kind", flat=True).get() == "account-email-email_changed"


@pytest.mark.django_db
def test_the_address_of_somebody_else_is_not_taken_over(client):
    other = UserFactory(email="bezet@school.demo")
    user = UserFactory()
    client.force_login(user)
    client.post("/account/email/", {"email": other.email, "action_add": "1"})
    client.post("/account/confirm-email/", {"code": mailed_code(other.email)})
    user.refresh_from_db()
    assert user.email != other.email


@pytest.mark.django_db
def test_signing_out_elsewhere_ends_the_other_sessions(client):
    user = UserFactory()
    other = Client()
    for one in (client, other):
        one.post("/account/login/", {"email": user.email})
        one.post("/account/login/code/confirm/", {"code": mailed_code(user.email)}, HTTP_USER_AGENT="Firefox/140 (Windows)")
    page = client.get("/account/sessies/")
    assert [session.device for session in page.context["sessions"]] == ["Firefox, Windows", "Firefox, Windows"]
    client.post("/account/sessies/")
    assert UserSession.objects.count() == 1
    assert [one.get("/account/").status_code for one in (client, other)] == [200, 302]


@pytest.mark.django_db
def test_network_address_and_browser_are_forgotten_with_the_session(client):
    user = UserFactory()
    over, signed_out, going_on = Client(), Client(), client
    for one in (over, signed_out, going_on):
        one.post("/account/login/", {"email": user.email})
        one.post("/account/login/code/confirm/", {"code": mailed_code(user.email)})
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now())
    Session.objects.filter(pk=signed_out.session.session_key).delete()
    assert signin.forget_ended_sessions() == 2
    assert [one.session_key for one in UserSession.objects.all()] == [going_on.session.session_key]
    assert going_on.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", "niet bekend"),
        ("", "niet bekend"),
    ],
)
def test_devices_have_names_that_one_recognises(user_agent, name):
    with translation.override("nl"):
        assert device(user_agent) == name


MAILS = sorted(
    {
        file.stem.removesuffix("_subject").removesuffix("_message")
        for file in Path("site/people/templates").glob("*/email/*_subject.txt")
    }
)


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_about_the_account_is_plain_dutch(name):
    folder = "mfa" if name.startswith(("totp", "webauthn", "recovery")) else "account"
    context = {
        "code": "123456",
        "sender": "EXPO-R",
        "site_url": "http://x.demo",
        "to_email": "o'neill@x.demo",
        "deleted_email": "a@x.demo",
    }
    with translation.override("nl"):
        subject = get_template(f"{folder}/email/{name}_subject.txt").render(context).strip()
        text = get_template(f"{folder}/email/{name}_message.txt").render(context).strip()
    assert text.startswith("Dag,\n\n")
    assert text.endswith("EXPO-R\nhttp://x.demo")
    assert "\n" not in subject
    assert not re.search(r"\b(u|uw|the|your|you)\b|&#|{{|{%", f"{subject} {text}", re.IGNORECASE)


SEAL_AND_SEARCH = f"""
from pathlib import Path
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from people.models import User

user = User.objects.create_user("zichtbaar@school.demo")
TOTP.activate(user, "{SEED}")
secrets = ["{SEED}", *RecoveryCodes.activate(user).get_unused_codes()]
stored = []
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        cursor.execute(f'SELECT * FROM "{{table}}"')
        stored += [str(row) for row in cursor.fetchall()]
if connection.vendor == "sqlite":
    path = Path(connection.settings_dict["NAME"])
    stored += [file.read_bytes().decode("latin-1") for file in path.parent.glob(path.name + "*")]
stored = "\\n".join(stored)
print(len(secrets), "zichtbaar@school.demo" in stored, [secret for secret in secrets if secret in stored])
"""


def test_neither_rows_nor_the_file_of_the_database_hold_a_seed(own_database):
    """The address shows that the search finds what stands there in clear."""
    assert elsewhere(SEAL_AND_SEARCH, own_database) == ["11 True []"]
