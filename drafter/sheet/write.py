"""Tables → an .xlsx that a clerk can fill in and print: the same tables always give the same bytes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from drafter.sheet import shown
from drafter.sheet.grid import MAX_TEXT, letters
from drafter.sheet.package import missing

GREY, PALE = "D9D9D9", "F2F2F2"
"""Fill of the head, and of the columns that need no filling in."""
MIN_WIDTH, MAX_WIDTH = 8, 44
TITLE_HEIGHT, LINE_HEIGHT = 30, 15
FEW, WIDE = 2, 100
"""So few columns share this width."""
MAX_DIGITS = 15
"""Digits (with sign and point) that Excel keeps of a number."""
LANDSCAPE_FROM = 90
"""Width of all columns, in half characters, from which a page lies on its side."""
_NUMBER = re.compile(r"-?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?P<percent>%?)")
_UNSAID = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\0-\x1f]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, a title over it, lines below the title, the head, rows of text, notes below.

    `grey` are the indexes of columns that are there to be read and not to be filled in (greyed, not locked: a
    protected sheet would keep clerks from adding rows); `widths` in half characters, 0 or none: as wide as needed.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grey: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()


def write(tables: Sequence[Table]) -> bytes:
    """The tables as the sheets of one .xlsx; the same tables always give the same bytes (law L6).

    A cell is a number only where it then displays exactly the text it was given (7.10, 1,752, 45.5%); anything else,
    also =1+1, is text and never a formula. Empty cells are text cells, so that what is typed stays as typed.
    Errors: DraftError (F131) without openpyxl; ValueError for no table.
    """
    if not tables:
        raise ValueError("no table")
    try:
        from openpyxl import Workbook
    except ImportError as absent:
        raise missing("", "openpyxl") from absent
    book = Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for table in tables:
        name = sheet_name(table.name, taken)
        taken.add(name.lower())
        _Painter(book.create_sheet(name), table).paint()
    book.properties.creator = book.properties.lastModifiedBy = "drafter"
    book.properties.created = datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date
    stream = BytesIO()
    book.save(stream)
    return _settled(stream.getvalue())


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that is not taken: at most 31, none of its separators, no ' at the ends."""
    clean = _SHEET_NAME.sub("_", name).strip(" '")[:31].rstrip(" '") or "表"
    clean = f"{clean}表" if clean.lower() == "history" else clean
    found, number = clean, 2
    while found.lower() in taken:
        tail = f"({number})"
        found, number = clean[: 31 - len(tail)] + tail, number + 1
    return found


def exact_number(text: str) -> tuple[int | float, str] | None:
    """(value, number format) with which a cell displays exactly this text; None when none does."""
    found = _NUMBER.fullmatch(text)
    digits = text.rstrip("%").replace(",", "")
    if found is None or len(digits) > MAX_DIGITS:
        return None
    percent = bool(found["percent"])
    value: int | float = float(digits) / 100 if percent else (float(digits) if "." in digits else int(digits))
    if percent:
        value = float(f"{value:.15g}")
    pattern = ("#,##0" if "," in text else "0") + (f".{'0' * len(found['fraction'])}" if found["fraction"] else "")
    for form in ("General", pattern + found["percent"]):
        if shown.number(value, form) == shown.Shown(text):
            return value, form
    return None


def width(text: str) -> int:
    """Half characters that the longest line of a text takes: 汉字 take two."""
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))


