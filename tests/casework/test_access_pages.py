"""The pages under /toegang/ and the way in with a one-time code: who sees them, what they do, and what they cost."""

import pytest
from django.core.management.base import CommandError
from django.urls import reverse

from casework import demo
from casework.desk_items import things_to_do
from casework.entrance import invitations, seals
from casework.entrance.accounts import roles_of
from casework.models import Invitation
from people.models import User
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.signing_in import SEED, try_password, walk_in, with_means
from tests.people.codes import app_code
from tests.people.signing_in import sign_in, with_session

pytestmark = pytest.mark.django_db
TYPED = {"first_name": "Sofie", "last_name": "Nieuw", "email": "Sofie@stad.demo", "roles": ["case_manager"]}


@pytest.fixture
def admin():
    return AccountFactory(roles=["administrator"])


@pytest.fixture
def manager():
    return AccountFactory(roles=["case_manager"])


@pytest.fixture
def proposal(admin):
    names = {"first_name": "Sofie", "last_name": "Nieuw"}
    return invitations.invite(email="sofie@stad.demo", roles=["case_manager"], by=admin, **names)[0]


def url(name: str, *args) -> str:
    return reverse(f"casework:{name}", args=args)


def pages(person, proposal) -> dict[str, str]:
    about = {name: url(name, person.pk) for name in ("account", "account-roles", "account-reset", "account-end")}
    return {"accounts": url("accounts"), "invite": url("invite")} | about


def test_pages_of_accounts_are_for_administrators(client, admin, manager, proposal):
    sign_in(client, admin)
    assert {name: client.get(page).status_code for name, page in pages(manager, proposal).items()} == dict.fromkeys(
        pages(manager, proposal), 200
    )


@pytest.mark.parametrize("roles", [["case_manager"], ["dpo"], []])
def test_for_all_others_they_are_not_there(client, admin, manager, proposal, roles):
    sign_in(client, AccountFactory(roles=roles))
    for page in [*pages(manager, proposal).values(), url("proposal-withdraw", proposal.pk)]:
        assert (client.get(page).status_code, client.post(page, TYPED).status_code) == (404, 404)
    assert Invitation.objects.get().state == "proposed"


def test_strangers_are_sent_to_the_sign_in(client, manager, proposal):
    for page in [*pages(manager, proposal).values(), url("proposal", proposal.pk)]:
        assert client.get(page).url.startswith("/account/login/")


@pytest.mark.parametrize("name", ["accounts", "account"])
def test_looking_is_not_changing(client, admin, manager, name):
    sign_in(client, admin)
    page = url(name, *([manager.pk] if name == "account" else []))
    assert client.post(page).status_code == 405


def test_taking_back_is_a_post(client, admin, proposal):
    sign_in(client, admin)
    assert client.get(url("proposal-withdraw", proposal.pk)).status_code == 405
    assert client.post(url("proposal-withdraw", proposal.pk)).url == url("accounts")
    assert Invitation.objects.get().state == "withdrawn"


def test_about_the_own_account_others_decide(client, admin):
    sign_in(client, admin)
    for name in ("account-roles", "account-reset", "account-end"):
        assert client.post(url(name, admin.pk), {"roles": ["dpo"]}).status_code == 404
    assert (client.get(url("account", admin.pk)).status_code, roles_of(admin)) == (200, {"administrator"})


def test_an_invitation_shows_its_first_half_once_and_then_waits(client, admin):
    sign_in(client, admin)
    answer = client.post(url("invite"), TYPED)
    half = answer.context["half"]
    invitation = Invitation.objects.get()
    assert (answer.status_code, invitation.email, invitation.first_half) == (
        200, "sofie@stad.demo", seals.half_hash(invitation.pk, half),
    )  # fmt: skip
    assert f"{half[:3]} {half[3:]}" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert half not in str(dict(client.session))
    assert half not in client.get(url("accounts")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "geen adres"}, "email"), ({"roles": []}, "roles"), ({"first_name": ""}, "first_name"),
     ({"last_name": "www.x.be"}, "last_name"), ({"roles": ["administrator", "dpo"]}, "roles"), ({"roles": ["keizer"]}, "roles")],
)  # fmt: skip
def test_what_is_wrong_with_an_invitation_is_said_beside_the_field(client, admin, changes, field):
    sign_in(client, admin)
    answer = client.post(url("invite"), TYPED | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Invitation.objects.count() == 0


def test_an_address_that_is_taken_is_told(client, admin, manager):
    sign_in(client, admin)
    answer = client.post(url("invite"), TYPED | {"email": manager.email.upper()})
    assert list(answer.context["form"].errors) == ["email"]


def test_what_waits_for_approval_stands_on_my_work_of_those_who_may(client, admin, manager, proposal):
    other = AccountFactory(roles=["administrator"])
    officer = AccountFactory(roles=["dpo"])
    assert [len(things_to_do(user)) for user in (admin, manager, other, officer)] == [0, 1, 1, 0]
    sign_in(client, manager)
    assert url("proposal", proposal.pk) in client.get("/").content.decode()


def test_who_proposed_does_not_see_the_page_to_approve(client, admin, proposal):
    sign_in(client, admin)
    page = url("proposal", proposal.pk)
    assert (client.get(page).status_code, client.post(page, {"decision": "approve"}).status_code) == (404, 404)


def test_who_it_is_about_does_not_see_it_either(client, admin, manager):
    proposal = invitations.propose_roles(manager, ["dpo"], by=admin)
    sign_in(client, manager)
    assert client.post(url("proposal", proposal.pk), {"decision": "approve"}).status_code == 404


def test_a_case_manager_approves_and_gets_the_second_half(client, manager, proposal):
    sign_in(client, manager)
    page = url("proposal", proposal.pk)
    assert client.get(page).status_code == 200
    half = client.post(page, {"decision": "approve"}).context["half"]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.second_half) == ("approved", seals.half_hash(proposal.pk, half))
    # Sent again, by reloading: the same approval, and no other half.
    for again in (client.get(page), client.post(page, {"decision": "approve"})):
        assert (again.status_code, half in again.content.decode()) == (200, False)
    assert Invitation.objects.get(pk=proposal.pk).second_half == seals.half_hash(proposal.pk, half)


