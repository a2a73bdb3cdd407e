"""What every test of a zone finds ready: a migrated database within moments, and empty caches."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from tests import spreading, template_database

VAR = Path(__file__).resolve().parents[1] / "var" / "test"
# One run holds one zone. What both zones have is tried in both; the tests between the zones start processes, beside casework's.
CASEWORK = ["casework", "exchange", "zones"]


def pytest_ignore_collect(collection_path, config):
    """Leaves out the folders of the other zone."""
    folder = collection_path.relative_to(Path(__file__).parent).parts[:1]
    if not folder or not collection_path.is_dir() or len(collection_path.relative_to(Path(__file__).parent).parts) > 1:
        return None
    if folder[0] in ("exchange", "settings"):
        return None
    in_casework = config.getoption("ds", None) == "tests.settings.casework"
    return (folder[0] in CASEWORK) != in_casework or None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spreads the tests in the order of pytest-django, in which those that empty the tables come last; groups of them first."""
    return spreading.TogetherByEngine(config, log)


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL and Redis: only what uses them, for the rest would be the same once more. Nowhere what the other engine has."""
    from django.conf import settings

    engine = "postgresql" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "sqlite"
    config.hook.pytest_deselected(items=[item for item in items if not _is_of(item, engine)])
    items[:] = [item for item in items if _is_of(item, engine)]
    spreading.longest_first(items)


def _is_of(item, engine: str) -> bool:
    only = item.get_closest_marker("only_on")
    if only:
        return only.args == (engine,)
    return engine == "sqlite" or _uses_database(item)


def _uses_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "own_database"} & set(item.fixturenames))


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
    if settings.REDIS_URL and _uses_database(request.node):
        cache.clear()


def _remember_content_types():
    """Django asks for each once per process: no test's queries depend on which tests ran before it."""
    from django.contrib.contenttypes.models import ContentType

    for content_type in ContentType.objects.all():
        ContentType.objects.get_for_id(content_type.pk)


def _forget_kept_answers():
    from shared import kept_answers

    kept_answers.forget()
