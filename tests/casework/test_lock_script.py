"""In a real browser: the page locks itself when nobody touches it, and gives back what stood in its form."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser import chromium as machine
from tests.people.codes import app_code

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
SEED = "EXPORDEMOEXPORDEMOEXPORDEMOEXPOR"
LOAD = """
import sys; sys.path[:0] = ["site", "."]
import django; django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from casework import demo
from casework.keyring import files
files.make_missing(Path(settings.KEYS))
call_command("collectstatic", interactive=False, verbosity=0)
demo.load_accounts()
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def zone(database: str, var: Path):
    """The casework zone as a process of its own, with the demo's accounts; gives its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    given = {
        "DJANGO_SETTINGS_MODULE": "website.settings.casework",
        "EXPOR_DEMO": "true",
        "EXPOR_VAR": str(var),
        "EXPOR_SITE_URL": url,
        "EXPOR_DATABASE_URL": database,
    }
    environment = os.environ | given
    environment.pop("EXPOR_DEBUG", None)
    subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, env=environment, check=True)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--threads",
        "4",
        "-b",
        f"127.0.0.1:{port}",
        "--chdir",
        "site",
        "website.wsgi",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    for _try in range(100):
        try:
            with urllib.request.urlopen(f"{url}/account/login/"):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError


@pytest.fixture
def invitation_page(own_database, tmp_path):
    """The page to invite somebody, open for an administrator, in a browser whose clock a test moves."""
    with zone(own_database, tmp_path / "var") as url, machine.started(machine.executable()) as browser:
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{url}/account/login/?next=/toegang/uitnodigen/")
        page.fill("[name=login]", "beheer@expo-r.demo")
        page.fill("[name=password]", "expo-r-demo")
        page.click("main button[type=submit] >> nth=0")
        page.fill("[name=code]", app_code(SEED))
        page.click("main button[type=submit] >> nth=0")
        page.wait_for_selector("[name=first_name]")
        yield page


def test_the_button_to_lock_keeps_what_was_typed_too(invitation_page):
    page = invitation_page
    page.fill("[name=first_name]", "Telwoord")
    page.click("form[action='/account/vergrendelen/'] button")
    page.wait_for_url("**/account/vergrendeld/**")
    assert "bewaard" in page.inner_text("main")
    assert "Telwoord" not in page.content()
    page.fill("[name=code]", app_code(SEED, periods=1))
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_selector("[name=first_name]")
    assert page.input_value("[name=first_name]") == "Telwoord"


def test_an_untouched_page_locks_itself_and_gives_back_what_was_typed(invitation_page):
    page = invitation_page
    page.fill("[name=first_name]", "Telwoord")
    page.check("[value=dpo]")
    page.clock.fast_forward("14:00")
    page.keyboard.press("Tab")
    page.clock.fast_forward("14:00")
    assert "/toegang/uitnodigen/" in page.url
    page.clock.fast_forward("02:00")
    page.wait_for_url("**/account/vergrendeld/**")
    assert "Telwoord" not in page.content()
    page.go_back()
    page.wait_for_url("**/account/vergrendeld/**")
    page.fill("[name=code]", app_code(SEED, periods=1))
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_selector("[name=first_name]")
    assert (page.input_value("[name=first_name]"), page.is_checked("[value=dpo]")) == ("Telwoord", True)
    assert page.locator(".error-summary").count() == 0
    # Not sent yet: locked again without a touch, it is kept again.
    page.clock.fast_forward("16:00")
    page.wait_for_url("**/account/vergrendeld/**")
