"""版记: a table without sides at the foot of the last page. Source: GB/T 9704-2012 7.4.

Why a floating table: only so does its last line lie on the lower edge of the 版心 whatever stands above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from drafter.layout.model import Layout
from drafter.source import Line
from drafter.typeset.sheet import Run, Strip
from drafter.typeset.widths import halves
from drafter.word.element import Element, w
from drafter.word.paragraph import paragraph, words
from drafter.word.styles import indent, style
from drafter.word.textbox import Box, textbox
from drafter.word.trace.figures import Figures


def strip(item: Strip, layout: Layout, figures: Figures | None = None) -> Iterator[Element]:
    """The table of the 版记 and the paragraph it hangs on."""
    yield _table(item, layout, _FLOATING, figures)
    yield w("p", _tiny())


def boxed(item: Strip, layout: Layout, key: int) -> Element:
    """The 版记 in a text box at the foot of the 版心. Why: LibreOffice does not float a table as wide as the text."""
    page, height = layout.page, _height(item, layout)
    place = Box(page.left, page.height - page.bottom - height, page.text_width, height, "版记", low=True)
    return w("p", _tiny(), textbox(place, key, [_table(item, layout), w("p", _tiny())]))


def _height(item: Strip, layout: Layout) -> int:
    """What the table takes, in twips; a line is counted one 字 shorter than it is, since marks may not begin a line."""
    look = layout.looks["抄送"]
    across = layout.page.text_width * 100 // layout.width(look) - look.left - look.right - 400
    lines = [-(-50 * halves("".join(r.line.text for r in row)) // max(across, 100)) for row in item.rows]
    return sum(lines) * look.line + (layout.looks["印发"].line if item.printed else 0) + 60


def _tiny() -> Element:
    """The properties of a paragraph that takes no room."""
    return w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact"))


_FLOATING = {"horzAnchor": "margin", "vertAnchor": "margin", "tblpXSpec": "center", "tblpYSpec": "bottom"}
"""At the foot of the 版心."""


def _table(
    item: Strip, layout: Layout, place: Mapping[str, str] = MappingProxyType({}), figures: Figures | None = None
) -> Element:
    """The table; lines: thick above and below, thin between."""
    width = layout.page.text_width
    rows = [*(_row(_copies(row, layout, figures), width) for row in item.rows)]
    if item.printed:
        rows.append(_row(_printed(item.printed, layout, figures), width))
    edges = {"top": layout.imprint.edge, "bottom": layout.imprint.edge, "insideH": layout.imprint.inner}
    lines = (w(side, val="single", sz=weight, space=0, color="000000") for side, weight in edges.items() if weight)
    look = w(
        "tblPr",
        w("tblpPr", **place) if place else None,
        w("tblOverlap", val="never") if place else None,
        w("tblW", w=width, type="dxa"),
        w("tblBorders", *lines) if any(edges.values()) else None,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))),
    )
    return w("tbl", look, w("tblGrid", w("gridCol", w=width)), *rows)


def _row(content: Element, width: int) -> Element:
    cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa")), content)
    return w("tr", w("trPr", w("cantSplit")), cell)


def _copies(row: tuple[Run, ...], layout: Layout, figures: Figures | None) -> Element:
    """抄送：…。 as far in as its look says, turned lines behind the colon. Source: 7.4.2 (1 字)."""
    look = layout.looks["抄送"]
    told = indent(layout.width(look), left=look.left + 300, right=look.right, hanging=300)
    return paragraph(style("抄送"), words(row, figures), told)


def _printed(row: tuple[Line, Line], layout: Layout, figures: Figures | None) -> Element:
    """印发机关 on the left, 印发日期 on the right, as far in as their look says. Source: 7.4.3 (1 字)."""
    look = layout.looks["印发"]
    unit = layout.width(look)
    tabs = w("tabs", w("tab", val="right", pos=layout.page.text_width - unit * look.right // 100))
    told = indent(unit, left=look.left, right=look.right)
    said = words((Run(row[0]), Run(Line("\t")), Run(row[1])), figures)
    return paragraph(style("印发"), said, tabs, told)
