"""Which tests of a run one process takes together: those that stand on the same two zones, or on the same loaded demonstration."""

import re

from xdist.scheduler import LoadScopeScheduling

BETWEEN_THE_ZONES = re.compile(r"tests/zones/(\w+)\.py::[^\[]*(?:\[(sqlite|postgresql))?")

ON_THE_DEMO = "tests/website/test_demo_loaded.py"


class TogetherByEngine(LoadScopeScheduling):
    """Each test by itself, but for those of `tests/zones` (by database, or else by module) and on the demo; the largest begin."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ON_THE_DEMO):
            return ON_THE_DEMO
        found = BETWEEN_THE_ZONES.match(nodeid)
        return (found[2] or found[1]) if found else nodeid
