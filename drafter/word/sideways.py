"""The page number of a landscape page: at the left edge, turned, so that it stands where it does on upright sheets.

Source: GB/T 9704-2012 clause 8. Why a text box: no paragraph of a footer can stand beside the text.
"""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.word.element import Element, w
from drafter.word.textbox import Box, textbox

LENGTH = 3000
"""Length of the box in twips: room for any number."""


def sideways(layout: Layout, side: str, key: int) -> Element:
    """The paragraph of a footer with the number at the outer edge of odd (`right`) or even (`left`) sheets."""
    from drafter.word.base import page_number

    words = page_number(layout, side)
    indent = words.find("{*}pPr/{*}ind")
    if indent is not None:
        indent.getparent().remove(indent)  # type: ignore[union-attr]
    return w("p", textbox(_box(layout, side), key, [words]))


def _box(layout: Layout, side: str) -> Box:
    """The box on the landscape page: one 字 from the edge of the 版心 as it lies."""
    page, numbers, look = layout.page, layout.numbers, layout.looks["页码"]
    inset = numbers.inset * look.size // 10
    top = page.left + inset if side == "left" else page.width - page.right - inset - LENGTH
    return Box(page.bottom - numbers.gap - look.line // 2, top, look.line, LENGTH, "页码", turned=True)
