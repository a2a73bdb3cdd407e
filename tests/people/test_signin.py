"""The one door: an address, a code, and on to where one was going."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people import signin
from people.forms import NameForm, RequestCodeForm
from people.models import User
from shared.models import OutboxMessage
from tests.people.codes import mailed_code
from tests.people.factories import UserFactory
from tests.people.signing_in import LOGIN, ask, bare, signed_in

pytestmark = pytest.mark.django_db

LOGOUT = "/account/logout/"
CODE = "/account/login/code/confirm/"


def test_a_known_address_signs_in_with_the_code_and_goes_on_to_next(client):
    user = UserFactory()
    asked = ask(client, user.email, next="/vormingen/")
    assert (asked.status_code, asked.url) == (302, f"{CODE}?next=%2Fvormingen%2F")
    typed = client.post(CODE, {"code": mailed_code(user.email), "next": "/vormingen/"})
    assert (typed.status_code, typed.url) == (302, "/vormingen/")
    assert signed_in(client) == str(user.pk)


def test_an_unknown_address_makes_an_account_that_the_code_proves(client):
    ask(client, "Nieuw@School.demo")
    user = User.objects.get(email="nieuw@school.demo")
    assert list(user.emailaddress_set.values_list("verified", "primary")) == [(False, True)]
    client.post(CODE, {"code": mailed_code(user.email)})
    assert list(user.emailaddress_set.values_list("verified", "primary")) == [(True, True)]
    assert signed_in(client) == str(user.pk)


def test_who_has_no_name_is_welcomed_first_unless_on_the_way_to_somewhere(client):
    ask(client, "nieuw@school.demo")
    typed = client.post(CODE, {"code": mailed_code("nieuw@school.demo")})
    assert typed.url == "/mijn/welkom/"


def test_who_has_a_name_goes_to_the_own_page(client):
    user = UserFactory()
    ask(client, user.email)
    assert client.post(CODE, {"code": mailed_code(user.email)}).url == "/mijn/"


def test_known_unknown_and_closed_addresses_look_the_same_from_outside():
    UserFactory(email="bekend@school.demo")
    UserFactory(email="dicht@school.demo", is_active=False)
    seen = []
    for address in ["bekend@school.demo", "nieuw1@school.demo", "dicht@school.demo"]:
        client = Client()
        asked = ask(client, address, next="/vormingen/")
        page = client.get(asked.url)
        wrong = client.post(CODE, {"code": "12345", "next": "/vormingen/"})
        kept = sorted(client.session.keys())
        seen.append((asked.status_code, asked.url, set(asked.headers), kept, *(bare(answer, address) for answer in (page, wrong))))
    assert seen[0] == seen[1] == seen[2]


def test_a_closed_account_gets_no_code_and_can_not_guess_one(client):
    UserFactory(email="dicht@school.demo", is_active=False)
    ask(client, "dicht@school.demo")
    assert OutboxMessage.objects.count() == 0
    client.post(CODE, {"action": "resend"})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert client.post(CODE, {"code": code}).status_code == 200
    assert signed_in(client) is None


def test_an_address_typed_twice_has_one_account(client):
    for one in (client, Client()):
        ask(one, "nieuw@school.demo")
    assert User.objects.filter(email="nieuw@school.demo").count() == 1


def test_an_account_made_by_the_team_needs_one_code_only(client):
    user = UserFactory(proved=False)
    ask(client, user.email)
    client.post(CODE, {"code": mailed_code(user.email)})
    assert signed_in(client) == str(user.pk)
    assert OutboxMessage.objects.filter(to=user.email).count() == 1


def test_a_wrong_code_is_said_beside_the_field(client):
    user = UserFactory()
    ask(client, user.email)
    page = client.post(CODE, {"code": "not it"})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"code"}
    assert 'value="not it"' in page.content.decode()


def test_five_wrong_codes_end_it_and_next_is_kept(client):
    user = UserFactory()
    ask(client, user.email)
    for _attempt in range(4):
        client.post(CODE, {"code": "1", "next": "/vormingen/"})
    right = mailed_code(user.email)
    last = client.post(CODE, {"code": "1", "next": "/vormingen/"})
    assert (last.status_code, last.url) == (302, f"{LOGIN}?next=%2Fvormingen%2F")
    client.post(CODE, {"code": right})
    assert signed_in(client) is None


def test_a_code_of_a_quarter_of_an_hour_ago_no_longer_counts(client):
    user = UserFactory()
    ask(client, user.email)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 15 * 60 + 1
    session.save()
    late = client.post(CODE, {"code": mailed_code(user.email), "next": "/vormingen/"})
    assert late.url == f"{LOGIN}?next=%2Fvormingen%2F"
    assert signed_in(client) is None
    assert [str(message) for message in client.get(late.url).context["messages"]] == ["Die code geldt niet meer. Vraag een nieuwe."]


def test_a_code_works_once(client):
    user = UserFactory()
    ask(client, user.email)
    code = mailed_code(user.email)
    client.post(CODE, {"code": code})
    client.post("/account/logout/")
    client.post(CODE, {"code": code})
    assert signed_in(client) is None


def test_a_new_code_replaces_the_first(client):
    user = UserFactory()
    ask(client, user.email)
    first = mailed_code(user.email)
    again = client.post(CODE, {"action": "resend", "next": "/vormingen/"})
    assert again.url == f"{CODE}?next=%2Fvormingen%2F"
    second = mailed_code(user.email)
    if first != second:
        client.post(CODE, {"code": first})
        assert signed_in(client) is None
    client.post(CODE, {"code": second})
    assert signed_in(client) == str(user.pk)


def test_another_address_can_be_typed_while_a_code_waits(client):
    ask(client, "tikfout@school.demo")
    assert client.get(LOGIN).status_code == 200
    user = UserFactory()
    ask(client, user.email)
    client.post(CODE, {"code": mailed_code(user.email)})
    assert signed_in(client) == str(user.pk)


@pytest.mark.parametrize("address", ["", "geen adres", "a@b", "x" * 250 + "@school.demo", "een@school.demo\x00"])
def test_what_is_no_address_is_said_beside_the_field_and_nothing_happens(client, address):
    page = ask(client, address)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"email"}
    assert (User.objects.count(), OutboxMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "target", ["https://evil.demo/", "//evil.demo/", "javascript:alert(1)", "http:///evil.demo", "\\\\evil.demo"]
)
@pytest.mark.parametrize("where", ["login", "code", "password"])
def test_next_never_leads_to_another_site(client, target, where):
    user = UserFactory()
    if where == "password":
        user.set_password("een lang wachtwoord")
        user.save()
        data = {"login": user.email, "password": "een lang wachtwoord", "next": target}
        assert client.post("/account/login/wachtwoord/", data).url == "/mijn/"
        return
    asked = ask(client, user.email, next=target if where == "login" else "")
    assert asked.url == CODE
    assert client.post(CODE, {"code": mailed_code(user.email), "next": target}).url == "/mijn/"


@pytest.mark.parametrize(
    ("target", "onward"), [("-1", "/"), ("account", "/"), ("https://evil.demo/", "/"), ("/vormingen/", "/vormingen/")]
)
def test_signing_out_leads_to_an_address_of_this_site_or_to_its_root(client, target, onward):
    for answer in (client.get(LOGOUT, {"next": target}), client.post(LOGOUT, {"next": target})):
        assert (answer.status_code, answer.url) == (302, onward)
    client.force_login(UserFactory())
    assert client.post(LOGOUT, {"next": target}).url == onward
    assert signed_in(client) is None


def test_no_address_ever_stands_in_a_url(client):
    user = UserFactory()
    asked, again = ask(client, user.email, next="/vormingen/"), client.post(CODE, {"action": "resend"})
    links = re.findall(r'(?:href|action)="([^"]+)"', client.get(CODE).content.decode())
    own = [link for link in [asked.url, again.url, *links] if not link.startswith("mailto:")]
    assert [link for link in own if "@" in link or "%40" in link] == []


@pytest.mark.parametrize("name", ["account_login", "account_login_password", "account_confirm_login_code"])
def test_pages_of_the_door_answer_only_to_get_and_post(client, name):
    ask(client, UserFactory().email)
    assert [client.put(reverse(name)).status_code, client.delete(reverse(name)).status_code] == [405, 405]


@pytest.mark.parametrize("name", ["account_signup", "account_request_login_code"])
def test_older_doors_lead_to_the_one_door(client, name):
    answer = client.get(reverse(name), {"next": "/vormingen/"})
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next=%2Fvormingen%2F")


def test_who_is_signed_in_already_goes_on(client):
    client.force_login(UserFactory())
    assert client.get(LOGIN, {"next": "/vormingen/"}).url == "/vormingen/"
    assert client.get(LOGIN).url == "/mijn/"


def test_typed_addresses_that_nobody_proved_are_forgotten_after_a_day(client):
    ask(client, "vergeten@school.demo")
    ask(Client(), "vers@school.demo")
    proved = UserFactory(email="bewezen@school.demo")
    by_team = UserFactory(email="team@school.demo", proved=False)
    member = UserFactory(email="groep@school.demo", groups=["Organisatoren"])
    EmailAddress.objects.create(user=member, email="ander@school.demo", verified=False)
    old = timezone.now() - timedelta(hours=25)
    User.objects.exclude(email="vers@school.demo").update(date_joined=old)
    assert signin.forget_unconfirmed() == 1
    left = set(User.objects.values_list("email", flat=True))
    assert left == {"vers@school.demo", proved.email, by_team.email, member.email}
    assert signin.forget_unconfirmed() == 0


def test_the_mail_with_the_code_is_secret_and_its_subject_tells_nothing(client):
    user = UserFactory()
    ask(client, user.email)
    message = OutboxMessage.objects.get()
    assert (message.kind, message.to, message.secret) == ("account-email-login_code", user.email, True)
    assert mailed_code(user.email) not in message.subject


def test_apostrophes_stay_apostrophes_in_mail_and_pages(client):
    ask(client, "o'neill@school.demo")
    page = client.get(CODE).content.decode()
    assert "o&#x27;neill@school.demo" in page
    assert "&#x27;" not in OutboxMessage.objects.get().text


def test_send_code_from_another_form_leads_to_the_code_page(client):
    """What the booking form does: the same process, and back to the booking afterwards."""
    asked = ask(client, "boeker@school.demo", next="/inschrijven/V03-26-01/")
    assert asked.url == f"{CODE}?next=%2Finschrijven%2FV03-26-01%2F"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_as_address_is_right_or_explained(text):
    with suppress(ValidationError):  # the field decides, anything else than this refusal is a fault
        RequestCodeForm().fields["email"].clean(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.text(max_size=200), last=st.sampled_from(["D'hondt", "'t Jonck", "Van den Broeck", "Ó Súilleabháin", "   "]))
def test_names_are_kept_as_typed_on_one_line(first, last):
    form = NameForm({"first_name": first, "last_name": last}, instance=User(email="x@school.demo"))
    if form.is_valid():
        user = form.save(commit=False)
        assert user.first_name == " ".join(first.split())
        assert user.last_name == " ".join(last.split())


def test_an_account_saved_without_a_password_has_none_to_ask_for():
    """The team's screen for new accounts leaves the column empty, which Django takes for a password."""
    user = User(email="nieuw@expo-r.demo")
    user.save()
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "Dit wachtwoord is te kort: typ minstens 12 tekens."),
        ("qwerty123456", "Veel mensen gebruiken dit wachtwoord. Kies een ander."),
        ("els.dhondt@school", "Dit wachtwoord lijkt te veel op je naam of je adres. Kies een ander."),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(client, password, said):
    client.force_login(UserFactory(email="els.dhondt@school.demo"))
    page = client.post("/account/password/set/", {"password1": password, "password2": password})
    assert page.context["form"].errors["password1"][0] == said
