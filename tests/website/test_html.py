"""The Nu checker over every public page: no error, where Java and the checker stand."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from tests.trainings.factories import SessionFactory
from website.first_pages import lay_out

# `npm install --prefix var/npm vnu-jar` puts it there; CI does.
CHECKER = Path(__file__).resolve().parents[2] / "var" / "npm" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (shutil.which("java") and CHECKER.exists()), reason="Java or the Nu checker is not there"),
]
TREE = ["/", "/over-ons/", "/aanspreekpunt/", "/toegankelijkheid/", "/privacy/"]
VIEWS = [
    "trainings:catalogue",
    "trainings:calendar",
    "website:question",
    "website:referral",
    "website:referral-answer",
    "account_login",
    "account_login_password",
]


@pytest.fixture
def addresses():
    lay_out()
    session = SessionFactory()
    SessionFactory(training=session.training, capacity=1, state="cancelled", cancel_reason="De lesgever is ziek.")
    training = reverse("trainings:training", args=[session.training.slug])
    booking = reverse("trainings:booking-create", args=[session.code])
    return [*TREE, *map(reverse, VIEWS), training, booking, "/en/vormingen/", "/bestaat-niet/"]


def test_no_public_page_has_an_error_in_its_html(client, addresses, tmp_path):
    for number, address in enumerate(addresses):
        (tmp_path / f"{number:02}.html").write_bytes(client.get(address).content)
    done = subprocess.run(
        ["java", "-jar", CHECKER, "--errors-only", *sorted(tmp_path.glob("*.html"))], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
