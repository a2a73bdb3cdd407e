"""Wagtail's side doors: closed, or watched."""

import contextlib

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings
from django.urls import NoReverseMatch, reverse
from wagtail.images.forms import get_image_form
from wagtail.models import Page, PageViewRestriction

from media.models import SiteDocument, SiteImage
from tests.people.factories import UserFactory
from tests.trainings.factories import make_training
from tests.website.people import TEAM, member
from website import checks
from website.models import ContentPage

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def policy(response) -> dict:
    """The directives of the content security policy."""
    parts = response["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("address", ["/cms/login/", "/_util/login/"])
def test_wagtails_sign_ins_lead_to_ours(client, address):
    answer = client.get(address, {"next": "/cms/pages/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fcms%2Fpages%2F")


@pytest.mark.parametrize("address", ["/cms/login/", "/_util/login/"])
def test_nobody_signs_in_there_by_sending_a_password(client, address):
    user = UserFactory()
    user.set_password("een-lang-wachtwoord")
    user.save()
    client.post(address, {"username": user.email, "login": user.email, "password": "een-lang-wachtwoord"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["wagtailadmin_password_reset", "wagtailcore_authenticate_with_password"])
def test_wagtail_resets_no_passwords_and_keeps_none_for_pages(client, name):
    try:
        address = reverse(name, args=[1, 1] if name.startswith("wagtailcore") else [])
    except NoReverseMatch:
        return
    assert client.get(address).status_code == 404


def test_a_visitor_of_the_admin_is_sent_to_our_sign_in(client):
    assert client.get("/cms/")["Location"] == "/account/login/?next=/cms/"


@pytest.mark.parametrize("address", ["/cms/", "/cms/pages/", "/cms/users/", "/cms/niets/", "/cms/account/"])
def test_for_a_partner_there_is_no_admin(client, address):
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("group", TEAM)
def test_the_admin_opens_for_the_team_but_not_for_the_steering_group(client, group):
    member(client, group)
    assert client.get("/cms/").status_code == (404 if group == "Stuurgroep" else 200)


def test_without_a_second_factor_nobody_of_the_team_gets_in(client):
    client.force_login(UserFactory(groups=["Redactie"]))
    assert client.get("/cms/")["Location"].startswith("/account/")


def test_only_the_admin_has_the_wider_policy(client):
    member(client, "Redactie")
    admin, public = policy(client.get("/cms/")), policy(client.get("/over-ons/"))
    assert admin["script-src"] == "'self' 'unsafe-inline'"
    assert (public["script-src"], public["style-src"]) == ("'self'", "'self'")
    assert [found["frame-ancestors"] for found in (admin, public)] == ["'none'", "'none'"]


def test_nobody_else_may_frame_the_admin_or_the_site(client):
    member(client, "Redactie")
    assert [client.get(address)["X-Frame-Options"] for address in ("/cms/", "/", "/niets/")] == ["DENY"] * 3


def test_a_preview_of_a_page_may_stand_in_a_frame_of_this_site_and_keeps_the_strict_policy(client):
    member(client, "Redactie")
    page = make_training()
    preview = client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))
    found = policy(preview)
    assert (preview["X-Frame-Options"], found["frame-ancestors"], found["script-src"]) == ("SAMEORIGIN", "'self'", "'self'")


def test_the_admin_asks_nothing_of_strangers(client):
    member(client, "Redactie")
    html = client.get("/cms/").content.decode() + client.get("/cms/account/").content.decode()
    assert [host for host in ("gravatar.com", "releases.wagtail.org", "guide.wagtail.org", "fonts.g") if host in html] == []


@pytest.mark.parametrize(("name", "kind"), [("nota.pdf", "application/pdf"), ("nota.txt", "text/plain")])
def test_a_document_is_served_so_that_it_can_do_no_harm(client, settings, tmp_path, name, kind):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument.objects.create(title="Nota", file=ContentFile(b"<script>alert(1)</script>", name=name))
    document.file.close()
    with contextlib.closing(client.get(document.url)) as answer:
        found = answer["Content-Security-Policy"], answer["X-Content-Type-Options"], answer["Content-Type"]
    assert found == ("default-src 'none'; frame-ancestors 'none'", "nosniff", kind)


def test_a_drawing_cannot_be_uploaded_under_any_name():
    form = get_image_form(SiteImage)
    for name in ("drawing.svg", "drawing.png"):
        found = form({"title": "x"}, {"file": ContentFile(SVG, name=name)})
        assert "file" in found.errors


def test_pages_are_not_locked_with_a_shared_password(client):
    member(client, "Coördinatie")
    page = ContentPage.objects.get(slug="privacy")
    form = client.get(reverse("wagtailadmin_pages:set_privacy", args=[page.pk])).json()["html"]
    assert 'value="password"' not in form
    assert PageViewRestriction.PASSWORD == "password"


def test_all_side_doors_are_closed_in_the_settings():
    assert checks.side_doors_are_closed(None) == []
    assert checks.no_drawings_are_uploaded(None) == []


@pytest.mark.parametrize("name", list(checks.CLOSED))
def test_an_opened_side_door_stops_the_check(name):
    with override_settings(**{name: "open"}):
        assert [error.id for error in checks.side_doors_are_closed(None)] == ["website.E001"]


@pytest.mark.parametrize("name", ["WAGTAILIMAGES_EXTENSIONS", "WAGTAILDOCS_EXTENSIONS"])
def test_allowing_drawings_stops_the_check(name):
    with override_settings(**{name: ["svg"]}):
        assert [error.id for error in checks.no_drawings_are_uploaded(None)] == ["website.E002"]


@pytest.mark.parametrize("slug", ["home", "vormingen", "aanspreekpunt", "over-ons"])
def test_the_editor_of_every_page_opens(client, slug):
    member(client, "Redactie")
    page = Page.objects.get(slug=slug)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])).status_code == 200
