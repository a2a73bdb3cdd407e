"""The Chromium that stands on this machine, and the devices it plays."""

import os
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

# The first is the same engine without a window's frame: a page takes it a quarter of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Nothing but the site itself is asked for anything: every other name leads nowhere.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE casework.localhost",
]  # fmt: skip
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "smallest": {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True},
}
on_phone_and_desktop = pytest.mark.parametrize("device", ["phone", "desktop"])
also_without_script = pytest.mark.parametrize(("device", "javascript"), [("desktop", True), ("phone", False)])


def executable() -> str:
    """Where the browser stands; without one the test is skipped, but never in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No Chromium on the PATH ({', '.join(NAMES)})")
    return found


@contextmanager
def started(path: str):
    """A running browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def context(browser, url: str, device="desktop", *, cookies=None, javascript=True, scheme="light"):
    """A fresh browser on some device, as somebody who signed in before or as a stranger."""
    fresh = browser.new_context(
        **DEVICES[device],
        base_url=url,
        storage_state=cookies,
        java_script_enabled=javascript,
        color_scheme=scheme,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
    )
    fresh.set_default_timeout(15_000)
    return fresh
