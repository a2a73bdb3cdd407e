"""Accounts: allauth's pages in the look of the site, with one door to come in by."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/wachtwoord/", views.PasswordView.as_view(), name="account_login_password"),
    path("login/code/", views.to_login, name="account_request_login_code"),
    path("login/code/confirm/", views.CodeView.as_view(), name="account_confirm_login_code"),
    path("signup/", views.to_login, name="account_signup"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
