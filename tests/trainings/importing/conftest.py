"""What the tests of the import find ready: English words to compare with, and the topics that its workbooks name."""

import pytest
from django.utils.translation import override

from tests.knowledge.factories import SectorFactory, ThemeFactory


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture
def topics():
    ThemeFactory(slug="polarisering")
    ThemeFactory(slug="haatspraak")
    SectorFactory(slug="onderwijs")
