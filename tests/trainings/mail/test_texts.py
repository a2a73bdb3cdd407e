"""The team's own words in mails: where they stand, what they may hold, and that no fact is lost by them."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from shared.models import MailText, OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import SessionFactory
from trainings import links, mail, mail_texts
from trainings.booking import book_seats
from trainings.mail.examples import example
from trainings.mail.kinds import KINDS
from trainings.mail.words import Words
from trainings.refusals import WrongPlaceholder
from trainings.seats import Person

pytestmark = pytest.mark.django_db
TEMPLATES = Path(mail.__file__).parents[1] / "templates" / "trainings" / "mail"
BERT = Person("Bert", "Van den Broeck", "bert@school.demo")
CONFIRMED, INVITATION = KINDS["booking_confirmed"], KINDS["invitation"]
OWN = {"opening": "Eigen inleiding.", "closing": "Eigen afsluiting,"}


def page(kind="booking_confirmed") -> str:
    return reverse("organise:mail-text", args=[kind])


def say(kind, **words):
    mail_texts.change_words(kind, Words(**words), by=UserFactory())


def booked(*people, **fields):
    booker = UserFactory(email="noor@school.demo", first_name="Noor", last_name="De Clercq")
    return book_seats(SessionFactory(**fields), by=booker, participants=people or [BERT])


def message(kind) -> OutboxMessage:
    return OutboxMessage.objects.get(kind=kind)


def test_every_kind_of_mail_can_have_own_words():
    # These speak of bookings of many sessions or of none, and no placeholder would fit.
    of_no_session = {"bookings_handed_over", "bookings_taken_over", "calendar_stopped"}
    assert set(KINDS) | of_no_session == {file.stem for file in TEMPLATES.glob("[a-z]*.txt")}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_own_words_are_added_and_every_line_of_facts_stays(kind):
    built_in, own = example(kind, Words())[1].splitlines(), example(kind, Words(**OWN))[1].splitlines()
    replaced = {"Vriendelijke groeten,", "Tot dan,", "Tot binnenkort,", "Tot ziens,"}
    lost = [line for line in built_in if line and line not in own and line not in replaced]
    assert lost == []
    assert (own.count("Eigen inleiding."), own.count("Eigen afsluiting,")) == (1, 1)
    assert own.index("Eigen inleiding.") < own.index("Eigen afsluiting,")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_an_example_asks_the_database_nothing_and_is_in_dutch(kind):
    with translation.override("en"), CaptureQueriesContext(connection) as queries:
        subject, text = example(kind, Words())
    assert len(queries) == 0
    assert text.startswith("Dag Noor,")
    assert "{" not in subject + text


def test_a_mail_says_the_own_words_with_their_placeholders_filled_in():
    say(
        INVITATION,
        subject="Tot op {datum}: {vorming}",
        opening="{inschrijver} dacht aan jou, {voornaam}.",
        closing="Tot in {plaats},",
    )
    booking = booked()
    text = message("invitation").text
    assert message("invitation").subject.endswith(f": {booking.session.training.title}")
    assert "\nNoor De Clercq dacht aan jou, Bert.\n" in text
    assert links.to_seat(booking.participants.get()) in text
    assert "{" not in text + message("invitation").subject


def test_other_kinds_of_mail_keep_the_built_in_words():
    before = example(CONFIRMED, Words())
    say(INVITATION, **OWN)
    booked()
    assert "Eigen inleiding." not in message("booking_confirmed").text
    assert example(CONFIRMED, Words()) == before


def test_a_name_in_braces_in_a_mail_is_only_a_name():
    say(INVITATION, opening="Dag {voornaam}")
    booked(Person("{inschrijver}", "{tot}", "x@school.demo"))
    assert "Dag {inschrijver}\n" in message("invitation").text


@pytest.mark.parametrize("placeholder", ["voornaam", "inschrijver", "plaats", "tot"])
def test_nothing_personal_enters_a_subject(placeholder):
    with pytest.raises(WrongPlaceholder) as refused:
        say(INVITATION, subject=f"Dag {{{placeholder}}}")
    assert (refused.value.field, refused.value.allowed) == ("subject", ("vorming", "datum"))
    assert not MailText.objects.exists()


def test_words_that_are_all_empty_are_the_built_in_ones():
    say(CONFIRMED, **OWN)
    say(CONFIRMED)
    assert not MailText.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_own_words_cost_one_query_however_many_people_are_told(n):
    say(KINDS["session_reminder"], **OWN)
    people = [Person("Bert", f"De Wit {number}", f"bert{number}@school.demo") for number in range(n)]
    session = booked(*people).session
    with CaptureQueriesContext(connection) as queries:
        mail.session_reminder(type(session).objects.get(pk=session.pk))
    assert sum("shared_mailtext" in query["sql"] for query in queries) == 1


def test_a_look_shows_the_whole_mail_and_keeps_nothing(client):
    organiser(client)
    response = client.post(page(), {"subject": "Fijn: {vorming}", "opening": "Fijn dat je komt!", "closing": "", "look": "1"})
    assert (response.context["subject"], response.context["is_draft"]) == ("Fijn: Voorbeeldvorming", True)
    assert "Fijn dat je komt!" in response.context["text"]
    assert "Fijn dat je komt!" in response.context["html"]
    assert not MailText.objects.exists()


def test_saved_words_are_in_the_list_with_who_changed_them(client):
    user = organiser(client)
    response = client.post(page(), {"subject": "", "opening": "Fijn!\r\nEcht.", "closing": "", "save": "1"}, follow=True)
    text = MailText.objects.get()
    assert (text.kind, text.subject, text.opening, text.changed_by) == ("booking_confirmed", "", "Fijn!\nEcht.", user)
    assert told(response) == ["Bewaard. Vanaf nu staat het zo in deze mail."]
    assert response.content.decode().count("eigen tekst") == 1


@pytest.mark.parametrize("button", ["save", "look"])
def test_a_misspelled_placeholder_is_told_beside_its_field_and_nothing_typed_is_lost(client, button):
    organiser(client)
    response = client.post(page(), {"subject": "{voornaam}", "opening": "Dag {vornaam}", "closing": "Tot {datum}", button: "1"})
    assert response.context["form"].errors == {
        "subject": ["{voornaam} bestaat hier niet. Je kunt gebruiken: {vorming}, {datum}."],
        "opening": ["{vornaam} bestaat hier niet. Je kunt gebruiken: {vorming}, {datum}, {plaats}, {voornaam}."],
    }
    assert "Dag {vornaam}</textarea>" in response.content.decode()
    assert not MailText.objects.exists()


def test_back_to_the_built_in_words_is_one_step(client):
    organiser(client)
    say(CONFIRMED, **OWN)
    response = client.post(page(), {"restore": "1"}, follow=True)
    assert (MailText.objects.exists(), told(response)) == (False, ["Deze mail heeft weer de standaardtekst."])


def test_the_message_to_all_has_no_subject_of_its_own(client):
    organiser(client)
    form = client.get(page("message_to_all")).context["form"]
    assert list(form.fields) == ["opening", "closing"]


def test_markup_in_own_words_stays_text(client):
    organiser(client)
    response = client.post(page(), {"subject": "", "opening": "<script>alert(1)</script>", "closing": "", "look": "1"})
    assert "<script>alert(1)" not in response.context["html"]
    assert "<script>alert(1)" not in response.content.decode()


def test_the_whole_mail_stands_in_a_frame_in_which_nothing_runs(client):
    organiser(client)
    response = client.get(page())
    assert f'sandbox srcdoc="{escape(response.context["html"][:])}"' in response.content.decode()


def test_a_kind_that_does_not_exist_is_not_there(client):
    organiser(client)
    assert client.get(page("account-login")).status_code == 404


def test_the_list_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    organiser(client)
    counts = []
    for kinds in (["invitation"], ["booking_confirmed", "session_changed"]):
        for kind in kinds:
            say(KINDS[kind], **OWN)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("organise:mail-texts"))
        counts.append(sum("shared_mailtext" in query["sql"] for query in queries))
    assert counts == [1, 1]
