"""What machines read: the map of the site, where they are welcome, whom to tell about a hole."""

import re
from datetime import datetime

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.trainings.factories import make_training
from website.models import ContentPage

pytestmark = pytest.mark.django_db


def addresses(client) -> list[str]:
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", client.get("/sitemap.xml").content.decode())


@override_settings(LANGUAGES=[("nl", "Nederlands")])
def test_the_map_names_every_public_page_and_nothing_else(client):
    make_training(slug="polarisering")
    make_training(slug="concept").unpublish()
    ContentPage.objects.get(slug="privacy").unpublish()
    assert sorted(addresses(client)) == [
        "/",
        "/aanspreekpunt/",
        "/aanspreekpunt/bezorgdheid/",
        "/aanspreekpunt/bezorgdheid/mag-ik-dit-melden/",
        "/aanspreekpunt/vraag/",
        "/over-ons/",
        "/toegankelijkheid/",
        "/vormingen/",
        "/vormingen/kalender/",
        "/vormingen/polarisering/",
    ]


def test_the_map_names_each_page_in_each_language(client):
    assert {"/over-ons/", "/en/over-ons/"} <= set(addresses(client))
    assert 'hreflang="x-default"' in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_map_costs_the_same_for_one_and_three_trainings(client, n, django_assert_max_num_queries):
    for _number in range(n):
        make_training()
    with django_assert_max_num_queries(11) as counted:  # five where the cache is Redis
        client.get("/sitemap.xml")
    assert len([query for query in counted.captured_queries if "wagtailcore_page" in query["sql"]]) == 4


def test_every_address_on_the_map_opens(client):
    make_training()
    assert {client.get(address).status_code for address in addresses(client)} == {200}


def test_robots_stay_out_of_what_is_personal_and_find_the_map(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /cms/", "Disallow: /account/", "Disallow: /mijn/", "Sitemap: http://testserver/sitemap.xml"} <= set(lines)


def test_whom_to_tell_about_a_hole_does_not_expire_unnoticed(client):
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:expo-r@stad.demo"
    assert 170 < (datetime.fromisoformat(lines["Expires"]) - timezone.now()).days < 365


def test_browsers_find_the_favicon_without_being_told(client):
    assert client.get("/favicon.ico")["Location"] == "/static/shared/favicon.svg"


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/favicon.ico"])
def test_machines_only_read(client, address):
    assert client.post(address).status_code == 405


def test_a_page_that_is_not_there_offers_its_words_to_search_for(client):
    page = client.get("/vorming-over-polarisering/")
    assert (page.status_code, page.context["words"]) == (404, "vorming over polarisering")


@pytest.mark.parametrize("address", ["/%00/", "/<script>/", "/" + "a" * 3000 + "/", "/%ff%fe/", "/../../etc/passwd"])
def test_a_hostile_address_is_simply_not_there(client, address):
    page = client.get(address)
    assert page.status_code == 404
    assert "<script>" not in page.content.decode()
