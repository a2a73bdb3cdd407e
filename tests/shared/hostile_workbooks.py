"""Two hundred and more workbooks made to do harm, or made by mistake, each by a function that writes its bytes."""

import random
import zipfile
from collections.abc import Callable
from functools import partial

from tests.shared.workbook_parts import (
    CONTENT_TYPES,
    DECLARATION,
    OLE,
    STYLES,
    WORKBOOK,
    changed,
    dense,
    duplicate,
    far_cell,
    lying_size,
    many_entries,
    marked_as_encrypted,
    nested,
    noise,
    of_type,
    overlapping,
    packed,
    parts,
    relations,
    shared,
    sheet,
    spaces_in,
    strings,
    text_row,
    with_part,
    workbook,
    zeros,
)

CORPUS: dict[str, Callable[[], bytes]] = {}


def make(name: str) -> bytes:
    """The file with this name."""
    return CORPUS[name]()


def add(name: str, function: Callable, *args, **kwargs) -> None:
    """Puts one more file into the corpus."""
    assert name not in CORPUS, name
    CORPUS[name] = partial(function, *args, **kwargs)


# --- bombs: small outside, large inside

for size in (25, 60, 200):
    add(f"zip bomb of {size} MB of zeros in a picture", zeros, size, "xl/media/image1.png")
    add(f"zip bomb of {size} MB of zeros in a sheet", zeros, size, "xl/worksheets/sheet2.xml")
for part in ("sheet", "strings", "styles", "book", "types"):
    for size in (8, 30):
        add(f"{size} MB of spaces in the {part}", spaces_in, part, size)
for number, size in ((300, 10), (5_000, 1), (190, 200_000)):
    add(f"{number} entries of {size} bytes", many_entries, number, size)
for depth in (1, 2, 5):
    add(f"zip in zip, {depth} deep", nested, depth)
for claimed in (0, 10, 0xFFFFFFFE):
    add(f"a part that claims to have {claimed} bytes", lying_size, claimed)
add("many names for one piece of data", overlapping)

# --- cells far away, in every way to write them

FAR = ["A1048576", "XFD1", "XFD1048576", "A5002", "CW2", "ZZ9", "AAA77", "B999999"]

for reference in FAR:
    add(f"a number in {reference}", far_cell, reference)
    add(f"a text in {reference}", far_cell, reference, "<is><t>ver</t></is>", ' t="inlineStr"')
    add(f"a formula in {reference}", far_cell, reference, "<f>1+1</f>")
    add(f"paint only in {reference}", far_cell, reference, "", ' s="1"')
BAD_REFERENCES = ["A0", "1A", "a1", "A-1", "A1048577", "AAAA1", "A99999999999", "", "A1:B2", "$A$1", "R1C1", "A１", "A1 ", "ß1"]
for at, reference in enumerate(BAD_REFERENCES):
    add(f"bad cell reference {at}", workbook, sheet=sheet(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))
for at, number in enumerate(["0", "-1", "x", "1e9", "99999999", "1048577", "٣", "1.5", " 1", ""]):
    add(f"bad row number {at}", workbook, sheet=sheet(f'<row r="{number}"><c><v>1</v></c></row>'))
add("rows out of order", workbook, sheet=sheet(text_row(9, "Code") + text_row(2, "V01")))
add("the same row twice", workbook, sheet=sheet(text_row(2, "Code") + text_row(2, "V01")))
add("a million empty rows", workbook, sheet=dense(sheet("<row/>" * 1_000_000)))
add("a million empty cells", workbook, sheet=dense(sheet(f"<row>{'<c/>' * 1_000_000}</row>")))
add("six thousand rows", workbook, sheet=sheet("".join(text_row(at, "V1") for at in range(1, 6_001))))
add("two hundred columns", workbook, sheet=sheet(text_row(1, *["Code"] * 200)))
add("a false dimension", workbook, sheet=sheet(text_row(1, "Code"), before='<dimension ref="A1:XFD1048576"/>'))

# --- texts


