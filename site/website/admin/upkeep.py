"""What on the site wants looking after: gaps in trainings, texts that grew old, pictures without words, a pale colour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from media.models import SiteImage
from shared.team_screens import screen
from trainings.models import TrainingPage
from website.contrast import ratio
from website.models import BrandSettings, HomePage, MayITellPage
from website.models.brand import READABLE, WHITE

A_YEAR = timedelta(days=365)
# What a training needs before somebody can decide on it; the field that holds it, and how its absence is told.
NEEDED = {
    "goals": gettext_lazy("no goals"),
    "programme": gettext_lazy("no programme"),
    "for_whom": gettext_lazy("not said for whom"),
    "accessibility": gettext_lazy("nothing about accessibility"),
}


@dataclass(frozen=True)
class Finding:
    """One thing to look after: what, why, and where one can mend it."""

    title: str
    why: str
    url: str


@dataclass(frozen=True)
class Check:
    """Findings of one kind, with what they mean for a reader."""

    name: str | Promise
    meaning: str | Promise
    findings: list[Finding]


def may_look(user) -> bool:
    """Whoever writes or publishes texts."""
    return page_permission_policy.user_has_any_permission(user, {"change", "publish"})


@require_safe
def upkeep(request):
    """The list of everything that wants looking after, by kind."""
    if not may_look(request.user):
        raise Http404
    checks = all_checks()
    context = {"checks": checks, "number": sum(len(check.findings) for check in checks)}
    return screen(request, "website/admin/upkeep.html", _("To look after"), context, icon="glasses")


def number_of_findings() -> int:
    """How much there is to look after."""
    return sum(len(check.findings) for check in all_checks())


def all_checks() -> list[Check]:
    """All checks, also those that found nothing."""
    return [
        Check(_("Trainings with gaps"), _("Somebody who wants to take part can't decide."), list(_gaps())),
        Check(_("Texts that nobody looked at for a year"), _("Read them, mend them and publish them again."), list(_old_texts())),
        Check(_("Texts about speaking"), _("The day by which somebody would read them again is over."), list(_due_texts())),
        Check(_("Pictures without a description"), _("Who can't see the picture gets nothing."), list(_silent_pictures())),
        Check(_("Home page"), _("All four objectives have a door."), list(_missing_doors())),
        Check(_("Colour of the brand"), _("Buttons must be readable for everybody."), list(_pale_colour())),
    ]


def _gaps() -> Iterator[Finding]:
    for pk, title, *values in TrainingPage.objects.live().order_by("code").values_list("pk", "title", *NEEDED):
        missing = [str(words) for value, words in zip(values, NEEDED.values(), strict=True) if not value]
        if missing:
            yield Finding(title, ", ".join(missing), _edit(pk))


def _old_texts() -> Iterator[Finding]:
    old = Page.objects.live().filter(depth__gt=1, last_published_at__lt=timezone.now() - A_YEAR)
    for pk, title, published in old.order_by("last_published_at").values_list("pk", "title", "last_published_at"):
        yield Finding(title, _("last published in %(year)s") % {"year": timezone.localtime(published).year}, _edit(pk))


def _due_texts() -> Iterator[Finding]:
    today = timezone.localdate()
    for page in MayITellPage.objects.live():
        for block in page.professions:
            if block.value["read_again"] < today:
                why = _("to be read again by %(day)s") % {"day": date_format(block.value["read_again"], "j F Y")}
                yield Finding(block.value["profession"], why, _edit(page.pk))


def _silent_pictures() -> Iterator[Finding]:
    for pk, title in SiteImage.objects.filter(description="").order_by("title").values_list("pk", "title"):
        yield Finding(title, _("no description"), reverse("wagtailimages:edit", args=[pk]))


def _missing_doors() -> Iterator[Finding]:
    for page in HomePage.objects.live():
        if len(page.doors) != 4:
            yield Finding(page.title, _("%(number)s doors instead of four") % {"number": len(page.doors)}, _edit(page.pk))


def _pale_colour() -> Iterator[Finding]:
    for brand in BrandSettings.objects.all():
        if ratio(brand.colour, WHITE) < READABLE:
            url = reverse("wagtailsettings:edit", args=["website", "brandsettings", brand.site_id])
            yield Finding(brand.colour, _("contrast with white text: %(ratio).1f") % {"ratio": ratio(brand.colour, WHITE)}, url)


def _edit(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
