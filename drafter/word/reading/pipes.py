r"""Cells of a table as they stand in a pipe row, where | is written \|."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.source import Line, Mark


def escaped(cell: Line) -> Line:
    r"""The cell with every | written \|."""
    if "|" not in cell.text:
        return cell
    pieces, start = [], 0
    for found in re.finditer(r"\|", cell.text):
        pieces += [cell.cut(start, found.start()), Line("\\|")]
        start = found.end()
    return joined([*pieces, cell.cut(start)])


_MEANT = re.compile(r"\\*(?:[<^]|:?-{3,}:?)")


def alone(cell: Line) -> Line:
    r"""A cell of one line, escaped: signs that mean something there (<, ^, ---) are written \<, so that they stay."""
    return Line("\\", cell.marks[:1]).then(cell) if _MEANT.fullmatch(cell.text) else escaped(cell)


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