add("a million shared strings", lambda: workbook(strings=dense(strings("<si><t/></si>" * 1_000_000))))
add(
    "a hundred thousand different strings",
    lambda: workbook(strings=strings("".join(f"<si><t>{n}</t></si>" for n in range(100_000)))),
)
add("one long string in forty thousand cells", lambda: shared(f"<si><t>{'lang ' * 6_000}</t></si>", 40_000))
add("a string of runs", lambda: workbook(strings=dense(strings("<si>" + "<r><rPr><b/></rPr><t>x</t></r>" * 100_000 + "</si>"))))
add(
    "phonetic runs",
    lambda: workbook(strings=dense(strings("<si><t>x</t>" + '<rPh sb="0" eb="1"><t>y</t></rPh>' * 60_000 + "</si>"))),
)
for size in (40_000, 1_000_000, 15_000_000):
    add(f"a cell of {size} characters", lambda size=size: workbook(sheet=sheet(text_row(1, noise(size)))))
for index in ("-1", "99", "x", "1.5", "", "99999999999999999999"):
    add(f"a string number {index or 'nothing'}", workbook, sheet=sheet(f'<row r="1"><c t="s"><v>{index}</v></c></row>'))


# --- cells of an odd kind

FILLED = "".join(text_row(at, *["tekst"] * 12) for at in range(1, 5_002))
add("as many cells as are read", lambda: workbook(sheet=dense(sheet(FILLED))))
add("that many cells on a thousand sheets", lambda: sheets(1_000, sheet(FILLED)))
ODD_CELLS = {
    "error": '<c t="e"><v>#REF!</v></c>',
    "an error without a name": '<c t="e"><v>boem</v></c>',
    "boolean 7": '<c t="b"><v>7</v></c>',
    "boolean x": '<c t="b"><v>x</v></c>',
    "an unknown type": '<c t="zzz"><v>1</v></c>',
    "a number that is none": "<c><v>twaalf</v></c>",
    "infinity": "<c><v>1e999</v></c>",
    "not a number": "<c><v>NaN</v></c>",
    "a number of 5000 digits": f"<c><v>{'9' * 5_000}</v></c>",
    "a number of 4000 digits": f"<c><v>{'9' * 4_000}</v></c>",
    "a date far off": '<c s="1"><v>99999999999</v></c>',
    "a date before time": '<c s="1"><v>-5</v></c>',
    "a date": '<c s="1"><v>45000</v></c>',
    "an ISO date": '<c t="d"><v>2026-02-30</v></c>',
    "a style that is not there": '<c s="999"><v>1</v></c>',
    "a style below nothing": '<c s="-1"><v>1</v></c>',
    "a style that is a word": '<c s="vet"><v>1</v></c>',
    "a formula": "<c><f>1+1</f><v>2</v></c>",
    "a shared formula": '<c r="A1"><f t="shared" si="0" ref="A1:A9">B1</f><v>2</v></c>',
    "a shared formula without its first": '<c r="A1"><f t="shared" si="77"/></c>',
    "an array formula": '<c r="A1"><f t="array" ref="A1:XFD1048576">SUM(1)</f></c>',
    "a data table formula": '<c r="A1"><f t="dataTable" ref="A1:B9" dt2D="1" r1="A1" zzz="1"/></c>',
    "a formula that asks the net": '<c><f>WEBSERVICE("http://127.0.0.1/")</f></c>',
    "a formula that starts a program": "<c><f>cmd|' /C calc'!A0</f></c>",
    "an old exchange formula": "<c t=\"str\"><f>DDE('soffice';'x';'y')</f><v>x</v></c>",
    "a long formula": f"<c><f>{'A1+' * 20_000}1</f></c>",
    "a deep formula": f"<c><f>{'(' * 50_000}</f></c>",
    "two values": "<c><v>1</v><v>2</v></c>",
    "a cell in a cell": "<c><c><v>1</v></c></c>",
    "an inline string without text": '<c t="inlineStr"><is/></c>',
    "an inline string that is a number": '<c t="inlineStr"><v>3</v></c>',
    "an unknown element": "<c><zzz/></c>",
    "a namespace of its own": '<c xmlns="urn:x"><v>1</v></c>',
    "markup in a text": '<c t="inlineStr"><is><t>&lt;script&gt;alert(1)&lt;/script&gt;</t></is></c>',
    "a control character by escape": '<c t="inlineStr"><is><t>a_x0000_b_x001F_</t></is></c>',
    "a control character by number": '<c t="inlineStr"><is><t>a&#1;b</t></is></c>',
    "a half of a pair": '<c t="inlineStr"><is><t>&#xD800;</t></is></c>',
    "text that turns round": '<c t="inlineStr"><is><t>\u202eV10\u202c</t></is></c>',
}
for name, cell in ODD_CELLS.items():
    add(f"cell: {name}", workbook, sheet=sheet(text_row(1, "Code", "Titel") + f'<row r="2">{cell.replace("A1", "A2")}</row>'))

