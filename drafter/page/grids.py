"""Tables: heads repeated on every printed page, merged cells, the widths of the layout."""

from __future__ import annotations

from drafter.page.markup import declared, element, opening, pt
from drafter.page.press import Press
from drafter.page.words import line
from drafter.typeset.sheet import Cell, Grid


def grid(item: Grid, press: Press) -> str:
    """The table of a grid."""
    widths = "".join(opening("col", style=f"width:{pt(width)}") for width in item.widths)
    rows = [_row(row, press, head=at < item.heads) for at, row in enumerate(item.rows)]
    head, body = "".join(rows[: item.heads]), "".join(rows[item.heads :])
    parts = (
        element("colgroup", widths),
        element("thead", head) if head else "",
        element("tbody", body) if body else "",
    )
    told = {"class_": "bare"} if item.bare else {}
    wide = pt(sum(item.widths))
    made = element("table", "".join(parts), aria_label=item.told, style=f"width:{wide}", **told)
    return element("div", made, class_="wide keep" if item.keep else "wide")


def _row(row: tuple[Cell | None, ...], press: Press, *, head: bool) -> str:
    return element("tr", "".join(_cell(cell, press, head=head) for cell in row if cell is not None))


def _cell(cell: Cell, press: Press, *, head: bool) -> str:
    align = cell.align if cell.align != press.layout.looks[cell.look].align else ""
    distributed = align == "distribute"
    return element(
        "th" if head else "td",
        line(cell.line, press),
        scope="col" if head and cell.columns == 1 else "colgroup" if head else "",
        colspan=str(cell.columns) if cell.columns > 1 else "",
        rowspan=str(cell.rows) if cell.rows > 1 else "",
        class_=f"{cell.look} distribute" if distributed else cell.look,
        style=declared(
            font_size=f"{cell.size / 2:g}pt" if cell.size else "",
            text_align="" if distributed else {"both": "justify"}.get(align, align),
        ),
    )
