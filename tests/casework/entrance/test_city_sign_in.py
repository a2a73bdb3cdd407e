"""The city's own sign-in takes the place of the password for who linked it, and gives nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def run(arguments: list[str], **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_city_says_who_somebody_is_and_never_more(own_database):
    done = run(["-m", "tests.casework.entrance.city_sign_in"], EXPOR_DATABASE_URL=own_database)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "the sign-in offers it": True,
        "a form may lead there": True,
        "nobody is let in unlinked": "/account/login/",
        "no account was made": ["casemanager@stad.demo"],
        "a link that can't be sealed": ["500", 0, True],
        "linking": "/account/stad/",
        "sealed": True,
        "still in": 200,
        "kept of it": [[["stad", "person-1", {}]], 0],
        "signing in": ["/account/2fa/authenticate/", "/account/login/"],
        "the second factor is asked": 200,
        "another person of the city": "/account/login/",
        "a link written into the database": "/account/login/",
        "without a fresh second factor": [
            "/account/bevestigen/?next=%2Faccount%2Fstad%2F",
            "/account/bevestigen/?next=%2Faccount%2Fstad%2F",
        ],
        "unlinked": ["/account/stad/", 0, 200],
        "the city fails": [[503, True], [503, True], [503, True], [401, True]],
    }


@pytest.mark.parametrize("wrong", [{"EXPOR_OIDC_CLIENT": ""}, {"EXPOR_OIDC_SECRET": ""}, {"EXPOR_OIDC_URL": "ftp://stad.example"}])
def test_a_zone_with_half_of_these_settings_does_not_start(wrong):
    right = {"EXPOR_OIDC_URL": "https://stad.example", "EXPOR_OIDC_CLIENT": "a", "EXPOR_OIDC_SECRET": "b"}
    done = run(
        ["-c", "import sys; sys.path.insert(0, 'site'); import website.settings.casework"], **right | wrong, EXPOR_DEBUG="true"
    )
    assert (done.returncode, done.stderr.startswith("EXPO-R cannot start: EXPOR_OIDC_URL")) == (1, True)


def test_without_them_nothing_of_it_is_installed():
    from django.conf import settings

    assert [app for app in settings.INSTALLED_APPS if "openid" in app] == []
