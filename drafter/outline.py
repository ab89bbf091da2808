"""提纲: the tree of a report; walking and official addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.source import Line, Span
from drafter.style import Marker

EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Point:
    """分项: one 一是 of a chain. `heading` is its run-in first sentence (empty when none), `text` the rest."""

    marker: Marker
    heading: Line
    text: Line
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A natural paragraph: text before the first chain item, then the items. Never empty of both."""

    lead: Line
    points: tuple[Point, ...] = ()


LEFTWARD, UPWARD = "<", "^"
"""What a cell of a table holds that is merged with the one on its left, or with the one above."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption (empty when none) and rows of cells, the first row being the header.

    A cell that is just `<` belongs to the one on its left, `^` to the one above. `unit` is the line above the table
    at its right edge (单位：万元). `aligns` holds left, center, right or "" (by content) for each column; empty: all "".
    """

    caption: Line
    rows: tuple[tuple[Line, ...], ...]
    unit: Line = EMPTY
    aligns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `![说明](路径)`; the caption (empty when none) stands below it.

    `path` is as typed: relative to the project, else to the report's folder. `width` is as typed (12厘米), "" = its own.
    """

    caption: Line
    path: str
    width: str = ""
    span: Span | None = field(default=None, compare=False)


BAR, LINE, PIE = "柱状图", "折线图", "饼图"
CHARTS = (BAR, LINE, PIE)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of figures: `kind` is one of CHARTS, the first row names the series, the first column the categories.

    In text it is a pipe table whose caption begins with 图 and ends with the kind in （）: 图1 各月税收收入（柱状图）.
    `caption` is without that bracket. `table`: whether the numbers stand below it as a table too (（柱状图，附表）).
    """

    kind: str
    caption: Line
    rows: tuple[tuple[Line, ...], ...]
    unit: Line = EMPTY
    table: bool = False


Block = Paragraph | Table | Image | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """节: a marker, its heading, its own blocks and the sections under it.

    `run_in`: the first block is a Paragraph that stands on the heading's line. With an empty heading it always does
    (a numbered paragraph without a heading).
    """

    marker: Marker
    heading: Line
    run_in: bool
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report: title, 主送 (with its ：), text before the first section, sections, 署名 and 成文日期."""

    title: Line = EMPTY
    addressee: Line = EMPTY
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    signature: tuple[Line, ...] = ()


def walk(
    sections: tuple[Section, ...], path: tuple[Section, ...] = ()
) -> Iterator[tuple[tuple[Section, ...], Section]]:
    """(sections above, section) in reading order."""
    for section in sections:
        yield path, section
        yield from walk(section.sections, (*path, section))


def paragraphs(outline: Outline) -> Iterator[Paragraph]:
    """Every paragraph in reading order."""
    for block in blocks(outline):
        if isinstance(block, Paragraph):
            yield block


def blocks(outline: Outline) -> Iterator[Block]:
    """Every block in reading order."""
    yield from outline.blocks
    for _, section in walk(outline.sections):
        yield from section.blocks


def address(path: tuple[Section, ...], section: Section, paragraph: int = 0) -> str:
    """The place in official speech: 三、（二）第2段."""
    where = "".join(str(s.marker) for s in (*path, section))
    return f"{where}第{paragraph}段" if paragraph else where
