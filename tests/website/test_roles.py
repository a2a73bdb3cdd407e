"""Each role may do what the table says, and nothing else; making them twice changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Workflow

from tests.people.factories import UserFactory
from tests.trainings.factories import catalogue_page
from website import review, roles
from website.models import HomePage

pytestmark = pytest.mark.django_db

#                                            Organisers Editors Coordination Steering Administrators
RIGHTS = {
    "wagtailadmin.access_admin":              (True,    True,   True,        False,   True),
    "trainings.organise":                     (True,    False,  True,        False,   False),
    "network.change_organisation":            (True,    False,  True,        False,   False),
    "network.change_membership":              (True,    False,  True,        False,   False),
    "trainings.add_trainer":                  (True,    False,  True,        False,   False),
    "trainings.change_venue":                 (True,    False,  True,        False,   False),
    "library.change_theme":                   (False,   True,   True,        False,   False),
    "library.add_sector":                     (False,   True,   True,        False,   False),
    "website.view_question":                  (True,    False,  True,        False,   False),
    "website.change_question":                (True,    False,  True,        False,   False),
    "website.delete_question":                (False,   False,  True,        False,   False),
    "website.change_brandsettings":           (False,   False,  False,       False,   True),
    "people.change_user":                     (False,   False,  False,       False,   True),
    "people.delete_user":                     (False,   False,  False,       False,   True),
    "auth.change_group":                      (False,   False,  False,       False,   False),
    "wagtailredirects.add_redirect":          (False,   False,  False,       False,   True),
    "wagtailcore.change_site":                (False,   False,  False,       False,   False),
}  # fmt: skip

#            Organisers Editors Coordination Steering Administrators
ON_PAGES = {
    "can_edit":               (False, True,  True,  False, False),
    "can_publish":            (False, False, True,  False, False),
    "can_unpublish":          (False, False, True,  False, False),
    "can_lock":               (False, False, True,  False, False),
    "can_set_view_restrictions": (False, False, True, False, False),
}  # fmt: skip
NAMES = [roles.ORGANISERS, roles.EDITORS, roles.COORDINATION, roles.STEERING_GROUP, roles.ADMINISTRATORS]


def state():
    """All rights of all groups, to compare before and after."""
    return (
        sorted(Group.objects.values_list("name", "permissions__codename")),
        sorted(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")),
        sorted(GroupCollectionPermission.objects.values_list("group__name", "collection", "permission__codename")),
    )


@pytest.mark.parametrize(("permission", "expected"), RIGHTS.items())
def test_roles_hold_the_rights_of_the_table(permission, expected):
    assert tuple(UserFactory(groups=[name]).has_perm(permission) for name in NAMES) == expected


@pytest.mark.parametrize(("act", "expected"), ON_PAGES.items())
def test_roles_may_do_this_with_a_page(act, expected):
    page = catalogue_page()
    found = tuple(bool(getattr(page.permissions_for_user(UserFactory(groups=[name])), act)()) for name in NAMES)
    assert found == expected


@pytest.mark.parametrize("policy", [image_policy, document_policy])
@pytest.mark.parametrize("action", ["add", "change", "choose"])
def test_only_writers_handle_pictures_and_documents(policy, action):
    found = tuple(policy.user_has_permission(UserFactory(groups=[name]), action) for name in NAMES)
    assert found == (False, True, True, False, False)


def test_making_the_roles_again_changes_nothing():
    before = state()
    roles.set_up(HomePage.objects.get())
    assert state() == before


def test_rights_that_were_given_by_hand_are_taken_back():
    before = state()
    editors = Group.objects.get(name=roles.EDITORS)
    editors.permissions.add(Permission.objects.get(codename="change_user", content_type__app_label="people"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=editors, page=HomePage.objects.get(), permission=publish)
    roles.set_up(HomePage.objects.get())
    assert state() == before


def test_rights_have_their_names_in_the_language_of_the_site():
    names = {"trainings.organise": "", "trainings.add_trainer": "", "library.change_theme": "", "auth.delete_group": ""}
    for name in names:
        app, codename = name.split(".")
        names[name] = Permission.objects.get(content_type__app_label=app, codename=codename).name
    assert list(names.values()) == [
        "Kan sessies plannen en inschrijvingen beheren",
        "Toevoegen: lesgever",
        "Aanpassen: thema",
        "Verwijderen: groep",
    ]


def test_a_right_that_does_not_exist_stops_the_set_up():
    with pytest.raises(LookupError, match=r"trainings\.dance"):
        roles._permissions({"trainings.dance", "trainings.organise"})


def test_wagtails_own_groups_and_workflow_are_out_of_use():
    assert not Group.objects.filter(name__in=roles.WAGTAILS_OWN).exists()
    assert list(Workflow.objects.active().values_list("name", flat=True)) == [review.NAME]


def test_a_group_of_wagtail_that_somebody_uses_is_kept():
    user = UserFactory(groups=["Editors"])
    roles.set_up(HomePage.objects.get())
    assert list(user.groups.values_list("name", flat=True)) == ["Editors"]
