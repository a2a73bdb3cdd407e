"""What every test of a zone finds ready: a migrated database within moments, and empty caches."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from tests import template_database

VAR = Path(__file__).resolve().parents[1] / "var" / "test"


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """Replaces Django's slow road by a copy of the migrated template."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"expor_test_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            path = template_database.use_sqlite_copy(VAR, name)
            request.addfinalizer(lambda: [file.unlink() for file in VAR.glob(f"{path.name}*")])
        else:
            template_database.use_postgres_copy(name)
            request.addfinalizer(lambda: template_database.drop_postgres(name))


@pytest.fixture(autouse=True)
def _empty_caches(request):
    """No test sees what another one left in a cache, nor in the memory of the process."""
    yield
    _forget()
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        _clear(request)


def _forget():
    from shared import kept_answers

    kept_answers.forget()


def _clear(request):
    from django.conf import settings

    if settings.REDIS_URL:
        cache.clear()
