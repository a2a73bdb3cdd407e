"""Who may open what: the one table over every address of our own in the casework zone.

A row says who gets in with GET and who with POST. A stranger is led to the sign-in everywhere else, and who is signed in is told
"not found". `None` means that the address does not take this verb at all. An address in no row fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from casework.entrance.doors import CLOSED, OPEN

STRANGER, NOBODY, MANAGER, OTHER, ADMIN, OFFICER = "stranger", "no role", "case manager of it", "other case manager", "admin", "dpo"
# Somebody who manages the referral that the matrix looks at, somebody who manages another one, and what else one can be here.
KINDS = {NOBODY: [], MANAGER: ["case_manager"], OTHER: ["case_manager"], ADMIN: ["administrator"], OFFICER: ["dpo"]}
ROLES = [STRANGER, *KINDS]

Roles = frozenset[str]
ALL: Roles = frozenset(ROLES)
SIGNED_IN = ALL - {STRANGER}
MANAGERS = frozenset({MANAGER, OTHER})
ITS_MANAGER = frozenset({MANAGER})
ADMINS = frozenset({ADMIN})
OFFICERS = frozenset({OFFICER})
WATCHERS = ADMINS | OFFICERS


@dataclass(frozen=True)
class Row:
    """Who gets in. `blanks` fills the blanks of the address from the things that the test made; `sent` goes with a POST."""

    get: Roles | None = None
    post: Roles | None = None
    blanks: Callable[[dict], list] = lambda things: []
    sent: dict = field(default_factory=dict)


def page(roles: Roles, *blanks: str) -> Row:
    """An address that one opens and that takes nothing."""
    return Row(get=roles, blanks=lambda things: [things[name] for name in blanks])


def form(roles: Roles, *blanks: str, **sent: str) -> Row:
    """An address that one opens, fills in and sends."""
    return Row(get=roles, post=roles, blanks=lambda things: [things[name] for name in blanks], sent=sent)


def button(roles: Roles, *blanks: str) -> Row:
    """An address that takes a POST and shows nothing."""
    return Row(post=roles, blanks=lambda things: [things[name] for name in blanks])


TABLE: dict[str, Row] = {
    # Machines
    "live": page(ALL),
    "ready": page(ALL),
    "stylesheet": page(ALL, "digest"),
    # Coming in, and the account
    "account_login": form(ALL),
    "account_invitation": form(ALL),
    "account_invitation_password": form(ALL),
    "account": page(SIGNED_IN),
    "account_unlock": form(SIGNED_IN),
    "account_lock": button(SIGNED_IN),
    "account_awake": button(SIGNED_IN),
    "account_step_up": form(SIGNED_IN),
    "account_city": Row(get=frozenset(), post=frozenset()),  # where the settings name no sign-in of the city
    # The work of who signed in
    "casework:my-work": page(SIGNED_IN),
    # Referrals
    "casework:referrals": page(MANAGERS),
    "casework:look-up": form(MANAGERS),
    "casework:deputy": form(MANAGERS),
    "casework:record": form(MANAGERS),
    "casework:take": button(MANAGERS, "unassigned"),
    "casework:referral": page(ITS_MANAGER, "referral"),
    "casework:answer": button(ITS_MANAGER, "referral"),
    "casework:talk": form(ITS_MANAGER, "referral"),
    "casework:note": form(ITS_MANAGER, "referral"),
    "casework:advice": form(ITS_MANAGER, "referral"),
    "casework:action": form(ITS_MANAGER, "referral"),
    "casework:boundary": form(ITS_MANAGER, "referral"),
    "casework:close": form(ITS_MANAGER, "referral"),
    "casework:redirect": form(ITS_MANAGER, "referral"),
    "casework:prevention": form(ITS_MANAGER, "referral"),
    "casework:withdraw": form(ITS_MANAGER, "referral"),
    "casework:code": form(ITS_MANAGER, "referral"),
    "casework:referrer": page(ITS_MANAGER, "referral"),
    "casework:subject": page(ITS_MANAGER, "referral"),
    "casework:subject-offer": form(ITS_MANAGER, "referral"),
    "casework:subject-hold": button(ITS_MANAGER, "referral"),
    "casework:subject-withdraw": form(ITS_MANAGER, "referral"),
    "casework:hand-over": form(ITS_MANAGER, "referral"),
    "casework:hand-over-stop": button(ITS_MANAGER, "referral"),
    "casework:hand-over-answer": button(ITS_MANAGER, "handover", "refuse"),  # it was handed to this one
    # Accounts
    "casework:accounts": page(ADMINS),
    "casework:invite": form(ADMINS),
    "casework:account": page(ADMINS, "account"),
    "casework:account-reset": form(ADMINS, "account"),
    "casework:account-roles": form(ADMINS, "account"),
    "casework:account-end": form(ADMINS, "account"),
    "casework:proposal": form(ADMINS | MANAGERS, "proposal", decision="refuse"),
    "casework:proposal-withdraw": button(ADMINS, "proposal"),
    # The log, and alarms
    "casework:log": page(OFFICERS),
    "casework:log-export": page(OFFICERS),
    "casework:who-looked-ask": page(OFFICERS),
    "casework:who-looked": page(OFFICERS, "referral"),
    "casework:log-grants": page(OFFICERS),
    "casework:log-chain": page(OFFICERS),
    "casework:alarms": page(WATCHERS),
    "casework:alarm-acknowledge": button(WATCHERS, "alarm"),
}
# Pages of allauth: one row a prefix. What is closed is there for nobody, what is open for everybody, the rest for who signed in.
PREFIXES = {"account/": {"open": OPEN, "closed": CLOSED}}
