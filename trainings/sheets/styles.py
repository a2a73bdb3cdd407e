"""How the cells of the printed sheet look: one accent colour, quiet lines, room to write."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from shared.workbook import FONT, INK, LINE, TEXT_FORMAT, TINT

ACCENT, QUIET = "006494", "5B6B73"
WALK_IN_FORMAT = '0" +"'

_thin, _strong, _accent = Side("thin", color=LINE), Side("thin", color=INK), Side("medium", color=ACCENT)
_box = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)
_line = Border(bottom=_thin)


def _font(size: float = 10, *, bold: bool = False, color: str = INK) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=color)


def _at(horizontal: str = "left", vertical: str = "center", *, wrap: bool = True, indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent)


_heading = {
    "font": _font(9.5, bold=True),
    "fill": PatternFill("solid", fgColor=TINT),
    "number_format": TEXT_FORMAT,
}

STYLES = {
    "eyebrow": {"font": _font(10, bold=True, color=ACCENT), "alignment": _at(wrap=False)},
    "code label": {"font": _font(9, color=QUIET), "alignment": _at("right", wrap=False)},
    "title": {"font": _font(20, bold=True), "alignment": _at(vertical="top")},
    "code": {"font": _font(16, bold=True), "alignment": _at("right", "top", wrap=False)},
    "label": {"font": _font(9, color=QUIET), "alignment": _at(vertical="bottom", wrap=False), "border": Border(top=_accent)},
    "facts": {"font": _font(10.5), "alignment": _at(vertical="top")},
    "trainer": {"font": _font(10.5, bold=True), "alignment": _at()},
    "trainer signature": {"border": _box},
    "heading": {**_heading, "alignment": _at(), "border": Border(bottom=_strong)},
    "number heading": {
        **_heading,
        "font": _font(9.5, color=QUIET),
        "alignment": _at("center"),
        "border": Border(bottom=_strong),
    },
    "signing heading": {
        **_heading,
        "alignment": _at("center"),
        "border": Border(left=_thin, right=_thin, bottom=_strong),
    },
    "number": {"font": _font(9.5, color=QUIET), "alignment": _at("center"), "border": _line},
    "walk-in": {"font": _font(9.5, bold=True), "alignment": _at("center"), "border": _line, "number_format": WALK_IN_FORMAT},
    "family name": {"font": _font(11, bold=True), "alignment": _at(), "border": _line},
    "person": {"font": _font(), "alignment": _at(), "border": _line},
    "signing": {"border": _box},
    "band": {"font": _font(9, color=QUIET), "alignment": _at(vertical="bottom", wrap=False), "border": _line},
}
for _style in STYLES.values():
    _style.setdefault("number_format", TEXT_FORMAT)
