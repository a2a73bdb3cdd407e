"""Objective 2: the catalogue, its sessions, and who takes part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = _("trainings")

    def ready(self):
        from . import checks  # noqa: F401 registers them
        from .catalogue import changes

        changes.listen()
