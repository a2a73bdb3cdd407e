"""What the contact point says by mail; no subject and no message to the team repeats what a person wrote."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from shared import outbox
from shared.models import OutboxMessage

from .models import BrandSettings, Question

RECEIPTS_A_DAY = 5


def is_flooded(address: str) -> bool:
    """Whether this mailbox got so many confirmations today that somebody is using us to fill it."""
    since = timezone.now() - timedelta(days=1)
    sent = OutboxMessage.objects.filter(kind="question_received", to__iexact=address, created_at__gt=since)
    return sent.count() >= RECEIPTS_A_DAY


def question_received(question: Question) -> None:
    """To the asker: it arrived, and what happens now. Not the question itself: anybody can type anybody's address."""
    with _in_dutch():
        _send("question_received", question, to=question.email, subject=_("We received your question"))


def question_waits(question: Question) -> None:
    """To the team: there is a question. What it says stands behind the sign-in only."""
    with _in_dutch():
        to = _brand().contact_email
        _send("question_waits", question, to=to, subject=_("A new question for the contact point"))


def question_answered(question: Question) -> None:
    """To the asker: the answer."""
    with _in_dutch():
        _send("question_answered", question, to=question.email, subject=_("Our answer to your question"))


def _send(kind: str, question: Question, *, to: str, subject: str) -> None:
    context = {
        "question": question,
        "brand": _brand(),
        "question_url": settings.SITE_URL + reverse("website_questions:question", args=[question.pk]),
    }
    text = render_to_string(f"website/mail/{kind}.txt", context).strip() + "\n"
    outbox.queue(kind=kind, to=to, subject=subject, text=text, about=question.subject)


def _brand() -> BrandSettings:
    return BrandSettings.for_site(Site.objects.get(is_default_site=True))


def _in_dutch():
    """Mail is in the site's language, whoever's request causes it."""
    return translation.override(settings.LANGUAGE_CODE)
