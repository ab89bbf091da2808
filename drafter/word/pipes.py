r"""Cells of a table as they stand in a pipe row, where | is written \|, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.source import Line, Mark


def escaped(cell: Line) -> Line:
    r"""The cell with every | written \|."""
    return _replaced(cell, "|", "\\|")


def unescaped(cell: Line) -> Line:
    r"""The cell with every \| read as |."""
    return _replaced(cell, "\\|", "|")


def _replaced(line: Line, old: str, new: str) -> Line:
    if old not in line.text:
        return line
    pieces, start = [], 0
    for found in re.finditer(re.escape(old), line.text):
        pieces += [line.cut(start, found.start()), Line(new)]
        start = found.end()
    return joined([*pieces, line.cut(start)])


def joined(lines: Iterable[Line]) -> Line:
    """Lines set one behind another, marks kept, in one step."""
    texts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for line in lines:
        marks.extend(Mark(m.start + length, m.span, m.origin) for m in line.marks)
        texts.append(line.text)
        length += len(line)
    return Line("".join(texts), tuple(marks))
