"""`make messages`: collects the texts to translate into the one Dutch catalogue, and compiles it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("site", "trainings", "knowledge", "casework")
# "locale" is left out, or it would be found as a second place to write to.
IGNORED = ["var", "tests", "locale"]
OPTIONS = ["--no-location", "--no-wrap", "--no-obsolete", *(f"--ignore={name}" for name in IGNORED)]


def collect(folder: Path = ROOT) -> None:
    """Brings every msgid of code and templates into `locale/nl/LC_MESSAGES/django.po`, in English order of appearance."""
    os.chdir(folder)
    from django.core.management import call_command

    call_command("makemessages", "-l", "nl", *OPTIONS, verbosity=0)


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ |= {"EXPOR_DEMO": "true", "DJANGO_SETTINGS_MODULE": "website.settings.public"}
    import django
    from django.conf import settings

    django.setup()
    collect()
    catalogue = settings.LOCALE_PATHS[0] / "nl" / "LC_MESSAGES" / "django.po"
    subprocess.run(["msgfmt", "--check", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


if __name__ == "__main__":
    main()
