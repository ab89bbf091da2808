"""How a chart looks in Word: fonts, fills, lines, marks and labels, from the same table as the SVG's."""

from __future__ import annotations

from drafter.layout.model import Layout
from drafter.typeset.ink import Ink
from drafter.word.drawing import d
from drafter.word.element import Element, legal

FIVE, SMALL = 1050, 900
"""五号 and 小五 in 1/100 pt."""
LINE, EDGE = 28575, 6350
"""Widths of a series' line and of the edge of a bar, in EMU."""
GRID, AXIS = "D9D9D9", "595959"


def letters(layout: Layout, size: int = FIVE) -> Element:
    """c:txPr in the body's fonts. Why ea and a language: without them Word takes the theme's font for 汉字."""
    font, latin = legal(layout.body.font), legal(layout.latin)
    faces = (d("a:latin", typeface=latin), d("a:ea", typeface=font), d("a:cs", typeface=latin))
    look = d("a:defRPr", plain("000000"), *faces, sz=size, b=0)
    end = d("a:endParaRPr", lang="zh-CN")
    return d("c:txPr", d("a:bodyPr"), d("a:lstStyle"), d("a:p", d("a:pPr", look), end))


def plain(color: str) -> Element:
    """A fill of one colour."""
    return d("a:solidFill", d("a:srgbClr", val=color))


def fill(look: Ink) -> Element:
    """The fill of a bar or slice: plain, or a pattern on white that prints well in black and white."""
    if not look.pattern:
        return plain(look.color)
    front, back = d("a:fgClr", d("a:srgbClr", val=look.color)), d("a:bgClr", d("a:srgbClr", val="FFFFFF"))
    return d("a:pattFill", front, back, prst=look.pattern)


def edge(color: str = "404040", width: int = EDGE) -> Element:
    """A thin line."""
    return d("a:ln", plain(color), w=width)


def solid(look: Ink) -> Element:
    """c:spPr of a bar or slice."""
    return d("c:spPr", fill(look), edge())


def stroke(look: Ink) -> Element:
    """c:spPr of the line of a series."""
    line = d("a:ln", plain(look.line), d("a:prstDash", val=look.dash), d("a:round"), w=LINE, cap="rnd")
    return d("c:spPr", line)


def mark(look: Ink) -> Element:
    """c:marker of the points of a line."""
    inside = plain("FFFFFF" if look.hollow else look.line)
    return d("c:marker", d("c:symbol", val=look.mark), d("c:size", val=7), d("c:spPr", inside, edge(look.line)))


def hidden() -> Element:
    """c:spPr of what has neither fill nor edge."""
    return d("c:spPr", d("a:noFill"), d("a:ln", d("a:noFill")))
