"""Workbooks: .xlsx by openpyxl, .xls by xlrd; both imported only here, each sheet gathered cell by cell."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from drafter.diagnostic import DraftError
from drafter.sheet import shown
from drafter.sheet.grid import MAX_COLUMNS, Sheet, refusal
from drafter.sheet.package import checked, missing

MAX_PATTERN = 255
"""Characters of a number format, as Excel has it."""
_RESAVE = "用 Excel 或 WPS 打开修复，另存为“Excel 工作簿（*.xlsx）”"
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s(?P<attributes>[^<>]*+)>\s*+<(?:\w+:)?f\b[^<>]*+(?:(?<=/)>|>[^<]*+</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)
"""A cell with a formula whose result was never stored."""
_PLACE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_UNCOUNTED = "公式没有算过，没有结果"
_RECOUNT = "用 Excel 或 WPS 打开、保存一次，或直接填数"


def xlsx(data: bytes, file: str) -> list[Sheet]:
    """The sheets of an .xlsx or .xlsm. Errors: DraftError (F131, F109)."""
    parts = checked(data, file)
    try:
        from openpyxl.reader.excel import ExcelReader
    except ImportError as absent:
        raise missing(file, "openpyxl") from absent
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(BytesIO(data), read_only=False, data_only=True, keep_links=False)
            vars(reader)["read_chartsheet"] = _passed_over
            reader.read()
            uncounted = {title: _uncounted(parts.get(part, b"")) for title, part in _parts(reader)}
            return [_gathered(sheet, file, uncounted.get(sheet.title, set())) for sheet in reader.wb.worksheets]
    except DraftError:
        raise
    except Exception as bad:  # whatever the library does on odd files, reading ends with a finding
        raise refusal(file, f"表格文件读不下去（{type(bad).__name__}）", _RESAVE) from bad


def _passed_over(*_: object) -> None:
    """A sheet that is one chart holds no cells. Why at all: the library fails on one without a drawing."""


def _parts(reader: Any) -> Iterable[tuple[str, str]]:
    """(title, member) of the sheets."""
    return ((sheet.name, relation.target) for sheet, relation in reader.parser.find_sheets())


def _uncounted(content: bytes) -> set[str]:
    """Names of the cells whose formula has no stored result; a result that is an empty text is one."""
    found = set()
    for cell in _FORMULA.finditer(content):
        place = _PLACE.search(cell["attributes"])
        if place and b't="str"' not in cell["attributes"]:
            found.add(place[1].decode())
    return found


def _gathered(source: Any, file: str, uncounted: set[str]) -> Sheet:
    """One worksheet. Why its private cells: iterating rows walks to the last one, and a stray cell may stand at XFD1048576."""
    sheet = Sheet(file, source.title)
    looks: dict[tuple[int, int], tuple[str, int]] = {}
    for (row, column), cell in sorted(source._cells.items()):
        if cell.value is not None:
            _take(sheet, row, column, cell, looks)
        elif cell.coordinate in uncounted:
            sheet.void(row, column, _UNCOUNTED, _RECOUNT)
    for area in source.merged_cells.ranges:
        sheet.cover(area.min_row, area.min_col, area.max_row, area.max_col)
    rows = [number for number, look in source.row_dimensions.items() if look.hidden]
    sheet.hidden(rows, _dark(source), sheet=source.sheet_state != "visible")
    return sheet


def _dark(source: Any) -> list[int]:
    """Numbers of the hidden columns; one entry may stand for a whole run of them."""
    looks = [look for look in source.column_dimensions.values() if look.hidden]
    return [n for look in looks for n in range(look.min or 0, min(look.max or 0, MAX_COLUMNS) + 1)]


def _take(sheet: Sheet, row: int, column: int, cell: Any, looks: dict[tuple[int, int], tuple[str, int]]) -> None:
    """One cell of openpyxl; its number format and indent are looked up once for each style."""
    value = cell.value
    style = (cell._style.numFmtId, cell._style.alignmentId)
    if style not in looks:
        looks[style] = str(cell.number_format or ""), int(cell.alignment.indent or 0)
    pattern, indent = looks[style]
    chinese = shown.CHINESE_MOMENTS.get(cell._style.numFmtId)
    if isinstance(value, int | float) and not isinstance(value, bool) and chinese:
        from openpyxl.utils.datetime import from_excel

        value, pattern = from_excel(value), chinese
    _value(sheet, row, column, value, pattern, indent)


def _value(sheet: Sheet, row: int, column: int, value: object, pattern: str, indent: int) -> None:
    """A value of either library."""
    pattern = pattern[:MAX_PATTERN]
    match value:
        case bool():
            sheet.text(row, column, "TRUE" if value else "FALSE")
        case int() | float():
            try:
                sheet.number(row, column, shown.number(value, pattern))
            except (ValueError, ArithmeticError):
                sheet.void(row, column, "单元格里的数不成数", "重新填写这个数")
        case datetime() | date() | time() | timedelta():
            sheet.text(row, column, shown.moment(value, pattern))
        case _:
            sheet.text(row, column, str(value), indent)


def xls(data: bytes, file: str) -> list[Sheet]:
    """The sheets of an .xls, or of an .et that is one inside. Errors: DraftError (F131, F109)."""
    try:
        import xlrd
    except ImportError as absent:
        raise missing(file, "xlrd") from absent
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        return [_old_sheet(book, source, file) for source in book.sheets()]
    except DraftError:
        raise
    except Exception as bad:  # damaged compound files raise anything
        if "encrypted" in str(bad).lower():
            raise refusal(file, "表格加了密码，读不了", "打开后去掉密码，另存为不加密的 .xlsx") from bad
        raise refusal(file, f"表格文件已损坏或不是表格（{type(bad).__name__}）", _RESAVE) from bad


def _old_sheet(book: Any, source: Any, file: str) -> Sheet:
    sheet = Sheet(file, source.name)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = source.cell(row, column)
            if cell.ctype not in (0, 6):
                _old_cell(sheet, row + 1, column + 1, book, cell)
    for top, bottom, left, right in source.merged_cells:
        sheet.cover(top + 1, left + 1, bottom, right)
    rows = [number + 1 for number, look in source.rowinfo_map.items() if look.hidden]
    columns = [number + 1 for number, look in source.colinfo_map.items() if look.hidden]
    sheet.hidden(rows, columns, sheet=source.visibility != 0)
    return sheet


def _old_cell(sheet: Sheet, row: int, column: int, book: Any, cell: Any) -> None:
    """One cell of xlrd: 2 a number, 3 a moment, 4 yes or no, 5 an error, else text."""
    import xlrd

    style = book.xf_list[cell.xf_index]
    known = book.format_map.get(style.format_key)
    pattern = shown.CHINESE_MOMENTS.get(style.format_key) or (known.format_str if known else "")
    value: object = cell.value
    if cell.ctype == 5:
        value = xlrd.error_text_from_code.get(cell.value, "#N/A")
    elif cell.ctype == 4:
        value = bool(cell.value)
    elif cell.ctype == 3:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        value = moment.time() if cell.value < 1 else moment
    elif cell.ctype == 2 and float(cell.value).is_integer() and abs(cell.value) < 10**15:
        value = int(cell.value)
    _value(sheet, row, column, value, pattern, int(style.alignment.indent_level))
