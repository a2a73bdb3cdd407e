"""Drafts: what somebody had typed is not lost when the session is locked, and nobody else can read it.

A form that is sent too late, or that stands open when the page locks itself, is kept sealed for this account and this page. The
page then shows it again, once:

    form = drafts.form_of(request, lambda data: NoteForm(data))
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.keyring.sealed import Broken
from casework.models import Draft

KEPT_FOR = timedelta(hours=8)
LONGEST = 300  # of an address: a longer one is no page of ours
NEVER = ("csrfmiddlewaretoken", "credential", "code")


def keep(request) -> str:
    """Keeps what was sent, and returns the address of the page that will show it again."""
    page = page_of(request)
    save(request.user, page, request.POST)
    return page


def page_of(request) -> str:
    """The page that a form stood on: where the browser came from within this zone, or else the address it was sent to.

    Where that address is the end of a form and no page itself, the page above it.
    """
    try:
        source = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # not an address at all
        return _nearest_page(request.path)
    came_from_here = source.netloc == request.get_host() and source.path.startswith("/")
    return source.path if came_from_here else _nearest_page(request.path)


def _nearest_page(path: str) -> str:
    while path != "/" and not _is_page(path):
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
    return path


def _is_page(path: str) -> bool:
    try:
        return not getattr(resolve(path).func, "only_sent_to", False)
    except Resolver404:
        return False


def save(user, page: str, typed: QueryDict) -> None:
    """One draft for each page: the newest counts. Passwords and codes are never kept."""
    data = {name: typed.getlist(name) for name in typed if name not in NEVER and "password" not in name}
    if not any(value.strip() for values in data.values() for value in values) or len(page) > LONGEST:
        return
    with transaction.atomic():
        Draft.objects.filter(user=user, path=page).delete()
        Draft.objects.create(user=user, path=page, content={"user": user.pk, "path": page, "data": data})


def is_there(user, address: str) -> bool:
    """Whether something is kept for the page at this address."""
    return user.is_authenticated and Draft.objects.filter(user=user, path=address.partition("?")[0]).exists()


def taken(request) -> QueryDict | None:
    """What this account had typed on this page, once; None when there is nothing, and for who asks for no page."""
    if request.method != "GET":
        return None
    draft = Draft.objects.filter(user=request.user, path=request.path).first()
    if draft is None:
        return None
    request.draft_taken = draft  # deleted when its page is there
    try:
        content = draft.content
    except Broken:
        content = {}
    # Sealed to its row, and in it to whom and where: a row that was turned to somebody else shows nothing.
    if (content.get("user"), content.get("path")) != (request.user.pk, request.path):
        return None
    request.draft_shown = True  # the page's script keeps it again, though nobody changes it
    return _as_typed(content["data"])


class DraftMiddleware:
    """Deletes a draft once the page that shows it is whole, its session kept included; until then it can be asked for again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 200 and (draft := getattr(request, "draft_taken", None)):
            draft.delete()
        return response


def _as_typed(data: dict[str, list[str]]) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in data.items():
        typed.setlist(name, values)
    return typed


def form_of(request, make):
    """The form of this page: as it was sent, as it was left at the lock, or empty; `make` gets the data, or None."""
    [made] = forms_of(request, make)
    return made


def forms_of(request, *makers) -> list:
    """Several forms of one page, from the same words. What was left is shown without judging it: it may be half a sentence."""
    if request.method == "POST":
        return [make(request.POST) for make in makers]
    left = taken(request)
    made = [make(left) for make in makers]
    if left is not None:
        for each in made:
            each._errors = ErrorDict()
        messages.info(request, _("What you had typed stands here again. It is not sent yet."))
    return made


def forget(user) -> None:
    """All drafts of this account: it signed out, or ended."""
    if user.is_authenticated:
        Draft.objects.filter(user=user).delete()


def forget_old() -> int:
    """The worker's part: removes drafts that nobody came back for, and returns how many."""
    return Draft.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()[0]
