"""Reading the environment: embedded defaults, and a clear sentence where a value is wrong."""

import sys
from pathlib import Path

from environs import Env, EnvError

ROOT = Path(__file__).resolve().parents[3]

env = Env()


def refuse(sentence: str) -> None:
    """Stops the start with one sentence on standard error instead of a traceback."""
    sys.exit(f"EXPO-R cannot start: {sentence}")


def read(parse, name: str, *args, **kwargs):
    """`parse(name, …)`, where a value that does not fit stops the start and names the variable."""
    try:
        return parse(name, *args, **kwargs)
    except (EnvError, ValueError) as error:
        refuse(f"the environment variable {name} does not fit ({error}). See docs/operators.md.")


def secret_key(name: str, *, throwaway: bool, path: Path) -> str:
    """The key from the environment; demo and development make their own once and keep it in `path`."""
    value = read(env.str, name, "")
    if value:
        if len(value) < 50:
            refuse(f"{name} must have at least 50 characters.")
        return value
    if not throwaway:
        refuse(f"{name} is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'")
    return _kept_key(path)


def _kept_key(path: Path) -> str:
    from django.core.management.utils import get_random_secret_key

    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Opened exclusively: two processes that start together must end up with one key.
        try:
            with path.open("x") as file:
                file.write(get_random_secret_key())
            path.chmod(0o400)
        except FileExistsError:
            pass
    return path.read_text()
