"""Runs all benchmarks and prints a table of ratios; `--write` puts it into docs/performance.md."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, replace
from itertools import count, cycle

from tests import postgres
from tests.bench import booking, feeds, partner, servers
from tests.bench.client import Sample, crowd, series
from tests.bench.servers import ENVIRONMENT, ROOT, running

OURS, BARE = 8191, 8192
ROUNDS, REQUESTS = 3, 300
WORDS = ["polarisering", "scholen", "jongeren", "haat", "gesprek", "online", "complotten", "team"]
SECTORS = ["onderwijs", "jeugd", "welzijn", "sport", "cultuur"]
NUMBERS = count()  # never the same again in one run


@dataclass(frozen=True)
class Figure:
    """One measured ratio and what it should reach."""

    name: str
    value: float
    limit: float
    least: bool = False
    unit: str = "×"

    @property
    def reached(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit

    def __str__(self):
        limit = f"{'≥' if self.least else '≤'} {self.limit:g} {self.unit}"
        return f"| {self.name} | {self.value:.2f} {self.unit} | {limit} | {'yes' if self.reached else '**no**'} |"


def main() -> None:
    os.environ.update(ENVIRONMENT)
    sys.path.insert(0, str(ROOT / "site"))
    if "--keep" not in sys.argv:
        servers.prepare(lambda line: print(f"bench: {line}", flush=True))
    at_work = Figure("page of a referral, audit included, 50 people at work, p95", _at_work(), 500, unit="ms")
    figures = [*_pages(), *_workbook(), at_work]
    table = "\n".join(["| what | measured | to reach | reached |", "|---|---|---|---|", *map(str, figures)])
    print(table)
    if "--write" in sys.argv:
        _write(table)


def _pages() -> list[Figure]:
    with running("tests.bench.bare:application()", BARE) as bare, running("website.wsgi:application", OURS) as ours:
        warm, bare_sample = _paired(ours, bare, lambda: cycle(["/vormingen/"]))
        search, bare_search = _paired(ours, bare, _searches)
        page, bare_page = _paired(ours, bare, lambda: cycle(["/vormingen/polarisering-in-de-klas/"]))
        busy, bare_busy = crowd(ours, "/vormingen/", 16, 60), crowd(bare, "/", 16, 60)
        return [
            Figure("catalogue, warm, p50", warm.p50 / bare_sample.p50, 4),
            Figure("catalogue, warm, processor", warm.cpu / bare_sample.cpu, 4),
            Figure("catalogue, nothing kept", _cold() / bare_sample.p50, 12),
            Figure("filter and search, p50", search.p50 / bare_search.p50, 15),
            Figure("training page, warm, p50", page.p50 / bare_page.p50, 6),
            Figure("catalogue, 16 clients, requests/s", busy.rate / bare_busy.rate, 0.2, least=True),
            Figure("catalogue, 16 clients, p95 over p50", busy.p95 / busy.p50, 2),
            *_looks(bare_sample),
            *_bookings(),
            *_partner(),
            # Before the calendars: so large a one that is kept takes as much again as it is long, in each worker.
            Figure("memory of two workers", ours.memory_megabytes(), 300, unit="MB"),
            *_calendars(ours, bare),
            Figure("start to first answer", ours.first_answer / bare.first_answer, 3),
        ]


def _paired(ours, bare, paths) -> tuple[Sample, Sample]:
    """Interleaved rounds of both; of each the round with the median p50, and the median of what the processor spent."""
    # Several at once: one after the other may all be answered by one worker, and the other one's first page is not warm.
    crowd(ours, next(iter(paths())), 8, 5)
    series(ours, paths(), 30)
    rounds = [(series(ours, paths(), REQUESTS), series(bare, cycle(["/"]), REQUESTS)) for _round in range(ROUNDS)]
    return tuple(map(_middle, zip(*rounds, strict=True)))


def _middle(samples: tuple[Sample, ...]) -> Sample:
    middle = sorted(samples, key=lambda sample: sample.p50)[ROUNDS // 2]
    return replace(middle, cpu=statistics.median(sample.cpu for sample in samples))


def _searches():
    """Words that find something and words that find nothing, by turns; each address is new, so that no answer was kept."""
    for number in NUMBERS:
        word, sector = WORDS[number % len(WORDS)], SECTORS[number % len(SECTORS)]
        yield f"/vormingen/?q={word}&sector={sector}&n={number}" if number % 2 else f"/vormingen/?q={word}+{number}&sector={sector}"


def _cold() -> float:
    done = subprocess.run([sys.executable, "-m", "tests.bench.cold"], cwd=ROOT, env=os.environ, capture_output=True, check=True)
    return json.loads(done.stdout)


def _at_work() -> float:
    """In a process of the other zone."""
    code = "import django; django.setup(); from tests.bench import casework; print(casework.measure().p95)"
    done = postgres.in_zone("tests.settings.casework", "-c", code)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1])


def _bookings() -> list[Figure]:
    import django

    django.setup()
    session_cookie, codes = booking.cookie(), booking.rooms(20)
    shown, sent, written = [], [], []
    for number in range(150):
        if number % 20 == 0:
            booking.let_time_pass()
        form, post = booking.book(OURS, codes[number % len(codes)], session_cookie, number)
        shown.append(form)
        sent.append(post)
        written.append(booking.write(BARE))
    middle = statistics.median
    return [
        Figure("booking, sending the form: rate", middle(written) / middle(sent), 0.4, least=True),
        Figure("booking, requests of the whole flow", 3, 3, unit=""),
    ]


def _looks(bare_sample: Sample) -> list[Figure]:
    """What the demo's partner sees: it is personal and never kept, so these pages count and render each time."""
    import django

    django.setup()
    cookie, middle = booking.cookie(), statistics.median
    mine = middle(partner.look(OURS, "/mijn/", cookie) for _number in range(60))
    code = booking.rooms(1)[0]
    form = middle(partner.look(OURS, f"/vormingen/sessie/{code.lower()}/inschrijven/", cookie) for _number in range(60))
    return [
        Figure("my bookings, p50", mine / bare_sample.p50, 100),
        Figure("page on which one books a session, p50", form / bare_sample.p50, 100),
    ]


