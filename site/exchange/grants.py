"""What the roles of PostgreSQL hold, taken away and given anew by the owner of the tables after every migration.

The dict of `exchange.privileges` says what; nothing is left from before, and what is not named there stays closed: connecting,
temporary tables, tables that a later migration adds.
"""

from itertools import chain

from .privileges import INSERT, ROLES

RELATIONS = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname
"""
# Whatever the dict says would be for nothing if the role could take more by itself.
TOO_MIGHTY = """
    SELECT rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER')
        OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid)
    FROM pg_roles WHERE rolname = %s
"""


class Unfit(Exception):
    """A role that can't be given rights: it is not there, or it holds more than any grant would give. The text says which."""


def grant(cursor, names: dict[str, str]) -> int:
    """Gives each role of the dict, under its name in PostgreSQL, what it may; returns the number of tables."""
    if len(set(names.values())) < len(names):
        raise Unfit("Two roles can't go by one name: what one of them may not, the other one may.")
    for name in names.values():
        _refuse_unfit(cursor, name)
    cursor.execute("SELECT current_database()")
    database = cursor.fetchone()[0]
    cursor.execute(RELATIONS)
    tables = [row[0] for row in cursor.fetchall()]
    statements = [_closed_to_all(database), *(_given(role, name, database, tables) for role, name in names.items())]
    for statement in chain.from_iterable(statements):
        cursor.execute(statement)
    return len(tables)


def _refuse_unfit(cursor, name: str) -> None:
    cursor.execute(TOO_MIGHTY, [name])
    found = cursor.fetchone()
    if found is None:
        raise Unfit(f"There is no role {name} in PostgreSQL. Make it first: CREATE ROLE {_quoted(name)} LOGIN PASSWORD '…';")
    if found[0]:
        raise Unfit(
            f"The role {name} is a superuser, the owner, or a member of other roles, or may make roles, replicate or bypass row"
            " security: it would hold more than it is given."
        )


def _closed_to_all(database: str) -> list[str]:
    """What everybody holds in PostgreSQL without being asked."""
    return [
        f"REVOKE ALL ON DATABASE {_quoted(database)} FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM PUBLIC",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM PUBLIC",
    ]


def _given(role: str, name: str, database: str, tables: list[str]) -> list[str]:
    """All that this role held is taken, and what the dict says is given."""
    who = _quoted(name)
    statements = [
        f"REVOKE ALL ON DATABASE {_quoted(database)} FROM {who}",
        f"REVOKE ALL ON SCHEMA public FROM {who}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {who}",
        f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {who}",
        f"GRANT USAGE ON SCHEMA public TO {who}",
    ]
    may = {table: ROLES[role].may(table) for table in tables}
    statements += [f"GRANT {', '.join(verbs)} ON TABLE {_quoted(table)} TO {who}" for table, verbs in may.items() if verbs]
    if INSERT in ROLES[role].others:
        # For the numbers of new rows; how far they have come can't be read.
        statements.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}")
    return statements


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
