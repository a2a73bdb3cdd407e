"""The screens that plan, change, copy, publish, close and cancel."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from shared.models import OutboxMessage
from tests.trainings.admin_tools import organiser, url
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    make_training,
)
from trainings import planning
from trainings.admin.forms.planning import DEADLINES, day_part_rows
from trainings.models import Session

pytestmark = pytest.mark.django_db


def typed(session, **changes):
    """The form of a session as the browser sends it back, with `changes`."""
    local = "%Y-%m-%dT%H:%M"
    parts = day_part_rows(session)
    data = {
        "trainers": [trainer.pk for trainer in session.trainers.all()],
        "capacity": session.capacity,
        "waiting_list": "on",
        "language": session.language,
        "visibility": session.visibility,
        **{name: timezone.localtime(getattr(session, name)).strftime(local) for name in DEADLINES},
        "audience": session.audience,
        "approval": session.approval,
        "pending_holds_seat": "on",
        "offer_days": session.offer_days,
        "public_note": "",
        "team_note": "",
        "dagdeel-TOTAL_FORMS": len(parts) + 1,
        "dagdeel-INITIAL_FORMS": len(parts),
    }
    for number, part in enumerate(parts):
        data |= {
            f"dagdeel-{number}-pk": part["pk"],
            f"dagdeel-{number}-starts_at": timezone.localtime(part["starts_at"]).strftime(local),
            f"dagdeel-{number}-ends_at": timezone.localtime(part["ends_at"]).strftime(local),
            f"dagdeel-{number}-venue": part["venue"].pk if part["venue"] else "",
            f"dagdeel-{number}-room": part["room"],
            f"dagdeel-{number}-online_link": part["online_link"],
        }
    return data | changes


def test_planning_begins_with_the_defaults_of_the_training(client):
    organiser(client)
    trainer = TrainerFactory()
    training = make_training(group_max=14)
    training.trainers.set([trainer])
    training.save()
    form = client.get(url("plan", training.pk)).context["form"]
    assert (form["capacity"].value(), list(form["trainers"].value()), form["begins"].value()) == (14, [trainer.pk], "09:00")


def test_planning_makes_a_draft_and_leads_to_its_page(client):
    ilse = organiser(client)
    venue, training = VenueFactory(), make_training(code="V03")
    data = {"day": "2027-03-04", "begins": "13:30", "venue": venue.pk, "capacity": 12, "language": "nl", "visibility": "public"}
    response = client.post(url("plan", training.pk), data)
    session = Session.objects.get()
    part = session.day_parts.get()
    assert response.url == url("session", session.pk)
    assert (session.code, session.state, session.capacity, session.history.get().by) == ("V03-27-01", "draft", 12, ilse)
    assert (timezone.localtime(part.starts_at).isoformat(), part.venue) == ("2027-03-04T13:30:00+01:00", venue)


def form_key(page) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


@pytest.mark.parametrize("screen", ["plan", "copy"])
def test_a_form_that_is_sent_twice_makes_one_draft_and_leads_to_it_twice(client, screen):
    organiser(client)
    other = SessionFactory()
    address = url(screen, other.training_id if screen == "plan" else other.pk)
    data = {"day": "2027-03-04", "begins": "13:30", "capacity": 12, "language": "nl", "visibility": "public"}
    data["form_key"] = form_key(client.get(address))
    answers = [client.post(address, data).url for _time in range(2)]
    made = Session.objects.exclude(pk=other.pk).get()
    assert (answers, made.history.count()) == ([url("session", made.pk)] * 2, 1)
    # Another day is another draft, and so is a form that was opened anew.
    client.post(address, data | {"day": "2027-03-05"})
    client.post(address, data | {"form_key": form_key(client.get(address))})
    assert Session.objects.exclude(pk=other.pk).count() == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "overmorgen"}, "day"),
        ({"begins": "25:00"}, "begins"),
        ({"day": "2027-03-28", "begins": "02:30"}, "begins"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "99999999999999999999"}, "capacity"),
        ({"venue": "0"}, "venue"),
        ({"visibility": "geheim"}, "visibility"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
    ],
)
def test_planning_keeps_what_was_typed_beside_the_error(client, wrong, field):
    organiser(client)
    data = {"day": "2027-03-04", "begins": "09:00", "room": "2.1", "capacity": 12, "language": "nl", "visibility": "public"}
    response = client.post(url("plan", make_training().pk), data | wrong)
    assert list(response.context["form"].errors) == [field]
    assert 'value="2.1"' in response.content.decode()
    assert not Session.objects.exists()


def test_planning_says_what_deserves_a_second_look(client):
    organiser(client)
    data = {"day": "2027-12-25", "begins": "13:30", "capacity": 12, "language": "nl", "visibility": "public"}
    response = client.post(url("plan", make_training().pk), data, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    assert len(response.context["doubts"]) == 1


def test_copying_says_what_deserves_a_second_look(client):
    organiser(client)
    response = client.post(url("copy", SessionFactory().pk), {"day": "2027-12-25"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]


def test_changing_says_what_deserves_a_second_look(client):
    organiser(client)
    session, other = SessionFactory(), SessionFactory()
    venue = VenueFactory()
    other.day_parts.update(venue=venue)
    response = client.post(url("change", session.pk), typed(session, **{"dagdeel-0-venue": venue.pk}), follow=True)
    warned = [message for message in response.context["messages"] if message.level_tag == "warning"]
    assert [(venue.name in str(message), other.code in str(message)) for message in warned] == [(True, True)]


def test_a_training_can_be_planned_from_its_page_in_the_list(client):
    organiser(client)
    training = make_training()
    assert url("plan", training.pk) in client.get(url("choose-training")).content.decode()


def test_changing_the_time_tells_how_many_mails_leave(client):
    organiser(client)
    session = SessionFactory()
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    day = timezone.localdate(session.day_parts.get().starts_at)
    data = typed(session, **{"dagdeel-0-starts_at": f"{day}T10:00", "dagdeel-0-ends_at": f"{day}T13:00"})
    response = client.post(url("change", session.pk), data, follow=True)
    assert timezone.localtime(session.day_parts.get().starts_at).hour == 10
    said = [message.level_tag for message in response.context["messages"]].count("success")
    assert (OutboxMessage.objects.count(), said) == (2, 2)


def test_changing_nothing_mails_nobody_and_leaves_no_history(client):
    organiser(client)
    session = SessionFactory(parts=2)
    session.day_parts.update(venue=VenueFactory(), room="2.1")
    ParticipantFactory(booking=BookingFactory(session=session), email="sam@school.demo")
    client.post(url("change", session.pk), typed(session))
    assert (OutboxMessage.objects.count(), session.history.count()) == (0, 0)


def test_changing_can_add_and_remove_day_parts(client):
    organiser(client)
    session = SessionFactory(parts=2)
    later = timezone.localdate(session.day_parts.last().starts_at) + timedelta(days=7)
    new = {"dagdeel-2-starts_at": f"{later}T09:00", "dagdeel-2-ends_at": f"{later}T12:00"}
    kept = session.day_parts.last().pk
    client.post(url("change", session.pk), typed(session, **new, **{"dagdeel-0-DELETE": "on"}))
    assert [part.pk == kept for part in session.day_parts.all()] == [True, False]


def test_changing_below_use_warns_and_cancels_nobody(client):
    organiser(client)
    session = SessionFactory(capacity=3)
    for number in range(3):
        ParticipantFactory(booking=BookingFactory(session=session), email=f"p{number}@school.demo")
    response = client.post(url("change", session.pk), typed(session, capacity=1), follow=True)
    session.refresh_from_db()
    assert (session.capacity, session.participants.seated().count()) == (1, 3)
    # Below use, and below the group that the training is made for.
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning", "warning"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"booking_closes_at": "2099-01-01T09:00"},
        {"cancelling_closes_at": "2099-01-01T09:00"},
        {"names_close_at": "2099-01-01T09:00"},
        {"changing_closes_at": "2099-01-01T09:00"},
        {"audience": "organisations"},
        {"audience": "invited"},
        {"audience": "invited", "invited": "geen adres"},
        {"seats_per_organisation": "0"},
        {"offer_days": "0"},
        {"capacity": ""},
        {"dagdeel-0-ends_at": "2020-01-01T09:00"},
        {"dagdeel-0-starts_at": "2027-03-28T02:30"},
        {"dagdeel-0-DELETE": "on"},
        {"dagdeel-1-starts_at": "2027-03-04T09:00"},
        {"dagdeel-TOTAL_FORMS": "99999"},
        {"dagdeel-TOTAL_FORMS": "x"},
        {"trainers": ["0"]},
    ],
)
def test_changing_keeps_what_was_typed_when_something_is_wrong(client, wrong):
    organiser(client)
    session = SessionFactory()
    before = day_part_rows(session)
    response = client.post(url("change", session.pk), typed(session, public_note="Breng een vraag mee", **wrong))
    assert response.status_code == 200
    assert "Breng een vraag mee" in response.content.decode()
    session.refresh_from_db()
    assert (day_part_rows(session), session.public_note, session.history.count()) == (before, "", 0)


def test_changing_a_cancelled_session_is_not_there(client):
    organiser(client)
    session = SessionFactory(state="cancelled", cancel_reason="Ziekte")
    assert client.get(url("change", session.pk)).status_code == 404


def test_copying_makes_a_draft_on_the_chosen_day(client):
    organiser(client)
    session = SessionFactory()
    client.post(url("copy", session.pk), {"day": "2027-11-04"})
    copy = Session.objects.exclude(pk=session.pk).get()
    assert (copy.state, timezone.localdate(copy.day_parts.get().starts_at).isoformat()) == ("draft", "2027-11-04")


def test_copying_a_session_without_day_parts_says_why_not(client):
    organiser(client)
    session = SessionFactory(parts=0, state="draft")
    response = client.post(url("copy", session.pk), {"day": "2027-11-04"})
    assert list(response.context["form"].errors) == ["day"]


PLANNED = {"day": "2027-03-04", "begins": "09:00", "capacity": 12, "language": "nl", "visibility": "public"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_refused_beside_its_field(client, day):
    organiser(client)
    session = SessionFactory()
    page = client.post(url("plan", session.training.pk), PLANNED | {"day": day})
    assert (page.status_code, list(page.context["form"].errors), Session.objects.count()) == (200, ["day"], 1)
    copied = client.post(url("copy", session.pk), {"day": day})
    assert (copied.status_code, list(copied.context["form"].errors)) == (200, ["day"])
    lists = [f"/cms/sessies/?periode_from={day}", f"/cms/sessies/lijsten/xlsx/?van={day}&tot={day}"]
    assert [client.get(address).status_code < 500 for address in lists] == [True, True]


def test_a_later_moment_that_the_clocks_skip_is_told_beside_the_hour(client):
    organiser(client)
    training = make_training(days=2)
    page = client.post(url("plan", training.pk), PLANNED | {"day": "2027-03-21", "begins": "02:30"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["begins"])


def test_a_session_only_for_who_has_the_link_has_a_code_that_cannot_be_guessed(client):
    organiser(client)
    training = make_training(code="V03")
    client.post(url("plan", training.pk), PLANNED | {"visibility": "link"})
    client.post(url("plan", training.pk), PLANNED)
    hidden, public = Session.objects.order_by("pk").values_list("code", flat=True)
    assert (hidden[:10], len(hidden), public) == ("V03-27-01-", 16, "V03-27-02")


def test_the_copy_of_a_cancelled_draft_stands_in_the_calendar_again(client):
    ilse = organiser(client)
    draft = SessionFactory(state="draft")
    planning.cancel_session(draft, by=ilse, reason="Vergist.")
    draft.refresh_from_db()
    assert planning.copy_session(draft, by=ilse, day=timezone.localdate() + timedelta(days=50)).visibility == "public"
