"""Which role may do what with which table: one table, from which the GRANTs, SQLite's guard and the tests are made."""

from dataclasses import dataclass

SELECT, INSERT, UPDATE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
DML = (SELECT, INSERT, UPDATE, DELETE)
NOTHING: tuple[str, ...] = ()
REFERRAL, ANSWER = "exchange_sealedreferral", "exchange_sealedanswer"
SIGNAL, ANCHOR = "exchange_sharedsignal", "exchange_auditanchor"
AUDIT = "casework_auditevent"
MIGRATIONS = "django_migrations"  # the owner's, who migrates


@dataclass(frozen=True)
class Role:
    """What one role may do with some tables by name, and with every other."""

    tables: dict[str, tuple[str, ...]]
    others: tuple[str, ...]

    def may(self, table: str) -> tuple[str, ...]:
        return self.tables.get(table, self.others)


ROLES = {
    # The public site: can write a referral, and never read one.
    "public_app": Role(
        {REFERRAL: (INSERT,), ANSWER: (SELECT,), SIGNAL: (SELECT, UPDATE, DELETE), ANCHOR: NOTHING, MIGRATIONS: NOTHING}, DML
    ),
    # Casework at the public database: takes referrals away and brings answers, and sees nothing else there.
    "exchange_pull": Role(
        {REFERRAL: (SELECT, DELETE), ANSWER: (SELECT, INSERT, DELETE), SIGNAL: (INSERT,), ANCHOR: (SELECT, INSERT)}, NOTHING
    ),
    # Casework at home: what the log says can be added to, never changed.
    "casework_app": Role({AUDIT: (SELECT, INSERT), MIGRATIONS: NOTHING}, DML),
}
