"""Wagtail's own apps as this site wants them."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    """Accounts are managed on Wagtail's screens, with forms of ours."""

    user_viewset = "website.admin.accounts.AccountViewSet"