# --- entities and other tricks of XML

BILLION = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{BILLION}]>',
    "a long entity": '<!DOCTYPE x [<!ENTITY l9 "' + "a" * 100_000 + '">]>',
    "a file of the machine": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "an address": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    "a document type alone": "<!DOCTYPE worksheet>",
    "an outside document type": '<!DOCTYPE x SYSTEM "file:///dev/zero">',
}
for name, doctype in DOCTYPES.items():
    use = "&l9;" if "l9" in doctype else ""
    inside = sheet(text_row(1, f"Code{use}")).replace(DECLARATION, DECLARATION + doctype)
    add(f"sheet with {name}", workbook, sheet=dense(inside))
    inside = strings(f"<si><t>{use}</t></si>").replace(DECLARATION, DECLARATION + doctype)
    add(f"strings with {name}", workbook, strings=dense(inside))
for name in ("types", "book", "styles", "rels", "book_rels"):
    add(
        f"{name} with billion laughs",
        lambda name=name: workbook(**{name: DECLARATION + DOCTYPES["billion laughs"] + "<x>&l9;</x>"}),
    )
for encoding in ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "latin-1", "shift_jis"):
    text = sheet(text_row(1, "Code")).replace("UTF-8", encoding)
    add(f"a sheet in {encoding}", workbook, sheet=text.encode(encoding))
