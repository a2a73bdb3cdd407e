"""The audit log, as the data protection officer reads it."""

from django.urls import path

from casework.views import log, log_export

urlpatterns = [
    path("", log.index, name="log"),
    path("export/", log_export.export, name="log-export"),
    path("wie-keek/", log.ask, name="who-looked-ask"),
    path("wie-keek/<uuid:pk>/", log.who_looked, name="who-looked"),
    path("toegang/", log.grants, name="log-grants"),
    path("ankers/", log.chain, name="log-chain"),
]
