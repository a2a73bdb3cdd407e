"""What people type stays between them: fifty telling words are spread over both zones, and are then found nowhere."""

import base64
import gzip
import json
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from tests.zones import places, sowing
from tests.zones.running import Running
from tests.zones.searching import Search
from tests.zones.sowing import Sown
from tests.zones.telling import Telling
from tests.zones.visitor import Page, Visitor

# Typed or shown, and then kept nowhere at all, not under seal either; or kept in another way than a seal of a column.
NEVER_KEPT = {"looked up first", "looked up last", "refused", "seed of the app", "seed never used"}
NEVER_KEPT |= {f"{code}{key}" for code in ("code", "code by phone", "waiting code") for key in ("", " key")}
NEVER_KEPT |= {f"{who} {half} half{how}" for who in ("bo", "ro") for half in ("first", "second") for how in ("", " as shown")}
NEVER_KEPT |= {f"{who} password{word}" for who in ("bo", "ro") for word in ("", " word")}


@dataclass
class Spread:
    """Both zones after all was sown, what was sown, and a search for it."""

    both: Running
    sown: Sown
    waiting: set[str]
    search: Search


@pytest.fixture(scope="module")
def spread(both) -> Spread:
    """Words everywhere, one referral that still waits, and a backup of each zone."""
    sown = Sown()
    _sow(both, sown)
    before = set(sown.told.words)
    both.stop("casework-worker")
    sown.receipt("waiting code", sowing.refer(both, sowing.whole_form(sown.told, "waiting"), "192.0.2.8"))
    waiting = set(sown.told.words) - before - NEVER_KEPT
    for name, zone in both.zones.items():
        zone.manage("backup", "--to", str(both.folder / name / "backups"))
    return Spread(both, sown, waiting, Search(sown.told.words, sown.raw))


def _sow(both: Running, sown: Sown) -> None:
    code = sowing.refer(both, sowing.whole_form(sown.told, "form"))
    sown.receipt("code", code)
    both.start("casework-worker", "public-worker")
    manager = both.sign_in(sowing.MANAGER)
    path = sowing.until(lambda: sowing.taken(manager, sown.told.words["form worry"]))
    sowing.work_on(manager, sown, path)
    sowing.record(manager, sown)
    sowing.write_on(both, sown, code)
    others = sowing.invite(both, sown)
    sowing.until(lambda: dict(places.tables(both, "public"))["public table exchange_sealedreferral"] == b"")
    answered = lambda: sowing.read_answer(both, sown, code)  # noqa: E731
    sown.pages["answer"] = sowing.until(lambda: page if sown.told.words["answer"] in (page := answered()).text else None)
    colleague = sowing.hand_over(both, manager, sown, path)
    sowing.lock_with_draft(colleague, sown, path)
    sown.visitors += [manager, colleague, *others]


def test_no_word_is_found_anywhere(spread):
    assert len(spread.sown.told.words) > 50
    assert spread.search.hits(places.everywhere(spread.both, spread.sown.visitors)) == set()
    assert spread.search.plainly_in(places.log_ahead(spread.both)) == set()


def test_where_words_belong_the_same_search_finds_them(spread):
    told, pages = spread.sown.told.words, spread.sown.pages
    opened = spread.both.program("casework", "tests.zones.all_rows").encode()
    assert spread.search.found(opened) == set(told) - NEVER_KEPT - spread.waiting
    on = {name: spread.search.found(page.text.encode()) for name, page in pages.items()}
    assert {"form worry", "form question", "notitie", "advies", "actie file", "boundary", "talk", "answer"} <= on["referral"]
    assert on["signaalgever/"] == {name for name in told if name.startswith("form referrer")}
    assert on["betrokkene/"] == {name for name in told if name.startswith("form subject")}
    assert (on["answer"], on["seed"]) == ({"answer", "code"}, {"seed of the app"})
    assert {"hand-over note", "later name first", "addition"} <= on["handed"] | spread.search.found(opened)


