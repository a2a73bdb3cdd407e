"""The contact point: a question is asked, taken up, answered, or given back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.models import OutboxMessage

from . import mail
from .models import Question


class QuestionRefused(Exception):
    """What was wanted cannot be done with this question any more; `message` says why."""

    message: str | Promise = ""


class TakenByAnother(QuestionRefused):
    """A colleague took the question up before this click arrived."""

    message = _("A colleague has taken this question up. Talk to each other before you go on.")


class AlreadyAnswered(QuestionRefused):
    """The answer is on its way; a second one would contradict or repeat it."""

    message = _("This question has been answered already. Nothing was sent a second time.")


@transaction.atomic
def ask_question(*, name: str, email: str, text: str, form_key: UUID, organisation: str = "") -> Question:
    """Keeps the question, tells the asker that it arrived, and the team that it waits. The same form arrives once."""
    what = {"name": name, "email": email, "text": text, "organisation": organisation}
    question, made = Question.objects.get_or_create(form_key=form_key, defaults=what)
    if made:
        if not mail.is_flooded(email):
            mail.question_received(question)
        mail.question_waits(question)
    return question


@transaction.atomic
def take_question(question: Question, *, by) -> Question:
    """`by` is going to answer; colleagues see it and leave it alone."""
    question = _still_open(question, by)
    question.state, question.taken_by = Question.State.TAKEN, by
    question.save(update_fields=["state", "taken_by"])
    return question


@transaction.atomic
def give_back(question: Question, *, by) -> Question:
    """The question waits again; any colleague may do this, for somebody who is ill as well."""
    question = _locked(question)
    if question.state == Question.State.ANSWERED:
        raise AlreadyAnswered
    question.state, question.taken_by = Question.State.NEW, None
    question.save(update_fields=["state", "taken_by"])
    return question


@transaction.atomic
def answer_question(question: Question, *, text: str, by) -> Question:
    """Sends the answer and closes the question; two colleagues who answer at once send one mail."""
    question = _still_open(question, by)
    question.state, question.taken_by = Question.State.ANSWERED, by
    question.answer, question.answered_at = text, timezone.now()
    question.save(update_fields=["state", "taken_by", "answer", "answered_at"])
    mail.question_answered(question)
    return question


@transaction.atomic
def forget_question(question: Question) -> None:
    """Deletes what somebody asked, and every message about it."""
    OutboxMessage.objects.about(question.subject).delete()
    question.delete()


def _still_open(question: Question, by) -> Question:
    question = _locked(question)
    if question.state == Question.State.ANSWERED:
        raise AlreadyAnswered
    if question.state == Question.State.TAKEN and question.taken_by_id not in (None, by.pk):
        raise TakenByAnother
    return question


def _locked(question: Question) -> Question:
    # Locked before its state is read: of two clicks at once the second must see what the first one did.
    return Question.objects.select_for_update().get(pk=question.pk)
