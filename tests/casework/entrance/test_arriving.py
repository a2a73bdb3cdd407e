"""The way in with a one-time code: the address and both halves, a password, a second factor."""

import pytest

from casework.entrance import invitations
from casework.entrance.accounts import roles_of
from casework.models import Invitation
from people.models import User
from tests.casework.factories import AccountFactory
from tests.people.codes import app_code
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db


def arrive(client, one, two, email="sofie@stad.demo"):
    return client.post("/account/uitnodiging/", {"email": email, "first": one, "second": two})


@pytest.fixture
def halves():
    admin, second = AccountFactory(roles=["administrator"]), AccountFactory(roles=["case_manager"])
    names = {"first_name": "Sofie", "last_name": "Nieuw"}
    proposal, one = invitations.invite(email="sofie@stad.demo", roles=["case_manager"], by=admin, **names)
    return one, invitations.approve(proposal.pk, by=second)[1]


def test_from_hand_over_to_my_work(client, halves, clock, django_capture_on_commit_callbacks):
    assert client.get("/account/uitnodiging/").status_code == 200
    chosen = arrive(client, *halves)
    assert chosen.url == "/account/uitnodiging/wachtwoord/"
    assert client.get(chosen.url).status_code == 200
    new = {"password1": "een lang wachtwoord", "password2": "een lang wachtwoord"}
    set_up = client.post(chosen.url, new)
    assert set_up.url == "/account/2fa/totp/activate/?next=%2F"
    assert client.get("/").url.startswith("/account/2fa/totp/activate/")
    seed = client.get(set_up.url).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        codes = client.post(set_up.url, {"code": app_code(seed), "next": "/"})
    assert codes.url == "/account/2fa/recovery-codes/?next=%2F"
    assert client.get(codes.url).status_code == 200
    assert client.get("/").status_code == 200
    assert roles_of(User.objects.get(email="sofie@stad.demo")) == {"case_manager"}


def test_wrong_used_and_run_out_look_the_same(client, halves):
    one, two = halves
    answers = [arrive(client, one, "AAAAAA"), arrive(client, one, two, "niemand@stad.demo")]
    Invitation.objects.update(state="used")
    answers.append(arrive(client, one, two))
    assert {(answer.status_code, str(answer.context["form"].non_field_errors())) for answer in answers} == {
        (200, str(answers[0].context["form"].non_field_errors()))
    }
    assert len(answers[0].context["form"].non_field_errors()) == 1


def test_the_page_to_choose_a_password_needs_the_code(client, halves):
    assert client.get("/account/uitnodiging/wachtwoord/").url == "/account/uitnodiging/"
    assert client.post("/account/uitnodiging/wachtwoord/", {"password1": "x"}).url == "/account/uitnodiging/"


def test_a_password_is_chosen_within_twenty_minutes(client, halves, clock):
    arrive(client, *halves)
    clock.go_on(minutes=21)
    assert client.get("/account/uitnodiging/wachtwoord/").url == "/account/uitnodiging/"


@pytest.mark.parametrize(
    ("one", "two", "field"), [("kort", "kort", "password1"), ("een lang wachtwoord", "een ander wachtwoord", "password2")]
)
def test_what_is_wrong_with_a_password_is_said_beside_it(client, halves, one, two, field):
    arrive(client, *halves)
    answer = client.post("/account/uitnodiging/wachtwoord/", {"password1": one, "password2": two})
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.filter(email="sofie@stad.demo").count() == 0


def test_who_is_signed_in_needs_no_code(client):
    sign_in(client, AccountFactory(roles=["administrator"]))
    assert client.get("/account/uitnodiging/").url == "/"
