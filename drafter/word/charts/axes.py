"""The axes of a chart in Word: names below, numbers at the left."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.layout.model import Layout
from drafter.outline import BAR
from drafter.typeset.plot import Plot
from drafter.word.charts.look import AXIS, FIVE, GRID, SMALL, edge, letters
from drafter.word.drawing import d
from drafter.word.element import Element, legal

NAMES, NUMBERS = 111111111, 222222222
"""Ids of the two axes, as c:axId says them."""
MANY = 18
"""From so many categories on their names are set smaller."""


def axes(drawn: Plot, layout: Layout) -> Iterator[Element]:
    """c:catAx and c:valAx."""
    small = SMALL if len(drawn.categories) > MANY else FIVE
    yield d(
        "c:catAx",
        *_head(NAMES, "b", d("c:scaling", d("c:orientation", val="minMax"))),
        d("c:numFmt", formatCode="General", sourceLinked=0),
        *_foot(layout, small, NUMBERS),
        d("c:auto", val=0),
        d("c:lblAlgn", val="ctr"),
        d("c:lblOffset", val=100),
        d("c:noMultiLvlLbl", val=1),
    )
    grid = d("c:majorGridlines", d("c:spPr", edge(GRID)))
    yield d(
        "c:valAx",
        *_head(NUMBERS, "l", _scaling(drawn)),
        grid,
        d("c:numFmt", formatCode=legal(drawn.form), sourceLinked=0),
        *_foot(layout, FIVE, NAMES),
        d("c:crossBetween", val="between"),
    )


def _scaling(drawn: Plot) -> Element:
    """Where the numbers begin. Why 0 for bars: their length says the value, and Word may cut it at 90."""
    values = drawn.values
    bars = drawn.kind == BAR and values
    highest = d("c:max", val=0) if bars and max(values) <= 0 > min(values) else None
    lowest = d("c:min", val=0) if bars and min(values) >= 0 else None
    return d("c:scaling", d("c:orientation", val="minMax"), highest, lowest)


def _head(key: int, side: str, scaling: Element) -> Iterator[Element]:
    yield d("c:axId", val=key)
    yield scaling
    yield d("c:delete", val=0)
    yield d("c:axPos", val=side)


def _foot(layout: Layout, size: int, other: int) -> Iterator[Element]:
    """Why labels low: names at the zero line would stand in the bars below it."""
    yield d("c:majorTickMark", val="out")
    yield d("c:minorTickMark", val="none")
    yield d("c:tickLblPos", val="low")
    yield d("c:spPr", edge(AXIS))
    yield letters(layout, size)
    yield d("c:crossAx", val=other)
    yield d("c:crosses", val="autoZero")
