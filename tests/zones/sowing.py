"""Spreading telling words over both zones, through every page on which people type what must stay between them."""

import re
import time
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from exchange.receipts import Receipt
from tests.zones.running import Running
from tests.zones.telling import Telling
from tests.zones.visitor import Page, Visitor

FORM, ANSWER = "/aanspreekpunt/bezorgdheid/", "/aanspreekpunt/bezorgdheid/antwoord/"
MANAGER, COLLEAGUE, ADMINISTRATOR, SECOND = (f"{name}@casus.example" for name in ("manager", "colleague", "admin", "second"))
ACCOUNTS = [
    (MANAGER, "case_manager"),
    (COLLEAGUE, "case_manager"),
    (ADMINISTRATOR, "administrator"),
    (SECOND, "administrator"),
    ("dpo@casus.example", "dpo"),
]


@dataclass
class Sown:
    """What was sown: words by what they stand for, the bytes behind codes, and some pages on which they belong."""

    told: Telling = field(default_factory=Telling)
    raw: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    visitors: list[Visitor] = field(default_factory=list)

    def receipt(self, name: str, code: str) -> Receipt:
        """Counts a code, and the key that it makes, among what must not be found."""
        receipt = Receipt.read(code)
        self.told.secret(name, str(receipt))
        self.told.secret(f"{name} key", receipt.private_key.hex())
        self.raw |= {name: receipt.secret, f"{name} key": receipt.private_key}
        return receipt


def refer(both: Running, data: dict, network: str = "192.0.2.1") -> str:
    """Somebody refers a worry through the form, and gets the code that stands on the card."""
    visitor = both.visitor("public", network)
    visitor.get(FORM)
    time.sleep(3.2)  # nobody reads and writes faster
    return code_on(sent(visitor, FORM, data, "worry"))


def sent(visitor: Visitor, path: str, data: dict, *names: str) -> Page:
    """Sends a public form, and once more where it asks about words that may be names: all stay as they are."""
    page = visitor.post(path, data, *names)
    hints = set(re.findall(r'name="(hint-\w+)"', page.text))
    return visitor.post(path, dict.fromkeys(hints, "keep") | {n: data[n] for n in ("do",) if n in data}) if hints else page


def code_on(page: Page) -> str:
    found = re.search(r'code-card__code"[^>]*>([^<]+)<', page.text)
    assert found, (page.status, page.text)
    return found[1]


def referrer(told: Telling, name: str, prefix: str = "") -> dict:
    """Who refers, in all fields."""
    who = {"name": told.name(f"{name} name"), "function": told.word(f"{name} function"), "phone": told.phone(f"{name} phone")}
    who |= {"organisation": told.word(f"{name} organisation"), "email": told.email(f"{name} email")}
    return {prefix + key: value for key, value in (who | {"reach": told.word(f"{name} reach")}).items()}


def subject(told: Telling, name: str, prefix: str) -> dict:
    """Who it is about, in all fields."""
    who = {"name": told.name(f"{name} name"), "birth": told.national_number(f"{name} number")}
    who |= {"address": told.address(f"{name} address"), "other": told.file(f"{name} file")}
    return {prefix + key: value for key, value in who.items()}


def questions(told: Telling, name: str) -> dict:
    """The questions of the form, on the site and in casework alike."""
    words = ("worry", "since", "boundary_words", "prior_actions_words", "question")
    typed = {each: f"Het gaat om {told.word(f'{name} {each}')} daar." for each in words}
    return typed | {"boundary": "doubt", "prior_actions": ["gesprek"], "sector": "onderwijs"}


def whole_form(told: Telling, name: str) -> dict:
    """The whole form of the site."""
    return questions(told, name) | referrer(told, f"{name} referrer") | subject(told, f"{name} subject", "identity_")


def write_on(both: Running, sown: Sown, code: str) -> Visitor:
    """Somebody comes back with a code, adds something and says who it is about."""
    visitor = both.visitor("public", "192.0.2.2")
    visitor.fill_in(ANSWER, {"code": code})
    for do, data, field_ in (
        ("add", {"text": f"Nog iets over {sown.told.word('addition')} en {sown.told.file('addition file')}."}, "text"),
        ("give", subject(sown.told, "later", "identity_"), "identity_name"),
    ):
        page = sent(visitor, ANSWER, data | {"do": do, "code": code}, field_)
        assert "notice--success" in page.text, page.text
    sown.visitors.append(visitor)
    return visitor


def read_answer(both: Running, sown: Sown, code: str) -> Page:
    """Somebody reads what was answered."""
    visitor = both.visitor("public", "192.0.2.3")
    sown.visitors.append(visitor)
    return visitor.fill_in(ANSWER, {"code": code})


def taken(manager: Visitor, word: str) -> str | None:
    """Takes all that waits, and returns where the referral with this word is."""
    waiting = re.findall(r'action="(/aanmeldingen/[0-9a-f-]{36}/)neem/"', manager.get("/aanmeldingen/").text)
    for path in dict.fromkeys(waiting):
        manager.get("/aanmeldingen/")
        if word in manager.post(f"{path}neem/", {}).text:
            return path
    return None


