"""Tables: bordered, as wide as the text, the caption above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from drafter.outline import Table
from drafter.source import Line
from drafter.word import styles
from drafter.word.element import MOST_COLUMNS, Element, halves, w
from drafter.word.layout import Layout
from drafter.word.paragraph import paragraph, runs


def table(told: Table, layout: Layout) -> Iterator[Element]:
    """The caption, centred, and the table, its header repeated on every page; no table where there are no cells."""
    if told.caption:
        yield paragraph(styles.CAPTION, runs(told.caption))
    grid = _Grid.of(told, layout)
    if not grid.widths:
        return
    look = w("tblPr", w("tblStyle", val=styles.GRID), w("tblW", w=sum(grid.widths), type="dxa"), w("jc", val="center"),
             w("tblLayout", type="fixed"))  # fmt: skip
    made = w("tbl", look, w("tblGrid", *(w("gridCol", w=width) for width in grid.widths)))
    for index, row in enumerate(grid.rows):
        made.append(_row(row, grid, header=index == 0))
    yield made


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table made regular: every row as long as the longest."""

    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in twips; their sum is the width of the 版心."""
    figures: tuple[bool, ...]
    """Which columns hold figures alone under their head, and are set to the right."""

    @staticmethod
    def of(told: Table, layout: Layout) -> _Grid:
        rows = [_narrowed(row) for row in told.rows]
        count = max((len(row) for row in rows), default=0)
        filled = tuple((*row, *[Line("")] * (count - len(row))) for row in rows)
        columns = [[row[c].text for row in filled] for c in range(count)]
        needed = [max(map(halves, column)) * layout.cell.size * 5 + _PADDING for column in columns]
        widths = _shared(needed, layout.page.text_width)
        return _Grid(filled, widths, tuple(_is_figures(column[1:]) for column in columns))


_PADDING = 260
"""Left and right margin of a cell and a little air, in twips."""


def _shared(needed: list[int], total: int) -> tuple[int, ...]:
    """Column widths that fill `total` twips: narrow columns get what they need, the wide ones share what is left."""
    room, cap = total, total
    for index, need in enumerate(sorted(needed)):
        cap = room // (len(needed) - index)
        if need > cap:
            break
        room -= need
        cap = need
    wanted = [min(need, cap) for need in needed]
    edges = [total * sum(wanted[:c]) // sum(wanted) for c in range(len(wanted) + 1)] if wanted else []
    return tuple(after - before for before, after in pairwise(edges))


def _row(cells: tuple[Line, ...], grid: _Grid, *, header: bool) -> Element:
    made = w("tr", w("trPr", w("cantSplit"), w("tblHeader") if header else None))
    for cell, width, figures in zip(cells, grid.widths, grid.figures, strict=True):
        right = w("jc", val="right") if figures and not header else None
        text = paragraph(styles.HEAD if header else styles.CELL, runs(cell), right)
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), text))
    return made


_FIGURE = re.compile(r"[-+−－±]?\d[\d,，.]*[%％‰]?")
_EMPTY = re.compile("[-—－/]*")


def _is_figures(cells: list[str]) -> bool:
    told = [cell for cell in cells if not _EMPTY.fullmatch(cell)]
    return bool(told) and all(_FIGURE.fullmatch(cell) for cell in told)


def _narrowed(row: tuple[Line, ...]) -> tuple[Line, ...]:
    """The row with what is over Word's limit gathered in its last cell."""
    if len(row) <= MOST_COLUMNS:
        return row
    last = Line(" | ".join(cell.text for cell in row[MOST_COLUMNS - 1 :]))
    return (*row[: MOST_COLUMNS - 1], last)
