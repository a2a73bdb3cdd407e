"""`make check`: everything about the code that needs no test run, one line each, and all of it even when one fails."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "site/manage.py"]
CODE = ["site", "trainings", "knowledge", "casework", "tests"]
TEMPLATES = ["site", "trainings", "knowledge", "casework"]
PAGES = sorted(str(path) for folder in TEMPLATES for path in (ROOT / folder).rglob("*.html"))
# The documented production environment (docs/operators.md), with values that only this check knows.
PRODUCTION = {
    "EXPOR_SECRET_KEY": "check-only-" + "x7Kq" * 14,
    "EXPOR_HOSTS": "expo-r.example",
    "EXPOR_SITE_URL": "https://expo-r.example",
    "EXPOR_MAIL_FROM": "EXPO-R <vormingen@expo-r.example>",
}
DEMO = {"EXPOR_DEMO": "true"}
CASEWORK = {
    "DJANGO_SETTINGS_MODULE": "website.settings.casework",
    "EXPOR_KEYS": "keys",
    "EXPOR_PUBLIC_URL": "https://expo-r.example",
}
KEYS = {"EXPOR_KEYS": "var/check/keys"}

CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "format": ([str(BIN / "ruff"), "format", "--check", "-q", *CODE], {}),
    "lint": ([str(BIN / "ruff"), "check", "-q", *CODE], {}),
    "shape of templates": ([str(BIN / "djade"), "--check", "--target-version", "5.2", *PAGES], {}),
    "templates": ([str(BIN / "djlint"), "--lint", "--quiet", *TEMPLATES], {}),
    "import order": ([str(BIN / "lint-imports"), "--no-cache"], {"PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", **DEMO}),
    "types": (
        [str(BIN / "mypy"), "site/website", "site/people", "site/shared", "site/media", "site/exchange", "trainings", "knowledge"],
        DEMO,
    ),
    "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], DEMO),
    "types of casework": ([str(BIN / "mypy"), "casework"], DEMO | CASEWORK),
    "migrations of casework": ([*MANAGE, "makemigrations", "casework", "--check", "--dry-run"], DEMO | CASEWORK),
    "keys of casework": ([*MANAGE, "make_keys", "--demo"], DEMO | CASEWORK | KEYS),
    "deploy of casework": ([*MANAGE, "check", "--deploy", "--fail-level", "INFO"], PRODUCTION | CASEWORK | KEYS),
    "deploy": ([*MANAGE, "check", "--deploy", "--fail-level", "INFO"], PRODUCTION),
}


def main() -> int:
    failed = [name for name, (command, environment) in CHECKS.items() if not passes(name, command, environment)]
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return bool(failed)


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Runs one check; what it has to say is shown only when it fails."""
    # The tests' own variables would hide a missing production setting.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("EXPOR_")}
    done = subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False)
    print(f"{'ok' if done.returncode == 0 else 'FAILED':8}{name}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
