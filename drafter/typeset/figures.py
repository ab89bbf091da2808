"""Charts and pictures as they are set: the drawing, its caption below, a chart's numbers as a table where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from drafter.layout.model import Layout
from drafter.missing import Missing
from drafter.outline import PIE, Chart, Image, Table
from drafter.pictures import album
from drafter.pictures.raster import raster
from drafter.source import Line, Mark, Span
from drafter.typeset import tables
from drafter.typeset.plot import Plot, plot
from drafter.typeset.sheet import Drawing, Item, Para, Picture, Run
from drafter.typeset.told import told
from drafter.typeset.widths import halves

Size = tuple[int, int]
"""Width and height in twips."""
NO_SIZES: Mapping[str, Size] = MappingProxyType({})
CAPTION, UNIT = "图题", "单位行"
LINE = 480
"""Height that one row of a legend, or of names, takes in a chart, in twips."""


def sizes(images: Mapping[str, bytes]) -> dict[str, Size]:
    """Path → natural size of the pictures that were loaded."""
    known = {path: raster(data) for path, data in images.items()}
    return {path: found.size for path, found in known.items() if found is not None}


def figures(block: Chart | Image, layout: Layout, natural: Mapping[str, Size] = NO_SIZES) -> Iterator[Item]:
    """What a chart or an image is set into; the caption stands below, on the page of the drawing.

    `natural` holds the natural sizes of the pictures that are there; another one leaves 【待补：图 …】 in its place.
    """
    if isinstance(block, Chart):
        yield from _chart(block, layout)
    elif block.path not in natural:
        yield Para(CAPTION, (Run(_absent(block)),))
    else:
        yield Picture(block, *fitted(natural[block.path], layout, album.width(block, layout.page.text_width)))
        if block.caption:
            yield Para(CAPTION, (Run(block.caption),))


def _absent(image: Image) -> Line:
    """The visible mark of a picture that is not there yet."""
    lacks = Missing(album.called(image), span=image.span)
    return Line(str(lacks), (Mark(0, image.span or Span("", 1, 1), lacks.origin()),))


def fitted(natural: Size, layout: Layout, wanted: int | None = None) -> Size:
    """The size of a picture on the page: its natural one, or as wide as wanted; at most the text's width and 2/3 of its
    height, in proportion.
    """
    width, height = natural
    most, tall = layout.page.text_width, layout.page.text_height * 2 // 3
    across = min(wanted or width, most)
    up = max(1, height * across // width)
    return (across, up) if up <= tall else (max(1, width * tall // height), tall)


def _chart(chart: Chart, layout: Layout) -> Iterator[Item]:
    drawn = plot(chart)
    if chart.unit:
        yield Para(UNIT, (Run(chart.unit),), keep=True)
    yield Drawing(chart, layout.page.text_width, _height(drawn, layout))
    yield Para(CAPTION, (Run(chart.caption),), keep=chart.table)
    if chart.table:
        grid = tables.grid(Table(Line(""), chart.rows), layout)
        yield replace(grid, told=told(chart), data=True)


def _height(drawn: Plot, layout: Layout) -> int:
    """Half as high as wide, a pie a little more; names that must be turned and a long legend take room of their own."""
    width = layout.page.text_width
    names = [halves(name) for name in drawn.categories]
    turned = drawn.kind != PIE and max(names, default=0) * 110 * len(names) > width
    keys = names if drawn.kind == PIE else [halves(series.name) for series in drawn.series if len(drawn.series) > 1]
    rows = sum((key + 4) * 110 for key in keys) // width
    height = width * (6 if drawn.kind == PIE else 5) // 10 + LINE * (2 * turned + rows)
    return min(height, layout.page.text_height * 2 // 3)
