"""What the casework zone keeps in its backups: its database and its key files, the keys for the recovery key only."""

from pathlib import Path

from django.conf import settings

from casework.log import audit
from casework.models import AuditEvent
from exchange import backups
from exchange.recipients import RECOVERY_PUBLIC, ZONE_PUBLIC

from . import key_checks, keys

HEAD = "SELECT number, mac FROM casework_auditevent ORDER BY number DESC LIMIT 1"


class CaseworkZone(backups.Zone):
    """Casework; nothing is uploaded there."""

    name = "casework"
    media = None

    @property
    def keys(self) -> Path:
        return Path(settings.KEYS)

    def key_files(self) -> dict[str, str]:
        names = [*keys.ALL, *sorted(path.name for path in self.keys.glob(keys.OLD_ZONES))]
        found = {name: (self.keys / name).read_text() for name in names}
        halves = {name: (Path(settings.REFERRAL_KEYS) / name).read_text() for name in (ZONE_PUBLIC, RECOVERY_PUBLIC)}
        return found | halves | {f"{self.name}-secret-key.restored": settings.SECRET_KEY + "\n"}

    def privates(self) -> list[bytes]:
        return keys.zone_keys()

    def before_backup(self) -> None:
        audit.record("backup_made", by=None)

    def facts(self, ask: backups.Ask) -> dict:
        [(number, mac)] = ask(HEAD)
        return {"audit": {"number": number, "mac": mac}}

    def after_restore(self, manifest: dict, tell: backups.Tell) -> list[str]:
        """Every sealed row opens, the log verifies and ends where the backup says; then the restore itself is recorded."""
        opened, wrong = key_checks.closed_rows(None)
        tell(f"{opened} sealed values opened.")
        head = AuditEvent.objects.order_by("-number").values("number", "mac").first()
        if head != manifest["audit"]:
            wrong.append("The audit log does not end where the backup says.")
        within, beyond = key_checks.broken_log()
        for sentence in beyond:
            tell(sentence)
        wrong += within
        audit.record("restored", by=None, backup=manifest["audit"]["number"])
        return wrong
