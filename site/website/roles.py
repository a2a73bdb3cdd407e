"""The team's roles: the groups, and what each may do. One table, from which `set_up` makes the rights anew each time.

The rights of these groups are not changed on a screen, so that a table in the repository says what holds.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

ORGANISERS = "Organisatoren"
EDITORS = "Redactie"
COORDINATION = "Coördinatie"
STEERING_GROUP = "Stuurgroep"
ADMINISTRATORS = "Beheer"
WAGTAILS_OWN = ("Editors", "Moderators")
ACTIONS = ("view", "add", "change", "delete")
NAMES = {
    "view": _("View: %(what)s"),
    "add": _("Add: %(what)s"),
    "change": _("Change: %(what)s"),
    "delete": _("Delete: %(what)s"),
}


def _all(*models: str) -> set[str]:
    """Every right on rows of these models, such as `trainings.venue`."""
    return {f"{app}.{action}_{model}" for app, model in (name.split(".") for name in models) for action in ACTIONS}


ADMIN = {"wagtailadmin.access_admin"}
QUESTIONS = {"website.view_question", "website.change_question"}
TOPICS = _all("library.theme", "library.sector")
PARTNERS = {
    *_all("network.organisation", "network.maildomain", "network.membership"),
    *_all("trainings.trainer", "trainings.venue", "trainings.schoolholiday"),
}
ORGANISING = {"trainings.organise", *PARTNERS, *QUESTIONS}
WRITING = {"wagtailcore.add_page", "wagtailcore.change_page"}
PUBLISHING = WRITING | {f"wagtailcore.{action}_page" for action in ("publish", "lock", "unlock", "bulk_delete")}
FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))
# Wagtail asks for the rights on its own models, whichever models are in use.
FILES = {f"{app}.{action}_{model}" for app, model in FILE_MODELS for action in ("add", "change", "choose")}


@dataclass(frozen=True)
class Role:
    """What a group may do: rights on rows, on the pages under the home page, and on images and documents."""

    rows: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


ROLES = {
    ORGANISERS: Role(rows=ADMIN | ORGANISING),
    EDITORS: Role(rows=ADMIN | TOPICS, pages=WRITING, files=FILES),
    COORDINATION: Role(rows=ADMIN | ORGANISING | TOPICS | {"website.delete_question"}, pages=PUBLISHING, files=FILES),
    # Reads its own papers; has no screen in the admin.
    STEERING_GROUP: Role(),
    ADMINISTRATORS: Role(
        rows=ADMIN | _all("people.user", "wagtailredirects.redirect") | {"website.change_brandsettings"},
    ),
}


@transaction.atomic
def set_up(home: Page) -> None:
    """Makes the groups, and their rights exactly as the table says."""
    _remove_wagtails_own()
    _name_rights()
    for name, role in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(role.rows))
        _grant_pages(group, home, role.pages)
        _grant_files(group, role.files)


def _remove_wagtails_own() -> None:
    # Wagtail's migrations bring two groups in English; whoever gave them members or renamed them keeps them.
    Group.objects.filter(name__in=WAGTAILS_OWN, user=None).delete()


def _name_rights() -> None:
    # Django names them in English when it makes them, and the screen of a group reads these names aloud.
    with override(settings.LANGUAGE_CODE):
        rights = [(right, _name_of(right)) for right in Permission.objects.select_related("content_type")]
    for right, name in rights:
        if name and name != right.name:
            right.name = name
            right.save(update_fields=["name"])


def _name_of(right: Permission) -> str:
    model = right.content_type.model_class()
    if model is None:
        return ""
    own = dict(model._meta.permissions)
    action = right.codename.removesuffix(f"_{model._meta.model_name}")
    name = own.get(right.codename) or NAMES.get(action, "")
    return str(name) % {"what": model._meta.verbose_name} if name in NAMES.values() else str(name)


def _permissions(names: set[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = names - {f"{one.content_type.app_label}.{one.codename}" for one in found}
    if missing:
        raise LookupError(f"no such permission: {', '.join(sorted(missing))}")
    return found


def _grant_pages(group: Group, home: Page, names: set[str]) -> None:
    wanted = _permissions(names)
    held = GroupPagePermission.objects.filter(group=group)
    held.exclude(page=home, permission__in=wanted).delete()
    for permission in wanted:
        held.get_or_create(group=group, page=home, permission=permission)


def _grant_files(group: Group, names: set[str]) -> None:
    wanted, root = _permissions(names), Collection.get_first_root_node()
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        held.get_or_create(group=group, collection=root, permission=permission)
