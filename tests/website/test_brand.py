"""Another city can make the site its own, but nobody can make it unreadable."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Site

from tests.website.people import member
from website import checks
from website.contrast import ratio
from website.frame import stylesheet_address
from website.models import BrandSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand():
    return BrandSettings.for_site(Site.objects.get())


@pytest.mark.parametrize(
    ("colour", "expected"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#007db3", 4.59), ("#00709f", 5.5)]
)
def test_contrast_is_that_of_the_guideline(colour, expected):
    assert ratio(colour, "#ffffff") == ratio("#ffffff", colour) == pytest.approx(expected, abs=0.02)


def test_the_default_colour_is_readable(brand):
    brand.full_clean()
    assert checks.default_colour_is_readable(None) == []


@pytest.mark.parametrize("colour", ["#ffff00", "#8ac6e0", "#777777"])
def test_a_pale_colour_is_refused_with_its_contrast(brand, colour):
    brand.colour = colour
    with pytest.raises(ValidationError) as refusal:
        brand.full_clean()
    assert list(refusal.value.message_dict) == ["colour"]
    assert f"{ratio(colour, '#ffffff'):.1f}" in refusal.value.message_dict["colour"][0]


@pytest.mark.parametrize("colour", ["blauw", "#12", "#00709g", "#00709f;}*{x", "red"])
def test_what_is_no_colour_never_gets_into_the_stylesheet(brand, colour):
    brand.colour = colour
    with pytest.raises(ValidationError):
        brand.full_clean()


def test_a_new_colour_gives_the_stylesheet_a_new_address_and_the_old_one_leads_there(client, brand):
    before = stylesheet_address(brand)
    brand.colour = "#7a1f5c"
    brand.save()
    after = stylesheet_address(brand)
    assert client.get(before)["Location"] == after != before
    assert "--brand: #7a1f5c;" in client.get(after).content.decode()


def test_name_and_contact_stand_in_the_frame(client, brand):
    brand.team, brand.city, brand.contact_email = "Team Brug", "Aalst", "brug@aalst.demo"
    brand.save()
    html = client.get("/over-ons/").content.decode()
    assert ["Team Brug" in html, "Aalst" in html, "mailto:brug@aalst.demo" in html] == [True, True, True]


@pytest.mark.parametrize(
    ("group", "may"), [("Beheer", True), ("Redactie", False), ("Coördinatie", False), ("Organisatoren", False)]
)
def test_only_administrators_change_the_brand(client, brand, group, may):
    member(client, group)
    address = reverse("wagtailsettings:edit", args=["website", "brandsettings", brand.site_id])
    data = {"team": "Nieuw", "city": "Gent", "colour": "#00709f", "contact_email": "a@b.demo", "contact_phone": "09", "logo": ""}
    client.post(address, data)
    brand.refresh_from_db()
    assert (brand.team == "Nieuw") is may
