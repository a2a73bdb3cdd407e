"""The public zone under test: embedded defaults, unless the environment names PostgreSQL and Redis."""

import os
import re

os.environ.setdefault("EXPOR_DEBUG", "true")
os.environ.setdefault("EXPOR_ENGLISH", "true")
os.environ["EXPOR_SITE_URL"] = "http://testserver"
# Emptying a Redis database empties it for all: each process of a run has one of its own.
if os.environ.get("EXPOR_REDIS_URL"):
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["EXPOR_REDIS_URL"] = re.sub(r"/(\d+)$", lambda found: f"/{int(found[1]) + worker}", os.environ["EXPOR_REDIS_URL"])

from website.settings.public import *
from website.settings.public import STATIC_ROOT, STORAGES

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
