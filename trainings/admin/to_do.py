"""What is left to do for a session, in words, with where it is done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trainings.models import ChecklistItem, Session

# For each thing of `trainings.models.to_do` but the checklist: the words, and the address or the part of the page.
WAYS = {
    "trainer": (_("find a trainer"), "organise:change"),
    "invite": (_("say who may book: nobody can yet"), "organise:change"),
    "publish": (_("publish the session"), "#stappen"),
    "decide": (_("decide on bookings"), "#goed-te-keuren"),
    "offer": (_("give free seats to who waits"), "#wachtlijst"),
    "name": (_("ask for the names that are missing"), "#deelnemers"),
    "note": (_("note attendance"), "organise:attendance"),
    "close": (_("close the session"), "#stappen"),
    "resend": (_("look at mails that did not arrive"), "organise:messages"),
}


@dataclass(frozen=True)
class ToDo:
    """One thing that waits, and where it is done."""

    text: str
    url: str


def left_to_do(session: Session, checklist: list[ChecklistItem]) -> list[ToDo]:
    """As many as `with_to_do` counted; `session` comes from it."""
    unticked = [item for item in checklist if not item.done_at] if session.to_do_arrange else []
    to_do = [ToDo(str(item.get_kind_display()), f"#regel-{item.pk}") for item in unticked]
    return to_do + [
        ToDo(str(text), way if way.startswith("#") else reverse(way, args=[session.pk]))
        for name, (text, way) in WAYS.items()
        if getattr(session, f"to_do_{name}")
    ]
