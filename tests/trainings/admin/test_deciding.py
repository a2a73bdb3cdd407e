"""The organiser's screens that decide on a booking, change who comes, give names and move people."""

import pytest
from django.utils.translation import gettext as _

from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.trainings.admin_tools import as_sent, organiser, own_queries, told, url
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, WaitingEntryFactory, local
from trainings.admin.forms.people import MoveForm
from trainings.forms.changing import ChangeSeatForm
from trainings.models import HistoryEntry, Participant

pytestmark = pytest.mark.django_db


def asking(session=None, *, stage="team", names=("Noor",), **fields):
    """A booking that awaits approval."""
    booking = BookingFactory(session=session or SessionFactory(approval="team"), stage=stage, **fields)
    for name in names:
        ParticipantFactory(booking=booking, state="pending", first_name=name, email=f"{name.lower()}@school.demo")
    return booking


def nameless(booking=None, seats=2):
    booking = booking or BookingFactory()
    for _number in range(seats):
        ParticipantFactory(booking=booking, state="reserved", first_name="", family_name="")
    return booking


def states(booking) -> list[str]:
    return list(booking.participants.order_by("pk").values_list("state", flat=True))


def verbs(session) -> list[str]:
    return list(session.history.order_by("pk").values_list("verb", flat=True))


def decide(client, booking, **typed):
    return client.post(url("decide", booking.session_id, booking.pk), typed, follow=True)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("stage", ["team", "coordinator"])
def test_a_booking_is_approved_whoever_it_awaits(client, stage):
    organiser(client)
    booking = asking(stage=stage)
    assert told(decide(client, booking, decision="approve")) == ["Goedgekeurd. Mails bevestigen het."]
    booking.refresh_from_db()
    assert (booking.stage, states(booking), verbs(booking.session)) == ("", ["confirmed"], ["approved"])


def test_the_page_of_a_session_shows_who_asks_since_when_for_whom_and_with_which_message(client):
    organiser(client)
    organisation = OrganisationFactory(name="Atheneum De Vlinder")
    booking = asking(organisation=organisation, message="Wij komen met de fiets.", names=["Noor", "Robbe"])
    html = text(client.get(url("session", booking.session_id)))
    block = html.partition('id="goed-te-keuren"')[2].partition("</section>")[0]
    wanted = ["Noor", "Robbe", "Atheneum De Vlinder", "Wij komen met de fiets.", booking.reference]
    assert [part for part in wanted if part not in block] == []


def test_not_approving_asks_for_a_reason_beside_the_field(client):
    organiser(client)
    booking = asking()
    response = decide(client, booking, decision="refuse", reason=" ")
    assert (list(response.context["form"].errors), states(booking)) == (["reason"], ["pending"])


def test_not_approving_tells_who_booked_why(client):
    organiser(client)
    booking = asking()
    decide(client, booking, decision="refuse", reason="Deze groep kwam al.")
    assert (states(booking), verbs(booking.session)) == (["refused"], ["refused"])
    assert ["Deze groep kwam al." in mail.text for mail in OutboxMessage.objects.filter(to=booking.booked_by.email)] == [True]


def test_a_full_session_is_told_and_the_team_may_approve_on_purpose(client):
    organiser(client)
    session = SessionFactory(capacity=1, approval="team", pending_holds_seat=False)
    ParticipantFactory(booking=BookingFactory(session=session))
    booking = asking(session)
    response = decide(client, booking, decision="approve", reason="net getypt")
    assert (list(response.context["form"].errors), states(booking)) == (["overbook"], ["pending"])
    assert 'name="overbook"' in text(response)
    assert "net getypt" in text(response)
    decide(client, booking, decision="approve", overbook="on")
    assert (states(booking), session.history.get().detail) == (["confirmed"], "+1")


def test_what_was_decided_meanwhile_is_told_and_not_done_again(client):
    organiser(client)
    booking = BookingFactory()
    ParticipantFactory(booking=booking)
    response = decide(client, booking, decision="approve")
    assert (response.status_code, states(booking), HistoryEntry.objects.count()) == (200, ["confirmed"], 0)
    assert "Deze inschrijving wacht niet op goedkeuring" in text(response)


