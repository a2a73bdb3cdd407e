"""Whatever is sent to any form or address of ours, the answer is a calm page: no error, no echo that runs, no mail to others."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.models import OutboxMessage
from shared.outbox import as_email
from tests.hostile import ATTRIBUTE, MARKUP, SCRIPT, assert_calm, values
from tests.trainings.importing_tools import NEW, workbook_of
from tests.website.form_targets import Browser, Target, closed, targets

pytestmark = pytest.mark.django_db
WORKBOOKS = [workbook_of(NEW).getvalue(), workbook_of(NEW | {"title": MARKUP, "price": "9" * 400, "goals": ATTRIBUTE}).getvalue()]
files = st.sampled_from(WORKBOOKS) | st.binary(max_size=200)
# Known to the views, but not always in the page.
FURTHER = [
    "next", "p", "q", "ordering", "export", "van", "tot", "maand", "vorm", "vorming", "naam", "zoek", "dagdeel", "sessie",
    "thema", "sector", "plaatsen", "sorteer", "toestand", "periode_from", "add", "wait", "send", "refuse", "all_present",
    "deelnemer", "dagdeel-TOTAL_FORMS", "dagdeel-INITIAL_FORMS", "colleagues-TOTAL_FORMS", "colleagues-INITIAL_FORMS",
]  # fmt: skip


@st.composite
def inputs(draw, found: list[Target]):
    """A form with what fits in it, but for some fields; now and then with nothing that fits, or behind another number."""
    posts = [target for target in found if target.form.method == "post"]
    target = draw(st.sampled_from(posts) | st.sampled_from(posts) | st.sampled_from(found))
    form, pick = target.form, draw(st.integers(0, 9))
    sent = {name: [fits[pick % len(fits)]] for name, fits in form.fields.items() if fits and pick and form.method == "post"}
    sent |= draw(st.dictionaries(st.sampled_from([*form.fields, *FURTHER]), values, max_size=4))
    number = draw(st.sampled_from([""] * 9 + ["0", "99999999", "9" * 30]))
    address = re.sub(r"\d+(?=/)", number, form.address) if number else form.address
    return target, address, sent, draw(files) if form.file else b""


def assert_led_on(browser: Browser, response) -> None:
    """Onward within this site, to a page that is calm too."""
    onward = urlsplit(response["Location"])
    assert onward.netloc in ("", "testserver")
    assert_calm(closed(browser.client.get(onward._replace(scheme="", netloc="", fragment="").geturl())))


def assert_mail_can_leave(known: set) -> None:
    for message in OutboxMessage.objects.exclude(pk__in=known):
        mail = as_email(message).message()
        assert mail["To"] == message.to
        assert "x@y.demo" not in mail["To"]
        mail.as_bytes()


HOW_MANY = [
    pytest.param(800, marks=pytest.mark.only_on("sqlite")),
    pytest.param(100, marks=pytest.mark.only_on("postgresql")),  # what differs is what the database refuses
    pytest.param(16_000, marks=pytest.mark.long),
]


@pytest.mark.parametrize("number", HOW_MANY)
def test_any_input_gets_a_calm_answer(things, number):
    browser = Browser(things)
    found = targets(browser, things)
    known = set(OutboxMessage.objects.values_list("pk", flat=True))

    # The same inputs each time in the normal run, others each time in the long one.
    @settings(max_examples=number, derandomize=number < 1000, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(inputs(found))
    def try_one(given_input):
        target, address, sent, file = given_input
        # Each begins with what the test made: what one input changes is taken back.
        with transaction.atomic():
            response = browser.send(target, address, sent, file)
            assert_calm(response)
            if response.status_code == 302:
                assert_led_on(browser, response)
            assert_mail_can_leave(known)
            transaction.set_rollback(True)
        # The database's own cache is rolled back with the rest; another one is emptied.
        cache.clear()

    try_one()


# These ask which button was pressed; and who booked for others looks after them before leaving.
WHICH_BUTTON = {"partners:organisation", "partners:member", "trainings:offer", "trainings:booking-names", "organise:decide"}
WHICH_BUTTON |= {"organise:series", "organise:copy-series", "organise:filters"}


def test_what_fits_in_a_form_is_taken(things, settings):
    settings.MFA_TOTP_TOLERANCE = 20  # the code is as old as the first form that was opened
    browser = Browser(things)
    taken, refused = set(), set()
    for target in targets(browser, things):
        if target.form.method == "post":
            with transaction.atomic():
                sent = {name: fits[:1] for name, fits in target.form.fields.items()}
                response = browser.send(target, target.form.address, sent, WORKBOOKS[0])
                (taken if response.status_code == 302 else refused).add(target.name)
                transaction.set_rollback(True)
    # The confidential form answers in place; none of its addresses tells that something was sent.
    assert refused - taken == WHICH_BUTTON | {"website:own-data-remove", "website:referral", "website:referral-answer"}


@pytest.mark.parametrize("echo", [f"<p>{MARKUP}</p>", f'<input value="{ATTRIBUTE}">', f'<a href="{SCRIPT}">'])
def test_the_check_itself_reports_an_echo(echo):
    with pytest.raises(AssertionError):
        assert_calm(HttpResponse(echo))
