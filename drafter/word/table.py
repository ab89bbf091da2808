"""Tables: a grid as w:tbl of fixed columns, its head repeated on every page, no row parted."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import lru_cache

from drafter.layout.model import Layout
from drafter.typeset.sheet import Cell, Grid
from drafter.word.element import Element, legal, w
from drafter.word.paragraph import paragraph, runs, sized
from drafter.word.styles import GRID, style
from drafter.word.trace.figures import Figures


def grid(item: Grid, layout: Layout, figures: Figures | None = None) -> Element:
    """The table of a grid; `told` is its alternative text, `figures` traces its values. A place that is reached over from above has a w:tc too."""
    made = w("tbl", _looks(item), w("tblGrid", *(w("gridCol", w=width) for width in item.widths)))
    above: list[tuple[Cell, int] | None] = [None] * len(item.widths)
    for index, row in enumerate(item.rows):
        header = w("tblHeader") if index < item.heads else None
        made.append(w("tr", w("trPr", w("cantSplit"), header)))
        keep = item.keep if index == len(item.rows) - 1 else index < item.heads
        made[-1].extend(_cells(row, above, item, layout, figures, keep=keep))
    return made


def _looks(item: Grid) -> Element:
    """w:tblPr. Source: ISO/IEC 29500-1 17.4.58 (order), 17.4.41, 17.4.46 (alternative text)."""
    return w(
        "tblPr",
        None if item.bare else w("tblStyle", val=GRID),
        w("tblW", w=sum(item.widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        _margins(0 if item.bare else NARROW) if item.bare or item.tight else None,
        w("tblCaption", val=legal(item.told)) if item.told else None,
    )


NARROW = 30
"""Left and right margin of the cells of a tight table, in twips."""


def _margins(width: int) -> Element:
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side in ("left", "right")))


def _cells(
    row: tuple[Cell | None, ...],
    above: list[tuple[Cell, int] | None],
    item: Grid,
    layout: Layout,
    figures: Figures | None,
    *,
    keep: bool,
) -> Iterator[Element]:
    """The w:tc of a row.

    `above` holds, for every column, the cell that reaches down into this row and for how many rows yet; it is brought
    forward to the next row.
    """
    column = 0
    while column < len(row):
        cell, open_ = row[column], above[column]
        if cell is not None:
            more, merge = cell.rows - 1, "restart" if cell.rows > 1 else ""
        elif open_ is not None:
            cell, more, merge = open_[0], open_[1] - 1, "continue"
        else:
            raise ValueError("a place of the grid that no cell covers")
        end = column + cell.columns
        above[column:end] = [(cell, more) if more else None] * cell.columns
        made = w("tc", copy(_place(sum(item.widths[column:end]), cell.columns, merge)))
        made.append(_text(cell, layout, figures, empty=merge == "continue", keep=keep))
        yield made
        column = end


@lru_cache(1024)
def _place(width: int, columns: int, merge: str) -> Element:
    """w:tcPr of a cell so wide, over so many columns, that begins or goes on with a merge downward; to be copied."""
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=columns) if columns > 1 else None,
        w("vMerge", val=merge) if merge else None,
        w("vAlign", val="center"),
    )


def _text(cell: Cell, layout: Layout, figures: Figures | None, *, empty: bool, keep: bool) -> Element:
    """The paragraph of a cell. Why keepNext is taken back: a total row in the look of a head stays with nothing."""
    look = layout.looks[cell.look]
    align = w("jc", val=cell.align) if cell.align != look.align else None
    words = [] if empty else list(runs(cell.line, figures=figures))
    content = sized(words, cell.size) if cell.size else words
    return paragraph(style(cell.look), content, _kept(wanted=keep, own=look.keep_next), align)


def _kept(*, wanted: bool, own: bool) -> Element | None:
    """w:keepNext where a paragraph is to be kept with the next one otherwise than its style says."""
    if wanted == own:
        return None
    return w("keepNext") if wanted else w("keepNext", val=0)
