"""The addresses that exist in the demo only."""

from django.urls import path

from . import views

urlpatterns = [
    path("post/", views.index, name="demo-post"),
    path("post/<int:name>/", views.message, name="demo-message"),
    path("post/<int:name>/html/", views.html, name="demo-message-html"),
    path("post/<int:name>/agenda.ics", views.calendar, name="demo-message-calendar"),
]
