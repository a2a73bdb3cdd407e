"""Which tests of a run one process takes together: those that stand on the same costly ground; and which ones begin."""

import re

from xdist.scheduler import LoadScopeScheduling

BETWEEN_THE_ZONES = re.compile(r"tests/zones/(\w+)\.py::[^\[]*(?:\[(sqlite|postgresql))?")

# Modules whose tests all stand on one loaded demonstration, or on one database with its roles.
ON_ONE_GROUND = ("tests/website/test_demo_loaded.py", "tests/exchange/test_privileges_postgres.py")
# A minute and more each: taken last, one process would still be at it while the others have nothing left.
LONGEST = ("tests/website/test_forms_anything.py", "tests/website/test_many.py", "tests/casework/test_forms_anything.py")


class TogetherByEngine(LoadScopeScheduling):
    """Each test by itself, but for those of `tests/zones` (by database, or else by module) and on one ground; the largest begin."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module in ON_ONE_GROUND:
            return module
        found = BETWEEN_THE_ZONES.match(nodeid)
        return (found[2] or found[1]) if found else nodeid


def longest_first(items: list) -> None:
    """Puts the longest tests in front, and leaves the rest in its order."""
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in LONGEST)
