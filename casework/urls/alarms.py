"""Alarms: what is wrong, and who saw to it."""

from django.urls import path

from casework.views import alarms

urlpatterns = [
    path("", alarms.index, name="alarms"),
    path("<int:pk>/gezien/", alarms.acknowledge, name="alarm-acknowledge"),
]
