"""How things are done in the admin, told to editors in a few steps each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shared.team_screens import screen


@dataclass(frozen=True)
class Task:
    """Something that somebody wants to do, and the steps to it."""

    name: str | Promise
    steps: list[str | Promise]


TASKS = [
    Task(
        gettext_lazy("Changing a text"),
        [
            gettext_lazy("Choose “Pages” in the menu, then the page. All trainings stand below “Vormingen”."),
            gettext_lazy("Change what you want. The phone at the top right shows the page as visitors will see it."),
            gettext_lazy("Choose “Save draft” as often as you like: visitors keep seeing the text that was there."),
        ],
    ),
    Task(
        gettext_lazy("Handing a text in"),
        [
            gettext_lazy("Open the arrow beside “Save draft” and hand the text in for review (“Nalezen”)."),
            gettext_lazy("The coordination gets a mail. Until it has decided, you see “awaiting approval” beside the page."),
            gettext_lazy("If something is to be changed, you get a mail with the remark. Change it and hand it in again."),
        ],
    ),
    Task(
        gettext_lazy("Reviewing and publishing"),
        [
            gettext_lazy("Texts that wait for you stand on the dashboard, under “Awaiting your review”."),
            gettext_lazy(
                "Open the text, look at the preview, and compare it with what is online now (“Compare with live version”)."
            ),
            gettext_lazy(
                "With “Approve and publish” the text is public at once. With “Request changes” it goes back, with your remark."
            ),
        ],
    ),
    Task(
        gettext_lazy("Writing a new training"),
        [
            gettext_lazy("Go to the page “Vormingen” and choose the plus at the top: “Training”."),
            gettext_lazy("Begin with the summary: what can somebody do afterwards? Each goal begins with a verb."),
            gettext_lazy("The minutes of the programme add up to the length. If they do not, the editor says so."),
            gettext_lazy("A training needs no date. Dates are planned apart: “Plan a session”."),
        ],
    ),
    Task(
        gettext_lazy("Pictures and documents"),
        [
            gettext_lazy("Describe each picture for somebody who cannot see it. Name the maker under “credit”."),
            gettext_lazy("No picture shows people who did not agree to it. When in doubt, take none."),
            gettext_lazy("Rather write a page than attach a document: a page can be read on a phone and with a screen reader."),
        ],
    ),
    Task(
        gettext_lazy("Many trainings at once"),
        [
            gettext_lazy("Download the catalogue as a workbook, change it, and upload it again."),
            gettext_lazy("You see each difference and each mistake, by row and column, before anything changes."),
            gettext_lazy("Who may publish confirms. When one row is wrong, nothing is written."),
        ],
    ),
    Task(
        gettext_lazy("Answering a question"),
        [
            gettext_lazy("Questions stand under “Contact point and knowledge”. Take one up, so that colleagues see it."),
            gettext_lazy("Write the answer below the question and send it. The asker gets it by mail."),
            gettext_lazy("It is about a person? Do not answer by mail: call, and leave names out."),
        ],
    ),
    Task(
        gettext_lazy("Name, colour and contact of the team"),
        [
            gettext_lazy("Administrators change these under “Settings”, “brand”. A colour that is too pale is refused."),
        ],
    ),
]


@require_safe
def guide(request):
    """All tasks on one page."""
    return screen(request, "website/admin/guide.html", _("How things are done"), {"tasks": TASKS}, icon="help")
