"""A machine with one zone on it: a folder, a database and keys of its own, reached by real processes only."""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANAGE = str(ROOT / "site" / "manage.py")


@dataclass
class Machine:
    """One zone with its own files; `database` is an address, `exchange` that of the public database, for casework."""

    zone: str
    folder: Path
    database: str
    exchange: str = ""

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def manage(self, *arguments: str, typed: str = "", largest: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
        """A command of this zone, with what somebody types; no file may grow beyond `largest` bytes."""
        return self._run([MANAGE, *arguments], typed, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)))

    def program(self, name: str, typed: str = "") -> str:
        """What a program of the tests prints, run within this zone."""
        done = self._run(["-m", name], typed)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> list[str]:
        """Everything that lies in the folder of this machine, but what starting the zone leaves there."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()]
        return sorted(name for name in found if not name.startswith("static/"))

    def _run(self, command: list[str], typed: str, before=None) -> subprocess.CompletedProcess:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("EXPOR_", "DJANGO_"))}
        environment |= {
            "DJANGO_SETTINGS_MODULE": f"website.settings.{self.zone}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")]),
            "EXPOR_DEBUG": "true",
            "EXPOR_SECRET_KEY": f"a secret key of {self.zone} that is long enough for anybody",
            "EXPOR_VAR": str(self.folder),
            "EXPOR_DATABASE_URL": self.database,
            "EXPOR_EXCHANGE_URL": self.exchange or self.database,
            "EXPOR_KEYS": str(self.keys),
            "EXPOR_REFERRAL_KEYS": str(self.keys),
        }
        command = [sys.executable, *command]
        return subprocess.run(
            command, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, check=False, preexec_fn=before
        )
