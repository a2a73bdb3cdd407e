"""Runs all benchmarks and prints a table of ratios; `--write` puts it into docs/performance.md."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from itertools import cycle

from tests.bench import booking, servers
from tests.bench.client import Sample, crowd, series
from tests.bench.servers import ENVIRONMENT, ROOT, running

OURS, BARE = 8191, 8192
ROUNDS, REQUESTS = 3, 300
WORDS = ["polarisering", "scholen", "jongeren", "haat", "gesprek", "online", "complotten", "team"]
SECTORS = ["onderwijs", "jeugd", "welzijn", "sport", "cultuur"]


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
    figures = [*_pages(), *_workbook()]
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
            *_bookings(),
            Figure("memory of two workers", ours.memory_megabytes(), 300, unit="MB"),
            Figure("start to first answer", ours.first_answer / bare.first_answer, 3),
        ]


def _paired(ours, bare, paths) -> tuple[Sample, Sample]:
    """Interleaved rounds of both; of each the round with the median p50."""
    series(ours, paths(), 30)
    rounds = [(series(ours, paths(), REQUESTS), series(bare, cycle(["/"]), REQUESTS)) for _round in range(ROUNDS)]
    return tuple(sorted(samples, key=lambda sample: sample.p50)[ROUNDS // 2] for samples in zip(*rounds, strict=True))


def _searches():
    number = 0
    while True:
        number += 1
        # A different word each time, so that no answer is one that was kept.
        yield f"/vormingen/?q={WORDS[number % len(WORDS)]}+{number}&sector={SECTORS[number % len(SECTORS)]}"


def _cold() -> float:
    done = subprocess.run([sys.executable, "-m", "tests.bench.cold"], cwd=ROOT, env=os.environ, capture_output=True, check=True)
    return json.loads(done.stdout)


def _bookings() -> list[Figure]:
    import django

    django.setup()
    session_cookie, codes = booking.cookie(), booking.rooms(20)
    shown, sent, written = [], [], []
    for number in range(150):
        form, post = booking.book(OURS, codes[number % len(codes)], session_cookie, number)
        shown.append(form)
        sent.append(post)
        written.append(booking.write(BARE))
    middle = statistics.median
    return [
        Figure("booking, sending the form: rate", middle(written) / middle(sent), 0.4, least=True),
        Figure("booking, requests of the whole flow", 3, 3, unit=""),
    ]


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