def test_who_takes_the_public_server_home_reads_no_referral_no_answer_and_no_identity(spread):
    own = json.loads(spread.both.program("public", "tests.zones.seized"))
    assert (own["rows"] > 2, own["keys"] > 10, own["read"]) == (True, True, [])
    # Shows that it would have read them: with the key of casework all that waits, with a code the answers to it.
    keys = [(spread.both.folder / "casework" / "keys" / "casework-zone.key").read_text(), _base64(spread.sown.raw["code key"])]
    read = json.loads(spread.both.program("public", "tests.zones.seized", "\n".join(keys)))["read"]
    assert spread.search.found(json.dumps(read, ensure_ascii=False).encode()) == spread.waiting | {"answer"}


def _base64(key: bytes) -> str:
    return base64.b64encode(key).decode()


PLANTED = """
import logging
from django.core.cache import cache
from django.contrib.sessions.backends.db import SessionStore
from shared import outbox
session, cached, mailed, logged = sys.argv[1:]
store = SessionStore()
store["typed"] = session * 3
store.save()
cache.set("typed", {"text": cached}, 600)
outbox.queue(kind="planted", to="planted@casus.example", subject="Iets", text=mailed)
logging.getLogger("planted").warning(logged)
"""


def test_a_word_that_is_left_somewhere_is_found_there(spread):
    both, told, begun = spread.both, Telling(), time.time()
    visitors = [_plant(both, zone, told) for zone in both.zones]
    running = [sys.executable, "-c", "import time; time.sleep(99)", told.word("argv")]
    both.processes["planted"] = subprocess.Popen(running, env={"TYPED": told.word("environ")}, start_new_session=True)
    sowing.until(lambda: any(b"planted@" in mail for mail in both.mails))
    search = Search(told.words)
    found = search.hits(places.everywhere(both, visitors, since=begun))
    ahead = search.plainly_in(places.log_ahead(both))
    both.stop("planted")
    assert _expected(both) - found == set()
    assert both.engine == "sqlite" or {f"{zone} mail" for zone in both.zones} <= ahead


def _plant(both: Running, zone: str, told: Telling) -> Visitor:
    """Leaves a word in each kind of place of this zone."""
    words = [told.word(f"{zone} {place}") for place in ("session", "cache", "mail", "log")]
    done = both.zones[zone].says(PLANTED, *words)
    (both.folder / "logs" / f"{zone}-planted.log").write_text(done.stdout + done.stderr)
    folder = both.folder / zone / "media" / "planted"
    folder.mkdir(parents=True)
    for name, pack in PACKED.items():
        (folder / name).write_bytes(pack(told.word(f"{zone} file {name}").encode()))
    visitor = both.visitor(zone)
    visitor.get(f"/?q={quote(told.word(f'{zone} url'))}")
    visitor.titles.append(Page("/", 200, f"<title>Over {told.word(f'{zone} title')}</title>").title)
    return visitor


PACKED = {
    "plain": bytes,
    "utf-16": lambda word: word.decode().encode("utf-16-be"),
    "base64": lambda word: base64.b64encode(b"ab" + word + b"c"),
    "hex": lambda word: (b"ab" + word).hex().encode(),
    "zlib": lambda word: b"ahead" + zlib.compress(word * 9),
    "gzip": lambda word: gzip.compress(word * 9),
    "zlib in base64": lambda word: b"." + base64.urlsafe_b64encode(zlib.compress(b"some more " + word * 9)),
}


APPENDED = "appendonlydir/appendonly.aof.1.incr.aof"


def _expected(both: Running) -> set[tuple[str, str]]:
    rows = {("django_session", "session"), ("shared_outboxmessage", "mail")}
    if both.engine == "sqlite":
        rows.add(("cache", "cache"))
    found = {("process planted", "argv"), ("process planted", "environ"), ("mail", "public mail")}
    for zone in both.zones:
        found |= {(f"{zone} table {table}", f"{zone} {name}") for table, name in rows}
        found |= {(f"file {zone}/media/planted/{name}", f"{zone} file {name}") for name in PACKED}
        found |= {(f"file logs/{zone}-planted.log", f"{zone} log"), (f"file logs/{zone}-web.log", f"{zone} url")}
        found |= {("urls", f"{zone} url"), ("titles", f"{zone} title")}
        if both.engine == "postgresql":
            found |= {(f"{zone} redis", f"{zone} cache"), (f"file {zone}/redis/{APPENDED}", f"{zone} cache")}
    return found
