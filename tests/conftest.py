"""What every test of a zone finds ready: a migrated database within moments, and empty caches."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from tests import template_database

VAR = Path(__file__).resolve().parents[1] / "var" / "test"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Replaces Django's slow road by a copy of the migrated template."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"expor_test_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        template_database.fresh_copy(VAR, name)
        template_database.switch_to(VAR, name)
        _remember_content_types()
        yield
        template_database.remove_copy(VAR, name)


@pytest.fixture
def own_database(request, django_db_blocker):
    """The address of a migrated database for programs that a test starts; the test itself does not connect to it."""
    name = f"expor_own_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    with django_db_blocker.unblock():
        yield template_database.fresh_copy(VAR, name)
        template_database.remove_copy(VAR, name)


@pytest.fixture(autouse=True)
def _empty_caches(request, settings):
    """No test sees what another one left in a cache, or speaks its language; the database's own cache rolls back with the test."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
    _forget_kept_answers()
    uses_database = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames)
    if settings.REDIS_URL and uses_database:
        cache.clear()


def _remember_content_types():
    """Django asks for each once per process: no test's queries depend on which tests ran before it."""
    from django.contrib.contenttypes.models import ContentType

    for content_type in ContentType.objects.all():
        ContentType.objects.get_for_id(content_type.pk)


def _forget_kept_answers():
    from shared import kept_answers

    kept_answers.forget()