def test_a_booking_of_another_session_is_not_found(client):
    organiser(client)
    booking, other = asking(), SessionFactory()
    for name in ("decide", "name-seats"):
        assert client.get(url(name, other.pk, booking.pk)).status_code == 404
    assert client.get(url("change-participant", other.pk, booking.participants.get().pk)).status_code == 404


def typed_change(person, **changes):
    return as_sent(ChangeSeatForm(participant=person, as_team=True)) | {"who": "other"} | changes


def test_somebody_else_takes_a_seat_after_every_deadline(client):
    organiser(client)
    session = SessionFactory(changing_closes_at=local(-1))
    person = ParticipantFactory(booking=BookingFactory(session=session), email="amira@school.demo")
    new = {"first_name": "Wout", "family_name": "Maes", "email": "wout@school.demo", "reason": "Amira is ziek."}
    client.post(url("change-participant", session.pk, person.pk), typed_change(person, **new))
    person.refresh_from_db()
    assert (str(person), verbs(session)) == ("Wout Maes", ["replaced"])
    assert set(OutboxMessage.objects.values_list("to", flat=True)) >= {"amira@school.demo", "wout@school.demo"}


def test_a_detail_is_put_right(client):
    organiser(client)
    person = ParticipantFactory(first_name="Amria")
    data = typed_change(person, who="same", first_name="Amira", reason="Tikfout.")
    client.post(url("change-participant", person.session_id, person.pk), data)
    person.refresh_from_db()
    assert (person.first_name, verbs(person.session)) == ("Amira", ["corrected"])


def test_the_team_says_why_and_loses_nothing_typed(client):
    organiser(client)
    person = ParticipantFactory()
    response = client.post(url("change-participant", person.session_id, person.pk), typed_change(person, first_name="Wout"))
    assert list(response.context["form"].errors) == ["reason"]
    assert 'value="Wout"' in text(response)


def test_a_typing_error_is_put_right_without_a_reason(client):
    organiser(client)
    person = ParticipantFactory(first_name="Amria")
    client.post(url("change-participant", person.session_id, person.pk), typed_change(person, who="same", first_name="Amira"))
    person.refresh_from_db()
    assert person.first_name == "Amira"


def test_what_is_wrong_stands_above_the_screen_with_a_link_to_its_field(client):
    organiser(client)
    person = ParticipantFactory()
    page = text(client.post(url("change-participant", person.session_id, person.pk), {"who": ""}))
    assert page.index('class="error-summary"') < page.index('href="#id_first_name"') < page.index('id="id_first_name"')
    session = person.session_id
    page = text(client.post(url("change", session), {"parts-TOTAL_FORMS": 1, "parts-INITIAL_FORMS": 0, "parts-0-room": "x"}))
    assert page.index('class="error-summary"') < page.index('href="#id_capacity"') < page.index('id="id_capacity"')


def test_an_address_that_sits_there_already_is_told_beside_the_address(client):
    organiser(client)
    person = ParticipantFactory()
    other = ParticipantFactory(booking=person.booking, email="wout@school.demo")
    data = typed_change(person, first_name="Wout", email=other.email, reason="Ruil.")
    response = client.post(url("change-participant", person.session_id, person.pk), data)
    assert list(response.context["form"].errors) == ["email"]


def test_a_seat_without_a_name_is_not_changed_but_named(client):
    organiser(client)
    booking = nameless(seats=1)
    address = url("change-participant", booking.session_id, booking.participants.get().pk)
    assert client.get(address).status_code == 404


def typed_names(client, booking, **first):
    """The rows of the page as sent, the first of them filled in."""
    rows = client.get(url("name-seats", booking.session_id, booking.pk)).context["rows"]
    sent = as_sent(rows.management_form)
    for row in rows:
        sent |= as_sent(row)
    return sent | {f"{rows.prefix}-0-{name}": value for name, value in first.items()}


def test_the_team_gives_names_after_the_deadline_too(client):
    organiser(client)
    booking = nameless(BookingFactory(session=SessionFactory(names_close_at=local(-1))))
    data = typed_names(client, booking, first_name="Wout", family_name="Maes", email="wout@school.demo")
    client.post(url("name-seats", booking.session_id, booking.pk), data)
    assert (states(booking), verbs(booking.session)) == (["confirmed", "reserved"], ["named"])


