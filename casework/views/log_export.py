"""The log as a workbook, for the data protection officer; the export is itself on record."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.entrance.step_up import stepped_up
from casework.log import audit
from casework.log import reading as log_reading
from casework.log.forms import LogFilter
from shared import workbook
from shared.workbook import Column, Sheet

from .log import for_officers

BATCH = 1000


@for_officers
@stepped_up
def export(request):
    """What the filters of the log let through, as xlsx."""
    form = LogFilter(request.GET or {})
    event = audit.record("exported_log", by=request.user, **form.codes())
    file = SpooledTemporaryFile(max_size=2 * 1024 * 1024)  # noqa: SIM115 the answer closes it
    workbook.write([_sheet(form.chosen().filter(number__lt=event.number))], file)
    file.seek(0)
    name = f"logboek-{timezone.localdate().isoformat()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=workbook.CONTENT_TYPE)


def _sheet(events) -> Sheet:
    columns = [
        Column(_("Number"), 10, "number"),
        Column(_("When"), 18, "datetime"),
        Column(_("Who"), 28),
        Column(_("What"), 40),
        Column(_("About"), 28),
        Column(_("Further"), 36, wrap=True),
        Column(_("Seal"), 68),
    ]
    return Sheet(_("Log"), columns, _rows(events))


def _rows(events):
    # In batches: the names of one batch are asked for at once, and memory stays flat.
    last = None
    while batch := list((events.filter(number__lt=last) if last else events)[:BATCH]):
        for line, event in zip(log_reading.lines(batch), batch, strict=True):
            yield [line.number, line.at, line.who, line.what, line.about, line.detail, event.mac]
        last = batch[-1].number
