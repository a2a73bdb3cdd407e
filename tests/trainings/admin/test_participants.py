"""Giving and taking seats, and writing to all, from the page of a session."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from shared.models import OutboxMessage
from tests.knowledge.factories import OrganisationFactory
from tests.trainings.admin_tools import organiser, told
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory
from trainings.models import Participant
from trainings.words.people import counted

pytestmark = pytest.mark.django_db
SAM = {"first_name": "Sam", "family_name": "'t Kindt", "email": "Sam@School.demo"}


def url(name, session):
    return reverse(f"organise:{name}", args=[session.pk])


def seat(session, **fields):
    return ParticipantFactory(booking=BookingFactory(session=session), **fields)


def test_the_team_gives_a_seat(client):
    ilse = organiser(client)
    session, school = SessionFactory(), OrganisationFactory()
    response = client.post(url("add-participant", session), SAM | {"organisation": school.pk})
    person = Participant.objects.get()
    assert response.url == f"{url('session', session)}#deelnemers"
    assert (person.full_name, person.email, person.state) == ("Sam 't Kindt", "sam@school.demo", "confirmed")
    assert (person.booking.organisation, person.booking.booked_by) == (school, ilse)


def test_somebody_without_an_address_is_not_promised_a_mail(client):
    organiser(client)
    session = SessionFactory()
    said = [told(client.post(url("add-participant", session), SAM | {"email": email}, follow=True)) for email in ("", "a@b.demo")]
    assert ["Sam" in text for [text] in said] == [True, False]


@pytest.mark.parametrize("screen", ["add-participant", "attendance"])
def test_the_form_for_one_more_sent_twice_gives_one_seat(client, screen):
    organiser(client)
    session = SessionFactory()
    form = client.get(url(screen, session)).context["form"]
    key = re.search(r'value="([^"]+)"', str(form["form_key"]))[1]
    to = {"attendance": "walk-in"}.get(screen, screen)
    said = [told(client.post(url(to, session), SAM | {"email": "", "form_key": key}, follow=True)) for _time in range(2)]
    assert (session.participants.count(), said[0] == said[1]) == (1, True)


def test_the_heading_counts_who_stands_in_the_list(client):
    organiser(client)
    session = SessionFactory()
    for state in ("confirmed", "confirmed", "pending", "waiting"):
        seat(session, state=state)
    seat(session, state="reserved", first_name="", family_name="")
    assert client.get(url("session", session)).context["counts"] == {"listed": 2, "asking": 1, "nameless": 1}


def test_the_team_overbooks_only_on_purpose(client):
    organiser(client)
    session = SessionFactory(capacity=1)
    seat(session)
    refused = client.post(url("add-participant", session), SAM)
    assert (list(refused.context["form"].errors), session.participants.count()) == (["overbook"], 1)
    client.post(url("add-participant", session), SAM | {"overbook": "on"})
    assert session.participants.seated().count() == 2


def test_an_address_takes_one_seat(client):
    organiser(client)
    session = SessionFactory()
    seat(session, email="sam@school.demo")
    response = client.post(url("add-participant", session), SAM)
    assert (list(response.context["form"].errors), response.context["form"]["first_name"].value()) == (["email"], "Sam")


def test_a_draft_takes_no_participants(client):
    organiser(client)
    response = client.post(url("add-participant", SessionFactory(state="draft")), SAM)
    assert list(response.context["form"].errors) == ["__all__"]


def test_ticked_seats_are_given_back_together_with_a_reason(client):
    organiser(client)
    session = SessionFactory()
    one, two, other = seat(session, email="een@school.demo"), seat(session), seat(session)
    asked = client.get(url("cancel-participants", session), {"deelnemer": [one.pk, two.pk]})
    assert set(asked.context["chosen"]) == {one, two}
    client.post(url("cancel-participants", session), {"deelnemer": [one.pk, two.pk], "reason": "Dubbele inschrijving"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.cancel_reason, other.state) == ("cancelled", "Dubbele inschrijving", "confirmed")
    assert OutboxMessage.objects.filter(to="een@school.demo").count() == 1


def test_people_and_seats_without_a_name_are_counted_apart_before_and_after(client):
    organiser(client)
    group = BookingFactory(session=SessionFactory(), head_count=True)
    facts = [{}, {}, {"first_name": "", "family_name": ""}]
    seats = [ParticipantFactory(booking=group, **each) for each in facts]
    keys, address = [one.pk for one in seats], url("cancel-participants", group.session)
    asked = client.get(address, {"deelnemer": keys})
    expected = _("%(people)s and %(seats)s") % {"people": "2 personen", "seats": "1 plaats zonder naam"}
    assert asked.context["who"] == expected
    assert expected in asked.content.decode()
    [said] = told(client.post(address, {"deelnemer": keys, "reason": "Ziek"}, follow=True))
    assert said == _("No longer booked: %(who)s. A mail says so.") % {"who": expected}
    assert [counted(some) for some in (seats[:1], seats[2:])] == ["1 persoon", "1 plaats zonder naam"]


def test_giving_back_asks_for_a_reason_and_keeps_the_choice(client):
    organiser(client)
    session = SessionFactory()
    person = seat(session)
    response = client.post(url("cancel-participants", session), {"deelnemer": [person.pk]})
    assert (list(response.context["form"].errors), response.context["chosen"]) == (["reason"], [person])


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["9" * 30], ["٣"]])
def test_giving_back_nobody_says_so(client, ticked):
    organiser(client)
    session = SessionFactory()
    response = client.get(url("cancel-participants", session), {"deelnemer": ticked}, follow=True)
    assert len(told(response)) == 1


def test_people_of_other_sessions_cannot_be_ticked(client):
    organiser(client)
    session, stranger = SessionFactory(), seat(SessionFactory())
    client.post(url("cancel-participants", session), {"deelnemer": [stranger.pk], "reason": "x"})
    stranger.refresh_from_db()
    assert stranger.state == "confirmed"


def test_a_message_is_looked_at_before_it_is_sent(client):
    organiser(client)
    session = SessionFactory()
    person = seat(session, email="sam@school.demo")
    response = client.post(url("mail-all", session), {"subject": "Parkeren", "text": "Neem de\nachteringang.", "look": "1"})
    assert response.context["preview"] == {"subject": "Parkeren", "text": "Neem de\nachteringang."}
    assert response.context["addresses"] == sorted(["sam@school.demo", person.booking.booked_by.email])
    assert not OutboxMessage.objects.exists()


def test_a_message_reaches_everybody_with_a_seat_once(client):
    organiser(client)
    session = SessionFactory()
    person = seat(session, email="sam@school.demo")
    data = {"subject": "Parkeren", "text": "Neem de achteringang.", "send": "1"}
    client.post(url("mail-all", session), data)
    again = client.post(url("mail-all", session), data)
    addresses = OutboxMessage.objects.values_list("to", flat=True)
    assert sorted(addresses) == sorted(["sam@school.demo", person.booking.booked_by.email])
    assert list(again.context["form"].errors) == ["__all__"]


def test_a_message_without_subject_is_not_sent(client):
    organiser(client)
    session = SessionFactory()
    seat(session)
    response = client.post(url("mail-all", session), {"subject": "", "text": "Neem de achteringang.", "send": "1"})
    assert (list(response.context["form"].errors), OutboxMessage.objects.count()) == (["subject"], 0)
    assert "Neem de achteringang." in response.content.decode()
