"""SQLite's guard: the same table of privileges, asked on the real schema of the zone at hand, by statements and by the ORM."""

import sqlite3
from contextlib import closing

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from exchange import guard
from exchange.models import AuditAnchor, SealedAnswer, SealedReferral, SharedSignal
from exchange.privileges import DML, ROLES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),  # PostgreSQL has its roles: test_privileges_postgres
]
each_role = pytest.mark.parametrize("role", ROLES)
MODELS = {
    SealedReferral: {"body": b"sealed"},
    SealedAnswer: {"lookup": "0" * 64, "body": b"sealed"},
    SharedSignal: {"theme": "polarisation", "quarter": "2026Q4", "text": "Meer spanning na een oproep online."},
    AuditAnchor: {"event": 12, "mac": "0" * 64},
}


@pytest.fixture
def as_role():
    """Puts the guard on the connection of the test, as web and worker of this role have it."""

    def watched(role: str) -> None:
        connection.ensure_connection()
        connection.connection.set_authorizer(guard.authorizer(ROLES[role]))

    yield watched
    connection.connection.set_authorizer(None)


def tables() -> dict[str, str]:
    """Every table of the schema, the hidden ones of full-text search too, with one of its columns."""
    with connection.cursor() as cursor:
        names = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        return {name: cursor.execute("SELECT name FROM pragma_table_info(%s)", [name]).fetchone()[0] for (name,) in names}


def statement(verb: str, table: str, column: str) -> str:
    """Prepared and not run: the guard is asked when a statement is prepared."""
    return (
        "EXPLAIN "
        + {
            "SELECT": f'SELECT "{column}" FROM "{table}"',
            "INSERT": f'INSERT INTO "{table}" ("{column}") VALUES (NULL)',
            "UPDATE": f'UPDATE "{table}" SET "{column}" = NULL',
            "DELETE": f'DELETE FROM "{table}"',
        }[verb]
    )


def runs(text: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)
    except DatabaseError as error:
        assert "not authorized" in str(error) or "prohibited" in str(error)
        return False
    return True


@each_role
def test_every_statement_on_every_table_is_let_through_or_refused_as_the_dict_says(as_role, role):
    found = tables()
    assert "exchange_sealedreferral" in found
    as_role(role)
    let_through = {(table, verb): runs(statement(verb, table, column)) for table, column in found.items() for verb in DML}
    assert let_through == {(table, verb): verb in ROLES[role].may(table) for table, verb in let_through}


@each_role
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_orm_gets_as_far_as_the_dict_says(as_role, role, model):
    model.objects.create(**MODELS[model])
    as_role(role)
    rows = model.objects.filter(day__gte="2000-01-01")
    tried = {
        "SELECT": lambda: list(rows),
        "INSERT": lambda: model.objects.create(**MODELS[model]),
        # Finding a row is reading it: without SELECT neither of these two knows which.
        "UPDATE": lambda: rows.update(day="2026-11-26"),
        "DELETE": lambda: rows.delete(),
    }
    may = ROLES[role].may(model._meta.db_table)
    assert {verb: _works(act) for verb, act in tried.items()} == {
        "SELECT": "SELECT" in may,
        "INSERT": "INSERT" in may,
        "UPDATE": {"SELECT", "UPDATE"} <= set(may),
        "DELETE": {"SELECT", "DELETE"} <= set(may),
    }


def _works(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return False
    return True


@each_role
@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE TEMP VIEW mine AS SELECT 1",
        "CREATE INDEX mine ON exchange_sealedreferral (day)",
        "CREATE TRIGGER mine AFTER INSERT ON exchange_sealedreferral BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE mine USING fts5(words)",
        "ALTER TABLE exchange_sealedreferral ADD COLUMN mine int",
        "DROP TABLE exchange_sealedreferral",
        "ATTACH DATABASE ':memory:' AS other",
        "VACUUM INTO '/dev/null'",
        "PRAGMA writable_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only",
        "REINDEX",
        "ANALYZE",
        "UPDATE sqlite_master SET sql = ''",
        "SELECT load_extension('mine')",
    ],
)
def test_nothing_changes_the_schema_or_leaves_the_file(as_role, role, text):
    as_role(role)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as outside:
        outside.execute("CREATE TABLE exchange_sealedreferral (id UNIQUE, day)")
        outside.set_authorizer(guard.authorizer(ROLES[role]))
        # Outside of any transaction too, where more statements are possible than within.
        with pytest.raises(sqlite3.DatabaseError, match=r"authori[sz]|prohibited|may not be modified"):
            outside.execute(text)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text)


def test_a_referral_is_written_without_being_read(as_role, django_assert_num_queries):
    as_role("public_app")
    with django_assert_num_queries(1) as queries:
        SealedReferral.objects.create(body=b"sealed")
    assert "RETURNING" not in queries.captured_queries[0]["sql"]
    with pytest.raises(DatabaseError, match="not authorized"):
        SealedReferral.objects.count()


@pytest.mark.parametrize("role", ["public_app", "casework_app"])
def test_the_ordinary_work_of_a_zone_goes_on(as_role, role):
    as_role(role)
    cache.set("a", 1, 60)
    with transaction.atomic():
        assert (cache.get("a"), cache.incr("a"), cache.add("a", 3), cache.delete("a")) == (1, 2, False, True)
    assert runs("SELECT value FROM json_each('[1, 2]')")
    assert runs("WITH RECURSIVE upto(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM upto WHERE n < 3) SELECT * FROM upto")
    assert runs("EXPLAIN QUERY PLAN SELECT * FROM people_user")


@pytest.mark.django_db(transaction=True)
def test_the_guard_stands_on_connections_from_its_installation_on(settings):
    settings.EXCHANGE_ROLES = {"default": "public_app"}
    SealedReferral.objects.create(body=b"sealed")
    assert SealedReferral.objects.count() == 1
    guard.install()
    try:
        with pytest.raises(DatabaseError, match="not authorized"):
            SealedReferral.objects.count()
    finally:
        guard.connection_created.disconnect(dispatch_uid="exchange.guard")
        connection.close()
