"""Files that are sent to the import on its screens: refused beside the field, or answered calmly."""

from io import BytesIO

import pytest

from shared.uploads import UploadRefused, read_workbook
from tests.shared import hostile_workbooks as hostile
from tests.trainings.importing_screens import UPLOAD, member, page_of, send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def coordinator(client):
    return member(client, "Coördinatie")


@pytest.mark.parametrize("name", ["plain text", "nothing at all", "an old .xls renamed", "a number in A1048576", "six megabytes"])
def test_a_file_that_is_not_read_says_why_beside_the_field(name, client, coordinator):
    with pytest.raises(UploadRefused) as refused:
        read_workbook(BytesIO(hostile.make(name)))
    reason = str(refused.value)
    response = send(client, hostile.make(name))
    assert (response.status_code, response.context["form"].errors) == (422, {"file": [reason]})
    assert reason in text_of(response)


def test_no_file_chosen_says_so(client, coordinator):
    response = client.post(UPLOAD, {})
    assert response.status_code == 422
    assert "This field is required." in text_of(response)


READABLE = ["cell: markup in a text", "a sheet with a hostile title", "a sheet with an endless title", "a cell of 40000 characters"]


@pytest.mark.parametrize("name", READABLE + sorted(hostile.CORPUS)[10::25])
def test_hostile_files_get_a_calm_answer(name, client, coordinator):
    response = send(client, hostile.make(name), name="<img src=x onerror=alert(1)>.xlsx")
    if response.status_code == 302:
        response = client.get(response["Location"])
    assert response.status_code in (200, 422)
    page = page_of(response)
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(hostile.CORPUS))
def test_every_hostile_file_gets_a_calm_answer(name, client, coordinator):
    test_hostile_files_get_a_calm_answer(name, client, coordinator)
