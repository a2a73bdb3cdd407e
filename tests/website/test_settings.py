"""Settings from the environment: defaults for who tries it, and a clear sentence where a value is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "EXPOR_SECRET_KEY": "x7Kq" * 15,
    "EXPOR_HOSTS": "expo-r.example",
    "EXPOR_SITE_URL": "https://expo-r.example",
    "EXPOR_MAIL_FROM": "EXPO-R <vormingen@expo-r.example>",
}
PROBE = "import django; from django.conf import settings as s; django.setup(); print({})"


def start(expression: str = "1", **environment: str):
    """A process of its own that reads the settings and prints the value of an expression over them."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("EXPOR_")}
    clean |= {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "DJANGO_SETTINGS_MODULE": "website.settings.public"}
    command = [sys.executable, "-c", PROBE.format(expression)]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EXPOR_SECRET_KEY", ""),
        ("EXPOR_SECRET_KEY", "too short"),
        ("EXPOR_HOSTS", ""),
        ("EXPOR_SITE_URL", "expo-r.example"),
        ("EXPOR_MAIL_FROM", ""),
        ("EXPOR_HTTPS", "perhaps"),
        ("EXPOR_PROXIES", "two"),
        ("EXPOR_DATABASE_URL", "oracle-nine://x"),
        ("EXPOR_SMTP_URL", "pigeon://x"),
        ("EXPOR_MAIL_DAYS", "0"),
        ("EXPOR_REPLY_URL", "imap://in.the.clear/INBOX"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(name, value):
    done = start(**PRODUCTION | {name: value})
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert sentence.startswith("EXPO-R cannot start: ")
    assert name in sentence


def test_the_demo_refuses_to_run_as_production():
    assert "EXPOR_DEMO and EXPOR_HTTPS" in start(EXPOR_DEMO="true", EXPOR_HTTPS="true").stderr


def test_production_has_host_cookies_and_no_throwaway_key():
    done = start("(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.DEBUG)", **PRODUCTION)
    assert done.stdout.strip() == "('__Host-expor_session', '__Host-expor_csrf', True, False)"


def test_english_is_a_setting():
    languages = "[code for code, name in s.LANGUAGES]"
    assert start(languages, **PRODUCTION).stdout.strip() == "['nl']"
    assert start(languages, **PRODUCTION, EXPOR_ENGLISH="true").stdout.strip() == "['nl', 'en']"
