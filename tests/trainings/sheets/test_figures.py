"""What the attendance workbook needs of memory; how long it takes is measured by `make bench`."""

import pytest

from tests.bench import workbook
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import local, make_training

pytestmark = pytest.mark.long


def test_twice_as_many_sessions_need_hardly_more_memory(db):
    workbook.fill(make_training(), UserFactory(), OrganisationFactory(), local(10), sessions=200)
    hundred, two_hundred = (workbook.peak_of_ours(prefix) for prefix in ("B-00", "B-0"))
    assert two_hundred - hundred <= 8


def test_hundred_thousand_flat_rows_need_no_more_than_eight_megabytes_extra():
    assert workbook.extra_memory() <= 8
