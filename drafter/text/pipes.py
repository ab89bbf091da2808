"""Pipe tables in a text: rows of cells with a caption line before them, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.outline import Table
from drafter.source import Line
from drafter.text.tree import fact_in

_CAPTION = re.compile(r"表(?:\d+|[一二三四五六七八九十]+)?[：:  　]?.{0,60}[^。；，]")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")


def parts(lines: Sequence[Line]) -> Iterator[Line | Table]:
    """The lines with every table in the place of its rows and caption."""
    at = 0
    while at < len(lines):
        used, table = _table(lines, at)
        yield lines[at] if table is None else table
        at += max(used, 1)


def _table(lines: Sequence[Line], at: int) -> tuple[int, Table | None]:
    """(lines used, table) when a pipe table, perhaps behind its caption, begins here."""
    caption = Line("")
    first = at
    if _CAPTION.fullmatch(lines[at].text) and at + 1 < len(lines) and is_row(lines[at + 1]):
        caption, first = lines[at], at + 1
    rows = []
    end = first
    while end < len(lines) and is_row(lines[end]):
        if not _RULE.fullmatch(lines[end].text):
            rows.append(tuple(_cells(lines[end])))
        end += 1
    return (end - at, Table(caption, tuple(rows))) if rows else (0, None)


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table: typed bars at both ends."""
    bars = len(line) > 1 and line.text[0] == "|" and line.text[-1] == "|" and line.text[-2] != "\\"
    return bars and fact_in(line, 0, 1) is None


def _cells(line: Line) -> Iterator[Line]:
    start = 1
    bars = (m.start() for m in re.finditer(r"(?<!\\)\|", line.text[1:]))
    for end in (b for b in bars if fact_in(line, b + 1, b + 2) is None):
        yield _unescaped(line.cut(start, end + 1).strip())
        start = end + 2


def _unescaped(cell: Line) -> Line:
    r"""The cell with every typed \| read as |; what a fact says stands as it is."""
    whole, start = Line(""), 0
    for found in re.finditer(r"\\\|", cell.text):
        if fact_in(cell, found.start(), found.end()) is None:
            whole, start = whole.then(cell.cut(start, found.start())), found.start() + 1
    return whole.then(cell.cut(start)) if start else cell


def table_lines(table: Table) -> Iterator[str]:
    """A table as pipe rows, its caption first."""
    if table.caption:
        yield table.caption.text
    for index, row in enumerate(table.rows):
        yield "| " + " | ".join(cell.text.replace("|", "\\|") for cell in row) + " |"
        if index == 0:
            yield "|" + " --- |" * len(row)
