"""My work: what waits for who signed in."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import has_role, held_by
from casework.desk_items import things_to_do
from casework.models import Referral, Role
from casework.referrals import handing, retention
from casework.watching import alarms

from .lists import by_urgency, rows


@require_safe
def my_work(request):
    """The first page after signing in: the parts that hold something, in their order."""
    parts = [part for make in PARTS if (part := make(request))]
    return render(request, "casework/my_work.html", {"parts": parts})


def sounding(request) -> dict | None:
    """Alarms that nobody looked after yet, for whom they are."""
    return _part("casework/_alarms.html", alarms.open_for(request.user))


def to_approve(request) -> dict | None:
    """What waits for a second person."""
    return _part("casework/_things_to_do.html", things_to_do(request.user))


def handed_to_me(request) -> dict | None:
    """What colleagues asked to take over, or handed over."""
    waiting = handing.waiting_for(request.user)
    return _part("casework/_desk_handed.html", list(waiting))


def unassigned(request) -> dict | None:
    """What waits for a case manager."""
    if not has_role(request.user, Role.Kind.CASE_MANAGER):
        return None
    return _part("casework/_desk_unassigned.html", rows(Referral.objects.unassigned()))


def news(request) -> dict | None:
    """One's own referrals in which something is new, closed ones too."""
    return _part("casework/_desk_news.html", rows(sorted((each for each in _own(request) if each.has_news), key=by_urgency)))


def own_open(request) -> dict | None:
    """One's own open referrals without news, by the day on which an answer is due."""
    own = [each for each in _own(request) if each.is_open and not each.has_news]
    return _part("casework/_desk_own.html", rows(sorted(own, key=by_urgency)))


def ending(request) -> dict | None:
    """What is erased soon."""
    soon = retention.ending_soon(_own(request))
    return _part("casework/_desk_ending.html", [row | {"urgent": retention.is_urgent(row["referral"])} for row in rows(soon)])


def _own(request) -> list[Referral]:
    # Asked once for all parts of the page.
    if not hasattr(request, "_own_referrals"):
        request._own_referrals = held_by(request.user)
    return request._own_referrals


def _part(template: str, found: list) -> dict | None:
    return {"template": template, "rows": found} if found else None


# Each takes the request, and gives {"template": …, and what it shows} or None when nothing waits.
PARTS = [sounding, news, to_approve, handed_to_me, unassigned, own_open, ending]
