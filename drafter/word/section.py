"""Page set-up: paper, margins, footers, the grid of lines. Source: GB/T 9704-2012 5.1–5.2, 7.5, 8."""

from __future__ import annotations

from drafter.layout.model import NOTHING, Layout, Page
from drafter.word.element import Element, R, w
from drafter.word.own import own

ODD, EVEN = "rId3", "rId4"
"""Relationship ids of the two footers, in the order base() relates them."""
_REFERENCES = ("headerReference", "footerReference")


def section(
    layout: Layout, references: tuple[tuple[str, str, str], ...] = (), *, landscape: bool = False, head: int = 0
) -> Element:
    """The w:sectPr; `references` are further (element, kind, relationship id) of headers and footers, `head` where the header begins.

    Why the margins of a landscape page are turned: its sheet lies in the binding like the others, its head at the
    binding edge.
    """
    page = turned(layout.page) if landscape else layout.page
    given = own(layout)
    told = {(kind, name): (kind, name, key) for kind, name, key in (*_usual(layout), *references)}
    ordered = sorted(told.values(), key=lambda row: _REFERENCES.index(row[0]))
    first = any(name == "first" for _, name, _ in ordered)
    sides = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    size = {"w": page.width, "h": page.height} | ({"orient": "landscape"} if landscape else {})
    return w(
        "sectPr",
        *(_reference(*row) for row in ordered),
        w("pgSz", **size),
        w(
            "pgMar",
            **sides,
            header=head or (given and given.header) or page.header,
            footer=foot_distance(layout),
            gutter=0,
        ),
        w("pgNumType", fmt=given.form) if given and given.has_footer and given.form else None,
        w("titlePg") if first else None,
        w("docGrid", **grid) if (grid := _grid(layout)) else None,
    )


def _usual(layout: Layout) -> tuple[tuple[str, str, str], ...]:
    """The headers and footers of every section: those of the 底稿, else our page numbers."""
    if (given := own(layout)) is not None:
        return given.usual
    both = (("footerReference", "default", ODD), ("footerReference", "even", EVEN))
    return () if layout.numbers.form == NOTHING else both


def turned(page: Page) -> Page:
    """The page lying on its side: its head at the binding edge, what was its foot on the left. Source: clause 8."""
    return Page(page.height, page.width, top=page.left, right=page.top, bottom=page.right, left=page.bottom,
                header=page.header)  # fmt: skip


def footer_distance(layout: Layout) -> int:
    """From the edge of the paper to the foot of the page number's line, in twips.

    Why: Word measures from the paper's edge; the 一字线 stands in the middle of its line, 5 twips above it
    (official-style.md 1.8: 1452 puts it 7 mm below the 版心).
    """
    return max(layout.page.bottom - layout.numbers.gap - layout.looks["页码"].line // 2 + 5, 0)


def foot_distance(layout: Layout) -> int:
    """w:footer: what stands lowest, the page number or the rule at the foot of a 信函's first page."""
    foot = layout.head.foot if layout.head is not None else None
    given = own(layout)
    mine = given.footer if given and given.has_footer and given.footer is not None else footer_distance(layout)
    return min(mine, foot.gap) if foot else mine


def _grid(layout: Layout) -> dict[str, object]:
    line, given = layout.body.line, own(layout)
    if layout.grid == "lines" and given is not None:
        return dict(given.grid)
    if layout.grid == "lines":
        return {"type": "lines", "linePitch": line}
    return {"type": layout.grid, "linePitch": line, "charSpace": _char_space(layout)}


def _char_space(layout: Layout) -> int:
    """What the grid adds to a 字 of the body so that the lines are filled, in 1/4096 pt. Source: official-style.md 1.3."""
    width = layout.page.text_width
    return width * 4096 // (width // layout.pitch * 20) - layout.body.size * 2048


def _reference(tag: str, kind: str, relation: str) -> Element:
    made = w(tag, type=kind)
    made.set(f"{{{R}}}id", relation)
    return made
