"""A table that comes from a page of one width to a page of another: its columns share what there is in the same way."""

from __future__ import annotations

from itertools import accumulate, pairwise

from drafter.word.element import Element, W
from drafter.word.kinds import attribute, child, found, kind, number
from drafter.word.trace.tables.grid import cells_of, rows_of, span

_WIDE = f"{{{W}}}w"


def room(block: Element) -> int:
    """The width of the text on the pages that a paragraph or table of the text stands on, in twips; 0 where none is told.

    Source: ISO/IEC 29500-1, 17.6.17: a section ends with the w:sectPr of its last paragraph, the last one with that
    of the body.
    """
    place = next((one for one in (block, *block.iterancestors()) if _is_top(one)), None)
    for after in (place, *place.itersiblings()) if place is not None else ():
        setup = after if kind(after) == "sectPr" else next((s for _, s in found(after, ("sectPr",), ())), None)
        if setup is not None:
            return _text(setup)
    return 0


def _is_top(element: Element) -> bool:
    above = element.getparent()
    return above is not None and kind(above) == "body"


def _text(setup: Element) -> int:
    paper, margins = child(setup, "pgSz"), child(setup, "pgMar")
    if paper is None or margins is None:
        return 0
    width, *sides = (
        number(attribute(one, name)) or 0 for one, name in ((paper, "w"), (margins, "left"), (margins, "right"))
    )
    return max(width - sum(sides), 0)


def settle(table: Element, there: int) -> None:
    """Give a table that stood in a room of `there` twips the same share of the room it stands in now."""
    here = room(table)
    grid = child(table, "tblGrid")
    columns = [one for one in grid if kind(one) == "gridCol"] if grid is not None else []
    widths = [number(attribute(one, "w")) or 0 for one in columns]
    if not here or not there or here == there or not sum(widths):
        return
    edges = [at * here // there for at in accumulate(widths, initial=0)]
    shared = [max(right - left, 1) for left, right in pairwise(edges)]
    for one, width in zip(columns, shared, strict=True):
        one.set(_WIDE, str(width))
    _set(child(child(table, "tblPr"), "tblW"), sum(shared))
    for row in rows_of(table):
        at = 0
        for cell in cells_of(row):
            _set(child(child(cell, "tcPr"), "tcW"), sum(shared[at : at + span(cell)]))
            at += span(cell)


def _set(element: Element | None, width: int) -> None:
    if element is not None and attribute(element, "type") in (None, "dxa"):
        element.set(_WIDE, str(width))
