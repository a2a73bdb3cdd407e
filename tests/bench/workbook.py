"""The attendance workbook against the same styled rows written bare by openpyxl: time as a ratio, memory in megabytes."""

import gc
import os
import subprocess
import sys
import tracemalloc
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import process_time

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import NamedStyle

SITE = Path(__file__).resolve().parents[2] / "site"
SHEETS, PEOPLE, ROUNDS = 100, 30, 3
STYLED = ("font", "fill", "border", "alignment", "number_format")


@dataclass(frozen=True)
class BareSheet:
    """What a sheet holds: height and cells (value, style, type) of each row."""

    title: str
    rows: list


def fill(training, booked_by, organisation, first_start, *, sessions: int = SHEETS, people: int = PEOPLE) -> None:
    """Published sessions of one morning each, every one with so many people of one booking."""
    from trainings.models import Booking, DayPart, Participant, Session

    for number in range(sessions):
        start = first_start + timedelta(days=number)
        session = Session.objects.create(
            training=training, code=f"B-{number:04}", state="published", capacity=people,
            booking_closes_at=start, cancelling_closes_at=start, changing_closes_at=start, names_close_at=start,
        )  # fmt: skip
        DayPart.objects.create(session=session, starts_at=start, ends_at=start + timedelta(hours=3))
        booking = Booking.objects.create(session=session, booked_by=booked_by, organisation=organisation)
        Participant.objects.bulk_create(
            Participant(booking=booking, session=session, first_name="Amira", family_name=f"Van den Broeck {at:03}")
            for at in range(people)
        )


def ours(file, prefix: str = "B-") -> None:
    """All sessions that `fill` made, or those whose code begins like this; query included."""
    from trainings.models import Session
    from trainings.sheets import xlsx

    xlsx.write(Session.objects.filter(code__startswith=prefix), file, single=False)


def peak_of_ours(prefix: str) -> float:
    """How many megabytes Python held at most while it wrote these sessions to a file."""
    # What lies about in this process already would make Python tidy up less often than a worker's does.
    gc.freeze()
    gc.collect()
    tracemalloc.start()
    with TemporaryFile() as file:
        ours(file, prefix)
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gc.unfreeze()
    return peak / 1024 / 1024


def bare(sheets: list[BareSheet], styles: dict, file) -> None:
    """The same cells in the same styles, from lists in memory, the way openpyxl's manual shows."""
    book = Workbook(write_only=True)
    for name, parts in styles.items():
        book.add_named_style(NamedStyle(name, **{part: copy(value) for part, value in parts.items()}))
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for number, (height, values) in enumerate(sheet.rows, 1):
            page.row_dimensions[number].height = height
            page.append([_bare_cell(page, value) for value in values])
    book.save(file)


def ratio(rounds: int = ROUNDS) -> float:
    """Our processor time over the bare one: medians of interleaved rounds."""
    file = BytesIO()
    ours(file)
    sheets, styles = _read(file)
    times = [(_seconds(ours), _seconds(lambda out: bare(sheets, styles, out))) for _round in range(rounds)]
    return median(our for our, _bare in times) / median(plain for _our, plain in times)


def extra_memory(rows: int = 100_000) -> float:
    """How many megabytes more a process needs for so many flat rows than for a thousand."""
    return _peak(rows) - _peak(1_000)


def _bare_cell(page, value):
    if value is None:
        return None
    content, style, kind = value
    cell = WriteOnlyCell(page, content)
    cell.style = style
    cell.data_type = kind
    return cell


def _read(file) -> tuple[list[BareSheet], dict]:
    styles: dict = {}
    sheets = []
    for sheet in load_workbook(file).worksheets:
        rows = [(sheet.row_dimensions[row[0].row].height, [_told(cell, styles) for cell in row]) for row in sheet.iter_rows()]
        sheets.append(BareSheet(sheet.title, rows))
    return sheets, styles


def _told(cell, styles: dict):
    if cell.style == "Normal":
        return None
    styles.setdefault(cell.style, {part: getattr(cell, part) for part in STYLED})
    return cell.value, cell.style, cell.data_type


def _seconds(work) -> float:
    file, begin = BytesIO(), process_time()
    work(file)
    return process_time() - begin


def _peak(rows: int) -> float:
    # A process of its own: what one has taken it does not give back, so a second measure in it would say nothing.
    code = "import sys; from tests.bench.workbook import write_flat; write_flat(int(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(rows)]
    environment = {"PYTHONPATH": f"{SITE.parent}:{SITE}", "PATH": ""}
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


def write_flat(rows: int) -> None:
    """Writes that many rows of fifteen columns, and prints the megabytes that this process needed at its peak."""
    from shared.workbook import Column, Sheet, write

    columns = [Column(f"Kolom {number}", 16) for number in range(15)]
    with Path(os.devnull).open("wb") as nowhere:
        write([Sheet("Gegevens", columns, ([f"tekst {row}"] * 15 for row in range(rows)))], nowhere)
    # Not `ru_maxrss`, which begins at what the parent had taken.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1024)
