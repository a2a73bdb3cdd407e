"""The team's desk: four groups of equal weight."""

import re

import pytest
from django.urls import reverse

from shared.objectives import OBJECTIVES
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from website import desk

pytestmark = pytest.mark.django_db
TEAM = ["Organisatoren", "Redactie", "Coördinatie", "Beheer"]


@pytest.mark.parametrize("group", TEAM)
def test_the_dashboard_has_each_objective_of_the_menu_once_in_their_order(client, rf, group):
    user = UserFactory(groups=[group])
    sign_in(client, user)
    request = rf.get("/cms/")
    request.user = user
    cards = re.findall('id="werk-([^"]+)"', client.get("/cms/").content.decode())
    assert cards == [each.slug for each in OBJECTIVES if desk.is_open(each, request)]


def test_the_dashboard_leaves_out_what_this_account_cannot_open(rf):
    request = rf.get("/cms/")
    for group, number in {"Organisatoren": 4, "Redactie": 3}.items():
        request.user = UserFactory(groups=[group])
        assert sum(desk.is_open(each, request) for each in OBJECTIVES) == number


def test_the_menu_begins_with_the_four_objectives(client, rf):
    from wagtail.admin.menu import admin_menu

    request = rf.get("/cms/")
    request.user = UserFactory(groups=["Organisatoren"])
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    assert [item.name for item in items[:4]] == [objective.slug for objective in OBJECTIVES]


@pytest.mark.parametrize("group", TEAM)
def test_the_dashboard_counts_no_pages_images_and_documents(client, group):
    sign_in(client, UserFactory(groups=[group]))
    assert "w-summary" not in client.get("/cms/").content.decode()


@pytest.mark.parametrize(("group", "times"), [("Organisatoren", 0), ("Redactie", 1), ("Coördinatie", 1)])
def test_the_dashboard_searches_pages_for_who_works_on_them(client, group, times):
    sign_in(client, UserFactory(groups=[group]))
    assert client.get("/cms/").content.decode().count('role="search"') == times


def test_work_that_there_is_none_of_is_left_out(client):
    sign_in(client, UserFactory(groups=["Organisatoren"]))
    OrganisationFactory(state="proposed")
    body = client.get("/cms/").content.decode()
    assert (body.count("/cms/organisaties/?state=proposed"), body.count("/cms/leden/?state=requested")) == (1, 0)


def test_casework_is_explained_and_leads_nowhere(client):
    sign_in(client, UserFactory(groups=["Organisatoren"]))
    response = client.get(reverse("desk-casework"))
    assert response.status_code == 200
    assert "casework.localhost" not in response.content.decode()
    assert client.post(reverse("desk-casework")).status_code == 405


def test_every_objective_has_something_in_the_menu(rf):
    from wagtail import hooks

    assert all(hooks.get_hooks(objective.menu_hook) for objective in OBJECTIVES)
    assert desk.work_of(OBJECTIVES[2], rf.get("/cms/")) == []


def test_an_address_that_is_not_there_leads_back_to_the_dashboard(client):
    sign_in(client, UserFactory(groups=["Organisatoren"]))
    response = client.get("/cms/sessies/0/")
    body = response.content.decode()
    assert (response.status_code, 'href="/cms/"' in body, "Wagtail admin" in body) == (404, True, False)
