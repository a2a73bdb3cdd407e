"""Somebody in front of a browser who goes from page to page of the demonstration, and what there is to see there."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.demonstration import Demonstration
from tests.browser.steps import cookies_of, mailed_code
from tests.trainings.importing_tools import workbook_of
from website.demo.accounts import PASSWORD

NOBODY, BOOKER, TEAM = "", "partner@school.demo", "coordinatie@expo-r.demo"
ORGANISATION, ADMINISTRATOR = "coordinator@school.demo", "beheer@expo-r.demo"
# The membership of the booker, whose organisation the coordinator coordinates.
OWN = f"""select {{0}} from network_membership m join people_user u on u.id = m.user_id
    where m.state = 'active' and u.email = '{BOOKER}'"""


@dataclass
class Walk:
    """Somebody in front of a browser, with what the blanks of the addresses are filled with."""

    demo: Demonstration
    visit: Callable
    page: Page
    things: dict
    who: str = NOBODY

    def open(self, address: str) -> None:
        """Opens an address, with the password once more where the account asks for it."""
        self.page.goto(address)
        if "/reauthenticate/" in self.page.url and "/reauthenticate/" not in address:
            self.page.get_by_label("Wachtwoord").fill(PASSWORD)
            self.press("Verder")
            self.page.wait_for_url(f"**{address}")

    def press(self, button: str) -> None:
        """Presses a button of the page itself."""
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()

    def send_empty(self) -> None:
        """Sends the form of the page with nothing filled in, whatever the browser thinks of that."""
        form = self.page.locator("main form").filter(has=self.page.locator("input, textarea, select").locator("visible=true")).last
        with self.page.expect_navigation():
            form.evaluate(
                """form => {
                    const fields = [...form.elements].filter(field => field.matches("input:not([type=hidden]), textarea, select"))
                    for (const field of fields) field.value = ""
                    form.noValidate = true
                    form.requestSubmit([...form.elements].filter(button => button.matches("button, [type=submit]")).pop())
                }"""
            )

    def upload(self, *trainings: dict) -> None:
        """Sends a workbook with these trainings."""
        self.open("/cms/vormingen-importeren/")
        file = {"name": "catalogus.xlsx", "mimeType": "application/zip", "buffer": workbook_of(*trainings).getvalue()}
        self.page.get_by_label("Excel-bestand").set_input_files(file)
        self.press("Bestand controleren")

    def as_newcomer(self) -> str:
        """Makes an account with a code by mail; gives its address."""
        address = f"nieuw.{uuid.uuid4().hex[:8]}@basisschool.demo"
        self.page.goto("/account/login/")
        self.page.get_by_label("E-mailadres").fill(address)
        self.press("Stuur me een code")
        self.page.get_by_label("Code uit de mail").fill(mailed_code(self.page, address))
        self.press("Inloggen")
        expect(self.page).to_have_url(re.compile("/mijn/welkom/"))
        return address

    def with_a_passkey(self) -> None:
        """Makes an account and puts a passkey of a device that does not exist into it."""
        self.as_newcomer()
        device = self.page.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        proves = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True} | proves
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.page.goto("/account/2fa/webauthn/add/")
        self.page.get_by_label("Naam").fill("Laptop")
        self.press("Toevoegen")
        expect(self.page).to_have_url(re.compile("/recovery-codes/"))


def things_of(demo: Demonstration, visit) -> dict:
    """What the blanks of the addresses are filled with, as `tests.website.everything.one_of_each` makes them for other tests."""

    def one(question: str):
        return demo.ask(question)[0][0]

    people = "select {0} from trainings_session s where state = 'published' and booking_closes_at > datetime('now') and {1}"
    seated = "(select count(*) from trainings_participant p where p.session_id = s.id and p.state = 'confirmed')"
    waiting = "exists (select 1 from trainings_participant p where p.session_id = s.id and p.state = 'waiting')"
    mine = f"""select reference from trainings_booking b join people_user u on u.id = b.booked_by_id where u.email = '{BOOKER}'
        and exists (select 1 from trainings_participant p where p.booking_id = b.id and p.state = '%s')
        and exists (select 1 from trainings_session s where s.id = b.session_id and s.state = 'published')"""
    session = one(people.format("id", waiting))
    reference = one(mine % "confirmed")
    participant = one(f"select id from trainings_participant where session_id = {session} and state = 'confirmed'")
    asked = demo.ask("select session_id, id from trainings_booking where stage = 'team'")[0]
    return {
        "training": "polarisering-in-de-klas",
        "training_pk": one("select id from wagtailcore_page where slug = 'polarisering-in-de-klas'"),
        "session": session,
        "participant": participant,
        "booking_pk": one(f"select booking_id from trainings_participant where id = {participant}"),
        "asked": "{}/goedkeuren/{}".format(*asked),
        "owing": "{}/namen/{}".format(
            *demo.ask("select session_id, booking_id from trainings_participant where state = 'reserved'")[0]
        ),
        "group": one("select session_id from trainings_booking where head_count"),
        "code": one(people.format("lower(code)", f"capacity > {seated} + 5")),
        "full": one(people.format("lower(code)", f"waiting_list and capacity <= {seated}")),
        "reference": reference,
        "seat_pk": one(
            f"""select p.id from trainings_participant p join trainings_booking b on b.id = p.booking_id
            where b.reference = '{reference}' and p.state = 'confirmed'"""
        ),
        "waiting": one(mine % "waiting"),
        "nameless": one(mine % "reserved"),
        "question": one("select id from website_question where state = 'new'"),
        "answered": one("select id from website_question where state = 'answered'"),
        "organisation": one("select id from network_organisation where state = 'confirmed'"),
        "own_organisation": one(OWN.format("organisation_id")),
        "partner_pk": one(OWN.format("user_id")),
        "double": one("select id from network_organisation where state = 'proposed'"),
        "proposed": one("select id from network_organisation where state = 'proposed'"),
        "requested": _asked_to_join(demo, visit),
        "membership": one(OWN.format("m.id")),
        "trainer": one("select id from trainings_trainer"),
        "venue": one("select id from trainings_venue"),
        "holiday": one("select id from trainings_schoolholiday"),
        "theme": one("select id from library_theme"),
        "sector": one("select id from library_sector"),
        "seat": link_in_mail(demo, "vormingen/plaats"),
        "offer": link_in_mail(demo, "vormingen/vrijgekomen"),
        "digest": "older",
        "feed": "older",
        "mail_kind": "booking_confirmed",
        "drawings": "older",
        "day": str(date.today()),
    } | {state: one(f"select id from trainings_session where state = '{state}'") for state in ("draft", "cancelled", "done")}


def link_in_mail(demo: Demonstration, address: str, to: str = BOOKER) -> str:
    """What a link in a mail has behind this address: the first mail with one that this person got."""
    asked = 'select text from shared_outboxmessage where "to" = ? and text like ? order by created_at'
    return re.search(f"/{address}/([^/]+)/", demo.ask(asked, to, f"%/{address}/%")[0][0])[1]


def _asked_to_join(demo: Demonstration, visit) -> int:
    rows = demo.ask("select id from network_membership where state = 'requested'")
    return rows[0][0] if rows else _ask_to_join(demo, visit)


def _ask_to_join(demo: Demonstration, visit) -> int:
    """Somebody asks to belong to an organisation, so that the team has something to decide."""
    page = visit(cookies=cookies_of(demo, visit, "lesgever@extern.demo"))
    page.goto("/mijn/organisatie/?zoek=jeugdhuis")
    page.locator("main").get_by_role("button", name=re.compile("^Hier werk ik")).first.click()
    expect(page.locator(".messages")).to_be_visible()
    return _asked_to_join(demo, visit)
