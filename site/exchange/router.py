"""In the casework zone the exchange is another database, which that zone reaches but does not own."""

ALIAS = "exchange"


class ExchangeRouter:
    """Sends the models of the exchange to their own database, and migrates nothing there: the public zone does."""

    def db_for_read(self, model, **hints):
        return ALIAS if model._meta.app_label == ALIAS else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return one._meta.app_label == other._meta.app_label if ALIAS in (one._meta.app_label, other._meta.app_label) else None

    def allow_migrate(self, db, app_label, **hints):
        return False if ALIAS in (db, app_label) else None
