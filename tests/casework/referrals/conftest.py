"""Who the tests of referrals are about: a case manager, and the code that a referrer holds."""

import pytest

from exchange.receipts import Receipt
from tests.casework.factories import AccountFactory


@pytest.fixture
def manager():
    return AccountFactory(roles=["case_manager"])


@pytest.fixture
def receipt():
    return Receipt.new()