def work_on(manager: Visitor, sown: Sown, path: str) -> None:
    """All that a case manager writes about a referral, and every page where it is read."""
    told = sown.told
    for step in ("notitie", "advies", "actie"):
        _step(manager, f"{path}{step}/", {"text": f"Over {told.word(step)}, zie {told.file(f'{step} file')}."})
    _step(manager, f"{path}grens/", {"boundary": "doubt", "text": told.word("boundary")})
    _step(manager, f"{path}gesprek/", {"direction": "in", "means": "phone", "text": told.word("talk")})
    manager.get(path)
    _done(manager.post(f"{path}antwoord/", {"text": f"Vraag het aan {told.word('answer')}."}, "text"))
    for part in ("", "signaalgever/", "betrokkene/"):
        sown.pages[part or "referral"] = manager.get(f"{path}{part}")
    manager.fill_in("/aanmeldingen/zoeken/", {"name": told.name("looked up")})
    # A form that comes back with an error, with what was typed.
    page = manager.fill_in(f"{path}gesprek/", {"text": told.word("refused"), "means": "phone"})
    assert (page.status, told.words["refused"] in page.text) == (200, True)


def _step(manager: Visitor, path: str, data: dict) -> None:
    manager.get(path)
    _done(manager.post(path, data, "text"))


def _done(page: Page) -> None:
    assert "notice--success" in page.text, (page.url, page.text)


def record(manager: Visitor, sown: Sown) -> None:
    """A referral by phone, a code for who told it, and its end with a last answer."""
    key, told = str(uuid4()), sown.told
    people = referrer(told, "caller", "referrer-") | subject(told, "phone subject", "subject-")
    typed = questions(told, "phone") | people | {"form_key": key, "source": "phone", "day": str(date.today())}
    manager.get("/aanmeldingen/nieuw/")
    manager.post("/aanmeldingen/nieuw/", typed, "worry")
    assert manager.page.url == f"/aanmeldingen/{key}/code/", manager.page.text
    page = manager.post(manager.page.url, {}, "turn")
    sown.receipt("code by phone", "".join(re.findall(r"<li>(\w+)</li>", page.text)))
    _step(manager, f"/aanmeldingen/{key}/advies/", {"text": told.word("last advice")})
    redirected = {"destination": told.word("destination"), "note": told.word("redirect note"), "text": told.word("closing text")}
    _step(manager, f"/aanmeldingen/{key}/doorverwijzen/", redirected)


def hand_over(both: Running, manager: Visitor, sown: Sown, path: str) -> Visitor:
    """Hands a referral over with a note, which the colleague accepts and reads."""
    manager.get(f"{path}overdragen/")
    colleague = re.search(r'<option value="(\d+)">', manager.page.text)[1]
    note = {"to": colleague, "note": f"Pas op met {sown.told.word('hand-over note')}."}
    assert manager.post(f"{path}overdragen/", note | {"at_once": "1"}, "note").url == "/aanmeldingen/"
    other = both.sign_in(COLLEAGUE)
    accept = re.search(r'action="(/aanmeldingen/overdracht/[^"]+/aannemen/)"', other.page.text)[1]
    sown.pages["handed"] = other.post(accept, {})
    return other


def lock_with_draft(manager: Visitor, sown: Sown, path: str) -> None:
    """The page locks itself, with half a note in its form."""
    typed = urlencode({"text": f"Half af over {sown.told.word('draft')}"})
    manager.get(f"{path}notitie/")
    manager.post("/account/vergrendelen/", {"page": f"{path}notitie/", "typed": typed})
    assert "/account/vergrendeld/" in manager.page.url


def invite(both: Running, sown: Sown) -> list[Visitor]:
    """Two people let two others in: one sets up an app, one stops before that. All that is shown once must stay so."""
    first, second = both.sign_in(ADMINISTRATOR), both.sign_in(SECOND)
    guests = [_let_in(both, sown, who, first, second) for who in ("bo", "ro")]
    _set_up_app(both, sown, guests[0])
    sown.told.secret("seed never used", _seed_on(guests[1].page))
    return [first, second, *guests]


def _let_in(both: Running, sown: Sown, who: str, first: Visitor, second: Visitor) -> Visitor:
    """Both halves of a code, and a password chosen with them: what comes next is the app."""
    email, told = f"{who}@casus.example", sown.told
    facts = {"first_name": "Bo", "last_name": "Nieuwkomer", "email": email, "roles": ["case_manager"]}
    halves = [_half(sown, f"{who} first half", first.fill_in("/toegang/uitnodigen/", facts, "email"))]
    proposal = re.search(r'href="(/toegang/voorstel/[^"]+/)"', second.get("/").text)[1]
    halves.append(_half(sown, f"{who} second half", second.fill_in(proposal, {"decision": "approve"}, "csrfmiddlewaretoken")))
    guest = both.visitor("casework", "192.0.2.9")
    guest.fill_in("/account/uitnodiging/", {"email": email, "first": halves[0], "second": halves[1]})
    password = told.secret(f"{who} password", f"een lang wachtwoord {told.word(f'{who} password word')}")
    guest.post(guest.page.url, {"password1": password, "password2": password}, "password1")
    return guest


def _half(sown: Sown, name: str, page: Page) -> str:
    found = re.search(r'big-number">(\w{3}) (\w{3})<', page.text)
    assert found, page.text
    sown.told.secret(f"{name} as shown", f"{found[1]} {found[2]}")
    return sown.told.secret(name, found[1] + found[2])


def _set_up_app(both: Running, sown: Sown, guest: Visitor) -> None:
    sown.told.secret("seed of the app", _seed_on(guest.page))
    sown.pages["seed"] = guest.page
    code = both.fresh_code("bo@casus.example", sown.told.words["seed of the app"])
    guest.post("/account/2fa/totp/activate/", {"code": code}, "code")
    assert "/account/2fa/recovery-codes/" in guest.page.url, guest.page.text


def _seed_on(page: Page) -> str:
    return re.search(r"<code>(\w+)</code>", page.text)[1]


def until(come, seconds: float = 60):
    """What comes, as soon as it is there."""
    last = time.monotonic() + seconds
    while not (found := come()):
        assert time.monotonic() < last, "it did not come"
        time.sleep(1)
    return found
