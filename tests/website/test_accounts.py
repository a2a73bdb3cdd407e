"""Administrators give roles; nobody becomes all-powerful on a screen, and nobody's address is taken over."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from people.models import User
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.website.people import TEAM, member
from website.admin.accounts import AccountViewSet

pytestmark = pytest.mark.django_db


def typed(user=None, **changes):
    user = user or User(email="nieuw@expo-r.demo", first_name="Nieuw", last_name="Iemand")
    data = {"email": user.email, "first_name": user.first_name, "last_name": user.last_name, "is_active": "on"}
    return data | changes


def edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


@pytest.mark.parametrize("group", [name for name in TEAM if name not in ("Stuurgroep", "Beheer")])
def test_only_administrators_manage_accounts(client, group):
    member(client, group)
    client.post(reverse("wagtailusers_users:add"), typed())
    assert not User.objects.filter(email="nieuw@expo-r.demo").exists()


def test_a_new_colleague_gets_a_role_and_no_password(client):
    member(client, "Beheer")
    editors = Group.objects.get(name="Redactie")
    client.post(reverse("wagtailusers_users:add"), typed(groups=[editors.pk]))
    made = User.objects.get(email="nieuw@expo-r.demo")
    assert (list(made.groups.all()), made.has_usable_password(), made.is_superuser) == ([editors], False, False)


def test_an_administrator_makes_nobody_all_powerful(client):
    member(client, "Beheer")
    somebody = UserFactory()
    client.post(reverse("wagtailusers_users:add"), typed(is_superuser="on"))
    client.post(edit(somebody), typed(somebody, is_superuser="on", first_name="Gewijzigd"))
    somebody.refresh_from_db()
    assert somebody.first_name == "Gewijzigd"
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_address_is_not_taken_over(client):
    member(client, "Beheer")
    somebody = UserFactory(email="ann@school.demo")
    client.post(edit(somebody), typed(somebody, email="kaper@elders.demo", first_name="Gewijzigd"))
    somebody.refresh_from_db()
    assert (somebody.email, somebody.first_name) == ("ann@school.demo", "Gewijzigd")


SCREENS = [pattern.name for pattern in AccountViewSet().get_urlpatterns() if "<" in str(pattern.pattern)]
ACTIONS = {
    "assign_role": lambda: {"role": Group.objects.get(name="Beheer").pk},
    "set_active_state": lambda: {"mark_as_active": "False"},
    "delete": dict,
}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_account_of_a_superuser_is_not_there_for_administrators(client, screen):
    member(client, "Beheer")
    root, somebody = UserFactory(is_superuser=True), UserFactory()
    addresses = [reverse(f"wagtailusers_users:{screen}", args=[user.pk]) for user in (root, somebody)]
    assert [client.get(address).status_code for address in addresses] == [404, 200]
    assert client.post(addresses[0], typed(root, first_name="Gewijzigd")).status_code in (404, 405)
    assert state(root) == ("Noor", True, [])


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "delete"])
def test_the_account_of_a_superuser_is_there_for_another(client, screen):
    sign_in(client, UserFactory(is_superuser=True))
    root = UserFactory(is_superuser=True)
    assert client.get(reverse(f"wagtailusers_users:{screen}", args=[root.pk])).status_code == 200


def state(user) -> tuple | None:
    """What others could change in an account; None when it is gone."""
    found = User.objects.filter(pk=user.pk).first()
    return found and (found.first_name, found.is_active, [group.name for group in found.groups.all()])


def bulk(action: str, *chosen) -> str:
    """The address of what is done to these accounts at once."""
    return f"/cms/bulk/people/user/{action}/?" + "&".join(f"id={one}" for one in chosen)


def test_everything_that_is_done_to_many_accounts_at_once_is_tried_here():
    known = bulk_action_registry.get_bulk_actions_for_model("people", "user")
    assert {action.action_type for action in known} == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_done_to_many_accounts_when_a_superuser_is_among_them(client, action):
    member(client, "Beheer")
    root, somebody = UserFactory(is_superuser=True), UserFactory()
    address = bulk(action, somebody.pk, root.pk)
    assert (client.get(address).status_code, client.post(address, ACTIONS[action]()).status_code) == (404, 404)
    assert (state(root), state(somebody)) == (("Noor", True, []), ("Noor", True, []))


@pytest.mark.parametrize(
    ("action", "becomes"),
    [("assign_role", ("Noor", True, ["Beheer"])), ("set_active_state", ("Noor", False, [])), ("delete", None)],
)
def test_what_is_done_to_all_accounts_leaves_superusers_out(client, action, becomes):
    member(client, "Beheer")
    root, somebody = UserFactory(is_superuser=True), UserFactory()
    assert client.get(bulk(action, "all")).status_code == 200
    assert client.post(bulk(action, "all"), ACTIONS[action]()).status_code == 302
    assert (state(root), state(somebody)) == (("Noor", True, []), becomes)


@pytest.mark.parametrize(
    ("action", "becomes"),
    [("assign_role", ("Noor", True, ["Beheer"])), ("set_active_state", ("Noor", False, [])), ("delete", None)],
)
def test_a_superuser_does_this_to_another(client, action, becomes):
    sign_in(client, UserFactory(is_superuser=True))
    root = UserFactory(is_superuser=True)
    client.post(bulk(action, root.pk), ACTIONS[action]())
    assert state(root) == becomes


@pytest.mark.parametrize("power", [False, True])
def test_no_account_is_copied(client, power):
    """Wagtail's form of a copy is that of the account itself: it would change its address and its power."""
    member(client, "Beheer")
    somebody = UserFactory(email="ann@school.demo", is_superuser=power)
    before = sorted(User.objects.values_list("email", "is_superuser"))
    answer = client.post(f"/cms/users/copy/{somebody.pk}/", typed())
    assert (answer.status_code, sorted(User.objects.values_list("email", "is_superuser"))) == (404, before)


def test_nobody_changes_the_rights_of_a_role_on_a_screen(client):
    member(client, "Beheer")
    editors = Group.objects.get(name="Redactie")
    client.post(reverse("wagtailusers_groups:edit", args=[editors.pk]), {"name": "Anders"})
    editors.refresh_from_db()
    assert editors.name == "Redactie"


def test_the_list_says_yes_and_no_in_words(client):
    member(client, "Beheer")
    body = client.get(reverse("wagtailusers_users:index"), {"is_active": "true"}).content.decode()
    assert ("True" in body, body.count(">ja<") > 0) == (False, True)
