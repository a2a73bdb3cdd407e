"""The list of sessions, and the page that has everything about one."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, own_queries, told
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    make_training,
)
from trainings import planning
from trainings.models import ChecklistItem, Session

pytestmark = pytest.mark.django_db
LIST = "/cms/sessies/"


def codes(response) -> list[str]:
    return [session.code for session in response.context["object_list"]]


def seat(session, **fields):
    return ParticipantFactory(booking=BookingFactory(session=session), **fields)


def page(session) -> str:
    return reverse("organise:session", args=[session.pk])


def test_the_list_shows_what_is_to_come_first_the_soonest_on_top(client):
    organiser(client)
    for code, days in [("VER", 60), ("GISTEREN", -1), ("MORGEN", 1), ("LANG", -50)]:
        SessionFactory(code=code, days=days)
    SessionFactory(code="ZONDER", parts=0, state="draft")
    assert codes(client.get(LIST)) == ["MORGEN", "VER", "ZONDER", "GISTEREN", "LANG"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("toestand=draft", ["DRAFT"]),
        ("toestand=draft&toestand=published", ["OPEN", "DRAFT"]),
        ("wanneer=voorbij", ["OVER"]),
        ("wanneer=komend", ["OPEN", "DRAFT"]),
        ("zonder_lesgever=true", ["OPEN", "OVER"]),
        ("zonder_lesgever=false", ["DRAFT"]),
        ("wachtlijst=true", ["OPEN"]),
        ("q=kinderopvang", ["DRAFT"]),
        ("q=kinder+sam", ["DRAFT"]),
        ("q=kinder+vlonder", []),
        ("q=OPE", ["OPEN"]),
        ("q=vlonder", ["OPEN"]),
        ("toestand=onzin", ["OPEN", "DRAFT", "OVER"]),
    ],
)
def test_the_list_can_be_filtered_and_searched(client, query, found):
    organiser(client)
    open_one = SessionFactory(code="OPEN", days=10, parts=2)
    open_one.day_parts.update(venue=VenueFactory(name="De Vlonder"))
    seat(open_one, state="waiting")
    draft = SessionFactory(code="DRAFT", days=20, state="draft", training=make_training(title="In de kinderopvang"))
    draft.trainers.set([TrainerFactory(name="Sam"), TrainerFactory(name="Samira")])
    SessionFactory(code="OVER", days=-9, state="done")
    assert codes(client.get(f"{LIST}?{query}")) == found


def test_the_list_filters_by_training_theme_sector_trainer_venue_and_period(client):
    organiser(client)
    training = make_training(themes=["haatspraak"], sectors=["sport"])
    wanted = SessionFactory(code="GEZOCHT", training=training, days=10, parts=2)
    SessionFactory(code="ANDERS", days=80)
    trainer, venue = TrainerFactory(), VenueFactory()
    wanted.trainers.add(trainer)
    wanted.day_parts.update(venue=venue)
    day = timezone.localdate(wanted.day_parts.first().starts_at)
    queries = [
        f"vorming={training.pk}",
        f"thema={training.themes.get().pk}",
        f"sector={training.sectors.get().pk}",
        f"lesgever={trainer.pk}",
        f"locatie={venue.pk}",
        f"periode_from={day}&periode_to={day}",
    ]
    assert [codes(client.get(f"{LIST}?{query}")) for query in queries] == [["GEZOCHT"]] * 6


def test_names_are_missing_in_what_is_still_to_come_only(client):
    organiser(client)
    for code, days in (("KOMT", 5), ("VOORBIJ", -400)):
        ParticipantFactory(booking__session=SessionFactory(code=code, days=days), first_name="", family_name="")
    assert codes(client.get(f"{LIST}?namen_ontbreken=true")) == ["KOMT"]


@pytest.mark.parametrize(("value", "word"), [("true", "ja"), ("false", "nee")])
def test_a_filter_in_force_is_named_in_words(client, value, word):
    organiser(client)
    filters = client.get(f"{LIST}?wachtlijst={value}&toestand=published").context["active_filters"]
    assert [(one.field_label, one.value) for one in filters] == [("Status", "gepubliceerd"), ("Wachtlijst", word)]


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_sessions(client, n):
    organiser(client)
    for _ in range(n):
        session = SessionFactory(parts=2)
        session.trainers.add(TrainerFactory())
        session.day_parts.update(venue=VenueFactory())
        seat(session)
    # how many, the page of sessions, their day-parts and trainers, the five lists of the filters,
    # what stands in their way with its trainers, and somebody's own filters
    assert own_queries(client, LIST) == 12


def test_an_empty_list_says_what_it_would_hold(client):
    organiser(client)
    assert reverse("organise:choose-training") in client.get(LIST).content.decode()


def test_the_download_holds_what_the_filters_leave(client):
    organiser(client)
    SessionFactory(code="A", days=10, training=make_training(title="Dialoog"))
    SessionFactory(code="B", days=20, state="draft")
    response = client.get(f"{LIST}?toestand=published&export=xlsx")
    rows = list(load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:]] == [("A", "Dialoog")]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx"])
def test_no_cell_of_the_download_becomes_a_formula(client, text):
    organiser(client)
    SessionFactory(team_note=text, training=make_training(title=f"{text} vorming"))
    response = client.get(f"{LIST}?export=xlsx")
    cells = [cell for row in load_workbook(BytesIO(response.getvalue())).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}


def test_the_list_has_no_csv(client):
    organiser(client)
    SessionFactory()
    response = client.get(f"{LIST}?export=csv")
    assert response["Content-Type"].startswith("text/html")
    assert "export=csv" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("state", Session.State.values)
def test_the_page_counts_the_same_things_to_do_as_the_list(client, state):
    organiser(client)
    session = planning.plan_session(make_training(), by=UserFactory(), day=timezone.localdate())
    planning.arrange(session.checklist.get(kind="room"), by=UserFactory(), done=True)
    Session.objects.filter(pk=session.pk).update(state=state, cancel_reason="Ziekte" if state == "cancelled" else "")
    session.day_parts.update(starts_at="2020-01-01T08:00Z", ends_at="2020-01-01T11:00Z")
    [listed] = Session.objects.with_to_do()
    assert len(client.get(page(session)).context["to_do"]) == listed.to_do


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_of_everything(client, n):
    organiser(client)
    session = SessionFactory(parts=n)
    for kind in ["room", "trainer", "cost"][:n]:
        ChecklistItem.objects.create(session=session, kind=kind, done_by=UserFactory(), done_at=timezone.now())
    for _ in range(n):
        seat(session)
        seat(session, state="waiting")
        seat(session, state="cancelled", cancelled_at=timezone.now())
        outbox.queue(kind="test", to="sam@school.demo", subject="x", text="x", about=f"session:{session.pk}")
        session.history.create(verb="changed", by=UserFactory())
        session.trainers.add(TrainerFactory())
    # session, people, bookings, attendance, checklist, day-parts, trainers, failed and latest messages, their number, history,
    # whose venue and trainers are elsewhere, when schools are closed, what is offered, and what is needed
    assert own_queries(client, page(session)) == 17


def test_the_page_shows_participants_by_name_and_the_waiting_list_in_its_order(client):
    organiser(client)
    session = SessionFactory()
    for name in ["Zeebroek", "aerts"]:
        seat(session, family_name=name)
    for name in ["Wachter", "Achter"]:
        seat(session, family_name=name, state="waiting")
    context = client.get(page(session)).context
    assert [person.family_name for person in context["seated"]] == ["aerts", "Zeebroek"]
    assert [person.family_name for waiting in context["queue"] for person in waiting.people] == ["Wachter", "Achter"]


def test_the_page_never_shows_the_body_of_a_secret_message(client):
    organiser(client)
    session = SessionFactory()
    outbox.queue(kind="code", to="sam@school.demo", subject="Code", text="123456", about=f"session:{session.pk}", secret=True)
    outbox.queue(kind="plain", to="sam@school.demo", subject="Gewoon", text="Tot dan", about=f"session:{session.pk}")
    body = client.get(page(session)).content.decode()
    assert ("123456" in body, "Tot dan" in body) == (False, True)


def test_a_failed_message_is_sent_again(client):
    organiser(client)
    session = SessionFactory()
    message = outbox.queue(kind="plain", to="sam@school.demo", subject="x", text="x", about=f"session:{session.pk}")
    OutboxMessage.objects.update(state="failed", attempts=24, error="SMTPServerDisconnected")
    response = client.post(reverse("organise:resend", args=[message.pk]), {"next": page(session)}, follow=True)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0)
    assert response.redirect_chain == [(page(session), 302)]
    assert len(told(response)) == 1


@pytest.mark.parametrize("fields", [{"state": "waiting"}, {"state": "failed", "secret": True, "text": ""}])
def test_only_failed_messages_without_a_secret_are_sent_again(client, fields):
    organiser(client)
    message = outbox.queue(kind="plain", to="sam@school.demo", subject="x", text="x")
    OutboxMessage.objects.update(**fields)
    assert client.post(reverse("organise:resend", args=[message.pk])).status_code == 404


@pytest.mark.parametrize(
    ("onward", "leads_to"), [("https://elders.demo/", "/cms/sessies/berichten/"), ("<verder>", "%3Cverder%3E")]
)
def test_sending_again_does_not_lead_to_another_site_and_takes_no_address_for_a_name(client, onward, leads_to):
    organiser(client)
    message = outbox.queue(kind="plain", to="sam@school.demo", subject="x", text="x")
    OutboxMessage.objects.update(state="failed")
    assert client.post(reverse("organise:resend", args=[message.pk]), {"next": onward}).url == leads_to


def test_names_are_escaped(client):
    organiser(client)
    session = SessionFactory()
    seat(session, first_name="<b>Sam</b>", family_name="<script>alert(1)</script>")
    body = client.get(page(session)).content.decode()
    assert ("<script>alert(1)" in body, "&lt;script&gt;alert(1)" in body) == (False, True)
