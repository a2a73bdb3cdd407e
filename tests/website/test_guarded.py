"""The site under SQLite's guard, as web and worker run it: its work is let through. Our own pages: the access matrix."""

import pytest
from django.db import DatabaseError, transaction

from exchange.models import SealedReferral
from shared.worker import Worker
from tests.access import REVIEWER
from tests.website.everything import enter
from website.models import ContentPage, HomePage

pytestmark = pytest.mark.only_on("sqlite")  # PostgreSQL has its roles: tests/zones
NOT_OURS = [
    "/",
    "/vormingen/?q=polarisering",
    "/cms/",
    "/cms/pages/3/",
    "/cms/images/",
    "/cms/documents/",
    "/sitemap.xml",
    "/-/ready",
]


def test_what_others_than_we_wrote_asks_for_no_more_than_the_guard_lets_through(client, guarded, things):
    enter(client, REVIEWER, things)
    for address in NOT_OURS:
        assert client.get(address).status_code == 200
    assert guarded == []


def test_pages_are_written_published_found_and_removed_under_the_guard(guarded):
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Zoekbaar woord", slug="zoekbaar"))
    page.save_revision().publish()
    assert [found.title for found in ContentPage.objects.search("zoekbaar")] == ["Zoekbaar woord"]
    page.delete()
    assert guarded == []


def test_the_worker_does_its_round_under_the_guard(guarded):
    for _path, task, _seconds in Worker().tasks:
        task()
    assert guarded == []


def test_the_walk_would_notice_a_refusal(guarded):
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedReferral.objects.count()
    assert guarded != []
