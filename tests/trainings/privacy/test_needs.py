"""What a participant needs: told by an own link, read by organisers only, gone after the session."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local
from trainings import changing, links
from trainings.booking import book_seats, cancel_participants
from trainings.models import AccessNeed, HistoryEntry, Participant
from trainings.privacy import needs
from trainings.refusals import NeedsClosed
from trainings.seats import Person

pytestmark = pytest.mark.django_db
TELLING = "Zaal met ringleiding"


def address(seat, name="seat-need"):
    return reverse(f"trainings:{name}", args=[links.token(links.SEAT, seat.link_key)])


@pytest.fixture
def seat():
    return ParticipantFactory(email="sam@school.demo", first_name="Sam", family_name="De Wilde")


def test_a_participant_tells_changes_and_removes_what_is_needed(client, seat):
    assert client.post(address(seat), {"text": TELLING}).url == address(seat, "seat")
    assert AccessNeed.objects.get().text == TELLING
    assert TELLING in client.get(address(seat)).content.decode()
    client.post(address(seat), {"text": "Een tolk"})
    assert AccessNeed.objects.get().text == "Een tolk"
    client.post(address(seat), {"remove": "1"})
    assert not AccessNeed.objects.exists()


def test_an_empty_answer_is_refused_beside_the_field(client, seat):
    response = client.post(address(seat), {"text": " "})
    assert (response.status_code, list(response.context["need_form"].errors), AccessNeed.objects.count()) == (200, ["text"], 0)


def test_the_page_of_the_seat_asks_and_does_not_repeat_the_answer(client, seat):
    assert address(seat) in client.get(address(seat, "seat")).content.decode()
    needs.tell_need(seat, TELLING)
    assert TELLING not in client.get(address(seat, "seat")).content.decode()


@pytest.mark.parametrize("days", [-1, 0])
def test_nothing_is_told_once_the_session_is_over_or_the_seat_given_back(days):
    session = SessionFactory(days=days) if days else SessionFactory()
    seat = ParticipantFactory(booking=BookingFactory(session=session))
    if not days:
        Participant.objects.update(state="cancelled", cancelled_at=timezone.now())
    with pytest.raises(NeedsClosed):
        needs.tell_need(seat, TELLING)


def test_a_link_of_who_passed_the_seat_on_tells_nothing(client, seat):
    old = address(seat)
    changing.replace_participant(seat, Person("Els", "Maes", "els@school.demo"), by=seat.booking.booked_by)
    assert (client.get(old).status_code, client.post(old, {"text": TELLING}).status_code) == (404, 404)


def test_an_organiser_reads_it_on_the_page_of_the_session(client, seat):
    needs.tell_need(seat, TELLING)
    organiser(client)
    body = client.get(reverse("organise:session", args=[seat.session_id])).content.decode()
    assert body.count(TELLING) == 1


def test_neither_booker_nor_sheet_nor_mail_nor_history_tells_it(client, seat):
    needs.tell_need(seat, TELLING)
    team = UserFactory(groups=["Organisatoren"])
    sign_in(client, team)
    page = reverse("organise:session", args=[seat.session_id])
    assert TELLING in client.get(page).content.decode()  # there is something to leak
    shown = [reverse(f"trainings_sheets:{name}", args=[seat.session_id]) for name in ("print", "xlsx")]
    response = client.get(shown[1])
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    for close in response._resource_closers:
        close()
    cells = [str(cell.value) for one in sheet for row in one.iter_rows() for cell in row if cell.value]
    texts = [client.get(shown[0]).content.decode(), *cells]
    texts.append(client.get(reverse("organise:attendance", args=[seat.session_id])).content.decode())
    sign_in(client, seat.booking.booked_by)
    texts += [client.get(seat.booking.get_absolute_url()).content.decode(), client.get(reverse("trainings:mine")).content.decode()]
    cancel_participants([seat], by=seat.booking.booked_by)
    texts += list(OutboxMessage.objects.values_list("text", flat=True)) + list(
        HistoryEntry.objects.values_list("detail", flat=True)
    )
    assert [text for text in texts if "ringleiding" in text] == []


def test_a_booker_who_puts_the_own_address_beside_a_colleague_does_not_get_to_see_it(client, seat):
    needs.tell_need(seat, TELLING)
    booker = seat.booking.booked_by
    changing.correct_details(seat, Person("Sam", "De Wilde", "sam.anders@school.demo"), by=booker)
    seat.refresh_from_db()
    assert (AccessNeed.objects.count(), TELLING in client.get(address(seat)).content.decode()) == (0, False)


def test_a_name_put_right_keeps_what_was_told(seat):
    needs.tell_need(seat, TELLING)
    changing.correct_details(seat, Person("Samuel", "De Wilde", "sam@school.demo"), by=seat.booking.booked_by)
    assert AccessNeed.objects.get().participant_id == seat.pk


def test_who_is_moved_to_another_date_takes_it_along(seat):
    needs.tell_need(seat, TELLING)
    [there] = changing.move_participants([seat], SessionFactory(training=seat.session.training), by=UserFactory())
    assert AccessNeed.objects.get().participant_id == there.pk


def test_the_worker_forgets_needs_of_sessions_that_are_over_or_cancelled_and_of_who_left():
    told = [ParticipantFactory(booking=BookingFactory(session=SessionFactory(days=days))) for days in (-1, 1, 2, 3)]
    for one in told:
        AccessNeed.objects.create(participant=one, text=TELLING)
    told[2].session.state, told[2].session.cancel_reason = "cancelled", "Ziekte"
    told[2].session.save()
    Participant.objects.filter(pk=told[3].pk).update(state="cancelled", cancelled_at=timezone.now())
    assert needs.forget_ended() == 3
    assert AccessNeed.objects.get().participant_id == told[1].pk
    assert needs.forget_ended() == 0


def test_time_passes_and_the_need_goes(seat, monkeypatch):
    needs.tell_need(seat, TELLING)
    end = seat.session.day_parts.get().ends_at
    for moment, left in ((end - timedelta(minutes=1), 1), (end + timedelta(minutes=1), 0)):
        monkeypatch.setattr("trainings.privacy.needs.timezone.now", lambda moment=moment: moment)
        needs.forget_ended()
        assert AccessNeed.objects.count() == left


def test_mails_to_participants_ask_with_the_link_to_the_seat_and_the_booker_of_others_is_not_asked():
    booker = UserFactory(email="noor@school.demo")
    people = [Person("Noor", "Peeters", "noor@school.demo"), Person("Bert", "Claes", "bert@school.demo")]
    booking = book_seats(SessionFactory(), by=booker, participants=people)
    keys = {seat.email: links.to_seat(seat) for seat in booking.participants.all()}
    texts = dict(OutboxMessage.objects.values_list("to", "text"))
    assert {to: (keys[to] in text, "Heb je iets nodig" in text) for to, text in texts.items()} == dict.fromkeys(keys, (True, True))
    book_seats(SessionFactory(), by=booker, participants=people[1:])
    text = OutboxMessage.objects.filter(to="noor@school.demo").latest("created_at").text
    assert ("Heb je iets nodig" in text, "/plaats/" in text) == (False, False)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_needs_costs_one_question(n, django_assert_num_queries):
    session = SessionFactory(booking_closes_at=local(5))
    for seat in ParticipantFactory.create_batch(n, booking=BookingFactory(session=session)):
        AccessNeed.objects.create(participant=seat, text=TELLING)
    with django_assert_num_queries(1):
        assert len([need.participant.full_name for need in needs.of_session(session)]) == n
