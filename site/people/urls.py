"""Accounts: allauth's pages in the look of the site, with one door to come in by."""

from django.urls import include, path

from . import account_views, views
from . import second_factor_views as second

urlpatterns = [
    path("", account_views.overview, name="account"),
    path("naam/", account_views.name, name="account_name"),
    path("login/", views.login, name="account_login"),
    path("login/wachtwoord/", views.PasswordView.as_view(), name="account_login_password"),
    path("login/code/", views.to_login, name="account_request_login_code"),
    path("login/code/confirm/", views.CodeView.as_view(), name="account_confirm_login_code"),
    path("signup/", views.to_login, name="account_signup"),
    path("2fa/totp/activate/", second.SetUpAppView.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", second.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", second.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", second.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("2fa/recovery-codes/", second.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessies/", account_views.SessionsView.as_view(), name="usersessions_list"),
    path("", include("allauth.account.urls")),
]
