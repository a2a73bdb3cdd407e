"""Somebody who is removed is named nowhere any more: not in the history and texts of colleagues, nor in mails to them."""

import pytest

from shared import outbox
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory
from tests.people.factories import UserFactory
from tests.trainings.everywhere import hits
from tests.trainings.factories import SessionFactory
from tests.trainings.life import verbs
from trainings.approval import refuse
from trainings.booking import add_participant, book_seats
from trainings.changing import correct_details, move_participants, replace_participant
from trainings.models import HistoryEntry, Session
from trainings.names import name_seats
from trainings.privacy import personal
from trainings.privacy.forgetting import Words
from trainings.seats import Person

pytestmark = pytest.mark.django_db
WIM = Person("Wim", "Zwaluwnest", "zwaluw@school.demo", "logopedist")
BERT = Person("Bert", "Maes", "bert@school.demo")
TELLING = ["Zwaluwnest", "zwaluw@school.demo", "logopedist", "griepje"]


@pytest.fixture
def booker():
    """The training coordinator of a school."""
    return MembershipFactory(role="coordinator", user=UserFactory(email="noor@school.demo")).user


@pytest.fixture
def school(booker):
    return booker.memberships.get().organisation


def forget(by):
    personal.forget_person(WIM.email, by=by)
    # Mail to the person is the site's to forget, see `website.own.removal`.
    OutboxMessage.objects.filter(to=WIM.email).delete()
    outbox.send_due()


def test_nobody_is_named_any_more_after_naming_replacing_and_moving(booker, school):
    first, second = (SessionFactory(team_note="Wim Zwaluwnest brengt de beamer mee") for _time in range(2))
    named = book_seats(first, by=booker, organisation=school, without_name=1)
    [seat] = name_seats(named, [WIM], by=booker)
    replace_participant(seat, BERT, by=booker, reason="Wim heeft een griepje")
    other = book_seats(second, by=booker, organisation=school, participants=[WIM, BERT], message="Wim Zwaluwnest komt later")
    third = SessionFactory(training=second.training)
    move_participants(list(other.participants.filter(email=WIM.email)), third, by=booker, reason="griepje")
    Session.objects.filter(pk=third.pk).update(invited=f"{WIM.email}\n{BERT.email}")
    assert {column.partition(".")[0] for column in hits(*TELLING)} == {
        "trainings_participant", "trainings_booking", "trainings_session", "trainings_historyentry", "shared_outboxmessage",
    }  # fmt: skip
    forget(booker)
    assert hits(*TELLING) == []
    assert Session.objects.get(pk=third.pk).invited == BERT.email
    assert named.history.get(verb="named").detail == "–"
    assert named.history.get(verb="replaced").detail == "– → Bert Maes"


def test_the_booker_still_reads_who_gave_the_seat_back_and_what_is_kept_of_it_says_it_no_more(booker, mailoutbox):
    book_seats(SessionFactory(), by=booker, participants=[WIM, BERT])
    outbox.send_due()
    mailoutbox.clear()
    forget(booker)
    [told] = [mail for mail in mailoutbox if mail.to == [booker.email]]
    assert "Wim Zwaluwnest" in told.body
    kept = OutboxMessage.objects.filter(to=booker.email).order_by("created_at")
    assert list(kept.values_list("kind", "state", "secret", "text")) == [
        ("booking_confirmed", "sent", True, ""),
        ("seats_cancelled", "sent", True, ""),
    ]


def test_mails_that_name_somebody_else_stay_as_they_are(booker):
    book_seats(session := SessionFactory(), by=booker, participants=[WIM])
    book_seats(session, by=booker, participants=[BERT])
    forget(booker)
    left = OutboxMessage.objects.filter(secret=False).exclude(text="")
    assert sorted(left.values_list("kind", "to")) == [("booking_confirmed", booker.email), ("invitation", BERT.email)]


def test_a_calendar_that_names_who_booked_stays_one(booker):
    booker.first_name, booker.last_name = "Wim", "Zwaluwnest-Vandenbroucke van de Oude Bareel"
    booker.save()
    book_seats(SessionFactory(), by=booker, participants=[BERT])
    before = OutboxMessage.objects.get(kind="invitation").calendar.replace("\r\n ", "")
    personal.forget_names([], booker.email, booker)
    after = OutboxMessage.objects.get(kind="invitation").calendar.replace("\r\n ", "")
    assert (booker.get_full_name() in before, after) == (True, before.replace(booker.get_full_name(), "–"))


def test_a_name_that_was_put_right_goes_as_it_was_written_before(booker, school):
    made = book_seats(SessionFactory(), by=booker, organisation=school, participants=[Person("Wum", "Zwalunest", WIM.email)])
    for person in (Person("Wim", "Zwalunest", WIM.email), WIM):
        correct_details(made.participants.get(), person, by=booker)
    assert [entry.detail for entry in made.history.filter(verb="corrected").order_by("pk")] == [
        "Wum Zwalunest → Wim Zwalunest",
        "Wim Zwalunest → Wim Zwaluwnest",
    ]
    forget(booker)
    assert hits("Zwalunest", *TELLING) == []


def test_why_somebody_was_refused_goes_with_the_person(booker):
    made = book_seats(SessionFactory(approval="team"), by=booker, participants=[WIM])
    refuse(made, by=booker, reason="griepje")
    forget(booker)
    assert (hits(*TELLING), verbs(made)) == ([], ["asked", "refused", "emptied"])


def test_a_name_that_was_cut_off_goes_too(booker, school):
    made = book_seats(SessionFactory(), by=booker, organisation=school, participants=[WIM])
    detail = ("Bert Maes, " * 40)[:291] + "Wim Zwalu"
    entry = HistoryEntry.objects.create(session=made.session, booking=made, verb="named", detail=detail)
    forget(booker)
    entry.refresh_from_db()
    assert entry.detail == ("Bert Maes, " * 40)[:291] + "–"


def test_a_namesake_elsewhere_stays_also_where_the_team_booked_for_both():
    team = UserFactory(groups=["Organisatoren"])
    namesake = Person("Wim", "Zwaluwnest", "wim@elders.demo")
    for person in (namesake, WIM):
        add_participant(SessionFactory(), by=team, person=person)
    forget(team)
    kept = HistoryEntry.objects.filter(verb="added").order_by("pk").values_list("detail", flat=True)
    assert list(kept) == ["Wim Zwaluwnest", "–"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Wim Zwaluwnest komt", "– komt"),
        ("WIM ZWALUWNEST", "–"),
        ("Wim Zwa\r\n luwnest", "–"),
        ("Wim Zwaluwnester", "Wim Zwaluwnester"),
        ("Wim Zwaluwnest-Claes", "Wim Zwaluwnest-Claes"),
        ("schrijf naar zwaluw@school.demo.", "schrijf naar –."),
        ("de.zwaluw@school.demo", "de.zwaluw@school.demo"),
    ],
)
def test_only_whole_names_are_taken_out(text, left):
    assert Words(["Wim Zwaluwnest", "zwaluw@school.demo"]).out_of(text) == left
