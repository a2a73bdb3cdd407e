"""What a zone does once when its web server or its worker starts, and no command does: the paths in `AT_START`."""

from django.conf import settings
from django.utils.module_loading import import_string


def at_start() -> None:
    """Runs what the settings name, in their order."""
    for path in settings.AT_START:
        import_string(path)()
