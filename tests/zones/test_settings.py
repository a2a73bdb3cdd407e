"""Casework's settings from the environment, and what neither zone holds of the other."""

from pathlib import Path

import pytest

from tests.postgres import in_zone
from tests.zones.production import environment

FOLDER = Path("/nonexistent")
SHOW = "import django; from django.conf import settings as s; django.setup(); print({})"
# All that a web server and a worker import: every address, every task, every template tag of every app.
LOADED = """
import website.wsgi, sys
from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string
def walk(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            walk(pattern)
walk(get_resolver())
for path, _seconds in settings.WORKER_TASKS:
    import_string(path)
print(*sorted({'.'.join(name.split('.')[:2]) for name in sys.modules if name.split('.')[0] in sys.argv[1:]}))
"""
PUBLIC_ONLY = ("wagtail", "modelcluster", "taggit", "trainings", "knowledge", "media", "website")


def start(zone: str, code: str, *arguments: str, **changed: str):
    given = {name: value for name, value in (environment(zone, FOLDER) | changed).items() if value is not None}
    return in_zone(f"website.settings.{zone}", "-c", code, *arguments, **given)


def shown(zone: str, expression: str, **changed: str) -> str:
    done = start(zone, SHOW.format(expression), **changed)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EXPOR_KEYS", ""),
        ("EXPOR_SECRET_KEY", ""),
        ("EXPOR_SECRET_KEY", "too short"),
        ("EXPOR_HOSTS", ""),
        ("EXPOR_SITE_URL", "casus.example"),
        ("EXPOR_MAIL_FROM", ""),
        ("EXPOR_DATABASE_URL", "oracle-nine://x"),
        ("EXPOR_EXCHANGE_URL", "oracle-nine://x"),
        ("EXPOR_ANSWER_WITHIN_DAYS", "soon"),
    ],
)
def test_a_wrong_value_stops_the_start_of_casework_with_a_sentence_that_names_it(name, value):
    done = start("casework", SHOW.format("1"), **{name: value})
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert sentence.startswith("EXPO-R cannot start: ")
    assert name in sentence


def test_casework_has_host_cookies_of_its_own_and_no_throwaway_key():
    cookies = "(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.DEBUG, s.SECURE_SSL_REDIRECT)"
    assert shown("casework", cookies) == "('__Host-expor_casework_session', '__Host-expor_casework_csrf', True, False, True)"
    assert shown("public", cookies) == "('__Host-expor_session', '__Host-expor_csrf', True, False, True)"


def test_casework_asks_everybody_for_a_second_factor_and_speaks_one_language():
    assert shown("casework", "(s.EVERYBODY_NEEDS_SECOND_FACTOR, s.LANGUAGES)") == "(True, [('nl', 'Nederlands')])"


def test_neither_zone_finds_the_database_of_the_other_in_its_settings():
    databases = "[(alias, s.DATABASES[alias]['NAME'].rpartition('/')[2]) for alias in s.DATABASES]"
    assert shown("public", databases) == "[('default', 'public.sqlite3')]"
    assert shown("casework", databases) == "[('default', 'casework.sqlite3'), ('exchange', 'public.sqlite3')]"


@pytest.mark.parametrize("zone", ["public", "casework"])
def test_no_app_of_one_zone_is_installed_in_the_other(zone):
    apps = shown(zone, "*s.INSTALLED_APPS").split()
    theirs = ("casework",) if zone == "public" else PUBLIC_ONLY
    assert [app for app in apps if app.split(".")[0] in theirs] == []


def test_no_public_process_ever_imports_casework():
    done = start("public", LOADED, "casework", "trainings")
    assert done.returncode == 0, done.stderr
    assert "casework" not in done.stdout
    assert "trainings.booking" in done.stdout


def test_no_process_of_casework_ever_imports_what_is_public():
    done = start("casework", LOADED, *PUBLIC_ONLY, "casework")
    assert done.returncode == 0, done.stderr
    found = done.stdout.split()
    assert [name for name in found if not name.startswith("casework")] == [
        "website",
        "website.settings",
        "website.urls",
        "website.wsgi",
    ]
    assert "casework.views" in found
