"""The team's own words in mails: changed for one kind of mail, or put back to the built-in ones."""

from dataclasses import asdict

from django.utils import timezone

from shared.models import MailText
from shared.placeholders import faults

from .mail.kinds import IN_SUBJECT, Kind
from .mail.words import Words
from .refusals import WrongPlaceholder


def change_words(kind: Kind, words: Words, *, by) -> None:
    """From now on this kind of mail says this; words that are all empty are the built-in ones. Raises `WrongPlaceholder`."""
    refuse_wrong_placeholders(kind, words)
    if words == Words():
        restore_words(kind)
        return
    said = asdict(words) | {"changed_at": timezone.now(), "changed_by": by}
    MailText.objects.update_or_create(kind=kind.name, defaults=said)


def restore_words(kind: Kind) -> None:
    """From now on this kind of mail says the built-in words again."""
    MailText.objects.filter(kind=kind.name).delete()


def written(kind: Kind) -> Words:
    """What the team wrote for this kind."""
    text = MailText.objects.filter(kind=kind.name).first()
    return Words(text.subject, text.opening, text.closing) if text else Words()


def allowed_in(kind: Kind, field: str) -> tuple[str, ...]:
    """The placeholders that may stand in this field: in a subject nothing personal."""
    return IN_SUBJECT if field == "subject" else kind.placeholders


def refuse_wrong_placeholders(kind: Kind, words: Words) -> None:
    """Raises `WrongPlaceholder` for the first field with one that is misspelled, or that may not stand there."""
    for field in kind.fields:
        allowed = allowed_in(kind, field)
        if wrong := faults(getattr(words, field), allowed):
            raise WrongPlaceholder(field, wrong[0], allowed)
