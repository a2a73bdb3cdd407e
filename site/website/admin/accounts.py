"""Accounts in the admin: somebody gets a role there, but nobody becomes all-powerful and nobody's address is taken over."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, UserViewSet


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


class SuperusersAreNotThere:
    """Who is no superuser can't touch the account of one."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class AccountEditView(SuperusersAreNotThere, EditView):
    """Wagtail's screen, less the accounts of superusers."""


class AccountViewSet(UserViewSet):
    """All accounts, for the administrators."""

    edit_view_class = AccountEditView

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else NewAccountForm
