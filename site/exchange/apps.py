"""The one door between the zones: four tables, sealing, receipts and who may do what with them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("exchange between the zones")
