"""Who may open what: the one table over every address of our own in the public zone.

A row names a URL, how to fill its blanks, and who gets in with GET and with POST. Everybody else is led to the sign-in
when not signed in, and told "not found" when signed in. An address that stands in no row fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

VISITOR, PARTNER, COORDINATOR, TRAINER = "visitor", "partner", "coordinator", "trainer"
ORGANISER, EDITOR, REVIEWER, STEERING, ADMIN = "organiser", "editor", "reviewer", "steering", "admin"
GROUPS = {
    ORGANISER: ["Organisatoren"],
    EDITOR: ["Redactie"],
    REVIEWER: ["Coördinatie"],
    STEERING: ["Stuurgroep"],
    ADMIN: ["Beheer"],
}
ROLES = [VISITOR, PARTNER, COORDINATOR, TRAINER, *GROUPS]

ALL = frozenset(ROLES)
SIGNED_IN = ALL - {VISITOR}
NOBODY: frozenset[str] = frozenset()
ORGANISERS = frozenset({ORGANISER, REVIEWER, ADMIN})
OWNER = frozenset({PARTNER})


@dataclass(frozen=True)
class Row:
    """Who gets in; `None` for POST means that the address takes no POST at all (405)."""

    get: frozenset[str] = ALL
    post: frozenset[str] | None = None
    blanks: Callable[[dict], list] = field(default=lambda things: [])
