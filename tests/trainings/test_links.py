"""Pages that a link in a mail opens without signing in: one's own seat, and a seat that came free."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory
from tests.trainings.life import BERT, CARO, NOOR, forget_mail, free, full_session, sent, wait
from trainings import links
from trainings.booking import book_seats, cancel_participants
from trainings.changing import correct_details, replace_participant
from trainings.models import HistoryEntry, Offer, Participant, Session
from trainings.privacy import needs
from trainings.refusals import AlreadyDecided

pytestmark = pytest.mark.django_db
SEAT_PAGES = ["trainings:seat", "trainings:seat-give-back", "trainings:seat-change"]
SOMEBODY_ELSE = {"who": "other", "first_name": "Caro", "family_name": "D'hondt", "email": CARO.email}


@pytest.fixture
def booker():
    return UserFactory(email=NOOR.email, first_name="Noor", last_name="De Clercq")


@pytest.fixture
def seat(booker):
    """Bert's seat, booked by Noor."""
    seat = book_seats(SessionFactory(capacity=1), by=booker, participants=[BERT]).participants.get()
    forget_mail()
    return seat


@pytest.fixture
def offer():
    """One seat, kept for one of two who wait together."""
    session = full_session(1)
    entry = wait(session, 2, fewer_is_fine=True)
    free(session, 1)
    forget_mail()
    return entry.offers.get()


def address(name: str, row) -> str:
    kind, key = (links.OFFER, row.pk) if isinstance(row, Offer) else (links.SEAT, row.link_key)
    return reverse(name, args=[links.token(kind, key)])


def as_it_stands() -> tuple:
    """Everything that a link could change."""
    seats = list(Participant.objects.order_by("pk").values())
    return seats, list(Offer.objects.values()), HistoryEntry.objects.count(), OutboxMessage.objects.count()


def forged(kind: str, key: uuid.UUID) -> list[str]:
    """Texts that look like a token of this key and are none."""
    true, other = links.token(kind, key), links.OFFER if kind == links.SEAT else links.SEAT
    unsigned, signature = true.split(".")
    return [
        unsigned,
        f"{unsigned}.",
        f"{unsigned}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{uuid.uuid4().hex}.{signature}",
        links.token(other, key),
        Signer(sep=".").sign(unsigned),
        Signer(salt=f"trainings.links.{kind}", sep=".").sign("no key"),
        f"{true}.{signature}",
        "x",
    ]


def test_a_link_opens_for_the_key_that_it_was_made_of_and_for_nothing_else():
    key = uuid.uuid4()
    for kind in (links.SEAT, links.OFFER):
        assert links.read(kind, links.token(kind, key)) == key
        assert [links.read(kind, text) for text in forged(kind, key)] == [None] * 9


@pytest.mark.parametrize("name", [*SEAT_PAGES, "trainings:offer"])
def test_a_forged_link_is_not_found_whoever_tries_and_whatever_the_verb(client, seat, offer, name):
    kind, key = (links.OFFER, offer.pk) if name == "trainings:offer" else (links.SEAT, seat.link_key)
    before = as_it_stands()
    tokens = [*forged(kind, key), links.token(kind, uuid.uuid4())]
    addresses = [reverse(name, args=[token]) for token in tokens]
    assert {client.get(one).status_code for one in addresses} == {404}
    assert {client.post(one, {"answer": "accept"}).status_code for one in addresses} <= {404, 405}
    assert as_it_stands() == before


@pytest.mark.parametrize("name", SEAT_PAGES)
def test_a_mail_scanner_that_opens_every_link_changes_nothing(client, seat, name):
    before = as_it_stands()
    for verb in (client.get, client.head):
        assert verb(address(name, seat)).status_code == 200
    assert as_it_stands() == before


def test_a_mail_scanner_neither_accepts_nor_refuses_an_offered_seat(client, offer):
    before = as_it_stands()
    for query in ("", "?answer=accept", "?answer=refuse"):
        assert client.get(address("trainings:offer", offer) + query).status_code == 200
    assert client.head(address("trainings:offer", offer)).status_code == 200
    assert as_it_stands() == before


def test_the_page_of_a_seat_takes_no_post(client, seat):
    assert client.post(address("trainings:seat", seat)).status_code == 405


