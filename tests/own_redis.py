"""A Redis database for each process of a run, chosen when this is imported: emptying one empties it for all who use it."""

import os
import re

ADDRESS, CHOSEN = "EXPOR_REDIS_URL", "EXPOR_REDIS_OF_A_TEST"
worker = os.environ.get("PYTEST_XDIST_WORKER")
# What a worker starts finds the address as it is by then, and leaves it so.
if worker and os.environ.get(ADDRESS) and CHOSEN not in os.environ:
    number = int(worker.removeprefix("gw"))
    os.environ[ADDRESS] = re.sub(r"/(\d+)$", lambda found: f"/{int(found[1]) + number}", os.environ[ADDRESS])
    os.environ[CHOSEN] = "yes"
