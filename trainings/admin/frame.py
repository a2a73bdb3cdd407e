"""The organiser's screens in the admin's frame, and the way to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shared import team_screens
from trainings.models import Session


def screen(request, template: str, title: str, context: dict, *, path=(), icon: str = "calendar-alt", status: int = 200):
    """An answer from one of our templates; `path` is the way from the dashboard to here, as (name, address)."""
    template = f"trainings/admin/{template}"
    return team_screens.screen(request, template, title, context, path=path, icon=icon, status=status)


def sessions_crumb() -> tuple[str, str]:
    """The list that all of it lies under."""
    return _("Sessions"), reverse("organise:sessions")


def session_path(session: Session) -> list[tuple[str, str]]:
    """The way to a page below a session."""
    return [sessions_crumb(), (session.code, reverse("organise:session", args=[session.pk]))]