@pytest.mark.parametrize("name", [*SEAT_PAGES, "trainings:offer"])
def test_nothing_personal_is_in_the_address_the_title_or_a_cache(client, seat, offer, name):
    row = offer if name == "trainings:offer" else seat
    answer = client.get(address(name, row))
    [title] = re.findall(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    personal = ["bert", "broeck", "noor", "clercq", "nummer", "@", "%40"]
    assert [word for word in personal if word in title.lower() or word in address(name, row).lower()] == []
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin", "strict-origin-when-cross-origin")


def test_a_seat_is_given_back_in_two_steps_without_a_session(client, seat):
    step = address("trainings:seat-give-back", seat)
    assert step in client.get(address("trainings:seat", seat)).content.decode()
    answer = client.post(step, {"reason": "Ziek"})
    seat.refresh_from_db()
    assert (answer.url, seat.state, seat.cancel_reason) == (address("trainings:seat", seat), "cancelled", "Ziek")
    assert sent() == [("participant_cancelled", BERT.email, "CANCEL"), ("seats_cancelled", NOOR.email, "")]
    assert "_auth_user_id" not in client.session


def test_a_seat_is_given_back_once_however_often_the_button_is_pressed(client, seat):
    for _press in range(2):
        client.post(address("trainings:seat-give-back", seat), {"reason": ""})
    assert len(sent()) == 2
    assert client.get(address("trainings:seat-give-back", seat)).status_code == 200


@pytest.mark.parametrize(
    ("name", "closes", "answers"),
    [
        ("trainings:seat-give-back", "cancelling_closes_at", {"reason": ""}),
        ("trainings:seat-change", "changing_closes_at", SOMEBODY_ELSE),
    ],
)
def test_after_the_deadline_a_link_changes_nothing_and_says_so(client, seat, name, closes, answers):
    Session.objects.filter(pk=seat.session_id).update(**{closes: timezone.now() - timedelta(seconds=1)})
    before = as_it_stands()
    assert client.get(address("trainings:seat", seat)).status_code == 200
    assert address(name, seat) not in client.get(address("trainings:seat", seat)).content.decode()
    assert client.post(address(name, seat), answers).status_code == 200
    assert as_it_stands() == before


def test_who_sends_somebody_else_gives_the_link_away_too(client, seat):
    old = address("trainings:seat", seat)
    answer = client.post(address("trainings:seat-change", seat), SOMEBODY_ELSE)
    seat.refresh_from_db()
    assert (answer.url, seat.email) == (reverse("trainings:seat-changed"), CARO.email)
    assert client.get(answer.url).status_code == 200
    assert (client.get(old).status_code, client.get(address("trainings:seat", seat)).status_code) == (404, 200)


def test_who_opens_a_link_that_is_void_reads_why_and_its_letters_are_not_searched_for(client, seat, booker):
    old = address("trainings:seat", seat)
    replace_participant(seat, CARO, by=booker)
    page = client.get(old).content.decode()
    assert "Deze link werkt niet meer" in page
    assert old.split("/")[-2] not in page.partition("<main")[2].partition("</main>")[0]
    assert "Deze link werkt niet meer" not in client.get("/bestaat-niet/").content.decode()


def test_a_link_is_void_in_all_its_forms_once_somebody_else_has_the_seat(client, seat, booker):
    addresses = [address(name, seat) for name in SEAT_PAGES]
    replace_participant(seat, CARO, by=booker)
    before = as_it_stands()
    assert {client.get(one).status_code for one in addresses} == {404}
    assert {client.post(one, SOMEBODY_ELSE).status_code for one in addresses[1:]} == {404}
    assert as_it_stands() == before


def test_a_detail_is_put_right_by_link_and_the_link_stays(client, seat):
    wrong = {"who": "same", "first_name": "Bart", "family_name": "Van den Broeck", "email": BERT.email}
    answer = client.post(address("trainings:seat-change", seat), wrong)
    seat.refresh_from_db()
    # Nothing was sent, so that the calendar's answer to the last invitation still counts.
    assert (answer.url, seat.first_name, seat.invitation_sequence) == (address("trainings:seat", seat), "Bart", 0)


def test_where_the_mail_goes_to_another_mailbox_the_link_of_the_old_one_opens_nothing(client, seat, booker):
    addresses = [address(name, seat) for name in SEAT_PAGES]
    answer = client.post(address("trainings:seat-change", seat), {**SOMEBODY_ELSE, "who": "same"})
    seat.refresh_from_db()
    assert (answer.url, seat.email, seat.invitation_sequence) == (f"{reverse('trainings:seat-changed')}?adres", CARO.email, 1)
    assert "Somebody else" not in client.get(answer.url).content.decode()
    needs.tell_need(seat, "rolstoel")
    before = as_it_stands()
    assert {client.get(one).status_code for one in addresses} == {404}
    assert {client.post(one, SOMEBODY_ELSE).status_code for one in addresses[1:]} == {404}
    assert as_it_stands() == before
    assert client.get(address("trainings:seat", seat)).status_code == 200


def test_who_looked_at_a_seat_before_it_was_passed_on_does_nothing_to_it(seat, booker):
    looked_at = Participant.objects.get(pk=seat.pk)
    replace_participant(seat, CARO, by=booker)
    before = as_it_stands()
    for verb in (
        lambda: cancel_participants([looked_at], by=booker),
        lambda: replace_participant(looked_at, BERT, by=booker),
        lambda: correct_details(looked_at, BERT, by=booker),
    ):
        with pytest.raises(AlreadyDecided):
            verb()
    assert as_it_stands() == before


def test_a_refused_change_keeps_what_was_typed_and_tells_beside_the_address(client, seat, booker):
    Session.objects.filter(pk=seat.session_id).update(capacity=2)
    book_seats(Session.objects.get(), by=booker, participants=[CARO])
    answer = client.post(address("trainings:seat-change", seat), SOMEBODY_ELSE)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["first_name"].value()) == (200, ["email"], "Caro")


