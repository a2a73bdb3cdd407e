"""The list of what wants looking after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from media.models import SiteImage
from tests.trainings.factories import make_training
from tests.website.people import TEAM, member
from website.admin.upkeep import all_checks, number_of_findings
from website.models import BrandSettings, ContentPage, HomePage

pytestmark = pytest.mark.django_db
WHOLE = {
    "goals": [("goal", "Je herkent signalen.")],
    "programme": [("part", {"title": "Start", "minutes": 180, "text": ""})],
    "for_whom": "Voor wie lesgeeft.",
    "accessibility": "Met een lift.",
}


def found() -> dict[str, list[tuple[str, str]]]:
    """Titles and reasons per check, those without findings left out."""
    with translation.override("en"):
        return {str(check.name): [(one.title, one.why) for one in check.findings] for check in all_checks() if check.findings}


@pytest.fixture(autouse=True)
def doors():
    home = HomePage.objects.get()
    home.doors = [("door", {"title": f"Deur {n}", "text": "", "link": "/"}) for n in range(4)]
    home.save()


def test_a_site_in_order_has_nothing_to_look_after():
    make_training(**WHOLE)
    assert found() == {}


def test_a_training_with_gaps_says_which():
    make_training(title="Halve vorming", **WHOLE | {"goals": [], "accessibility": ""})
    assert found() == {"Trainings with gaps": [("Halve vorming", "no goals, nothing about accessibility")]}


def test_a_draft_may_have_gaps():
    make_training().unpublish()
    assert found() == {}


def test_a_text_of_more_than_a_year_old_is_to_be_read_again():
    ContentPage.objects.filter(slug="privacy").update(last_published_at=timezone.now() - timedelta(days=366))
    ContentPage.objects.filter(slug="over-ons").update(last_published_at=timezone.now() - timedelta(days=364))
    assert [title for rows in found().values() for title, _why in rows] == ["Privacy"]


def test_a_picture_wants_a_description():
    SiteImage.objects.create(title="Groep", width=1, height=1)
    SiteImage.objects.create(title="Zaal", width=1, height=1, description="Een lege zaal met stoelen in een kring.")
    assert [title for rows in found().values() for title, _why in rows] == ["Groep"]


def test_a_missing_door_and_a_pale_colour_are_seen():
    home = HomePage.objects.get()
    home.doors = []
    home.save()
    brand = BrandSettings.for_site(home.get_site())
    BrandSettings.objects.filter(pk=brand.pk).update(colour="#ffff00")
    assert [title for rows in found().values() for title, _why in rows] == [home.title, "#ffff00"]


@pytest.mark.parametrize("n", [1, 3])
def test_looking_costs_the_same_for_one_and_three(n, django_assert_num_queries):
    for _number in range(n):
        make_training()
    with django_assert_num_queries(6):
        assert number_of_findings() == n


@pytest.mark.parametrize("group", TEAM)
@pytest.mark.parametrize("name", ["website_upkeep"])
def test_only_writers_see_the_list(client, group, name):
    make_training(title="Halve vorming")
    member(client, group)
    answer = client.get(reverse(name))
    assert answer.status_code == (200 if group in ("Redactie", "Coördinatie") else 404)
    assert client.post(reverse(name)).status_code in (404, 405)


def test_the_list_leads_to_the_place_where_it_is_mended(client):
    page = make_training(title="Halve vorming")
    member(client, "Redactie")
    assert f'href="/cms/pages/{page.pk}/edit/"' in client.get(reverse("website_upkeep")).content.decode()


@pytest.mark.parametrize("group", [name for name in TEAM if name != "Stuurgroep"])
def test_the_guide_opens_for_the_whole_team(client, group):
    member(client, group)
    assert client.get(reverse("website_help")).status_code == 200
