"""The casework zone under test: embedded defaults, unless the environment names PostgreSQL and Redis."""

import os

os.environ.setdefault("EXPOR_DEBUG", "true")
os.environ["EXPOR_SITE_URL"] = "http://testserver"

from tests import own_redis  # noqa: F401 it works by being imported
from website.settings.casework import *
from website.settings.casework import DATABASES, STATIC_ROOT, STORAGES, VAR

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
# The exchange of these tests lies in the database at hand: the wall itself is tried by processes, in tests/zones.
DATABASES = {"default": DATABASES["default"]}
DATABASE_ROUTERS = []
KEYS = str(VAR / "test" / "keys")

# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