def test_what_a_link_does_stands_in_nobodys_name_unless_somebody_signed_in(client, seat, booker):
    client.post(address("trainings:seat-change", seat), {**SOMEBODY_ELSE, "who": "same"})
    seat.refresh_from_db()
    signed_in = UserFactory()
    client.force_login(signed_in)
    client.post(address("trainings:seat-give-back", seat), {"reason": ""})
    by = dict(HistoryEntry.objects.values_list("verb", "by"))
    assert (by["corrected"], by["participant_cancelled"]) == (None, signed_in.pk)
    assert HistoryEntry.objects.get(verb="corrected").detail == "Bert Van den Broeck → Caro D'hondt – via de link in de mail"


def test_the_link_of_a_seat_that_was_given_back_or_of_a_cancelled_session_offers_no_way_to_change_it(client, seat, booker):
    Session.objects.filter(pk=seat.session_id).update(state="cancelled", cancel_reason="De lesgever is ziek.")
    text = client.get(address("trainings:seat", seat)).content.decode()
    assert "De lesgever is ziek." in text
    Session.objects.filter(pk=seat.session_id).update(state="published")
    cancel_participants([seat], by=booker)
    for page in (text, client.get(address("trainings:seat", seat)).content.decode()):
        assert [name for name in SEAT_PAGES[1:] if address(name, seat) in page] == []


def test_an_offered_seat_is_taken_by_link_by_who_is_chosen(client, offer):
    chosen = offer.entry.booking.participants.get(email="n11@school.demo")
    answer = client.post(address("trainings:offer", offer), {"answer": "accept", "people": [chosen.pk]})
    chosen.refresh_from_db()
    assert (answer.url, chosen.state) == (address("trainings:offer", offer), "confirmed")
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("number", [0, 2])
def test_more_people_than_seats_or_nobody_at_all_is_told_beside_the_question(client, offer, number):
    people = list(offer.entry.booking.participants.values_list("pk", flat=True))[:number]
    before = as_it_stands()
    answer = client.post(address("trainings:offer", offer), {"answer": "accept", "people": people})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["people"])
    assert as_it_stands() == before


def test_somebody_of_another_booking_cannot_be_chosen(client, offer, seat):
    answer = client.post(address("trainings:offer", offer), {"answer": "accept", "people": [seat.pk]})
    assert (answer.status_code, "people" in answer.context["form"].errors) == (200, True)


def test_an_offered_seat_is_refused_by_link_and_the_page_says_so_afterwards(client, offer):
    answer = client.post(address("trainings:offer", offer), {"answer": "refuse"})
    offer.refresh_from_db()
    assert (answer.status_code, offer.state, offer.entry.booking.participants.active().count()) == (302, "refused", 0)
    assert "<form" not in client.get(answer.url).content.decode().partition("<main")[2]


def test_an_offer_whose_time_is_over_shows_no_button_and_takes_no_answer(client, offer):
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    before = as_it_stands()
    assert 'value="accept"' not in client.get(address("trainings:offer", offer)).content.decode()
    chosen = offer.entry.booking.participants.earliest("pk").pk
    for answer in ("accept", "refuse"):
        assert client.post(address("trainings:offer", offer), {"answer": answer, "people": [chosen]}).status_code == 200
    assert as_it_stands() == before


def test_the_mails_lead_to_these_pages(client, booker):
    book_seats(SessionFactory(), by=booker, participants=[BERT])
    text = OutboxMessage.objects.get(kind="invitation").text
    assert links.to_seat(Participant.objects.get()) in text
