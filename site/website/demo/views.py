"""`/demo/post/`: every mail that the demo sent, so that nobody needs a mailbox to try it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import post


@require_safe
def index(request):
    """All messages, the newest first."""
    mails = [
        {"name": name, "to": mail["To"], "subject": mail["Subject"], "at": post.sent_at(mail), "calendar": bool(_calendar(mail))}
        for name, mail in post.newest()
    ]
    return render(request, "website/demo/post.html", {"mails": mails})


@require_safe
def message(request, name):
    """One message as its reader gets it."""
    mail = _mail(name)
    context = {
        "name": name,
        "mail": {"to": mail["To"], "sender": mail["From"], "subject": mail["Subject"], "at": post.sent_at(mail)},
        "text": mail.get_body(("plain",)).get_content(),
        "calendar": _calendar(mail),
        "has_html": mail.get_body(("html",)) is not None,
        "crumbs": [{"url": reverse("demo-post"), "title": _("All mail of the demonstration")}],
    }
    return render(request, "website/demo/message.html", context)


@require_safe
def html(request, name):
    """The HTML side of a message, alone; nothing in it may run or load."""
    body = _mail(name).get_body(("html",))
    if body is None:
        raise Http404
    response = HttpResponse(body.get_content())
    response._csp_replace = {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
    }
    return response


@require_safe
def calendar(request, name):
    """The calendar file of a message."""
    found = _calendar(_mail(name))
    if not found:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _mail(name: str):
    try:
        return post.read(name)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error


def _calendar(mail) -> str:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return parts[0].get_content() if parts else ""
