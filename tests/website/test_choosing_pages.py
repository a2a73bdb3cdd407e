"""Choosing a page to link to: what is private or a draft is told only to who may edit there."""

import pytest
from wagtail.models import PageViewRestriction

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import catalogue_page, make_training
from tests.website.people import TEAM, member

pytestmark = pytest.mark.django_db
TITLES = {"Vorming voor iedereen", "Vorming in de maak", "Vorming achter slot"}
EDITORS, CHOOSE = ["Redactie", "Coördinatie"], "/cms/choose-page/"


@pytest.fixture
def pages():
    public, draft, private = (make_training(title=title) for title in sorted(TITLES, reverse=True))
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    return public, draft, private


@pytest.fixture(params=[name for name in TEAM if name != "Stuurgroep"])
def seen(request, client, pages) -> set[str]:
    """What the member of the team who is signed in now may read about."""
    member(client, request.param)
    return TITLES if request.param in EDITORS else {"Vorming voor iedereen"}


def told(answer) -> set[str]:
    text = answer.content.decode()
    return {title for title in TITLES if title in text}


def test_the_list_below_a_page_tells_of_no_others(client, seen):
    assert told(client.get(f"{CHOOSE}{catalogue_page().pk}/")) == seen


def test_the_list_of_one_kind_of_page_tells_of_no_others(client, seen):
    answer = client.get(CHOOSE, {"page_type": "trainings.TrainingPage"})
    assert told(answer) == seen


def test_searching_finds_no_others(client, seen):
    assert told(client.get(f"{CHOOSE}search/", {"q": "vorming"})) == seen


def test_the_list_below_a_page_that_is_not_to_be_seen_is_not_there(client, seen, pages):
    answers = {page.title: client.get(f"{CHOOSE}{page.pk}/").status_code for page in pages}
    assert answers == {title: 200 if title in seen else 404 for title in TITLES}


def test_choosing_several_tells_of_no_others(client, seen, pages):
    answers = {page.title: client.get(f"{CHOOSE}chosen-multiple/", {"id": page.pk}) for page in pages}
    assert {title: told(answer) for title, answer in answers.items()} == {title: {title} & seen for title in TITLES}
    mixed = client.get(f"{CHOOSE}chosen-multiple/", {"id": [page.pk for page in pages]})
    assert told(mixed) == (seen if seen == TITLES else set())


def test_a_superuser_chooses_everything(client, pages):
    sign_in(client, UserFactory(is_superuser=True))
    assert told(client.get(f"{CHOOSE}{catalogue_page().pk}/")) == told(client.get(f"{CHOOSE}search/", {"q": "vorming"})) == TITLES


@pytest.mark.usefixtures("pages")
def test_without_anything_private_the_lists_are_the_same(client):
    PageViewRestriction.objects.all().delete()
    member(client, "Organisatoren")
    seen = TITLES - {"Vorming in de maak"}
    assert told(client.get(f"{CHOOSE}{catalogue_page().pk}/")) == told(client.get(f"{CHOOSE}search/", {"q": "vorming"})) == seen


@pytest.mark.parametrize("asked", ["x", "-1", "99999999", "9" * 30, "1 or 1=1"])
def test_an_odd_choice_is_not_there(client, asked):
    member(client, "Redactie")
    assert client.get(f"{CHOOSE}chosen-multiple/", {"id": asked}).status_code == 404
