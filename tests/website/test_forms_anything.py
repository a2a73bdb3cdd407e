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
from tests.trainings.importing_tools import NEW, workbook_of
from tests.website.form_targets import Browser, Target, closed, targets

pytestmark = pytest.mark.django_db
CALM = {200, 302, 400, 404, 422, 429}
# Marks that must never stand in a page as they were typed: an element, an attribute out of its quotes, an address that runs.
MARKUP, ATTRIBUTE, SCRIPT = "<x7y>", '" x7y="', "javascript:x7y()"
HOSTILE = [
    *(MARKUP, ATTRIBUTE, SCRIPT, f"</script>{MARKUP}", "{{7*7}}", "%s%n", "../../etc/passwd", "' OR 1=1 --", "=cmd|'/C calc'!A0"),
    *("\x00", "a\x00b", "\ud800", "\u202eabc", "\u200b", "\ufeff", "💥" * 99, "é" * 5000, "x" * 100_000, " ", "\r\n", "a\nb"),
    *("-1", "0", "-0", "1e309", "NaN", "Infinity", "9" * 400, str(2**31), str(2**63), "1,2", "²", "٣", "[]", "{}", "null", "on"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "1-1-1", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30"),
    *("24:00", "25:61", "a@b", "ann@school.demo\nBcc: x@y.demo", f"{'a' * 300}@school.demo", "ann@" + "b." * 200 + "demo"),
    *("https://elders.example/", "//elders.example", "http://[", "https://" + "a" * 3000),
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=60) | st.integers().map(str) | st.dates().map(str) | st.datetimes().map(str)
# None: the field is not sent. Two: it is sent twice.
values = st.lists(texts, max_size=3)
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


def assert_calm(response) -> None:
    assert response.status_code in CALM
    if response.get("Content-Type", "").startswith("text/html"):
        page = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
        assert [mark for mark in (MARKUP, ATTRIBUTE, f'="{SCRIPT}') if mark in page] == []


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


@pytest.mark.parametrize("number", [1000, pytest.param(20_000, marks=pytest.mark.long)])
def test_any_input_gets_a_calm_answer(things, number):
    browser = Browser(things)
    found = targets(browser, things)
    known = set(OutboxMessage.objects.values_list("pk", flat=True))

    # The same inputs each time in the normal run, others each time in the long one.
    @settings(max_examples=number, derandomize=number == 1000, deadline=None, database=None, suppress_health_check=[*HealthCheck])
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
WHICH_BUTTON |= {"organise:series", "organise:copy-series"}


def test_what_fits_in_a_form_is_taken(things):
    browser = Browser(things)
    taken, refused = set(), set()
    for target in targets(browser, things):
        if target.form.method == "post":
            with transaction.atomic():
                sent = {name: fits[:1] for name, fits in target.form.fields.items()}
                response = browser.send(target, target.form.address, sent, WORKBOOKS[0])
                (taken if response.status_code == 302 else refused).add(target.name)
                transaction.set_rollback(True)
    assert refused - taken == WHICH_BUTTON | {"website:own-data-remove"}


@pytest.mark.parametrize("echo", [f"<p>{MARKUP}</p>", f'<input value="{ATTRIBUTE}">', f'<a href="{SCRIPT}">'])
def test_the_check_itself_reports_an_echo(echo):
    with pytest.raises(AssertionError):
        assert_calm(HttpResponse(echo))
