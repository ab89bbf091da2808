"""Workbooks for tests: rows as lines of cells, made into .xlsx, .xls or .csv bytes."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import xlwt

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, Severity
from drafter.yamlfile import Scalar

NUMBER = re.compile(r"\{(-?[\d.]+)(?:;(.*))?\}")
LEFT, ABOVE = "<", "^"
"""Cells that belong to the merged cell at their left, or above."""


def rows_of(text: str) -> dict[str, list[list[str]]]:
    """Sheets by name: `＝名称` starts one, cells are parted by |, blank lines are blank rows; blanks inside count."""
    sheets: dict[str, list[list[str]]] = {}
    rows = sheets.setdefault("表", [])
    for line in text.split("\n"):
        if line.startswith("＝"):
            rows = sheets.setdefault(line[1:], [])
        else:
            rows.append([cell.rstrip(" ") for cell in line.split("|")] if line else [])
    return {name: rows for name, rows in sheets.items() if rows}


def xlsx(text: str) -> bytes:
    """The workbook of a text; {60.2;0.00} is a number with its format."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in rows_of(text).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                _put(sheet, number, column, cell)
        for area in areas(rows):
            sheet.merge_cells(start_row=area[0], start_column=area[1], end_row=area[2], end_column=area[3])
    return saved(book)


def _put(sheet, row: int, column: int, text: str) -> None:
    if text in ("", LEFT, ABOVE):
        return
    cell = sheet.cell(row, column)
    found = NUMBER.fullmatch(text)
    cell.value = (float(found[1]) if "." in found[1] else int(found[1])) if found else text.replace("⏎", "\n")
    if found and found[2]:
        cell.number_format = found[2]


def areas(rows: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """The merged areas: top, left, bottom, right."""
    found = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("", LEFT, ABOVE):
                continue
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(rows) and c < len(rows[bottom + 1]) and rows[bottom + 1][c] == ABOVE:
                bottom += 1
            if (right, bottom) != (c, r):
                found.append((r + 1, c + 1, bottom + 1, right + 1))
    return found


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(text: str) -> bytes:
    """The old workbook of a text."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in rows_of(text).items():
        sheet = book.add_sheet(name)
        merged = {(top - 1, left - 1): (bottom - 1, right - 1) for top, left, bottom, right in areas(rows)}
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                found = NUMBER.fullmatch(cell)
                value = float(found[1]) if found else cell
                style = xlwt.easyxf(num_format_str=found[2] if found and found[2] else "General")
                if (r, c) in merged:
                    sheet.write_merge(r, merged[r, c][0], c, merged[r, c][1], value, style)
                elif cell not in ("", LEFT, ABOVE):
                    sheet.write(r, c, value, style)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def said(found: Diagnostic) -> str:
    """A finding in one line: place, code, how bad, message, hint."""
    severity = "" if found.severity is Severity.ERROR else found.severity.word
    also = "".join(f"（{words}{span.cell or f'{span.line}:{span.column}'}）" for span, words in found.also)
    place = found.span.cell or f"{found.span.line}:{found.span.column}"
    return f"{place} {found.code}{severity} {found.message}{also} ➜ {found.hint}"


def plain(node: yamlfile.Node | None):
    """A tree as texts, dicts and lists; empty values are None."""
    match node:
        case None:
            return None
        case Scalar():
            return None if node.empty else node.text.strip()
        case yamlfile.Sequence():
            return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.items}
