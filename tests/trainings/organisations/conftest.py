"""What the tests of organisations find ready: two that mean the same one, and the colleagues of another."""

import pytest

from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory


@pytest.fixture
def stays():
    return OrganisationFactory(name="Atheneum De Vlinder")


@pytest.fixture
def gone():
    return OrganisationFactory(name="Vlinder")


@pytest.fixture
def booker():
    """A member, whose bookings go to a colleague."""
    return MembershipFactory(user=UserFactory(first_name="Noor", last_name="Claes", email="noor@school.demo"))


@pytest.fixture
def colleague(booker):
    user = UserFactory(first_name="Bert", last_name="Maes", email="bert@school.demo")
    return MembershipFactory(organisation=booker.organisation, user=user).user


@pytest.fixture
def coordinator(booker):
    return MembershipFactory(organisation=booker.organisation, role="coordinator").user
