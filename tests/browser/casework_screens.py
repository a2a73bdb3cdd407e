"""Every page of casework by its address, and who looks at it; what is filled in between braces is known by `things_of`."""

import uuid
from dataclasses import dataclass

NOBODY, CASE_MANAGER, ADMINISTRATOR, OFFICER = "", "casemanager@expo-r.demo", "beheer@expo-r.demo", "dpo@stad.demo"
EVERYBODY = "beheer2@expo-r.demo"
ONE = "/aanmeldingen/{referral}/"
ADDRESSES = {
    NOBODY: ["/account/login/", "/account/uitnodiging/"],
    CASE_MANAGER: [
        *("/", "/aanmeldingen/", "/aanmeldingen/zoeken/", "/aanmeldingen/plaatsvervanger/", "/aanmeldingen/nieuw/"),
        *("/aanmeldingen/{told}/", "/aanmeldingen/{closed}/", ONE, "/bestaat-niet/"),
        *(f"{ONE}{step}/" for step in ("gesprek", "notitie", "advies", "actie", "grens", "afsluiten", "doorverwijzen")),
        *(f"{ONE}{step}/" for step in ("preventie", "intrekken", "code", "signaalgever", "overdragen")),
        *(f"{ONE}betrokkene/{step}" for step in ("", "aanvullen/", "intrekken/")),
    ],
    ADMINISTRATOR: [
        *("/toegang/", "/toegang/{person}/", "/alarmen/"),
        *("/toegang/uitnodigen/", "/toegang/{person}/nieuwe-aanmelding/", "/toegang/{person}/rollen/", "/toegang/{person}/einde/"),
    ],
    OFFICER: [
        *("/logboek/", "/logboek/?van=2026-02-02&tot=2020-01-01", "/logboek/wie-keek/", "/logboek/wie-keek/{referral}/"),
        *("/logboek/toegang/", "/logboek/ankers/"),
    ],
    EVERYBODY: [
        *("/account/", "/account/sessies/", "/account/2fa/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/"),
        *("/account/2fa/totp/deactivate/", "/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/"),
        *("/account/password/change/", "/account/logout/"),
    ],
}
# What a form says when it is sent empty; all small steps are of one make.
SENT_EMPTY = {
    NOBODY: ["/account/login/", "/account/uitnodiging/"],
    CASE_MANAGER: ["/aanmeldingen/nieuw/", f"{ONE}grens/", f"{ONE}betrokkene/aanvullen/", f"{ONE}gesprek/", f"{ONE}overdragen/"],
    ADMINISTRATOR: ["/toegang/uitnodigen/"],
}


@dataclass(frozen=True)
class Screen:
    """A page of casework, and whether its form is sent with nothing filled in."""

    address: str
    who: str
    empty: bool = False

    def __str__(self) -> str:
        return f"{self.address}{', sent empty' if self.empty else ''} ({self.who.partition('@')[0] or 'nobody'})"


SCREENS = [
    *(Screen(address, who) for who in ADDRESSES for address in ADDRESSES[who]),
    *(Screen(address, who, empty=True) for who in SENT_EMPTY for address in SENT_EMPTY[who]),
]


def things_of(demo) -> dict:
    """What the blanks of the addresses are filled with."""
    demo.casework_url  # noqa: B018 starts the zone

    def one(question: str):
        return demo.ask(question, zone="casework")[0][0]

    mine = """select r.id from casework_referral r join casework_grant g on g.referral_id = r.id
        join people_user u on u.id = g.user_id where u.email = 'casemanager@expo-r.demo' and g.ended_at is null and """
    return {
        "referral": uuid.UUID(one(f"{mine} r.id in (select referral_id from casework_referrer) and r.source = 'form'")),
        "told": uuid.UUID(one(f"{mine} r.state = 'in_consult' and r.source = 'phone'")),
        "closed": uuid.UUID(one(f"{mine} r.state = 'advised_closed'")),
        "person": one("select id from people_user where email = 'casemanager2@expo-r.demo'"),
    }
