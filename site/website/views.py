"""Small views of the site itself: stylesheet, question form, what machines read, and the pages of errors."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shared.kept_answers import HOUR, for_visitors
from shared.stylesheet import serve, stylesheet
from trainings.catalogue.snapshot import published

from .contact import ask_question
from .forms import QuestionForm
from .frame import stylesheet_address
from .limits import too_often
from .models import BrandSettings
from .sitemaps import sections

QUESTIONS_AN_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """A question to the contact point; `?vorming=<slug>` begins it with the training it is about."""
    form = QuestionForm(request.POST or None, user=request.user, initial=_about(request))
    if request.method == "POST" and form.is_valid():
        if not too_often(request, "question", most=QUESTIONS_AN_HOUR, seconds=3600):
            ask_question(**form.question)
            return redirect("website:question-sent")
        form.add_error(
            None, _("We got very many questions from your network. Wait an hour, or call us: nothing you typed is lost.")
        )
        return render(request, "website/question_form.html", {"form": form}, status=429)
    return render(request, "website/question_form.html", {"form": form})


def ask_again(request):
    """The question as it was typed, for who sent it from a page that no longer counts."""
    return render(request, "website/question_form.html", {"form": QuestionForm(request.POST, user=request.user), "stale": True})


ask.show_again = ask_again


def _about(request) -> dict:
    training = published().filter(slug=slugify(request.GET.get("vorming", ""))).first()
    return {"text": _("My question is about the training “%(title)s”.") % {"title": training.title} + "\n\n"} if training else {}


@require_safe
@for_visitors("site", every=HOUR)
def question_sent(request):
    """What happens now; the same for everybody, so that it tells nothing about who asked what."""
    return render(request, "website/question_sent.html")


@require_safe
def styles(request, digest):
    """The stylesheet; an old address leads to today's."""
    brand = BrandSettings.for_request(request)
    sheet = stylesheet(brand.declarations)
    return serve(request, sheet) if sheet.digest == digest else redirect(stylesheet_address(brand))


@require_safe
@for_visitors("site", "catalogue", every=HOUR)
def sitemap(request):
    """Every public page, in every language of the interface."""
    return render_sitemap(request, sections(request))


@require_safe
def robots(request):
    """Where search engines are welcome, and where the map stands."""
    return render(request, "website/robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@require_safe
def security_contact(request):
    """Whom to tell about a hole (RFC 9116); the date of expiry moves along with the calendar."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    context = {"brand": BrandSettings.for_request(request), "expires": expires.isoformat(), "site_url": settings.SITE_URL}
    return render(request, "website/security.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """The address that browsers try without being told."""
    return redirect(static("shared/favicon.svg"), permanent=True)


def stale_form(request, reason=""):
    """A form from a page that no longer counts: where the view can show it again, nothing typed is lost.

    What another site sent is never shown: it would stand there as if the visitor had typed it.
    """
    view, args, kwargs = request.resolver_match
    again = None if _comes_from_elsewhere(request) else getattr(view, "show_again", None)
    response = again(request, *args, **kwargs) if again else render(request, "403_csrf.html")
    response.status_code = 403
    return response


def _comes_from_elsewhere(request) -> bool:
    # Browsers say it themselves; those too old for that name the page's origin with every form that goes to another one.
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said != "same-origin"
    return request.headers.get("Origin", f"{request.scheme}://{request.get_host()}") != f"{request.scheme}://{request.get_host()}"


def not_found(request, exception=None):
    """What is not there and what one may not see look the same; the words of the address are ready to search for."""
    words = slugify(request.path.replace("/", " ").replace("-", " ")).replace("-", " ")
    # A link in a mail is void once its seat is somebody else's: no page moved, and its letters are nothing to search for.
    was_link = bool(request.resolver_match) and "token" in request.resolver_match.kwargs
    return render(request, "404.html", {"words": "" if was_link else words[:60], "was_link": was_link}, status=404)


def broken(request):
    """Stands alone: whatever broke may be what the frame needs."""
    return render(request, "500.html", status=500)