def _partner() -> list[Figure]:
    """The demo's partner gives seats back, and takes offered ones."""
    cookie, middle = booking.cookie(), statistics.median
    written, left, taken = [], [], []
    for reference, seat in partner.bookings(60):
        typed = {"participants": seat, "reason": "ziek"}
        left.append(partner.send(OURS, f"/mijn/inschrijvingen/{reference}/annuleren/", cookie, typed))
        written.append(booking.write(BARE))
    for token in partner.offers(60):
        taken.append(partner.send(OURS, f"/vormingen/vrijgekomen/{token}/", cookie, {"answer": "accept"}))
        written.append(booking.write(BARE))
    return [
        Figure("giving a seat back, sending the form: rate", middle(written) / middle(left), 0.4, least=True),
        Figure("taking an offered seat, sending the form: rate", middle(written) / middle(taken), 0.4, least=True),
    ]


def _calendars(ours, bare) -> list[Figure]:
    from django.utils import timezone

    feeds.fill(timezone.now())
    figures = []
    for name, path in feeds.addresses().items():
        kept, bare_sample = _paired(ours, bare, lambda path=path: cycle([path]))
        remembered = feeds.etag(OURS, path)
        unchanged = statistics.median(feeds.unchanged(OURS, path, remembered) for _number in range(REQUESTS))
        figures.append(Figure(f"{name} calendar of 5,000 events, kept, p50", kept.p50 / bare_sample.p50, 4))
        figures.append(Figure(f"{name} calendar of 5,000 events, unchanged, p50", unchanged / bare_sample.p50, 4))
    few, many = feeds.microseconds_an_event()
    return [*figures, Figure("calendar written anew, processor by event, 5,000 over 1,000", many / few, 1.2)]


def _workbook() -> list[Figure]:
    from django.db import transaction
    from django.utils import timezone

    from knowledge.network.models import Organisation
    from people.models import User
    from tests.bench import workbook
    from trainings.models import TrainingPage

    with transaction.atomic():
        workbook.fill(TrainingPage.objects.first(), User.objects.first(), Organisation.objects.first(), timezone.now())
        ratio = workbook.ratio()
        transaction.set_rollback(True)
    return [
        Figure("attendance workbook, 100 sheets of 30, over bare openpyxl", ratio, 1.5),
        Figure("100,000 flat rows, extra memory", workbook.extra_memory(), 8, unit="MB"),
    ]


def _write(table: str) -> None:
    path = ROOT / "docs" / "performance.md"
    before, mark, rest = path.read_text().partition("<!-- table -->\n")
    _old, end, after = rest.partition("<!-- end -->")
    path.write_text(f"{before}{mark}{table}\n{end}{after}")


if __name__ == "__main__":
    main()
