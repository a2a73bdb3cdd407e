"""A new installation stands on its pages."""

import pytest
from wagtail.models import Page

from website.first_pages import lay_out

pytestmark = pytest.mark.django_db


def test_set_up_makes_the_pages_that_addresses_count_on():
    home = lay_out()
    slugs = set(home.get_children().values_list("slug", flat=True))
    assert slugs == {"vormingen", "aanspreekpunt", "over-ons", "toegankelijkheid", "privacy"}


def test_set_up_twice_makes_nothing_new():
    before = Page.objects.count()
    lay_out()
    assert Page.objects.count() == before