@pytest.mark.parametrize("decision", ["", "misschien"])
def test_a_decision_that_is_none_changes_nothing(client, manager, proposal, decision):
    sign_in(client, manager)
    assert client.post(url("proposal", proposal.pk), {"decision": decision}).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_refusing_ends_it(client, manager, proposal):
    sign_in(client, manager)
    assert client.post(url("proposal", proposal.pk), {"decision": "refuse"}).url == "/"
    proposal.refresh_from_db()
    assert proposal.state == "refused"


def test_ending_an_account_with_open_referrals_says_why_not(client, admin, manager):
    ReferralFactory(manager=manager)
    sign_in(client, admin)
    answer = client.post(url("account-end", manager.pk))
    assert (answer.status_code, bool(answer.context["refusal"])) == (200, True)


def test_ending_an_account(client, admin, manager):
    sign_in(client, admin)
    assert client.post(url("account-end", manager.pk)).url == url("accounts")
    manager.refresh_from_db()
    assert not manager.is_active
    assert client.get(url("account-end", manager.pk)).status_code == 404


def test_a_new_sign_in_and_other_roles_are_proposed(client, admin, manager):
    sign_in(client, admin)
    assert client.post(url("account-roles", manager.pk), {"roles": ["dpo"]}).url == url("accounts")
    assert client.post(url("account-reset", manager.pk)).context["number"] == 1
    assert sorted(Invitation.objects.values_list("kind", "state")) == [("reset", "proposed"), ("roles", "withdrawn")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_accounts_costs_the_same_for_many(client, admin, django_assert_num_queries, number):
    for at in range(number):
        with_means(AccountFactory(roles=["case_manager"]))
        invitations.invite(email=f"n{at}@stad.demo", first_name="N", last_name=str(at), roles=["dpo"], by=admin)
    sign_in(client, admin)
    client.get("/")
    with django_assert_num_queries(with_session(11)):
        client.get(url("accounts"))


# The own account


PAGES = ["", "password/change/", "2fa/", "2fa/webauthn/", "sessies/", "2fa/recovery-codes/", "2fa/webauthn/add/", "stad/"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_own_account_stand_in_this_frame(client, manager, clock, page):
    with_means(manager)
    walk_in(client, manager)
    clock.go_on(minutes=2)
    client.post("/account/2fa/reauthenticate/", {"code": app_code(SEED)})
    answer = client.get(f"/account/{page}")
    assert answer.status_code == (404 if page == "stad/" else 200)
    assert "wagtail" not in answer.content.decode()


@pytest.mark.parametrize("page", ["naam/", "email/", "password/reset/", "password/set/", "signup/", "login/code/confirm/"])
def test_pages_that_this_zone_does_not_have(client, manager, page):
    sign_in(client, manager)
    assert client.get(f"/account/{page}").status_code == 404


# The demo


def test_the_demo_has_its_accounts(client, settings, clock):
    settings.DEMO = True
    people = demo.load_accounts()
    assert {email: roles_of(user) for email, user in people.items()} == {
        "casemanager@expo-r.demo": {"case_manager"},
        "casemanager2@expo-r.demo": {"case_manager"},
        "dpo@stad.demo": {"dpo"},
        "beheer@expo-r.demo": {"administrator"},
        "beheer2@expo-r.demo": {"administrator"},
    }
    assert demo.load_accounts() == people
    user = people["casemanager@expo-r.demo"]
    assert try_password(client, user, demo.PASSWORD).url == "/account/2fa/authenticate/"
    assert client.post("/account/2fa/authenticate/", {"code": app_code(demo.SEED)}).url == "/"
    assert client.get("/").status_code == 200


def test_the_demo_refuses_to_load_elsewhere(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        demo.load_accounts()
    assert User.objects.count() == 0
