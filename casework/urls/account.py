"""Signing in to casework: a password or a passkey, and a second factor; no codes by mail, no accounts made by oneself."""

from allauth.account.views import password_change
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from django.conf import settings
from django.urls import include, path

from casework.entrance.sealed_accounts import changes_account
from casework.entrance.seals import LINK
from casework.views import arriving, city, locking
from people import account_views, views
from people import second_factor_views as second

# What these pages may change; the recovery codes come with the first of either and go with the last.
APP, PASSKEYS = ("totp", "recovery_codes"), ("webauthn", "recovery_codes")

urlpatterns = [
    path("", account_views.overview, name="account"),
    path("login/", views.PasswordView.as_view(), name="account_login"),
    path("uitnodiging/", arriving.code, name="account_invitation"),
    path("uitnodiging/wachtwoord/", arriving.password, name="account_invitation_password"),
    path("vergrendeld/", locking.unlock, name="account_unlock"),
    path("vergrendelen/", locking.lock, name="account_lock"),
    path("bezig/", locking.awake, name="account_awake"),
    path("bevestigen/", locking.prove, name="account_step_up"),
    path("stad/", changes_account(city.link, LINK), name="account_city"),
    path("sessies/", account_views.SessionsView.as_view(), name="usersessions_list"),
    path("password/change/", changes_account(password_change, "password"), name="account_change_password"),
    path("2fa/totp/activate/", changes_account(second.SetUpAppView.as_view(), *APP), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", changes_account(deactivate_totp, *APP), name="mfa_deactivate_totp"),
    path("2fa/webauthn/add/", changes_account(second.AddPasskeyView.as_view(), *PASSKEYS), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        changes_account(second.RemovePasskeyView.as_view(), *PASSKEYS),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/recovery-codes/generate/",
        changes_account(generate_recovery_codes, "recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/webauthn/login/", second.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("2fa/recovery-codes/", second.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
if settings.OIDC_URL:
    urlpatterns += [
        path("stad/", include("allauth.socialaccount.urls")),
        path("oidc/<slug:provider_id>/login/", city.begin, name="openid_connect_login"),
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
