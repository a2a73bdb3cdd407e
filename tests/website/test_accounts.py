"""Administrators give roles; nobody becomes all-powerful on a screen, and nobody's address is taken over."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from people.models import User
from tests.people.factories import UserFactory
from tests.website.people import TEAM, member

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


def test_the_account_of_a_superuser_is_not_there_for_administrators(client):
    member(client, "Beheer")
    root = UserFactory(is_superuser=True)
    assert client.get(edit(root)).status_code == 404
    assert client.post(edit(root), typed(root)).status_code == 404


def test_nobody_changes_the_rights_of_a_role_on_a_screen(client):
    member(client, "Beheer")
    editors = Group.objects.get(name="Redactie")
    client.post(reverse("wagtailusers_groups:edit", args=[editors.pk]), {"name": "Anders"})
    editors.refresh_from_db()
    assert editors.name == "Redactie"
