"""Running a few lines in a process of their own, on a database of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def elsewhere(code: str, database: str) -> list[str]:
    """The lines that this code prints; Django is set up for it."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings.public",
        "EXPOR_DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()
