"""What the walks in a real browser find ready: the running demonstration, and a Chromium that notes whatever goes wrong."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import chromium as machine
from tests.browser import demonstration

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def executable() -> str:
    return machine.executable()


@pytest.fixture(scope="session")
def demo(executable, django_test_environment, django_db_blocker, tmp_path_factory):
    """One for each process that runs tests; what was loaded before is copied."""
    with django_db_blocker.unblock(), demonstration.running(tmp_path_factory.mktemp("demo") / "var") as running:
        yield running
        assert running.errors == ""


# Not for the whole run: while Playwright runs in a thread, Django's database refuses to work there.
@pytest.fixture(scope="module")
def chromium(executable):
    with machine.started(executable) as browser:
        yield browser


class Watch:
    """Notes what must not happen on any page: errors in the console, and requests to anybody else, the other zone included."""

    def __init__(self):
        self.seen: list[str] = []

    def over(self, context, url: str) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("request", partial(self._request, urlsplit(url).netloc))

    def forgive(self, *texts: str) -> None:
        """Forgets what says one of these: it was wanted, or comes from the test itself."""
        self.seen[:] = [line for line in self.seen if not any(text in line for text in texts)]

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, host: str, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != host:
            self.seen.append(f"request: {request.url}")


@pytest.fixture
def watch():
    """What went wrong on the pages of this test; a test that wants an error takes it out."""
    watching = Watch()
    yield watching
    assert watching.seen == []


@pytest.fixture
def visit(demo, chromium, watch):
    """Opens a fresh browser on some device, as somebody who signed in before or as a stranger, and gives its first page.

    `at=demo.casework_url` is the other zone.
    """
    contexts = []

    def visit(device="desktop", at="", **more):
        context = machine.context(chromium, at or demo.url, device, **more)
        contexts.append(context)
        watch.over(context, at or demo.url)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()
