"""A sheet as a list fact: each row a record, each header a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from drafter import numeral
from drafter import yamlfile as tree
from drafter.diagnostic import Diagnostic, note, warning
from drafter.sheet import words
from drafter.sheet.grid import Cell, Grid
from drafter.sheet.head import Rows, is_number, stacked
from drafter.sheet.intro import BARE, GROUP, LIST_HINT, intro
from drafter.source import Span
from drafter.yamlfile import Scalar, Sequence
from drafter.yamlfile.slip import folded


@dataclass(slots=True)
class Listed:
    """What a sheet holds: a list (or a group of a form), None when it is no table; where its head stands."""

    node: tree.Node | None
    first: int
    at: Span
    findings: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    unit: str
    cell: Cell


def read(grid: Grid, *, literal: bool) -> Listed:
    """The list of a sheet. F134 (notes) for what is no record: footnotes, sums, columns without a header.

    `literal` is for drafter's own forms: headers and values are what they are.
    An empty cell leaves the key out, as the reader of facts knows it from the other rows; a column that is empty
    everywhere keeps its key with empty values.
    """
    found = Listed(None, 0, grid.rows[0][0].span)
    first = _form_head(grid.rows) if literal else _head(grid.rows)
    if first is None:
        message = f"工作表“{grid.name}”不是表格，没有读"
        found.findings.append(note("F134", message, found.at, "要读就写上表头，一行一项"))
        return found
    depth = 1 if literal else _depth(grid.rows, first)
    fields = _fields(found, grid.rows, first, depth, literal=literal)
    found.first, found.at = first, grid.rows[first][0].span
    body = [row for row in grid.rows[first + depth :] if _is_record(found, row, fields)]
    if not body and not literal:
        found.findings.append(note("F134", f"工作表“{grid.name}”只有表头，没有读", found.at))
        return found
    group = intro(grid, first).field(GROUP) is not None
    found.node = _node(body, fields, found.at, group=group, literal=literal)
    return found


def _form_head(rows: Rows) -> int | None:
    """The row behind the line that says what the list is called."""
    for index, row in enumerate(rows[:-1]):
        if intro(Grid("", rows[index : index + 1]), 1).fields and any(cell.text.strip() for cell in row):
            return index + 1
    return None


def _head(rows: Rows) -> int | None:
    """The first row of words only with two cells of its own and something below; the last of its kind counts for none."""
    for index, row in enumerate(rows[:20]):
        own = {cell.span for cell in row if cell.text.strip()}
        if len(own) >= 2 and index + 1 < len(rows) and not any(is_number(cell.text) for cell in row):
            lines = intro(Grid("", (row,)), 1).fields
            if not lines:
                return index
    return None


def _depth(rows: Rows, first: int) -> int:
    """Two rows when some header of the first reaches down into the second and that one holds no figures."""
    if first + 1 >= len(rows):
        return 1
    above = {cell.span for cell in rows[first] if cell.text.strip()}
    below = [cell for cell in rows[first + 1] if cell.text.strip()]
    down = any(
        column < len(rows[first]) and cell.text.strip() and cell.span == rows[first][column].span
        for column, cell in enumerate(rows[first + 1])
    )
    new = [cell for cell in below if cell.span not in above]
    return 2 if down and new and not any(is_number(cell.text) for cell in new) else 1


def _fields(found: Listed, rows: Rows, first: int, depth: int, *, literal: bool) -> dict[int, _Field]:
    """The keys by column; 序号 is none, and a second one of a name is told (F102)."""
    fields: dict[int, _Field] = {}
    seen: dict[str, Cell] = {}
    heads = dict(enumerate(rows[first])) if literal else dict(stacked(rows, first, depth))
    for column, cell in heads.items():
        flat = words.header(cell.text)
        if not cell.text.strip() or (not literal and words.WHOLE.get(flat) == words.ORDER):
            continue
        key, unit = (cell.text.strip(), "") if literal else words.field_of(cell.text)
        if seen.setdefault(folded(key), cell) is not cell:
            wrong = warning("F102", f"“{key[:20]}”有两列，只读了第一列", cell.span, "给两列起不同的名称")
            found.findings.append(replace(wrong, also=((seen[folded(key)].span, "第一列在"),)))
            continue
        fields[column] = _Field(key, unit, cell)
    found.findings += [] if literal else _unheaded(rows[first + depth :], fields, set(heads))
    return fields


def _unheaded(body: Rows, fields: dict[int, _Field], heads: set[int]) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for row in body:
        for column, cell in enumerate(row):
            if cell.text.strip() and column not in fields and column not in heads and column not in told:
                told.add(column)
                yield note("F134", "这一列没有表头，没有读", cell.span, "在表头行写上名称", cell.text.strip()[:40])


def _is_record(found: Listed, row: tuple[Cell, ...], fields: dict[int, _Field]) -> bool:
    """Whether a row is an item: no footnote, no sum, no head again, not empty."""
    own = list({cell.span: cell for cell in row if cell.text.strip()}.values())
    held = [cell for column, cell in enumerate(row) if column in fields and cell.text.strip()]
    if not own or not held:
        return False
    if all(column < len(row) and row[column].text.strip() == head.cell.text.strip() for column, head in fields.items()):
        return len(fields) < 2
    text = own[0].text.strip()
    if words.FOOTNOTE.match(text) and len({cell.span for cell in held}) == 1:
        if text != LIST_HINT:
            found.findings.append(note("F134", "注释行没有读", own[0].span, quote=text[:40]))
        return False
    if words.header(text) in words.TOTALS:
        found.findings.append(note("F134", f"“{words.header(text)}”行不是一项，没有读", own[0].span))
        return False
    return True


def _node(
    body: Iterable[tuple[Cell, ...]], fields: dict[int, _Field], at: Span, *, group: bool, literal: bool
) -> tree.Node:
    rows = list(body)
    if literal and [f.key for f in fields.values()] == [BARE]:
        return Sequence(tuple(_scalar(row[min(fields)], "") for row in rows), at)
    empty = {c for c in fields if not any(c < len(row) and row[c].text.strip() for row in rows)}
    items = tuple(_record(row, fields, empty) for row in rows)
    if group:
        return items[0] if items else tree.Mapping((), at)
    return Sequence(items, at)


def _record(row: tuple[Cell, ...], fields: dict[int, _Field], empty: set[int]) -> tree.Mapping:
    first = next(cell for column, cell in enumerate(row) if column in fields and cell.text.strip())
    pairs = []
    for column, head in fields.items():
        cell = row[column] if column < len(row) else Cell("", first.span)
        if cell.text.strip() or column in empty:
            pairs.append((Scalar(head.key, span=cell.span), _scalar(cell, head.unit)))
    return tree.Mapping(tuple(pairs), first.span)


def _scalar(cell: Cell, unit: str) -> Scalar:
    """A field as displayed, with the unit that its header names behind a bare number."""
    text = cell.text.strip()
    found = numeral.parse(text) if unit else None
    return Scalar(f"{text}{unit}" if found and not found.unit else text, span=cell.span)
