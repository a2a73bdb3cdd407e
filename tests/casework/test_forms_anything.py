"""Whatever is sent to any form or address of casework, the answer is a calm page: no error, and no echo that runs."""

import re
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import AuditEvent
from tests.casework.everything import one_of_each
from tests.casework.form_targets import LOCKED, MANAGER, WAITED, Browser, Target, closed, targets
from tests.hostile import ATTRIBUTE, HOSTILE, MARKUP, assert_calm, values

pytestmark = pytest.mark.django_db
# Known to the views, but not always in the page.
FURTHER = ["next", "page", "van", "tot", "wie", "wat", "aanmelding", "decision", "at_once", "sure", "typed", "credential", "code"]
referers = st.sampled_from(["", "http://testserver/aanmeldingen/", f"http://testserver/{MARKUP}", "http://[", "http://testserver"])


@pytest.fixture
def found(clock):
    things = one_of_each()
    browser = Browser(things)
    return browser, targets(browser, things)


@st.composite
def inputs(draw, found: list[Target]):
    """A form with what fits in it, but for some fields; now and then with nothing that fits, or behind another number."""
    posts = [target for target in found if target.form.method == "post"]
    target = draw(st.sampled_from(posts) | st.sampled_from(posts) | st.sampled_from(found))
    form, pick = target.form, draw(st.integers(0, 9))
    sent = {name: [fits[pick % len(fits)]] for name, fits in form.fields.items() if fits and pick and form.method == "post"}
    sent |= draw(st.dictionaries(st.sampled_from([*form.fields, *FURTHER]), values, max_size=4))
    number = draw(st.sampled_from([""] * 9 + ["0", "99999999", "9" * 30]))
    address = re.sub(r"\d+(?=/$)", number, form.address) if number else form.address
    return target, address, body_of(sent), draw(referers)


def body_of(sent: dict[str, list[str]]) -> str:
    """These fields; characters that are no text arrive as the bytes they would be."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, values_ in sent.items() for value in values_)


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def assert_led_on(browser: Browser, response) -> None:
    """Onward within this zone, to a page that is calm too."""
    onward = urlsplit(response["Location"])
    assert onward.netloc in ("", "testserver")
    assert_calm(closed(browser.client.get(onward._replace(scheme="", netloc="", fragment="").geturl())), 405)


def tried(browser: Browser, target: Target, address: str, body: str, referer: str) -> None:
    """Sends it, and follows where it leads; what it changes is taken back."""
    with transaction.atomic():
        response = browser.send(target, address, body, **({"HTTP_REFERER": referer} if referer else {}))
        assert_calm(response, 204, 405)
        if response.status_code == 302:
            assert_led_on(browser, response)
        if target.role in (LOCKED, WAITED):
            # What was kept as a draft stands there again.
            assert_calm(browser.open(MANAGER, address), 405)
        assert not AuditEvent.objects.filter(detail__contains="x7y").exists()
        transaction.set_rollback(True)
    # The database's own cache is rolled back with the rest; another one is emptied.
    cache.clear()


@pytest.mark.parametrize("number", [200, pytest.param(4_000, marks=pytest.mark.long)])
def test_any_input_gets_a_calm_answer(found, number):
    browser, all_targets = found

    # The same inputs each time in the normal run, others each time in the long one.
    @settings(max_examples=number, derandomize=number == 200, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(inputs(all_targets))
    def try_one(given_input):
        tried(browser, *given_input)

    try_one()


@pytest.mark.long
def test_every_hostile_text_in_every_field_of_every_form(found):
    browser, all_targets = found
    for target in all_targets:
        for name in target.form.fields:
            for text in HOSTILE:
                fits = {other: fits[:1] for other, fits in target.form.fields.items() if other != name}
                tried(browser, target, target.form.address, body_of(fits | {name: [text]}), "")


def test_every_field_of_every_form_escapes_what_it_shows_again(found):
    browser, all_targets = found
    for target in all_targets:
        if target.form.fields and target.role not in (LOCKED, WAITED):
            sent = {name: [MARKUP + ATTRIBUTE] for name in target.form.fields}
            tried(browser, target, target.form.address, body_of(sent), "")


# These answer in place, such as with a code that is shown once, or ask for a role to be ticked; and nothing is closed without an
# advice (I5) or with a name in it (I9).
IN_PLACE = {"account_awake", "casework:account-reset", "casework:code", "casework:look-up", "casework:proposal", "casework:invite"}
NOT_YET = {"casework:close", "casework:prevention"}


def test_what_fits_in_a_form_is_taken(found):
    browser, all_targets = found
    taken, refused = set(), set()
    for target in all_targets:
        if target.form.method == "post" and target.role not in (LOCKED, WAITED):
            with transaction.atomic():
                body = body_of({name: fits[:1] for name, fits in target.form.fields.items()})
                response = browser.send(target, target.form.address, body)
                (taken if response.status_code == 302 else refused).add(target.name)
                transaction.set_rollback(True)
            cache.clear()
    assert sorted(refused - taken) == sorted(IN_PLACE | NOT_YET)
