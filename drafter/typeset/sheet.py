"""What a document is set into: paragraphs with their looks and indents, grids, pictures, charts, turns of the page.

Word and HTML are written from this; neither decides where anything stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafter.layout.model import Rule
from drafter.outline import Chart, Image
from drafter.source import Line
from drafter.style import Marker


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face: those of the paragraph's look, or of another look (a run-in heading)."""

    line: Line
    look: str = ""


@dataclass(frozen=True, slots=True)
class Indent:
    """Indents in 1/100 字 of the body, instead of those of the look."""

    left: int = 0
    right: int = 0
    first: int = 0
    hanging: int = 0


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. Without runs: a blank line."""

    look: str
    """Name of a look of the layout."""
    runs: tuple[Run, ...] = ()
    depth: int = 0
    """1–5: it stands in the navigation pane as a heading of that level."""
    marker: Marker | None = None
    """The marker it begins with (its text is in no run)."""
    run_in: bool = False
    """The heading is followed by text in the same paragraph."""
    indent: Indent | None = None
    line: int = 0
    """Exact pitch in twips, instead of that of the look."""
    before: int = 0
    """Room above it in twips."""
    size: int = 0
    """Half-points, instead of those of the look."""
    keep: bool = False
    """It stays on the page of the next one."""
    loose: bool = False
    """It need not, though its look says so."""
    new_page: bool = False
    """It begins a page."""
    rule: Rule | None = None
    """A line below it."""
    tab: int = 0
    """Place of a right tab in twips from the left edge of the 版心; its text has a tab character."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: its text, how many columns and rows it covers, how it is aligned."""

    line: Line
    columns: int = 1
    rows: int = 1
    align: str = "left"
    look: str = "表文"
    size: int = 0
    """Half-points, instead of those of the look."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table made regular. `rows` hold a Cell for every place, None where another one reaches over."""

    rows: tuple[tuple[Cell | None, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in twips; their sum is the width of the text."""
    heads: int = 1
    """Rows repeated on every page."""
    told: str = ""
    """What the table is of, for readers who do not see it."""
    data: bool = False
    """The numbers of the chart above it."""
    keep: bool = False
    """Its last row stays on the page of what follows."""
    bare: bool = False
    """Without lines: names of organs beside 文件."""
    tight: bool = False
    """Its cells have next to no margins."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on pages are landscape, or upright again."""

    landscape: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as wide as `width` and as high as `height` twips; centred."""

    image: Image
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as wide as `width` and as high as `height` twips; centred."""

    chart: Chart
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: a field of so many levels, and what it shows until Word has counted the pages."""

    levels: int
    entries: tuple[tuple[int, Line], ...]
    """(depth, text) of the headings."""


@dataclass(frozen=True, slots=True)
class Strip:
    """版记: rows (left, right) of text set at the foot of the last page, with lines between them."""

    rows: tuple[tuple[Run, ...], ...]
    printed: tuple[Line, Line] | None = None
    """印发机关 and 印发日期, in the last row."""


Item = Para | Grid | Picture | Drawing | Contents | Strip | Turn
"""What stands in a body, from above."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as it is set: what stands in the body, and at the head and foot of the first page alone."""

    items: tuple[Item, ...]
    first_head: tuple[Para, ...] = ()
    first_foot: tuple[Para, ...] = ()
    head_top: int = 0
    """From the edge of the paper to the head of the first page, in twips; 0: as the layout says."""
