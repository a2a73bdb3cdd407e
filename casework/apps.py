"""Concrete cases in confidence: referrals, who may see them, and the record of every look. A zone of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("casework")

    def ready(self):
        from .keyring import checks  # noqa: F401 they register themselves
