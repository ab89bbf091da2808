"""The room's door: bytes of a table file → grids, by content and never by name."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import PurePosixPath

from drafter.charset import EncodingUnknown, decode
from drafter.diagnostic import Diagnostic, DraftError, error, note
from drafter.sheet import excel, package
from drafter.sheet.grid import Grid, Sheet, refusal
from drafter.source import Span

_DELIMITERS = ("\t", ",", "；", ";", "，")


def read(data: bytes, name: str) -> tuple[tuple[Grid, ...], tuple[Diagnostic, ...]]:
    """The grids of an .xlsx, .xlsm, .xls, .et or .csv, and what is told about it. Never raises.

    Shapes: at most MAX_ROWS rows and MAX_COLUMNS columns of used cells a sheet, MAX_CELLS cells a file, 5 MB.
    Empty sheets are left out. Errors are F107, F109, F131, F132; F133 and F134 are notes.
    Places name the cell (收支!B7); in a .csv they are line and number of the field.
    """
    try:
        sheets, findings = _opened(data, name)
    except DraftError as refused:
        return (), refused.diagnostics
    except RecursionError:
        return (), (error("F131", "文件嵌套得反常，没有读", Span(name, 1, 1), "核对来源，另存后再读"),)
    grids = tuple(grid for sheet in sheets if (grid := sheet.grid()).rows)
    findings += [finding for sheet in sheets for finding in sheet.summed()]
    if not grids and not findings:
        findings = [error("F131", "表格里什么也没有", Span(name, 1, 1), "填好后再读")]
    return grids, tuple(findings)


def _opened(data: bytes, name: str) -> tuple[list[Sheet], list[Diagnostic]]:
    kind = package.kind(data, name)
    if kind == "xlsx":
        return excel.xlsx(data, name), []
    if kind == "xls":
        return excel.xls(data, name), []
    return _separated(data, name)


def _separated(data: bytes, name: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """The one sheet of a .csv: UTF-8, UTF-16 with a mark, or GB 18030 (told)."""
    try:
        text, encoding = decode(data)
    except EncodingUnknown as bad:
        line = data[: bad.offset].count(b"\n") + 1
        message = f"第{bad.offset + 1}个字节起读不出文字：不是 UTF-8，也不是 GB 18030"
        raise DraftError(error("F107", message, Span(name, line, 1), "用 Excel 打开，另存为 .xlsx")) from bad
    start = Span(name, 1, 1)
    told = [note("F107", "文件是 GB 18030 编码，已照此读入", start)] if encoding == "gb18030" else []
    sheet = Sheet(name, PurePosixPath(name.replace("\\", "/")).stem, named=False)
    _fill(sheet, text.removeprefix("\ufeff"))
    return [sheet], told


def _fill(sheet: Sheet, text: str) -> None:
    """The fields of a text into the cells; a row stands where its first line does."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=_delimiter(lines), strict=True)
    first = 1
    try:
        for fields in reader:
            for column, content in enumerate(fields, start=1):
                sheet.text(first, column, _unwrapped(content))
            first = reader.line_num + 1
    except csv.Error as bad:
        raise refusal(sheet.file, f"第 {first} 行的引号没有闭合或写得不对", "用 Excel 打开，另存为 .xlsx") from bad


def _unwrapped(content: str) -> str:
    """A field without what Excel's exports wrap around text that looks like a number: ="007"."""
    wrapped = content.startswith('="') and content.endswith('"') and len(content) > 3
    return content[2:-1] if wrapped else content


def _delimiter(lines: list[str]) -> str:
    """What parts the fields: the mark that most of the first lines have equally often; a comma when none has."""
    sample = [line for line in lines[:50] if line.strip()]
    best, score = ",", 0
    for mark in _DELIMITERS:
        counts = Counter(line.count(mark) for line in sample if line.count(mark))
        common = max(counts.values(), default=0)
        if common > score:
            best, score = mark, common
    return best
