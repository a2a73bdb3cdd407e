"""Reading a workbook that somebody sends: looked into first, then read by a process that can do no harm.

A small file can keep a reader of workbooks busy for minutes or fill the memory. So nothing of it is parsed here: this module
looks at the table of contents of the zip, and `shared/uploads_reader.py` does the rest with a ceiling on memory and time.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

READER = Path(__file__).with_name("uploads_reader.py")
MEGABYTE = 1024 * 1024
MAX_FILE = 5 * MEGABYTE
MAX_UNPACKED = 20 * MEGABYTE
MAX_RATIO = 100
MAX_ENTRIES = 200
# An entry this small is harmless however well it was packed.
SMALL_ENTRY = 64 * 1024
SECONDS = 10
OLD_OFFICE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is an old-style container around the real one, and this is how it names its content.
PASSWORD_MARK = "EncryptedPackage".encode("utf-16-le")

REASONS = {
    "too_big": _("The file is larger than 5 MB. Remove pictures and sheets that are not needed, and try again."),
    "empty": _("The file is empty."),
    "not_xlsx": _("This is not an Excel workbook (.xlsx). Open it in your spreadsheet program and save it as .xlsx."),
    "old_xls": _("This is a workbook in the old .xls form. Open it in your spreadsheet program and save it as .xlsx."),
    "password": _("The workbook is protected with a password. Save it without a password and try again."),
    "macros": _("The workbook contains macros. Save it as .xlsx without macros and try again."),
    "links": _("The workbook takes data from other files. Replace those links with their values and try again."),
    "unpacked": _("The workbook is much larger inside than it looks. Copy the rows to a new workbook and try again."),
    "too_much": _("The workbook holds too much. At most 5,000 rows and some 50,000 filled cells can be read at once."),
    "far": _("Cell %(where)s is filled, far from the rest. Empty it: at most 5,000 rows and 100 columns are read."),
    "damaged": _("The workbook is damaged or was made in an unusual way. Copy the rows to a new workbook and try again."),
    "slow": _("Reading the workbook takes too long. Copy the rows to a new workbook and try again."),
}


class UploadRefused(Exception):
    """The file is not read, for the reason that its text gives."""

    def __init__(self, code: str, where: str = ""):
        self.code = code
        self.where = where
        super().__init__(code)

    def __str__(self) -> str:
        return str(REASONS[self.code]) % {"where": self.where}


@dataclass(frozen=True)
class Odd:
    """A cell that holds no plain value: a `formula`, an `error`, a `date`, or a text that is too `long`."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class UploadedRow:
    """A row with something in it; `number` is what the spreadsheet program shows beside it."""

    number: int
    cells: list[Any]


@dataclass(frozen=True)
class UploadedSheet:
    """A sheet of the workbook; rows without anything in them are left out."""

    title: str
    rows: list[UploadedRow] = field(default_factory=list)


def read_workbook(upload: Iterable[bytes]) -> list[UploadedSheet]:
    """The sheets of an uploaded workbook, or `UploadRefused`. Takes an open file or an upload, read from its beginning."""
    with tempfile.TemporaryFile() as copy:
        _copy(upload, copy)
        _look_at(copy)
        copy.seek(0)
        return _read(copy)


def _copy(upload: Iterable[bytes], copy: IO[bytes]) -> None:
    size = 0
    chunks = upload.chunks() if hasattr(upload, "chunks") else iter(lambda: upload.read(MEGABYTE), b"")  # type: ignore[attr-defined]
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_FILE:
            raise UploadRefused("too_big")
        copy.write(chunk)
    if not size:
        raise UploadRefused("empty")
    copy.seek(0)


def _look_at(copy: IO[bytes]) -> None:
    if copy.read(len(OLD_OFFICE_FILE)) == OLD_OFFICE_FILE:
        raise UploadRefused("password" if PASSWORD_MARK in copy.read() else "old_xls")
    try:
        with zipfile.ZipFile(copy) as archive:
            entries = archive.infolist()
    # A zip that lies about itself fails in many ways, and each of them means the same.
    except Exception as error:
        raise UploadRefused("not_xlsx") from error
    _weigh(entries)
    _know(entries)


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UploadRefused("unpacked")
    for entry in entries:
        if entry.file_size > SMALL_ENTRY and entry.file_size > MAX_RATIO * entry.compress_size:
            raise UploadRefused("unpacked")


def _know(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UploadRefused("not_xlsx")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UploadRefused("password")
    if any("vbaproject" in name or name.startswith(("xl/activex/", "xl/macrosheets/", "xl/ctrlprops/")) for name in names):
        raise UploadRefused("macros")
    if any(name.startswith(("xl/externallinks/", "xl/querytables/", "xl/connections", "xl/model/")) for name in names):
        raise UploadRefused("links")
    # Two entries with one name, or a name that leaves the folder: readers differ on what such a file says.
    if len(set(names)) != len(names) or any(".." in name or name.startswith(("/", "\\")) for name in names):
        raise UploadRefused("damaged")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UploadRefused("damaged")


def _read(copy: IO[bytes]) -> list[UploadedSheet]:
    with tempfile.TemporaryFile() as answer:
        try:
            # An environment of its own: the process gets no key, no address of a database, nothing.
            subprocess.run(  # noqa: S603 our own program, with nothing of the upload in its arguments
                [sys.executable, "-I", "-B", str(READER)],
                stdin=copy, stdout=answer, stderr=subprocess.DEVNULL, env={}, timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise UploadRefused("slow") from error
        answer.seek(0)
        return _sheets(answer)


def _sheets(answer: Iterable[bytes]) -> list[UploadedSheet]:
    """The reader's lines put together; without its closing line it was stopped half-way by one of its ceilings."""
    sheets: list[UploadedSheet] = []
    for line in answer:
        match _line(line):
            case {"sheet": title}:
                sheets.append(UploadedSheet(title))
            case [number, cells]:
                sheets[-1].rows.append(UploadedRow(number, [Odd(**cell) if isinstance(cell, dict) else cell for cell in cells]))
            case {"refused": code, "where": where}:
                raise UploadRefused(code, where)
            case {"end": True}:
                return sheets
    raise UploadRefused("slow")


def _line(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise UploadRefused("slow") from error
