"""What every page of casework needs: its name and colours, its menu, and the pages of errors."""

import sys
from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request

from casework.access import has_role
from casework.closed import closed, is_closed_by
from casework.entrance import city_sign_in, session_clock
from casework.models import Role
from people.second_factor import has_used_second_factor
from shared.stylesheet import serve, stylesheet

MENU = [
    ("casework:my-work", _("My work"), ()),
    ("casework:referrals", _("Referrals"), (Role.Kind.CASE_MANAGER,)),
    ("casework:log", _("Log"), (Role.Kind.DPO,)),
    ("casework:alarms", _("Alarms"), (Role.Kind.ADMINISTRATOR, Role.Kind.DPO)),
    ("casework:accounts", _("Access"), (Role.Kind.ADMINISTRATOR,)),
]


@dataclass(frozen=True)
class Brand:
    """The name, colours and contact of the team in this zone, from its settings."""

    team: str
    city: str
    colour: str
    contact_email: str
    contact_phone: str
    logo: None = None

    @property
    def declarations(self) -> str:
        return f"--brand: {self.colour};"


def brand() -> Brand:
    return Brand(**settings.BRAND)


def frame(request) -> dict:
    """Context of every page of the casework zone."""
    user = getattr(request, "user", None)
    is_in = bool(user and user.is_authenticated and has_used_second_factor(request) and not session_clock.is_shut(request))
    return {
        "brand": brand(),
        "stylesheet_url": stylesheet_address(),
        "nav_items": menu(user, request.path) if is_in else [],
        "site_url": settings.SITE_URL,
        "idle_seconds": session_clock.IDLE if is_in else 0,
        "city_sign_in": city_sign_in.label(),
        "is_case_manager": is_in and has_role(user, Role.Kind.CASE_MANAGER),
    }


def menu(user, path: str) -> list[dict]:
    """What this account can go to, the part that `path` lies under marked as current."""
    items = [(reverse(name), title) for name, title, roles in MENU if not roles or has_role(user, *roles)]
    return [{"url": url, "title": title, "current": path == url or (url != "/" and path.startswith(url))} for url, title in items]


def stylesheet_address() -> str:
    return reverse("stylesheet", args=[stylesheet(brand().declarations).digest])


@require_safe
def styles(request, digest):
    """The stylesheet; an old address leads to today's."""
    sheet = stylesheet(brand().declarations)
    return serve(request, sheet) if sheet.digest == digest else redirect(stylesheet_address())


def stale_form(request, reason=""):
    """A form from a page that no longer counts."""
    return render(request, "casework/stale.html", status=403)


def not_found(request, exception=None):
    """What is not there and what one may not see look the same."""
    return render(request, "casework/404.html", status=404)


def refused(request, exception=None):
    """A request that can't be right; and a session that could not be kept, which Django takes for one."""
    under: BaseException | None = exception
    while under and not is_closed_by(under):
        under = under.__cause__ or under.__context__
    return closed(request, under) if under else bad_request(request, exception)


def broken(request):
    """Stands alone: whatever broke may be what the frame needs, and then the zone is closed. Called while the error is handled."""
    error = sys.exc_info()[1]
    return closed(request, error) if error and is_closed_by(error) else render(None, "500.html", status=500)
