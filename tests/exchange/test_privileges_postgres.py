"""What each role holds in PostgreSQL is what the one dict says: table by table, and when the statements are sent."""

import os

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege

from exchange.grants import Unfit, grant
from exchange.privileges import DML, REFERRAL, ROLES
from tests import postgres

MINE = f"{settings.SETTINGS_MODULE.rpartition('.')[2]}_{os.getpid()}"
MEMBER = f"expor_member_{MINE}"
NAMES = {role: f"expor_{role}_{MINE}" for role in settings.GRANTED_ROLES}
ZONE = f"website.settings.{settings.SETTINGS_MODULE.rpartition('.')[2]}"
TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind = 'r'
"""
each_role = pytest.mark.parametrize("role", settings.GRANTED_ROLES)


def by_command(address: str, names=NAMES):
    """The command, as its operator runs it."""
    options = [f"--{role.replace('_', '-')}={name}" for role, name in names.items()]
    environment = {"EXPOR_DATABASE_URL": address, "EXPOR_DEBUG": "true"}
    return postgres.in_zone(ZONE, "site/manage.py", "grant_privileges", *options, **environment)


@pytest.fixture(scope="module")
def address():
    """A migrated database with the roles of this zone, granted what they may."""
    postgres.skip_unless_reachable()
    with postgres.roles(*NAMES.values()), postgres.database(ZONE.rpartition(".")[2], f"expor_granted_{MINE}") as address:
        done = by_command(address)
        assert (done.returncode, done.stderr) == (0, "")
        yield address


def tables_of(address: str) -> list[str]:
    with postgres.connect(address) as owner:
        return sorted(row[0] for row in owner.execute(TABLES))


def statement(verb: str, table: str, column: str) -> str:
    """One that needs this right only, and changes nothing."""
    return {
        "SELECT": f'SELECT count(*) FROM "{table}"',
        "INSERT": f'INSERT INTO "{table}" ("{column}") SELECT NULL WHERE false',
        "UPDATE": f'UPDATE "{table}" SET "{column}" = NULL WHERE false',
        "DELETE": f'DELETE FROM "{table}" WHERE false',
    }[verb]


def runs(connection, text: str) -> bool:
    try:
        connection.execute(text)
    except InsufficientPrivilege:
        return False
    return True


@each_role
def test_every_role_holds_on_every_table_what_the_dict_says_and_no_more(address, role):
    with postgres.connect(address) as owner:
        held = {
            (table, verb): owner.execute("SELECT has_table_privilege(%s, %s, %s)", [NAMES[role], f'"{table}"', verb]).fetchone()[0]
            for table in tables_of(address)
            for verb in (*DML, "TRUNCATE", "REFERENCES", "TRIGGER")
        }
    assert REFERRAL in {table for table, _verb in held}
    assert held == {(table, verb): verb in ROLES[role].may(table) for table, verb in held}


@each_role
def test_every_statement_runs_or_is_refused_as_the_dict_says(address, role):
    tables = tables_of(address)
    with postgres.connect(address) as owner:
        columns = dict(owner.execute("SELECT table_name, min(column_name) FROM information_schema.columns GROUP BY 1").fetchall())
    with postgres.connect(postgres.as_role(address, NAMES[role])) as connection:
        ran = {(table, verb): runs(connection, statement(verb, table, columns[table])) for table in tables for verb in DML}
    assert ran == {(table, verb): verb in ROLES[role].may(table) for table, verb in ran}


@each_role
@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE exchange_sealedreferral",
        "ALTER TABLE exchange_sealedreferral ADD COLUMN mine int",
        "TRUNCATE exchange_sealedreferral",
        "CREATE TRIGGER mine BEFORE INSERT ON exchange_sealedreferral EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "SET ROLE postgres",
        "SELECT * FROM django_migrations",
        "COPY exchange_sealedreferral TO PROGRAM 'cat'",
        "CREATE ROLE mine",
    ],
)
def test_no_role_changes_the_schema_or_its_own_rights(address, role, text):
    with postgres.connect(postgres.as_role(address, NAMES[role])) as connection:
        assert not runs(connection, text)


@each_role
def test_no_role_gives_itself_more_than_it_has(address, role):
    with postgres.connect(postgres.as_role(address, NAMES[role])) as connection:
        # Refused, or only warned about where the role holds something on this table: nothing may come of it.
        runs(connection, f"GRANT ALL ON {REFERRAL} TO CURRENT_USER")
        held = [verb for verb in DML if runs(connection, statement(verb, REFERRAL, "day"))]
    assert set(held) == set(ROLES[role].may(REFERRAL))


@each_role
def test_a_table_that_a_migration_adds_is_closed_until_it_is_granted(address, role):
    with postgres.connect(address) as owner, postgres.connect(postgres.as_role(address, NAMES[role])) as connection:
        owner.execute("CREATE TABLE added_later (id bigint GENERATED BY DEFAULT AS IDENTITY, number serial)")
        try:
            look = [statement(verb, "added_later", "number") for verb in DML] + ["SELECT nextval('added_later_number_seq')"]
            assert [runs(connection, text) for text in look] == [False] * 5
            grant(owner.cursor(), NAMES)
            assert [runs(connection, text) for text in look] == [bool(ROLES[role].others)] * 5
        finally:
            owner.execute("DROP TABLE added_later")


@each_role
def test_what_was_given_by_hand_is_taken_away(address, role):
    name = NAMES[role]
    with postgres.connect(address) as owner, postgres.connect(postgres.as_role(address, name)) as connection:
        owner.execute(f'GRANT ALL ON django_migrations TO "{name}"')
        owner.execute("GRANT SELECT ON django_migrations TO PUBLIC")
        owner.execute(f'GRANT SELECT (name) ON django_migrations TO "{name}"')
        assert runs(connection, "SELECT name FROM django_migrations")
        grant(owner.cursor(), NAMES)
        assert not runs(connection, "SELECT name FROM django_migrations")


def test_who_was_not_named_can_not_even_connect(address):
    stranger = f"expor_stranger_{MINE}"
    with postgres.roles(stranger), pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(postgres.as_role(address, stranger))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nobody_of_that_name", "There is no role nobody_of_that_name in PostgreSQL."),
        ("postgres", "The role postgres is a superuser"),
        (MEMBER, f"The role {MEMBER} is a superuser, the owner, or a member of other roles"),
    ],
    ids=["missing", "superuser", "member"],
)
def test_a_role_that_is_not_there_or_holds_more_than_a_grant_is_refused(address, name, sentence):
    with postgres.roles(MEMBER), postgres.connect(address) as owner:
        owner.execute(f"GRANT pg_read_all_data TO {MEMBER}")
        with pytest.raises(Unfit, match=f"^{sentence}"):
            grant(owner.cursor(), NAMES | {settings.GRANTED_ROLES[0]: name})


@pytest.mark.parametrize("power", ["SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS"])
def test_a_role_that_may_go_past_every_grant_is_refused(address, power):
    with postgres.roles(MEMBER), postgres.connect(address) as owner:
        owner.execute(f"ALTER ROLE {MEMBER} {power}")
        with pytest.raises(Unfit, match="replicate or bypass row security"):
            grant(owner.cursor(), NAMES | {settings.GRANTED_ROLES[0]: MEMBER})


def test_two_roles_can_not_share_a_name(address):
    with postgres.connect(address) as owner, pytest.raises(Unfit, match="one name"):
        grant(owner.cursor(), {"public_app": "one", "exchange_pull": "one"})


def test_the_command_says_what_is_wrong_in_a_sentence(address):
    done = by_command(address, NAMES | {settings.GRANTED_ROLES[0]: "postgres"})
    assert (done.returncode, done.stderr.startswith("CommandError: The role postgres is a superuser")) == (1, True)


def test_sqlite_has_no_roles_to_grant_to():
    done = by_command("sqlite://:memory:")
    assert (done.returncode, done.stderr.startswith("CommandError: SQLite knows no roles")) == (1, True)
