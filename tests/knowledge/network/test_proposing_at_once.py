"""Two people propose the same organisation at the same moment: one proposal, and both belong to it."""

from tests.people.elsewhere import elsewhere

# Two threads have two connections. The first one's proposal is made but not committed while the second makes its own:
# PostgreSQL lets it wait for the first one's row, SQLite for the whole transaction.
AT_ONCE = """
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection, transaction

from knowledge.library.models import Sector
from knowledge.network import membership
from knowledge.network.models import Membership, Organisation
from people.models import User

sector = Sector.objects.create(slug="sport", name="Sport")
one, other = (User.objects.create_user(f"{name}@school.demo") for name in ("een", "ander"))
made = Event()


def propose(name, by):
    return membership.propose(name=name, sector=sector, city="Gent", by=by)


def first():
    with transaction.atomic():
        propose("De Nieuwe", one)
        made.set()
        time.sleep(1)
    connection.close()


def second():
    made.wait()
    propose("de nieuwe", other)
    connection.close()


with ThreadPoolExecutor() as threads:
    for done in [threads.submit(first), threads.submit(second)]:
        done.result()
print(list(Organisation.objects.values_list("name", "proposed_by__email")))
print(list(Membership.objects.order_by("pk").values_list("user__email", "state")))
"""


def test_proposing_the_same_at_once_makes_one_organisation_with_both_as_members(own_database):
    assert elsewhere(AT_ONCE, own_database) == [
        "[('De Nieuwe', 'een@school.demo')]",
        "[('een@school.demo', 'requested'), ('ander@school.demo', 'requested')]",
    ]
