"""The figures of the attendance workbook, as measured against bare openpyxl."""

import pytest

from tests.bench import workbook
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import local, make_training

pytestmark = pytest.mark.long


def test_hundred_sheets_cost_at_most_half_more_than_the_same_rows_written_bare(db):
    workbook.fill(make_training(), UserFactory(), OrganisationFactory(), local(10))
    assert workbook.ratio() <= 1.5


def test_twice_as_many_sessions_need_hardly_more_memory(db):
    workbook.fill(make_training(), UserFactory(), OrganisationFactory(), local(10), sessions=200)
    hundred, two_hundred = (workbook.peak_of_ours(prefix) for prefix in ("B-00", "B-0"))
    assert two_hundred - hundred <= 8


def test_hundred_thousand_flat_rows_need_no_more_than_eight_megabytes_extra():
    assert workbook.extra_memory() <= 8
