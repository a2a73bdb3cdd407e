"""What is left to do: one definition, the same number in the list, on the dashboard and on the session's page."""

import pytest
from django.utils import timezone

from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    WaitingEntryFactory,
    local,
)
from trainings.admin.work import work
from trainings.models import Attendance, ChecklistItem, Session

pytestmark = pytest.mark.django_db


def session_with(trainer=True, **fields):
    session = SessionFactory(**fields)
    if trainer:
        session.trainers.add(TrainerFactory())
    return session


def seat(session, stage="", **fields):
    return ParticipantFactory(booking=BookingFactory(session=session, stage=stage), **fields)


def nameless(session):
    seat(session, state="reserved", first_name="", family_name="")
    return session


def waited_for(session, seats=1):
    entry = WaitingEntryFactory(session=session, seats=seats)
    ParticipantFactory(booking=entry.booking, state="waiting")
    return session


def failed_mail(session, **fields):
    message = outbox.queue(kind="x", to="sam@school.demo", subject="x", text="x", about=f"session:{session.pk}")
    OutboxMessage.objects.filter(pk=message.pk).update(**{"state": "failed"} | fields)
    return session


def asking(session, stage):
    seat(session, stage=stage, state="pending")
    return session


def noted(session, number):
    for part in session.day_parts.all()[:number]:
        Attendance.objects.create(participant=seat(session), day_part=part, status="present")
    return session


def unticked(session):
    ChecklistItem.objects.create(session=session, kind="room")
    ChecklistItem.objects.create(session=session, kind="cost")
    ChecklistItem.objects.create(session=session, kind="material", done_at=timezone.now(), done_by=UserFactory())
    return session


def chosen(session):
    session.organisations.add(OrganisationFactory())
    return session


CASES = {
    "nothing": (lambda: session_with(), set()),
    "no trainer": (lambda: session_with(trainer=False), {"trainer"}),
    "over without trainer": (lambda: session_with(trainer=False, days=-9, state="done"), set()),
    "nobody invited": (lambda: session_with(audience="invited"), {"invite"}),
    "nobody invited in a draft": (lambda: session_with(audience="invited", state="draft"), {"invite", "publish"}),
    "somebody invited": (lambda: session_with(audience="invited", invited="jan@school.demo"), set()),
    "no organisation chosen": (lambda: session_with(audience="organisations"), {"invite"}),
    "an organisation chosen": (lambda: chosen(session_with(audience="organisations")), set()),
    "nobody invited and booking closed": (lambda: session_with(audience="invited", booking_closes_at=local(-1)), set()),
    "nobody invited and over": (lambda: session_with(audience="invited", days=-9, state="done"), set()),
    "draft": (lambda: session_with(state="draft"), {"publish"}),
    "checklist": (lambda: unticked(session_with()), {"arrange"}),
    "cancelled": (lambda: unticked(session_with(state="cancelled", cancel_reason="Ziekte")), set()),
    "waits while seats are free": (lambda: waited_for(session_with()), {"offer"}),
    "waits for more than is free": (lambda: waited_for(session_with(), seats=11), set()),
    "waits while it is full": (lambda: waited_for(seat(session_with(capacity=1)).session), set()),
    "names near": (lambda: nameless(session_with(names_close_at=local(6))), {"name"}),
    "names far": (lambda: nameless(session_with(names_close_at=local(9))), set()),
    "asks the team": (lambda: asking(session_with(), "team"), {"decide"}),
    "asks the coordinator": (lambda: asking(session_with(), "coordinator"), set()),
    "over": (lambda: session_with(days=-9), {"close"}),
    "over, not noted": (lambda: seat(session_with(days=-9)).session, {"note", "close"}),
    "over, partly noted": (lambda: noted(session_with(days=-9, parts=2), 1), {"note", "close"}),
    "over, all noted": (lambda: noted(session_with(days=-9), 1), {"close"}),
    "bounced": (lambda: failed_mail(session_with()), {"resend"}),
    "on its way": (lambda: failed_mail(session_with(), state="waiting"), set()),
    "bounced after cancelling": (lambda: failed_mail(session_with(state="cancelled", cancel_reason="Ziekte")), {"resend"}),
}


def things_of(session) -> set:
    counted = Session.objects.with_to_do().filter(pk=session.pk).values().get()
    return {name.removeprefix("to_do_") for name, number in counted.items() if name.startswith("to_do_") and number}


@pytest.mark.parametrize("case", CASES)
def test_to_do_names_what_is_left(case):
    make, expected = CASES[case]
    assert things_of(make()) == expected


def test_the_list_the_page_and_the_dashboard_count_the_same(client, rf):
    request = rf.get("/cms/")
    request.user = organiser(client)
    sessions = [make() for make, _expected in CASES.values()]
    on_pages = {session.pk: len(client.get(f"/cms/sessies/{session.pk}/").context["to_do"]) for session in sessions}
    listed = {session.pk: session.to_do for session in client.get("/cms/sessies/").context["object_list"]}
    [line] = [line for line in work(request) if "te_doen" in line.url]
    behind = client.get(line.url).context["object_list"]
    assert on_pages == listed
    things = sum(session.to_do for session in behind)
    assert sum(listed.values()) == things > 10
    assert (line.count, f"({things} " in line.label) == (len(behind), True)
    assert {session.pk for session in behind} == {pk for pk, number in listed.items() if number}
