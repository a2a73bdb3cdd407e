"""The pages of the site: home with four equal doors and what is on soon, pages of text made of blocks."""

import re

import pytest
from django.test import override_settings
from wagtail.blocks import StreamValue
from wagtail.models import Page

from shared import versions
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory, make_training
from website.blocks import OWN_ADDRESS, PageBody
from website.demo.pages import load_pages
from website.models import ContactPage, ContentPage, HomePage
from website.soon import MOST

pytestmark = pytest.mark.django_db
PAGES = ["/", "/over-ons/", "/aanspreekpunt/", "/toegankelijkheid/", "/privacy/"]


def text(response) -> str:
    """What a reader sees of the page's body, without the tags."""
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def filled():
    load_pages()


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_page_of_a_new_installation_opens(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("filled")
def test_a_filled_page_has_one_heading_a_description_and_its_own_address(client, address):
    html = client.get(address).content.decode()
    assert len(re.findall("<h1", html)) == 1
    assert f'<link rel="canonical" href="http://testserver{address}">' in html
    assert re.search(r'<meta name="description" content="[^"]{40,}">', html)
    assert re.search(r'<meta property="og:title" content="[^"]+">', html)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("filled")
def test_a_page_has_no_inline_style_script_or_handler(client, address):
    html = client.get(address).content.decode()
    assert re.findall(r'<style|\sstyle="|<script(?![^>]*type="application/ld\+json")(?![^>]*src=)|\son\w+="', html) == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("filled")
def test_ids_are_unique_and_every_link_in_the_page_leads_somewhere(client, address):
    html = client.get(address).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert [anchor for anchor in re.findall(r'href="#([^"]+)"', html) if anchor not in ids] == []


@pytest.mark.usefixtures("filled")
def test_the_four_doors_look_the_same_but_for_figure_and_tint(client):
    html = client.get("/").content.decode()
    assert re.findall(r'<article class="(door door--\d)">', html) == [f"door door--{number}" for number in (1, 2, 3, 4)]


@pytest.mark.usefixtures("filled")
def test_every_door_leads_to_a_page_and_a_place_that_exist(client):
    for door in HomePage.objects.get().doors:
        address, _hash, anchor = door.value["link"].partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.content.decode()


def test_loading_the_demo_pages_twice_leaves_what_somebody_wrote(filled):
    page = ContentPage.objects.get(slug="over-ons")
    page.lead = "Eigen woorden"
    page.save_revision().publish()
    load_pages()
    assert ContentPage.objects.get(slug="over-ons").lead == "Eigen woorden"


def test_home_shows_the_next_sessions_the_soonest_first(client):
    for days in (50, 20, 40, 30, 10, 60, -5):
        SessionFactory(days=days, training=make_training(title=f"Over {days} dagen"))
    found = re.findall(r"Over (\d+) dagen", text(client.get("/")))
    assert found == ["10", "20", "30", "40", "50"]
    assert len(found) == MOST


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "cancelled", "cancel_reason": "Ziek"}, {"visibility": "link"}])
def test_home_shows_no_session_that_visitors_cannot_book(client, fields):
    SessionFactory(**fields)
    assert "Nothing is planned at the moment" in text(client.get("/en/"))


@pytest.mark.parametrize("n", [1, 3])
def test_home_costs_the_same_for_one_and_three_sessions(client, n, django_assert_num_queries):
    SessionFactory.create_batch(n)
    with django_assert_num_queries(9):
        client.get("/")


def test_home_is_kept_for_visitors_and_made_anew_when_something_changes(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    versions._count("site")
    with django_assert_num_queries(6):
        client.get("/")


def test_home_is_not_kept_for_who_is_signed_in(client):
    client.get("/")
    client.force_login(UserFactory())
    assert "/mijn/" in client.get("/").content.decode()
    client.logout()
    assert 'href="/account/login/"' in client.get("/").content.decode()


def test_a_page_of_text_shows_its_anchors_from_three_up():
    page = ContentPage(title="X", slug="x")
    blocks = [("section", {"heading": f"Deel {n}", "anchor": f"deel-{n}", "text": ""}) for n in (1, 2)]
    page.body = StreamValue(PageBody(), [*blocks, ("section", {"heading": "Zonder", "anchor": "", "text": ""})])
    assert page.anchors == [{"anchor": "deel-1", "heading": "Deel 1"}, {"anchor": "deel-2", "heading": "Deel 2"}]


@pytest.mark.parametrize("name", list(PageBody().child_blocks))
def test_every_block_shows_itself_in_the_chooser_of_the_editor(name):
    block = PageBody().child_blocks[name]
    if name == "image":
        assert not block.is_previewable
    else:
        assert block.render(block.get_preview_value(), {}).strip()
        assert block.get_description()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//elders.demo/", "https://elders.demo/", "vormingen/"])
def test_a_door_leads_nowhere_else(address):
    with pytest.raises(Exception, match=r"/"):
        OWN_ADDRESS(address)


def test_what_an_editor_types_is_text_not_markup(client):
    page = ContactPage.objects.get()
    page.lead = "<script>alert(1)</script>"
    page.body = [("notice", {"kind": "info", "title": "<b>x</b>", "text": ""})]
    page.save_revision().publish()
    html = client.get("/aanspreekpunt/").content.decode()
    assert ("<script>alert" in html, "<b>x</b>" in html) == (False, False)


def test_the_english_interface_lives_under_its_own_address(client):
    html = client.get("/en/over-ons/").content.decode()
    assert '<html lang="en">' in html
    assert '<link rel="alternate" hreflang="nl" href="http://testserver/over-ons/">' in html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/over-ons/">' in html
    assert 'href="/en/aanspreekpunt/"' in html


@override_settings(LANGUAGES=[("nl", "Nederlands")])
def test_with_one_language_there_is_no_choice(client):
    assert "hreflang" not in client.get("/over-ons/").content.decode()


def test_a_draft_is_not_there(client):
    ContentPage.objects.get(slug="privacy").unpublish()
    assert client.get("/privacy/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("filled")
def test_an_editor_can_save_every_page_of_the_demo_as_it_is(address):
    page = Page.objects.get(slug=address.strip("/") or "home").specific
    page.full_clean()
    for name in ("body", "doors"):
        if hasattr(page, name):
            getattr(page, name).stream_block.clean(getattr(page, name))
