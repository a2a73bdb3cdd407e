"""A question to the contact point: asked once, answered once, and nobody reads it on the way."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from shared import outbox
from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.website.factories import QuestionFactory
from website import contact
from website.mail import RECEIPTS_A_DAY
from website.models import Question

pytestmark = pytest.mark.django_db
ASKED = {"name": "Ann Vraagster", "email": "ann@school.demo", "text": "Mag ik een geheim vragen?", "organisation": "De Vlinder"}


def ask(**changes):
    return contact.ask_question(**{"form_key": uuid.uuid4(), **ASKED, **changes})


def mails():
    return [(mail.kind, mail.to) for mail in OutboxMessage.objects.order_by("created_at")]


def test_ask_question_keeps_it_and_tells_both_sides():
    question = ask()
    assert (question.state, question.organisation) == ("new", "De Vlinder")
    assert mails() == [("question_received", "ann@school.demo"), ("question_waits", "expo-r@stad.demo")]


def test_the_same_form_sent_twice_arrives_once():
    key = uuid.uuid4()
    assert ask(form_key=key) == ask(form_key=key, text="Anders")
    assert (Question.objects.count(), len(mails())) == (1, 2)


def test_the_mail_to_the_team_says_nothing_of_the_person_or_the_question():
    question = ask()
    mail = OutboxMessage.objects.get(kind="question_waits")
    everything = f"{mail.subject} {mail.text}"
    assert [word for word in ("Ann", "Vraagster", "ann@", "geheim", "Vlinder") if word in everything] == []
    assert f"http://testserver/cms/vragen/{question.pk}/" in mail.text


def test_the_receipt_does_not_repeat_what_was_typed():
    ask(text="Koop goedkope horloges", name="Reclame")
    mail = OutboxMessage.objects.get(kind="question_received")
    everything = f"{mail.subject} {mail.text}"
    assert [word for word in ("horloges", "Reclame") if word in everything] == []


def test_a_mailbox_is_not_filled_with_receipts_but_every_question_is_kept():
    for _number in range(RECEIPTS_A_DAY + 3):
        ask()
    assert Question.objects.count() == RECEIPTS_A_DAY + 3
    assert OutboxMessage.objects.filter(kind="question_received").count() == RECEIPTS_A_DAY


def test_take_question_shows_who_answers():
    member = UserFactory()
    question = contact.take_question(QuestionFactory(), by=member)
    assert (question.state, question.taken_by) == ("taken", member)


def test_take_question_refuses_what_a_colleague_took():
    question = contact.take_question(QuestionFactory(), by=UserFactory())
    with pytest.raises(contact.TakenByAnother):
        contact.take_question(question, by=UserFactory())


def test_give_back_lets_it_wait_again_also_for_a_colleague_who_is_ill():
    question = contact.take_question(QuestionFactory(), by=UserFactory())
    question = contact.give_back(question, by=UserFactory())
    assert (question.state, question.taken_by) == ("new", None)


def test_answer_question_sends_the_answer_and_closes():
    member, question = UserFactory(), QuestionFactory(email="ann@school.demo", name="Ann")
    question = contact.answer_question(question, text="Begin bij <wat> je zag.", by=member)
    mail = OutboxMessage.objects.get(kind="question_answered")
    assert (question.state, question.taken_by, question.answer) == ("answered", member, "Begin bij <wat> je zag.")
    assert mail.to == "ann@school.demo"
    assert "Begin bij <wat> je zag." in mail.text
    html = outbox.as_email(mail).alternatives[0].content
    assert ("&lt;wat&gt;" in html, "<wat>" in html) == (True, False)


def test_answer_question_sends_one_mail_for_two_clicks():
    member, question = UserFactory(), QuestionFactory()
    contact.answer_question(question, text="Eerste", by=member)
    with pytest.raises(contact.AlreadyAnswered):
        contact.answer_question(question, text="Tweede", by=member)
    assert OutboxMessage.objects.filter(kind="question_answered").count() == 1


def test_answer_question_refuses_what_a_colleague_took():
    question = contact.take_question(QuestionFactory(), by=UserFactory())
    with pytest.raises(contact.TakenByAnother):
        contact.answer_question(question, text="Ik ook", by=UserFactory())


@pytest.mark.parametrize("verb", [contact.take_question, contact.give_back])
def test_an_answered_question_stays_closed(verb):
    question = contact.answer_question(QuestionFactory(), text="Klaar", by=UserFactory())
    with pytest.raises(contact.AlreadyAnswered):
        verb(question, by=UserFactory())


def test_forget_question_takes_its_messages_along_and_no_others():
    question, other = ask(), ask(email="bert@school.demo")
    contact.forget_question(question)
    assert list(Question.objects.all()) == [other]
    assert set(OutboxMessage.objects.values_list("about", flat=True)) == {other.subject}


def test_the_database_keeps_an_answered_question_from_having_no_answer():
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(state="answered")


def test_open_questions_are_those_without_an_answer():
    new, taken = QuestionFactory(), contact.take_question(QuestionFactory(), by=UserFactory())
    contact.answer_question(QuestionFactory(), text="Klaar", by=UserFactory())
    assert list(Question.objects.open()) == [new, taken]
