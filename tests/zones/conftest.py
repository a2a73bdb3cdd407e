"""Both zones, made once for the tests of this folder."""

import pytest

from tests import postgres
from tests.zones import sowing
from tests.zones.production import both_zones
from tests.zones.running import running


@pytest.fixture(scope="session")
def zones(tmp_path_factory):
    """Both zones as in production on PostgreSQL, by name."""
    postgres.skip_unless_reachable()
    with both_zones(tmp_path_factory.mktemp("zones")) as zones:
        yield zones


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def both(request, tmp_path_factory):
    """Both zones running as in production, on each engine; who uses them takes them as they are then."""
    if request.param == "postgresql":
        postgres.skip_unless_reachable()
    with running(request.param, tmp_path_factory.mktemp("running"), sowing.ACCOUNTS) as running_zones:
        yield running_zones
