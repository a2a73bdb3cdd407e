"""Reading the invented texts of the demonstration from their files."""

import tomllib
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


def rows(name: str) -> list[dict]:
    """The rows of a list file: `rows("venue")` reads `venues.toml`."""
    plural = {"person": "people"}.get(name, f"{name}s")
    return _read(CONTENT / f"{plural}.toml")[name]


def trainings() -> list[dict]:
    """The 39 trainings, in the order of their codes."""
    return [_read(path) for path in sorted((CONTENT / "trainings").glob("*.toml"))]


def pages() -> dict:
    """The texts of the fixed pages, by name."""
    return _read(CONTENT / "pages.toml")


def professions() -> dict:
    """The page “Mag ik dit melden?”: its lead, and what each profession may, must and need not say."""
    return _read(CONTENT / "professions.toml")


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text())