def test_a_name_that_is_refused_is_told_and_stays_typed(client):
    organiser(client)
    booking = nameless()
    ParticipantFactory(booking=booking, email="wout@school.demo")
    data = typed_names(client, booking, first_name="Wout", family_name="Maes", email="wout@school.demo")
    response = client.post(url("name-seats", booking.session_id, booking.pk), data)
    assert ([*response.context["rows"].forms[0].errors], booking.participants.nameless().count()) == (["email"], 2)
    assert 'value="Maes"' in text(response)


def test_seats_without_a_name_stand_on_the_page_with_who_booked_them(client):
    organiser(client)
    booking = nameless(BookingFactory(organisation=OrganisationFactory(name="Politiezone Leie")))
    html = text(client.get(url("session", booking.session_id)))
    assert [part for part in ("2 plaatsen zonder naam", "Politiezone Leie", booking.reference) if part not in html] == []


def moved(client, people, to, **typed):
    session = people[0].session
    data = {"deelnemer": [one.pk for one in people], "to": to.pk, "reason": "Zaal te klein."} | typed
    return client.post(url("move-participants", session.pk), data, follow=True)


def test_people_who_were_ticked_move_to_another_session_of_the_training(client):
    organiser(client)
    one = ParticipantFactory(email="amira@school.demo")
    there = SessionFactory(training=one.session.training)
    SessionFactory()  # of another training: not offered
    form = MoveForm(session=one.session)
    assert [choice.pk for choice in form.fields["to"].queryset] == [there.pk]
    response = moved(client, [one], there)
    assert told(response) == [_("Moved: %(who)s. Mails say so.") % {"who": "1 persoon"}]
    assert response.request["PATH_INFO"] == url("session", there.pk)
    assert [str(person) for person in there.participants.seated()] == [str(one)]
    assert (verbs(one.session), verbs(there)) == (["moved"], ["moved"])


def test_moving_to_a_full_session_is_told_and_done_on_purpose(client):
    organiser(client)
    one = ParticipantFactory()
    there = SessionFactory(training=one.session.training, capacity=1)
    ParticipantFactory(booking=BookingFactory(session=there))
    response = moved(client, [one], there)
    assert (list(response.context["form"].errors), there.participants.count()) == (["overbook"], 1)
    assert "Zaal te klein." in text(response)
    moved(client, [one], there, overbook="on")
    assert there.participants.count() == 2


def test_moving_says_why(client):
    organiser(client)
    one = ParticipantFactory()
    there = SessionFactory(training=one.session.training)
    response = moved(client, [one], there, reason="")
    assert (list(response.context["form"].errors), there.participants.count()) == (["reason"], 0)


def test_moving_nobody_asks_to_tick_somebody_first(client):
    organiser(client)
    session = SessionFactory()
    assert client.get(url("move-participants", session.pk)).url == url("session", session.pk) + "#deelnemers"


def test_a_group_without_names_stands_folded_with_its_number(client):
    organiser(client)
    booking = BookingFactory(organisation=OrganisationFactory(name="Basisschool De Beuk"), head_count=True)
    for _number in range(3):
        ParticipantFactory(booking=booking, first_name="", family_name="")
    html = text(client.get(url("session", booking.session_id)))
    assert "Groep van Basisschool De Beuk: 3 personen" in html


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three_of_everything(client, n):
    organiser(client)
    session = SessionFactory(approval="team", capacity=50)
    for _number in range(n):
        for state in Participant.State:
            ended = {"cancelled_at": local(-1)} if state in Participant.ENDED else {}
            no_name = {"first_name": "", "family_name": ""} if state == "reserved" else {}
            booking = BookingFactory(session=session, organisation=OrganisationFactory())
            ParticipantFactory(booking=booking, state=state, **ended, **no_name)
            if state == "waiting":
                WaitingEntryFactory(session=session, booking=booking)
        ParticipantFactory(booking=BookingFactory(session=session, head_count=True), first_name="", family_name="")
    assert own_queries(client, url("session", session.pk)) == 16
