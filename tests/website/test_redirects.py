"""An old address leads on: one that the team wrote down, and one that a page had before."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.trainings.factories import make_training

pytestmark = pytest.mark.django_db


def leads_to(client, address: str) -> tuple:
    answer = client.get(address)
    return answer.status_code, answer.get("Location")


def test_an_address_of_the_list_leads_where_the_list_says(client):
    Redirect.objects.create(old_path=Redirect.normalise_path("/folder/"), redirect_link="/over-ons/")
    assert leads_to(client, "/folder/") == (301, "/over-ons/")
    assert leads_to(client, "/folder/?van=brief") == (301, "/over-ons/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_old_address_of_a_training_leads_to_the_new_one(client, language, django_capture_on_commit_callbacks):
    page = make_training(title="Kijk", slug="kijk")
    with translation.override(language), django_capture_on_commit_callbacks(execute=True):
        page.slug = "kijk-en-luister"
        page.save_revision().publish()
    assert leads_to(client, "/vormingen/kijk/") == (301, "/vormingen/kijk-en-luister/")
    assert leads_to(client, "/en/vormingen/kijk/") == (301, "/en/vormingen/kijk-en-luister/")


def test_a_page_that_is_there_comes_before_a_redirect(client, django_assert_num_queries):
    Redirect.objects.create(old_path="/over-ons", redirect_link="/privacy/")
    assert leads_to(client, "/over-ons/") == (200, None)
    with django_assert_num_queries(1):  # kept: the version, and no redirect is looked for
        client.get("/over-ons/")


def test_a_redirect_is_not_kept_and_counts_until_it_is_taken_away(client):
    redirect = Redirect.objects.create(old_path="/folder", redirect_page=Page.objects.get(slug="over-ons"))
    assert leads_to(client, "/folder/") == (301, "/over-ons/")
    redirect.delete()
    assert leads_to(client, "/folder/") == (404, None)


def test_a_withdrawn_page_that_was_renamed_there_and_back_leads_nowhere(client):
    page = make_training(title="Kijk", slug="kijk")
    Redirect.objects.create(old_path="/vormingen/kijk", redirect_page=page)
    page.unpublish()
    assert leads_to(client, "/vormingen/kijk/") == (404, None)


def test_what_is_not_there_asks_once_for_each_language(client):
    client.get("/bestaat-niet/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/bestaat-niet/")
    assert sum("wagtailredirects_redirect" in query["sql"] for query in captured) == len(settings.LANGUAGES)
