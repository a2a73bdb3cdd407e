"""The address of a training: one that opens, and that nothing else of the site has."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve, reverse

from tests.trainings.factories import make_training
from tests.website.people import member
from trainings import urls
from trainings.models import TrainingPage

pytestmark = pytest.mark.django_db
TAKEN = "De site gebruikt het adres “kalender” zelf. Kies een ander, zoals “kalender-vorming”."
ODD = "Schrijf het adres met letters zonder accenten, cijfers en koppeltekens."


def fault(**fields) -> list[str]:
    """What is wrong with the slug of such a training."""
    with pytest.raises(ValidationError) as refusal:
        make_training(**fields)
    return refusal.value.message_dict["slug"]


def test_a_training_does_not_hide_behind_an_address_of_ours():
    assert fault(slug="kalender") == fault(slug="", title="Kalender") == [TAKEN]


def test_every_address_of_ours_that_would_hide_a_training_is_taken():
    routes = (str(pattern.pattern) for pattern in urls.urlpatterns)
    words = {found[1] for route in routes if (found := re.match(r"vormingen/([a-z]+)", route))}
    hidden = {word for word in words if not is_a_training(word)}
    assert (len(words) > 1, hidden) == (True, TrainingPage.TAKEN_SLUGS)


def is_a_training(slug: str) -> bool:
    found = [resolve(f"/vormingen/{slug}{end}").view_name for end in ("/", ".ics")]
    return found == ["trainings:training", "trainings:training-agenda"]


def test_the_editor_reads_it_beside_the_slug(client):
    member(client, "Redactie")
    page = make_training(title="Kijk")
    typed = {"title": "Kijk", "slug": "kalender", "goals-count": 0, "programme-count": 0, "body-count": 0}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert (answer.status_code, answer.context["form"].errors["slug"]) == (200, [TAKEN])
    assert TAKEN in answer.content.decode()


def test_an_address_that_would_not_open_is_refused():
    assert fault(slug="één") == [ODD]


def test_a_title_with_accents_makes_an_address_without(client):
    page = make_training(title="Samen één: financiële stappen", slug="")
    assert (page.slug, client.get(page.url).status_code) == ("samen-een-financiele-stappen", 200)
