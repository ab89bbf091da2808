r"""Pipe tables in a text: rows of cells behind a caption and a unit line, read and written; lines become blocks here.

A cell that is just < is merged with its left neighbour, ^ with the one above; \< and \^ are the signs themselves, \|
is a bar in a cell. The rule behind the head aligns: :--- left, ---: right, :---: centred, --- by content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter.outline import EMPTY, LEFTWARD, UPWARD, Chart, Image, Table
from drafter.source import Line
from drafter.text import figures
from drafter.text.tree import fact_in, unescaped

_CAPTION = re.compile(r"表(?:\d+|[一二三四五六七八九十]+)?[：:  　]?.{0,60}[^。；，]")
_UNIT = re.compile(r"[（(]?单位[：:]\s*[^\s。；，|][^。；，|]{0,30}")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_DASHES = re.compile(r"\\*:?-{3,}:?")
_SIGN = re.compile(rf"\\*[{LEFTWARD}\{UPWARD}]")
_ALIGNS = {(True, False): "left", (True, True): "center", (False, True): "right", (False, False): ""}
"""(a colon in front, a colon behind) of a rule's dashes → how the column is aligned."""


def parts(lines: Sequence[Line]) -> Iterator[Line | Table | Chart | Image]:
    """The lines with every table and chart in the place of its rows, caption and unit line, and images as such."""
    at = 0
    while at < len(lines):
        end, block = _block(lines, at)
        yield block
        at = end


def _block(lines: Sequence[Line], at: int) -> tuple[int, Line | Table | Chart | Image]:
    """(index behind it, block) of what begins at a line: a table, a chart, an image, else the line itself."""
    found = _table(lines, at)
    if found is None:
        return at + 1, figures.image(lines[at]) or lines[at]
    end, table = found
    return end, figures.chart(table) or table


def _table(lines: Sequence[Line], at: int) -> tuple[int, Table] | None:
    """(index behind it, table) where rows begin at a line, perhaps behind a caption and a unit line."""
    titled = _is_typed(lines[at], _CAPTION) or figures.is_caption(lines[at])
    first = at + titled
    measured = first < len(lines) and _is_typed(lines[first], _UNIT)
    first += measured
    end = _end(lines, first)
    rows = _Rows.of(lines[first:end])
    if not rows.rows:
        return None
    unit = lines[first - 1] if measured else EMPTY
    return end, Table(lines[at] if titled else EMPTY, rows.rows, unit, rows.aligns)


def _end(lines: Sequence[Line], first: int) -> int:
    """Index behind the rows that begin at a line: a row that a second rule follows is the head of another table."""
    end, rows, ruled = first, 0, False
    while end < len(lines) and is_row(lines[end]):
        rule = _is_rule(lines[end])
        if rule and ruled and rows > 1 and not _is_rule(lines[end - 1]):
            return end - 1
        ruled, rows, end = ruled or rule, rows + (not rule), end + 1
    return end


def _is_typed(line: Line, form: re.Pattern[str]) -> bool:
    """Whether a line has a form, its first character not out of a fact."""
    return bool(form.fullmatch(line.text)) and fact_in(line, 0, 1) is None


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows without the rule, and what the rule says."""

    rows: tuple[tuple[Line, ...], ...]
    aligns: tuple[str, ...] = ()

    @staticmethod
    def of(lines: Sequence[Line]) -> _Rows:
        """A rule is typed. Why not any: --- is a value as well."""
        rules = [_aligns(line.text) for line in lines if _is_rule(line)]
        rows = tuple(tuple(_cells(line)) for line in lines if not _is_rule(line))
        return _Rows(rows, rules[0] if rules else ())


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table: typed bars at both ends."""
    bars = len(line) > 1 and line.text[0] == "|" and line.text[-1] == "|" and line.text[-2] != "\\"
    return bars and fact_in(line, 0, 1) is None


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text)) and fact_in(line, 0, len(line)) is None


def _aligns(rule: str) -> tuple[str, ...]:
    """What a rule says of the columns, up to the last one it says something of."""
    cells = (cell.strip() for cell in rule.strip("|").split("|"))
    found = [_ALIGNS[cell.startswith(":"), cell.endswith(":")] for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _cells(line: Line) -> Iterator[Line]:
    start = 1
    bars = (m.start() for m in re.finditer(r"(?<!\\)\|", line.text[1:]))
    for end in (b for b in bars if fact_in(line, b + 1, b + 2) is None):
        yield _read(line.cut(start, end + 1).strip())
        start = end + 2


def _read(cell: Line) -> Line:
    r"""A cell as it is meant: \--- is ---, and a fact that says < merges nothing."""
    if _SIGN.fullmatch(cell.text):
        return cell if fact_in(cell, 0, len(cell)) is None else Line("\\").then(cell)
    if cell.text.startswith("\\") and _DASHES.fullmatch(cell.text) and fact_in(cell, 0, 1) is None:
        return cell.cut(1)
    return unescaped(cell, "|")


def table_lines(table: Table) -> Iterator[str]:
    """A table as pipe rows, its caption and unit line first."""
    yield from (line.text for line in (table.caption, table.unit) if line)
    yield from row_lines(table.rows, table.aligns)


def row_lines(rows: Sequence[Sequence[Line]], aligns: Sequence[str] = ()) -> Iterator[str]:
    """Rows as pipe rows, the rule behind the first."""
    for index, row in enumerate(rows):
        ruled = all(_DASHES.fullmatch(cell.text) for cell in row)
        yield "| " + " | ".join(_written(cell.text, ruled=ruled) for cell in row) + " |"
        if index == 0:
            wide = max(len(row), len(aligns))
            yield "|" + "".join(f" {_dashes(align)} |" for align in [*aligns, *[""] * (wide - len(aligns))])


def _written(cell: str, *, ruled: bool) -> str:
    r"""A cell as it stands in a row; `ruled`: its row would be read as the rule."""
    if _DASHES.fullmatch(cell) and (ruled or cell.startswith("\\")):
        return f"\\{cell}"
    return cell.replace("|", "\\|")


def _dashes(align: str) -> str:
    left, right = next((sides for sides, name in _ALIGNS.items() if name == align), (False, False))
    return f"{':' * left}---{':' * right}"