add("a sheet in UTF-16 that says UTF-8", workbook, sheet=sheet(text_row(1, "Code")).encode("utf-16"))
add("an unknown entity", workbook, sheet=sheet(text_row(1, "&nbsp;")))
add("half a sheet", workbook, sheet=sheet(text_row(1, "Code"))[:-30])
add("a sheet without anything", workbook, sheet=b"")
add("a sheet that is no XML", workbook, sheet=b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
add("a sheet a thousand deep", workbook, sheet=sheet("<row>" * 1_000 + "</row>" * 1_000))
add("a hundred thousand deep", workbook, sheet=dense(sheet("<x>" * 100_000 + "</x>" * 100_000)))
add("a hundred thousand attributes", workbook, sheet=sheet("<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"))
add("a processing instruction", workbook, sheet=sheet("<?php echo 1 ?>" + text_row(1, "Code")))
add("an include", workbook, sheet=sheet('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>'))

# --- styles, rules and names by the thousand

MANY = 50_000
AFTER = {
    "rules": '<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>' * MANY,
    "validations": "<dataValidations>" + '<dataValidation sqref="A1"/>' * MANY + "</dataValidations>",
    "merged cells": "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * MANY + "</mergeCells>",
    "links": "<hyperlinks>" + '<hyperlink ref="A1"/>' * MANY + "</hyperlinks>",
}
for name, rules in AFTER.items():
    add(f"fifty thousand {name}", lambda rules=rules: workbook(sheet=dense(sheet(after=rules))))
add(
    "fifty thousand columns",
    lambda: workbook(sheet=dense(sheet(before="<cols>" + '<col min="1" max="16384"/>' * MANY + "</cols>"))),
)
add("fifty thousand styles", lambda: workbook(styles=dense(STYLES.replace('<cellXfs count="2">', "<cellXfs>" + "<xf/>" * MANY))))
add("fifty thousand fonts", lambda: workbook(styles=dense(STYLES.replace("<font/>", "<font><b/></font>" * MANY))))


def in_book(before: str, more: str) -> bytes:
    return workbook(book=dense(WORKBOOK.replace(before, more + before)))


def sparse_sheets(number: int) -> bytes:
    """As many sheets of their own, each with one cell in the last row that is read."""
    last = {f"xl/worksheets/s{at}.xml": sheet('<row r="5001"><c r="A5001"><v>1</v></c></row>') for at in range(number)}
    names = "".join(f'<sheet name="S{at}" sheetId="{at + 9}" r:id="s{at}"/>' for at in range(number))
    links = relations(*[(f"s{at}", "worksheet", f"worksheets/s{at}.xml") for at in range(number)])
    book = WORKBOOK.replace('<sheet name="Vormingen" sheetId="1" r:id="rId1"/>', names)
    return packed(parts() | last | {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links})


def sheets(number: int, one: str = "") -> bytes:
    """One part as many times over."""
    more = {"xl/worksheets/sheet1.xml": dense(one)} if one else {}
    book = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="rId1"/>' for at in range(2, number + 2))
    return packed(parts() | more | {"xl/workbook.xml": dense(WORKBOOK.replace("</sheets>", book + "</sheets>"))})


NAMES = "<definedNames>" + '<definedName name="x">A1</definedName>' * MANY + "</definedNames>"
add("fifty thousand names", in_book, "</workbook>", NAMES)
for number in (50, 60):
    add(f"{number} sheets with one cell each, far down", sparse_sheets, number)
add("a thousand sheets", sheets, 1_000)
add("thirty thousand sheets", sheets, 30_000)

# --- not what it says it is

add("nothing at all", lambda: b"")
add("one byte", lambda: b"P")
add("plain text", lambda: b"Code;Titel\nV01;Rust\n")
add("a page", lambda: b"<!doctype html><table><tr><td>Code</td></tr></table>")
add("spreadsheet XML of 2003", lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
add("an old .xls renamed", lambda: OLE + b"\0" * 1_000 + "Workbook".encode("utf-16-le") + b"\0" * 4_000)
add("a workbook with a password", lambda: OLE + b"\0" * 1_000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4_000)
add("a zip without a workbook", lambda: packed({"readme.txt": b"hallo"}))
add("a text document", lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>"}))
add("an open document", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}))
add("a binary workbook", lambda: packed({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": b"\0" * 100}))
add("no content types", lambda: packed({name: data for name, data in parts().items() if not name.startswith("[")}))
add("no workbook part", lambda: packed({name: data for name, data in parts().items() if name != "xl/workbook.xml"}))
add("no sheet part", lambda: packed({name: data for name, data in parts().items() if "sheet1" not in name}))
add("no styles", lambda: packed({name: data for name, data in parts().items() if "styles" not in name}))
add("no relations", lambda: packed({name: data for name, data in parts().items() if not name.endswith(".rels")}))
add("six megabytes", lambda: with_part("xl/media/image1.bmp", random.Random(1).randbytes(6 << 20)))
for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
    add(f"packed by method {method}", packed, parts(), method)
for cut in (10, 200, 900):
    add(f"cut off after {cut} bytes", lambda cut=cut: workbook()[:cut])
for at in (60, 500, 1_000, -40, -120):
    add(f"a byte changed at {at}", lambda at=at: changed(workbook(), at))


add("entries with a password", marked_as_encrypted)

# --- programs and other files


for name in (
    "xl/vbaProject.bin",
    "xl/VBAPROJECT.BIN",
    "xl/activeX/activeX1.xml",
    "xl/macrosheets/sheet1.xml",
    "xl/ctrlProps/ctrlProp1.xml",
):
    add(f"a program in {name}", with_part, name)
for name in ("xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml", "xl/model/item.data"):
    add(f"other data through {name}", with_part, name, "<x/>")
add("declared as with macros", of_type, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
add("declared as a program", of_type, "application/vnd.ms-office.vbaProject")
add("declared as a link", of_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")
for name in ("../../evil.xml", "/etc/evil.xml", "xl/../../evil.xml", "..\\evil.xml"):
    add(f"an entry called {name}", with_part, name, "<x/>")
add("two sheets of one name", lambda: duplicate("xl/worksheets/sheet1.xml"))
add("two lists of types", lambda: duplicate("[Content_Types].xml"))
add("names that differ in capitals only", with_part, "XL/WORKBOOK.XML", WORKBOOK)
add("a sheet outside the file", lambda: workbook(book_rels=relations(("rId1", "worksheet", "file:///etc/hostname"), outside=True)))
add("a sheet that is the table of strings", lambda: workbook(book_rels=relations(("rId1", "worksheet", "sharedStrings.xml"))))
PICTURE = {"xl/media/x.png": sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}
TO_PICTURE = {"xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "media/x.png"))}
add("a sheet that is a picture", lambda: packed(parts() | PICTURE | TO_PICTURE))
add("a sheet that is the workbook", lambda: workbook(book_rels=relations(("rId1", "worksheet", "workbook.xml"))))
add("two sheets of one title", in_book, "</sheets>", '<sheet name="Vormingen" sheetId="2" r:id="rId1"/>')
add("a sheet with a hostile title", lambda: workbook(book=WORKBOOK.replace("Vormingen", "&lt;img src=x onerror=alert(1)&gt;")))
add("a sheet with an endless title", lambda: workbook(book=WORKBOOK.replace("Vormingen", "V" * 60_000)))
