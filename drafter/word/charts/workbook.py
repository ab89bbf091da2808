"""The workbook inside a chart: a minimal .xlsx with one sheet, so that 编辑数据 in Word finds the numbers.

Why our own and not openpyxl: that is an extra, and writes the time of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from drafter.typeset.plot import Plot
from drafter.word.base import zipped
from drafter.word.element import SPACE, Element, etree, legal, xml

SHEET = "数据"
"""Name of the sheet, as the references of a chart say it."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_XML = "application/xml"
CELL_LIMIT = 255
"""Characters of a name in a cell and in a chart."""
_FIRST_FORMAT = 164
"""Numbers below it are those of Excel's own formats."""

Cell = str | tuple[Decimal, str] | None
"""A text, a number with its format, or nothing."""


def workbook(drawn: Plot) -> bytes:
    """The .xlsx with the chart's names and numbers; same chart, same bytes."""
    rows = list(_rows(drawn))
    forms = list(dict.fromkeys(cell[1] for row in rows for cell in row if isinstance(cell, tuple)))
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    return zipped({
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _book(),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": _sheet(rows, forms, texts),
        "xl/styles.xml": _styles(forms),
        "xl/sharedStrings.xml": _strings(texts, sum(isinstance(cell, str) for row in rows for cell in row)),
    })  # fmt: skip


def _rows(drawn: Plot) -> Iterator[list[Cell]]:
    yield [text(drawn.corner), *(text(series.name) for series in drawn.series)]
    for at, name in enumerate(drawn.categories):
        points = (series.points[at] for series in drawn.series)
        yield [text(name), *(None if p.value is None else (p.value, p.form) for p in points)]


_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text(name: str) -> str:
    """A name as cells and charts hold it. Why the escape: they read _x0041_ as A."""
    return _ESCAPED.sub("_x005F_", legal(name)[:CELL_LIMIT])


def reference(column: int, first: int, last: int = 0) -> str:
    """Where cells stand: 数据!$B$1, 数据!$B$2:$B$13; columns from 0, rows from 1."""
    letters = column_letters(column)
    start = f"{SHEET}!${letters}${first}"
    return f"{start}:${letters}${last}" if last > first else start


def column_letters(column: int) -> str:
    """A, B … Z, AA … of a column counted from 0."""
    found, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        found = chr(65 + digit) + found
    return found


def _made(tag: str, /, *children: Element, **values: object) -> Element:
    made = etree.Element(f"{{{_MAIN}}}{tag}", {k: str(v) for k, v in values.items()}, {None: _MAIN, "r": _OFFICE})
    made.extend(children)
    return made


def _said(tag: str, words: str) -> Element:
    made = _made(tag)
    made.text = words
    return made


def _types() -> bytes:
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for extension, kind in (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", _XML)):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    parts = (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))
    for name, kind in (*parts, ("sharedStrings", "sharedStrings")):
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/xl/{name}.xml", ContentType=f"{_KIND}{kind}+xml")
    return xml(root)


def _relations(*targets: tuple[str, str]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for number, (kind, target) in enumerate(targets, start=1):
        etree.SubElement(root, f"{{{space}}}Relationship", Id=f"rId{number}", Type=f"{_OFFICE}/{kind}", Target=target)
    return xml(root)


def _book() -> bytes:
    sheet = _made("sheet", name=SHEET, sheetId=1)
    sheet.set(f"{{{_OFFICE}}}id", "rId1")
    return xml(_made("workbook", _made("sheets", sheet)))


def _sheet(rows: list[list[Cell]], forms: list[str], texts: list[str]) -> bytes:
    places = {one: at for at, one in enumerate(texts)}
    styles = {one: at for at, one in enumerate(forms, start=1)}
    data = _made("sheetData")
    for number, row in enumerate(rows, start=1):
        line = _made("row", r=number)
        for column, cell in enumerate(row):
            where = f"{column_letters(column)}{number}"
            if isinstance(cell, str):
                line.append(_made("c", _said("v", str(places[cell])), r=where, t="s"))
            elif cell is not None:
                line.append(_made("c", _said("v", f"{cell[0]:f}"), r=where, s=styles[cell[1]]))
        data.append(line)
    wide = _made("cols", _made("col", min=1, max=len(rows[0]), width=14, customWidth=1))
    return xml(_made("worksheet", wide, data))


def _strings(texts: list[str], count: int) -> bytes:
    root = _made("sst", count=count, uniqueCount=len(texts))
    for one in texts:
        said = _said("t", one)
        if one != one.strip():
            said.set(SPACE, "preserve")
        root.append(_made("si", said))
    return xml(root)


def _styles(forms: list[str]) -> bytes:
    """The number formats; style 0 is plain."""
    own = [form for form in forms if form != "General"]
    numbers = {"General": 0, **{form: _FIRST_FORMAT + at for at, form in enumerate(own)}}
    rows = [_made("numFmt", numFmtId=numbers[form], formatCode=legal(form)) for form in own]
    used = [0, *(numbers[form] for form in forms)]
    cells = (
        _made("xf", numFmtId=n, fontId=0, fillId=0, borderId=0, xfId=0, applyNumberFormat=int(n > 0)) for n in used
    )
    sides = (_made(side) for side in ("left", "right", "top", "bottom", "diagonal"))
    fills = (_made("fill", _made("patternFill", patternType=kind)) for kind in ("none", "gray125"))
    return xml(_made(
        "styleSheet",
        *([_made("numFmts", *rows, count=len(rows))] if rows else []),
        _made("fonts", _made("font", _made("sz", val=11), _made("name", val="宋体")), count=1),
        _made("fills", *fills, count=2),
        _made("borders", _made("border", *sides), count=1),
        _made("cellStyleXfs", _made("xf", numFmtId=0, fontId=0, fillId=0, borderId=0), count=1),
        _made("cellXfs", *cells, count=len(used)),
        _made("cellStyles", _made("cellStyle", name="Normal", xfId=0, builtinId=0), count=1),
    ))  # fmt: skip
