"""The rules of a session in words, read before anybody begins to type."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.network.access import bookable_by
from knowledge.network.models import Membership, Organisation
from trainings import rules
from trainings.models import Session
from trainings.rules import Approval, Audience


@dataclass(frozen=True)
class RuleInWords:
    """What a rule is about, and what it asks; `pages` are trainings to look at first."""

    title: str
    sentence: str
    pages: tuple = ()


def of(session: Session, reader) -> list[RuleInWords]:
    """What who books this session must know: for whom it is, what comes first, who approves, how many seats."""
    return [*_for_whom(session, reader), *_first(session), *_approval(session), *_how_many(session)]


def keeps_out(session: Session, user) -> bool:
    """Whether somebody who is signed in can book this session for none of one's organisations, nor without one."""
    if not user.is_authenticated:
        return False
    organisations: list[Organisation | None] = [*bookable_by(user)]
    return not any(
        session.training.is_for(one) and rules.is_invited(session, user, one) for one in organisations or _whoever_may_join(session)
    )


def _whoever_may_join(session: Session) -> list[Organisation | None]:
    """Somebody without an organisation may still name the one for which this session is."""
    if session.audience == Audience.ORGANISATIONS:
        return list(session.organisations.filter(state=Organisation.State.CONFIRMED))
    if session.training.only_sectors:
        return [Organisation(sector=sector) for sector in session.training.sectors.all()]
    return [None]


def _for_whom(session: Session, reader) -> Iterator[RuleInWords]:
    if session.training.only_sectors:
        sectors = ", ".join(map(str, session.training.sectors.all()))
        sentence = _("Only people from these sectors can book: %(sectors)s.") % {"sectors": sectors}
        yield RuleInWords(_("For some sectors only"), sentence)
    if session.audience == Audience.ORGANISATIONS:
        sentence = _("Only people of invited organisations can book.")
        if _may_know(session, reader):
            names = ", ".join(session.organisations.order_by("name").values_list("name", flat=True))
            sentence = _("Only people of these organisations can book: %(names)s.") % {"names": names}
        yield RuleInWords(_("For some organisations"), sentence)
    if session.audience == Audience.INVITED:
        sentence = _("Book with the e-mail address on which you were invited.")
        yield RuleInWords(_("Only for who is invited"), sentence)


def _may_know(session: Session, reader) -> bool:
    """Whether somebody may read which organisations are invited: who is known in one of them, and the team."""
    if not reader.is_authenticated:
        return False
    own = Membership.objects.active().filter(user=reader, organisation__in=session.organisations.all())
    return reader.works_for_the_team or own.exists()


def _first(session: Session) -> Iterator[RuleInWords]:
    pages = tuple(session.training.prerequisites.live().order_by("title"))
    if pages:
        sentence = _("Everybody who takes part has followed this before, or knows as much:")
        yield RuleInWords(_("To be followed first"), sentence, pages)


def _approval(session: Session) -> Iterator[RuleInWords]:
    if not session.approval:
        return
    asks = {
        Approval.TEAM: _("You ask for seats; our team looks at it and lets you know."),
        Approval.COORDINATOR: _("You ask for seats. First the training coordinator of your organisation decides, then our team."),
    }
    kept = _("Meanwhile we keep the seats.") if session.pending_holds_seat else _("Meanwhile we keep no seats.")
    yield RuleInWords(_("After approval"), f"{asks[Approval(session.approval)]} {kept}")


def _how_many(session: Session) -> Iterator[RuleInWords]:
    number = session.seats_per_organisation
    if number is not None:
        sentence = ngettext(
            "One organisation can have %(n)s seat, waiting list included.",
            "One organisation can have %(n)s seats, waiting list included.",
            number,
        )
        yield RuleInWords(_("A limit for each organisation"), sentence % {"n": number})
