"""Who may open what: the one table over every address of our own in the public zone.

A row says who gets in with GET and who with POST. Everybody else is led to the sign-in when not signed in, and told
"not found" when signed in. `None` means that the address does not take this verb at all. An address in no row fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass

VISITOR, PARTNER, COORDINATOR, STRANGER = "visitor", "partner", "coordinator", "stranger"
ORGANISER, EDITOR, REVIEWER, STEERING, ADMIN = "organiser", "editor", "reviewer", "steering", "admin"
GROUPS = {
    ORGANISER: "Organisatoren",
    EDITOR: "Redactie",
    REVIEWER: "Coördinatie",
    STEERING: "Stuurgroep",
    ADMIN: "Beheer",
}
# The partner booked what the matrix looks at, the coordinator is of the same organisation, the stranger of another.
ROLES = [VISITOR, PARTNER, COORDINATOR, STRANGER, *GROUPS]

Roles = frozenset[str]
ALL: Roles = frozenset(ROLES)
SIGNED_IN = ALL - {VISITOR}
TEAM = frozenset({ORGANISER, EDITOR, REVIEWER, ADMIN})
ORGANISERS = frozenset({ORGANISER, REVIEWER})
WRITERS = frozenset({EDITOR, REVIEWER})
REVIEWERS = frozenset({REVIEWER})
BOOKERS = frozenset({PARTNER, COORDINATOR})


@dataclass(frozen=True)
class Row:
    """Who gets in. `blanks` fills the blanks of the address from the things that the test made."""

    get: Roles | None = None
    post: Roles | None = None
    blanks: Callable[[dict], list] = lambda things: []


def page(roles: Roles, *blanks: str) -> Row:
    """An address that one opens and that takes nothing."""
    return Row(get=roles, blanks=lambda things: [things[name] for name in blanks])


def form(roles: Roles, *blanks: str) -> Row:
    """An address that one opens, fills in and sends."""
    return Row(get=roles, post=roles, blanks=lambda things: [things[name] for name in blanks])


def button(roles: Roles, *blanks: str) -> Row:
    """An address that takes a POST and shows nothing."""
    return Row(post=roles, blanks=lambda things: [things[name] for name in blanks])


TABLE: dict[str, Row] = {
    # Machines
    "live": page(ALL),
    "ready": page(ALL),
    "stylesheet": page(ALL, "digest"),
    "sitemap": page(ALL),
    "robots": page(ALL),
    "security-contact": page(ALL),
    "favicon": page(ALL),
    # The site
    "website:question": form(ALL),
    "website:question-sent": page(ALL),
    # The confidential referral: for everybody alike, and it never asks who somebody is
    "website:referral": form(ALL),
    "website:referral-answer": form(ALL),
    "website:referral-may-i": page(ALL),
    "website:look-again": page(ALL, "day"),
    # The catalogue
    "trainings:catalogue": page(ALL),
    "trainings:news": page(ALL),
    "trainings:drawings": page(ALL, "drawings"),
    "trainings:calendar": page(ALL),
    "trainings:calendar-feed": page(ALL),
    "trainings:training": page(ALL, "training"),
    "trainings:training-agenda": page(ALL, "training"),
    "trainings:session-agenda": page(ALL, "code"),
    # Booking
    "trainings:booking-create": form(ALL, "code"),
    "trainings:mine": page(SIGNED_IN),
    "trainings:booking-detail": page(BOOKERS, "reference"),
    "trainings:booking-confirmed": page(BOOKERS, "reference"),
    "trainings:booking-cancel": form(BOOKERS, "reference"),
    "trainings:booking-names": form(BOOKERS, "reference"),
    "trainings:booking-change": form(BOOKERS, "reference", "seat_pk"),
    "trainings:booking-hand-over": form(BOOKERS, "reference"),
    "trainings:booking-agree": button(frozenset({COORDINATOR}), "reference"),
    "trainings:booking-refuse": form(frozenset({COORDINATOR}), "reference"),
    "trainings:booking-agenda": page(BOOKERS, "reference"),
    # Links in mails: who has one needs no account
    "trainings:seat": page(ALL, "seat"),
    "trainings:seat-give-back": form(ALL, "seat"),
    "trainings:seat-change": form(ALL, "seat"),
    "trainings:seat-need": form(ALL, "seat"),
    "trainings:seat-changed": page(ALL),
    "trainings:offer": form(ALL, "offer"),
    # Private calendars
    "trainings:feed": page(ALL, "feed"),
    "trainings:feeds": page(SIGNED_IN),
    "trainings:feed-make": button(SIGNED_IN),
    "trainings:feed-renew": button(frozenset({PARTNER}), "feed_pk"),
    "trainings:feed-revoke": button(frozenset({PARTNER}), "feed_pk"),
    "organise:trainer-feed": form(ORGANISERS, "trainer"),
    # The training coordinator of an organisation; before the partner leaves it below
    "trainings:organisation": page(frozenset({COORDINATOR}), "own_organisation"),
    "trainings:organisation-history": page(frozenset({COORDINATOR}), "own_organisation"),
    "trainings:organisation-export": page(frozenset({COORDINATOR}), "own_organisation"),
    "trainings:organisation-leave": form(BOOKERS, "own_organisation", "partner_pk"),
    "network:members": page(frozenset({COORDINATOR}), "own_organisation"),
    "network:member": form(frozenset({COORDINATOR}), "membership"),
    # Who one is, and for whom one works
    "account": page(SIGNED_IN),
    "account_name": form(SIGNED_IN),
    "website:own-data": page(SIGNED_IN),
    "website:own-data-readable": page(SIGNED_IN),
    "website:own-data-export": page(SIGNED_IN),
    "website:own-data-remove": form(SIGNED_IN),
    "website:own-data-removed": page(ALL),
    "network:welcome": form(SIGNED_IN),
    "network:mine": page(SIGNED_IN),
    "network:propose": form(SIGNED_IN),
    "network:join": button(SIGNED_IN, "organisation"),
    "network:leave": button(SIGNED_IN, "organisation"),
    # The organiser
    "organise:sessions": page(ORGANISERS),
    "organise:sessions-results": page(ORGANISERS),
    "organise:choose-training": page(ORGANISERS),
    "organise:plan": form(ORGANISERS, "training_pk"),
    "organise:series": form(ORGANISERS, "training_pk"),
    "organise:copy-series": form(ORGANISERS, "session"),
    "organise:bulk": button(ORGANISERS),
    "organise:bulk-publish": form(ORGANISERS),
    "organise:bulk-cancel": form(ORGANISERS),
    "organise:bulk-mail": form(ORGANISERS),
    "organise:bulk-trainers": form(ORGANISERS),
    "organise:filters": form(ORGANISERS),
    "organise:unsent": page(ORGANISERS),
    "organise:resend": button(ORGANISERS, "message"),
    "organise:resend-many": button(ORGANISERS),
    "organise:mail-texts": page(ORGANISERS),
    "organise:mail-text": form(ORGANISERS, "mail_kind"),
    "organise:session": page(ORGANISERS, "session"),
    "organise:change": form(ORGANISERS, "session"),
    "organise:copy": form(ORGANISERS, "session"),
    "organise:publish": button(ORGANISERS, "session"),
    "organise:close": button(ORGANISERS, "session"),
    "organise:cancel": form(ORGANISERS, "session"),
    "organise:delete": form(ORGANISERS, "draft"),
    "organise:arrange": button(ORGANISERS, "session", "item"),
    "organise:add-participant": form(ORGANISERS, "session"),
    "organise:cancel-participants": form(ORGANISERS, "session"),
    "organise:move-participants": form(ORGANISERS, "session"),
    "organise:change-participant": form(ORGANISERS, "session", "participant"),
    "organise:name-seats": form(ORGANISERS, "session", "booking_pk"),
    "organise:decide": form(ORGANISERS, "session", "booking_pk"),
    "organise:give-seats": button(ORGANISERS, "session", "waiting_entry"),
    "organise:mail-all": form(ORGANISERS, "session"),
    "organise:messages": page(ORGANISERS, "session"),
    "organise:attendance": form(ORGANISERS, "session"),
    "organise:walk-in": button(ORGANISERS, "session"),
    "organise:retention": page(ORGANISERS),
    "organise:keep": form(ORGANISERS, "session"),
    "trainings_sheets:choose": page(ORGANISERS),
    "trainings_sheets:xlsx-many": page(ORGANISERS),
    "trainings_sheets:pdf-many": page(ORGANISERS),
    "trainings_sheets:print-many": page(ORGANISERS),
    "trainings_sheets:xlsx": page(ORGANISERS, "session"),
    "trainings_sheets:pdf": page(ORGANISERS, "session"),
    "trainings_sheets:print": page(ORGANISERS, "session"),
    "partners:organisation": form(ORGANISERS, "proposed"),
    "partners:member": form(ORGANISERS, "requested"),
    "partners_merging:choose": page(ORGANISERS),
    "partners_merging:merge": form(ORGANISERS, "double", "own_organisation"),
    "partners_merging:leave": form(ORGANISERS, "membership"),
    # The editor
    "catalogue_import:upload": form(WRITERS),
    "catalogue_import:catalogue": page(WRITERS),
    "catalogue_import:template": page(WRITERS),
    "website_upkeep": page(WRITERS),
    "chosen-pages": page(TEAM),
    "website_help": page(TEAM),
    # The contact point's work list
    "website_questions:index": page(ORGANISERS),
    "website_questions:results": page(ORGANISERS),
    "website_questions:question": form(ORGANISERS, "question"),
    "website_questions:take": button(ORGANISERS, "question"),
    "website_questions:give-back": button(ORGANISERS, "question"),
    "website_questions:forget": form(REVIEWERS, "question"),
    "desk-casework": page(TEAM),
    # The administrator
    "website_forget": form(frozenset({ADMIN})),
}

# Lists of the admin, five addresses each: the namespace, who may work in it, and one row of it.
LISTS = {
    "lesgevers": (ORGANISERS, "trainer"),
    "locaties": (ORGANISERS, "venue"),
    "schoolvakanties": (ORGANISERS, "holiday"),
    "organisaties": (ORGANISERS, "organisation"),
    "leden": (ORGANISERS, "membership"),
    "themas": (WRITERS, "theme"),
    "sectoren": (WRITERS, "sector"),
}
for namespace, (roles, thing) in LISTS.items():
    TABLE |= {
        f"{namespace}:index": page(roles),
        f"{namespace}:index_results": page(roles),
        f"{namespace}:add": form(roles),
        f"{namespace}:edit": form(roles, thing),
        f"{namespace}:delete": form(roles, thing),
    }
# Nobody is made a member by hand: people ask, and the team decides.
TABLE["leden:add"] = Row()

# Addresses of others: one row a prefix, with who gets past its door; their own tests are theirs.
PREFIXES = {
    "account/": ALL,
    "cms/": TEAM,
    "documenten/": ALL,
    "demo/": ALL,
    "media/": ALL,
    "_util/": ALL,
}
# Reached with a file that was uploaded before (`test_import_admin.py`), or Wagtail's own with a guard of ours (`test_accounts.py`).
ELSEWHERE = {"catalogue_import:check", "catalogue_import:confirm"} | {
    f"wagtailusers_users:{name}" for name in ("edit", "delete", "history", "history_results", "usage")
}
