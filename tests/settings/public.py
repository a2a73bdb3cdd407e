"""The public zone under test: embedded defaults, unless the environment names PostgreSQL and Redis."""

import os

os.environ.setdefault("EXPOR_DEBUG", "true")
os.environ.setdefault("EXPOR_ENGLISH", "true")
os.environ["EXPOR_SITE_URL"] = "http://testserver"

from tests import exchange_keys, own_redis  # noqa: F401 it works by being imported
from website.settings.public import *
from website.settings.public import STATIC_ROOT, STORAGES, VAR

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Referrals are sealed to keys that the tests can open with.
REFERRAL_KEYS = str(exchange_keys.lay_down(VAR / "test" / "referral-keys"))
