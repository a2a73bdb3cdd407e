"""What the tests of the whole site find ready."""

import pytest

from tests.website.everything import one_of_each


@pytest.fixture
def things(db) -> dict:
    """One of each, tied together: what the blanks of the addresses are filled with."""
    return one_of_each()