def _settled(data: bytes) -> bytes:
    """The archive with fixed dates; numbers typed as text are not marked as mistakes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            if info.filename.startswith("xl/worksheets/sheet"):
                ignored = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
                content = content.replace(b"</worksheet>", ignored + b"</worksheet>")
            entry = ZipInfo(info.filename, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return out.getvalue()


class _Painter:
    """Puts one table on its sheet, row by row."""

    def __init__(self, sheet: Any, table: Table) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.sheet = sheet
        self.table = table
        self.row = 0
        self.columns = (
            max(len(table.head), 1, *(len(row) for row in table.rows)) if table.rows else len(table.head) or 1
        )
        self.widths = [self.wide(column) for column in range(self.columns)]
        self.place = Alignment
        self.plain, self.bold, self.large = (
            Font(name="宋体", size=size, bold=bold) for size, bold in ((11, False), (11, True), (16, True))
        )
        line = Side(style="thin", color="808080")
        self.frame = Border(left=line, right=line, top=line, bottom=line)
        self.grey, self.pale = (PatternFill("solid", start_color=c, end_color=c) for c in (GREY, PALE))

    def wide(self, column: int) -> int:
        """Width of a column: as given, else by its texts, within limits."""
        given = self.table.widths[column] if column < len(self.table.widths) else 0
        cells = [row[column] for row in (self.table.head, *self.table.rows) if column < len(row)]
        widest = MAX_WIDTH if self.columns > FEW else WIDE // self.columns
        return given or min(max(MIN_WIDTH, *(width(cell) + 2 for cell in cells)), widest)

    def paint(self) -> None:
        """Everything, top to bottom."""
        self.across(self.table.title, self.large, "center", TITLE_HEIGHT)
        for line in self.table.lines:
            self.across(line, self.plain, "left")
        self.cells(self.table.head, head=True)
        top = self.row + 1
        for row in self.table.rows:
            self.cells(row + ("",) * (self.columns - len(row)), head=False)
        for text in self.table.notes:
            self.across(text, self.plain, "left")
        for column, wide in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[letters(column)].width = wide + 0.7
        self.sheet.freeze_panes = self.sheet.cell(top, 2 if self.columns > 1 else 1).coordinate
        self.page(top - 1)

    def page(self, head: int) -> None:
        """A4, one page wide, the head again on each page."""
        setup = self.sheet.page_setup
        setup.paperSize = 9
        setup.orientation = "landscape" if sum(self.widths) > LANDSCAPE_FROM else "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = f"{head}:{head}"
        self.sheet.print_options.horizontalCentered = True

    def across(self, text: str, font: Any, where: str, height: int = 0) -> None:
        """A row of one text over all columns, as high as its lines need."""
        self.row += 1
        cell = self.text(1, text)
        cell.font = font
        cell.alignment = self.place(horizontal=where, vertical="center", wrap_text=True)
        if self.columns > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.columns)
        lines = sum(-(-width(line) // max(sum(self.widths), 1)) or 1 for line in text.split("\n"))
        self.sheet.row_dimensions[self.row].height = max(height, LINE_HEIGHT * lines + 3)

    def cells(self, row: Sequence[str], *, head: bool) -> None:
        """A framed row of the head or of the body."""
        self.row += 1
        for column, text in enumerate(row):
            number = None if head or column in self.table.grey else exact_number(text)
            cell = self.sheet.cell(self.row, column + 1, number[0]) if number else self.text(column + 1, text)
            cell.number_format = number[1] if number else "@"
            cell.border, cell.font = self.frame, self.bold if head else self.plain
            if head or column in self.table.grey:
                cell.fill = self.grey if head else self.pale
            short = self.widths[column] <= MIN_WIDTH + 2 and column > 0
            where = (
                "center"
                if head or (short and not number and not _like_number(text))
                else ("right" if number or _like_number(text) else "left")
            )
            cell.alignment = self.place(horizontal=where, vertical="center", wrap_text=True)
        self.sheet.row_dimensions[self.row].height = self.height(row)

    def height(self, row: Sequence[str]) -> int:
        """Height of a row by its longest wrapped cell."""
        lines = max(
            sum(max(-(-width(line) // max(self.widths[column] - 1, 1)), 1) for line in text.split("\n"))
            for column, text in enumerate(row)
        )
        return min(LINE_HEIGHT * lines + 4, 400)

    def text(self, column: int, text: str) -> Any:
        """A cell of text that is never a formula, whatever it starts with."""
        cell = self.sheet.cell(self.row, column)
        if text:
            cell.value = " "
            cell._value = _ESCAPE.sub("_x005F_", _UNSAID.sub("", text))[:MAX_TEXT]
            cell.data_type = "s"
            cell.quotePrefix = text[0] in "=+-@\t"
        return cell


def _like_number(text: str) -> bool:
    return bool(re.fullmatch(r"(?:约|近|超)?[-−]?\d[\d,.]*\S{0,4}", text))
