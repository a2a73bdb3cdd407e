"""What two or more apps of either zone use."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "shared"
