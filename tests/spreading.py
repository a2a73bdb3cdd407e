"""Which tests of a run one process takes together: those between the zones that stand on the same two zones."""

import re

from xdist.scheduler import LoadScopeScheduling

BETWEEN_THE_ZONES = re.compile(r"tests/zones/(\w+)\.py::[^\[]*(?:\[(sqlite|postgresql))?")


class TogetherByEngine(LoadScopeScheduling):
    """Each test by itself, but for those of `tests/zones`: by database, or else by module. The largest of these begin."""

    def _split_scope(self, nodeid: str) -> str:
        found = BETWEEN_THE_ZONES.match(nodeid)
        return (found[2] or found[1]) if found else nodeid
