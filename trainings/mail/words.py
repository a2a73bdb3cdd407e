"""The team's own words in a mail: found, filled in, and put in the place of the built-in ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from shared.models import MailText
from shared.placeholders import fill
from trainings.models import DayPart, Session


@dataclass(frozen=True)
class Words:
    """Subject, opening and closing of one kind of mail; what is empty is left to the built-in words."""

    subject: str = ""
    opening: str = ""
    closing: str = ""

    def filled(self, values: Mapping[str, str]) -> "Words":
        """The same with its placeholders filled in."""
        return Words(fill(self.subject, values), fill(self.opening, values), fill(self.closing, values))


BUILT_IN = Words()


def words_of(kind: str, session: Session) -> Words:
    """What the team wrote for this kind; asked once for each session object, like its day-parts: a session is told to many."""
    if not hasattr(session, "_mail_words"):
        session._mail_words = {text.kind: Words(text.subject, text.opening, text.closing) for text in MailText.objects.all()}
    return session._mail_words.get(kind, BUILT_IN)


def values(session: Session, day_parts: list[DayPart], context: Mapping) -> dict[str, str]:
    """What each placeholder stands for in this mail; only text, and nothing that could be asked for more."""
    first = day_parts[0] if day_parts else None
    return {
        "vorming": session.training.title,
        "datum": date_format(timezone.localtime(first.starts_at), "l j F Y") if first else "",
        "plaats": first.place if first else "",
        "voornaam": context.get("first_name") or "",
        "inschrijver": str(context.get("booker") or ""),
        "tot": context.get("until") or date_format(timezone.localtime(session.names_close_at), "l j F, G.i"),
    }
