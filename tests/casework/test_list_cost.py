"""What the list of referrals asks of the database: as much for one as for two hundred, and ten questions at most."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.signing_in import with_means
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db
MOST = 10


@pytest.mark.parametrize("number", [1, 200])
def test_a_list_of_two_hundred_referrals_asks_ten_questions_at_most(client, number):
    manager = with_means(AccountFactory(roles=["case_manager"]))
    for _number in range(number):
        ReferralFactory(manager=manager)
        ReferralFactory()
    sign_in(client, manager)
    client.get(reverse("casework:referrals"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("casework:referrals")).content.decode()
    assert page.count('action="/aanmeldingen/') >= number
    # A session that lies in the table of the cache is no question of the list.
    asked = [query["sql"] for query in queries if 'FROM "cache"' not in query["sql"] and "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= MOST, "\n".join(asked)
