"""Writing workbooks byte by byte, right or wrong on purpose: an ordinary one with parts replaced, packed in odd ways."""

import io
import random
import struct
import warnings
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
WORKBOOK = (
    f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Vormingen" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def relations(*parts: tuple[str, str, str], outside: bool = False) -> str:
    """A part that ties parts together: (id, kind, target)."""
    mode = ' TargetMode="External"' if outside else ""
    links = "".join(f'<Relationship Id="{one}" Type="{RELATIONS}/{kind}" Target="{to}"{mode}/>' for one, kind, to in parts)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def sheet(rows: str = "", after: str = "", before: str = "") -> str:
    """A sheet with these rows."""
    return f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(items: str) -> str:
    """The table of shared strings."""
    return f'{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>'


def dense(xml: str) -> str:
    """The same with a comment that packs badly, so that the part does not give itself away by its ratio."""
    return f"{xml}<!--{noise(len(xml) // 30)}-->"


def text_row(number: int, *texts: str) -> str:
    """A row of texts."""
    return f'<row r="{number}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


def parts() -> dict[str, str | bytes]:
    """The parts of an ordinary workbook with one training's code and title."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": strings("<si><t>Code</t></si><si><t>Titel</t></si>"),
        "xl/worksheets/sheet1.xml": sheet(text_row(1, "Code", "Titel") + text_row(2, "V01", "Rust")),
    }


def packed(entries: dict[str, str | bytes] | list[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """These parts as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(name, data)
    return file.getvalue()


def workbook(**replaced: str | bytes) -> bytes:
    """An ordinary workbook with parts replaced or added: `sheet`, `strings`, `styles`, `book`, `types`, `book_rels`."""
    places = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "types": "[Content_Types].xml",
        "book_rels": "xl/_rels/workbook.xml.rels",
        "rels": "_rels/.rels",
    }
    return packed(parts() | {places[name]: data for name, data in replaced.items()})


def with_part(name: str, data: str | bytes = b"x") -> bytes:
    """An ordinary workbook with one part more."""
    return packed(parts() | {name: data})


def zeros(megabytes: int, name: str) -> bytes:
    return with_part(name, b"\0" * (megabytes << 20))


def spaces_in(part: str, megabytes: int) -> bytes:
    return workbook(**{part: parts_text(part) + " " * (megabytes << 20)})


def parts_text(part: str) -> str:
    return {"sheet": sheet(), "strings": strings(""), "styles": STYLES, "book": WORKBOOK, "types": CONTENT_TYPES}[part]


def many_entries(number: int, size: int) -> bytes:
    return packed(parts() | {f"xl/media/image{at}.png": b"\0" * size for at in range(number)})


def nested(depth: int) -> bytes:
    data = b"\0" * (4 << 20)
    for _ in range(depth):
        data = packed({"[Content_Types].xml": CONTENT_TYPES, "xl/inner.zip": data})
    return data


def lying_size(claimed: int) -> bytes:
    """The table of contents says a part is small; the part itself is not."""
    data = bytearray(workbook(sheet=sheet(text_row(1, "Code") * 60_000)))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, at + 24, claimed)
    return bytes(data)


def overlapping() -> bytes:
    """Many names for one and the same piece of data."""
    entries = parts() | {f"xl/worksheets/sheet{at}.xml": sheet() for at in range(2, 150)}
    data = bytearray(packed(entries))
    at, first = data.index(b"PK\x01\x02"), None
    while data[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        first = first if first is not None else struct.unpack_from("<I", data, at + 42)[0]
        struct.pack_into("<I", data, at + 42, first)
        at += 46 + name + extra + comment
    return bytes(data)


def far_cell(reference: str, content: str = "<v>1</v>", kind: str = "") -> bytes:
    row = "".join(letter for letter in reference if letter.isdigit())
    cell = f'<c r="{reference}"{kind}>{content}</c>'
    return workbook(sheet=sheet(text_row(1, "Code") + f'<row r="{row}">{cell}</row>' if row != "1" else f'<row r="1">{cell}</row>'))


def shared(items: str, cells: int, column_count: int = 20) -> bytes:
    row = '<c t="s"><v>0</v></c>' * column_count
    rows = "".join(f'<row r="{number}">{row}</row>' for number in range(1, cells // column_count + 1))
    return workbook(strings=strings(items), sheet=sheet(rows))


def noise(size: int) -> str:
    """Text that does not pack well."""
    return random.Random(size).randbytes(size // 2).hex()


def changed(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def marked_as_encrypted() -> bytes:
    data = bytearray(workbook())
    at = data.index(b"PK\x01\x02")
    while data[at : at + 4] == b"PK\x01\x02":
        data[at + 8] |= 1
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(data)


def of_type(content_type: str) -> bytes:
    return workbook(types=CONTENT_TYPES.replace("application/xml", content_type))


def duplicate(name: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed([*parts().items(), (name, parts()[name])])
