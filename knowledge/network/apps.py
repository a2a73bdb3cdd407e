"""The partners of the team: organisations and who belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "knowledge.network"
    label = "network"
    verbose_name = _("network")
