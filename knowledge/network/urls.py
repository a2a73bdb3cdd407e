"""Where one says who one is and for whom one works."""

from django.urls import path

from . import views

app_name = "network"
urlpatterns = [
    path("mijn/welkom/", views.welcome, name="welcome"),
    path("mijn/organisatie/", views.mine, name="mine"),
    path("mijn/organisatie/nieuw/", views.propose, name="propose"),
    path("mijn/organisatie/<int:pk>/lid-worden/", views.join, name="join"),
    path("mijn/organisatie/<int:pk>/verlaten/", views.leave, name="leave"),
]
