"""A public site that shows the card first and writes a while later, as this site must never do."""

import threading

from django.apps import apps

from website.wsgi import application  # noqa: F401 what gunicorn looks for; it sets Django up as well

AFTER = 4  # seconds
rows = apps.get_model("exchange", "SealedReferral").objects
written = rows.bulk_create


def _later(some, **options) -> None:
    threading.Timer(AFTER, written, [some], options).start()


rows.bulk_create = _later
