"""Who proposes, and who approves."""

import pytest

from tests.casework.factories import AccountFactory


@pytest.fixture
def admin():
    return AccountFactory(roles=["administrator"])


@pytest.fixture
def second():
    return AccountFactory(roles=["case_manager"])
