"""Accounts in the admin: somebody gets a role there, but nobody becomes all-powerful and nobody's address is taken over."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.usage import UsageView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction
from wagtail.users.views.users import DeleteView, EditView, HistoryView, UserViewSet


class NewAccountForm(UserCreationForm):
    """An account without a password: one signs in by e-mailed code, and sets up a second factor at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fix_superuser(self)

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountForm(UserEditForm):
    """Name and roles; the address changes only where its owner can prove it, on the page of the account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fix_superuser(self)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("Only the owner can change this, on the own account page.")


def fix_superuser(form) -> None:
    """A form can't make somebody all-powerful, whoever sends it: that is done on the server."""
    if "is_superuser" in form.fields:
        form.fields["is_superuser"].disabled = True
        form.fields["is_superuser"].help_text = _("Is given on the server only, never on this screen.")


def may_touch(user, account) -> bool:
    """Nobody but a superuser does anything with the account of one."""
    return user.is_superuser or not account.is_superuser


class SuperusersAreNotThere:
    """A screen about one account; that of a superuser is there for superusers only."""

    def get_object(self, *args, **kwargs):
        account = super().get_object(*args, **kwargs)
        if not may_touch(self.request.user, account):
            raise Http404
        return account


class AccountEditView(SuperusersAreNotThere, EditView):
    """Changing an account."""


class AccountDeleteView(SuperusersAreNotThere, DeleteView):
    """Removing an account."""


class AccountHistoryView(SuperusersAreNotThere, HistoryView):
    """What happened to an account."""


class AccountUsageView(SuperusersAreNotThere, UsageView):
    """Where an account is used."""


class AccountViewSet(UserViewSet):
    """All accounts, for the administrators."""

    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    history_view_class = AccountHistoryView
    usage_view_class = AccountUsageView
    # Everything of an account is of one person; the copy of a superuser would be one too.
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else NewAccountForm


class SuperusersAreNotChosen:
    """Something that is done to many accounts at once: not to a superuser that was chosen, and "all" leaves them out."""

    def check_perm(self, account):
        if may_touch(self.request.user, account):
            return super().check_perm(account)
        if "all" in self.request.GET.getlist("id"):
            return False
        raise Http404


class AssignRole(SuperusersAreNotChosen, AssignRoleBulkAction):
    """Giving a role."""


class Delete(SuperusersAreNotChosen, DeleteBulkAction):
    """Removing accounts."""


class SetActiveState(SuperusersAreNotChosen, SetActiveStateBulkAction):
    """Closing and opening accounts."""


BULK_ACTIONS = [AssignRole, Delete, SetActiveState]
