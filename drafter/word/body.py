"""word/document.xml: a sheet as paragraphs, tables and drawings, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from drafter.layout.model import Layout
from drafter.typeset.sheet import Contents, Drawing, Grid, Item, Para, Picture, Sheet, Strip, Turn
from drafter.word.charts.chart import drawing
from drafter.word.contents import Headings
from drafter.word.edges import Edges
from drafter.word.element import Element, w, xml
from drafter.word.imprint import boxed, strip
from drafter.word.multilevel import Plan
from drafter.word.own.inherit import ground
from drafter.word.paragraph import blank, para
from drafter.word.parts import Parts
from drafter.word.picture import picture
from drafter.word.section import section
from drafter.word.table import grid
from drafter.word.trace.figures import Figures

TINY = 20
"""Pitch of a paragraph that only ends a section, in twips."""


def document(
    sheet: Sheet,
    layout: Layout,
    parts: Parts,
    pictures: Mapping[str, bytes],
    *,
    live: bool = True,
    figures: Figures | None = None,
) -> tuple[bytes, tuple[Element, ...]]:
    """The main part of the report, and the stories in it: the body, heads of pages. `pictures`: bytes by path as typed.

    What it needs beside it is added to `parts`; `figures` gathers what values are traced by.

    `live`: for Word; False: for LibreOffice, which counts the pages of a 目录 of plain lines only, and floats no 版记.
    """
    writer = _Body(sheet, layout, parts, pictures, live, figures or Figures())
    body = w("body", *writer.elements())
    if layout.base is not None:
        ground(body)
    return xml(w("document", body)), (body, *writer.edges.stories)


@dataclass(slots=True)
class _Body:
    """One document being written."""

    sheet: Sheet
    layout: Layout
    parts: Parts
    pictures: Mapping[str, bytes]
    live: bool
    figures: Figures
    edges: Edges = field(init=False)
    plan: Plan = field(init=False)
    headings: Headings = field(init=False)

    def __post_init__(self) -> None:
        self.edges = Edges(self.sheet, self.layout, self.parts, self.figures)
        self.plan = Plan(self.sheet, self.layout, self.parts)
        self.headings = Headings(self.sheet, live=self.live)

    def elements(self) -> Iterator[Element]:
        """Everything in the body: sections of upright and of landscape pages, each closed by its page set-up."""
        made: list[Element] = []
        landscape = False
        for item in self.sheet.items:
            if not isinstance(item, Turn):
                made.extend(self.item(item))
            if isinstance(item, Turn | Contents):
                if made:
                    _close(made, self.setup(landscape=landscape))
                    yield from made
                made, landscape = [], isinstance(item, Turn) and item.landscape
        yield from made
        yield self.setup(landscape=landscape)

    def setup(self, *, landscape: bool) -> Element:
        """The page set-up of the next section."""
        made = section(
            self.layout, self.edges.references(landscape=landscape), landscape=landscape, head=self.sheet.head_top
        )
        return self.headings.counted(made)

    def item(self, item: Item) -> Iterable[Element]:
        match item:
            case Para():
                return (self.headings.marked(item, para(item, self.layout, self.plan.number(item), self.figures)),)
            case Grid():
                return (grid(item, self.layout, self.figures),)
            case Drawing():
                return (drawing(item, self.parts, self.layout, self.figures),)
            case Picture():
                return (picture(item, self.pictures[item.image.path], self.parts, self.layout),)
            case Contents():
                return self.headings.contents(item)
            case Strip():
                if not self.live:
                    return (boxed(item, self.layout, self.parts.drawing_id()),)
                return strip(item, self.layout, self.figures)
            case Turn():
                return ()


def _close(made: list[Element], setup: Element) -> None:
    """Puts a page set-up into the last paragraph of a section, or into one of its own behind a table."""
    last = made[-1]
    if not str(last.tag).endswith("}p"):
        last = blank(line=TINY)
        made.append(last)
    properties = last.find("{*}pPr")
    if properties is None:
        properties = w("pPr")
        last.insert(0, properties)
    properties.append(setup)
