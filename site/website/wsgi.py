"""The WSGI application of a zone; the zone is what `DJANGO_SETTINGS_MODULE` names."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

SITE = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(SITE), str(SITE.parent)) if path not in sys.path]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.public")
from shared.start import at_start  # noqa: E402 the paths come first

application = get_wsgi_application()
at_start()
