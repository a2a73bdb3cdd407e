"""Who is in this zone: accounts, roles and invitations."""

from django.urls import path

from casework.views import access, proposals

urlpatterns: list = [
    path("", access.accounts, name="accounts"),
    path("uitnodigen/", access.invite, name="invite"),
    path("<int:pk>/", access.account, name="account"),
    path("<int:pk>/nieuwe-aanmelding/", access.reset, name="account-reset"),
    path("<int:pk>/rollen/", access.roles, name="account-roles"),
    path("<int:pk>/einde/", access.end, name="account-end"),
    path("voorstel/<uuid:pk>/", proposals.decide, name="proposal"),
    path("voorstel/<uuid:pk>/terugnemen/", proposals.withdraw, name="proposal-withdraw"),
]
