"""Where one says who one is and for whom one works, and where a training coordinator says who belongs there."""

from django.urls import path

from . import views, views_members

app_name = "network"
urlpatterns = [
    path("mijn/welkom/", views.welcome, name="welcome"),
    path("mijn/organisatie/", views.mine, name="mine"),
    path("mijn/organisatie/nieuw/", views.propose, name="propose"),
    path("mijn/organisatie/<int:pk>/lid-worden/", views.join, name="join"),
    path("mijn/organisatie/<int:pk>/verlaten/", views.leave, name="leave"),
    path("mijn/organisatie/<int:pk>/leden/", views_members.members, name="members"),
    path("mijn/organisatie/lid/<int:pk>/", views_members.member, name="member"),
]
