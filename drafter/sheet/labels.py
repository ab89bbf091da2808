"""Names that stand in two columns under one merged header: a group at the left, the names at the right."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.sheet import words
from drafter.sheet.grid import Cell
from drafter.sheet.head import Head, Rows

INDENT = "\u3000\u3000"


def width(rows: Rows, head: Head) -> int:
    """How many columns the header of the names covers."""
    row, first = rows[head.first], head.by_key[words.NAME]
    return next((n for n in range(1, len(row) - first) if row[first + n].span != row[first].span), len(row) - first)


def joined(rows: Rows, head: Head, body: Rows) -> Rows:
    """The body with one name a row, in the first of those columns.

    农业 over several rows beside the names is their group and no name; 其中 beside a name makes it a part; a name
    below and at the right of one that stands alone is indented under it.
    """
    count = width(rows, head)
    if count < 2:
        return body
    return tuple(_rows(body, head.by_key[words.NAME], count))


def _rows(body: Rows, first: int, count: int) -> Iterator[tuple[Cell, ...]]:
    grouped = False
    for row in body:
        own = list({cell.span: cell for cell in row[first : first + count] if cell.text.strip()}.values())
        if not own:
            yield row
            continue
        *groups, name = own
        at_left = row[first].text.strip() != ""
        grouped = bool(groups) if at_left else grouped
        mark = next((INDENT + "其中：" for group in groups if words.PART.fullmatch(f"{group.text.strip()} ")), "")
        indent = mark or ("" if at_left or grouped else INDENT)
        blank = Cell("", name.span)
        yield (*row[:first], Cell(indent + name.text, name.span), *[blank] * (count - 1), *row[first + count :])
