"""正文: sections and blocks of an outline as paragraphs, grids, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.layout.model import LEVELS, Layout
from drafter.outline import Block, Outline, Paragraph, Section, Table
from drafter.source import Line
from drafter.typeset.figures import figures
from drafter.typeset.sheet import Item, Para, Run
from drafter.typeset.tables import grids

BODY = "正文"


def flowing(outline: Outline, layout: Layout) -> Iterator[Item]:
    """The text of an outline, without title, 主送 and signature."""
    yield from _blocks(outline.blocks, layout)
    for section in outline.sections:
        yield from _sections(section, layout)


def _sections(section: Section, layout: Layout) -> Iterator[Item]:
    """A section and all under it; the heading and, run in, the first paragraph share a line."""
    blocks = section.blocks
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and (section.run_in or not section.heading):
        yield _opening(section, first)
        blocks = blocks[1:]
    else:
        yield _opening(section, None)
    yield from _blocks(blocks, layout)
    for below in section.sections:
        yield from _sections(below, layout)


def _opening(section: Section, first: Paragraph | None) -> Para:
    depth = section.marker.level.depth
    text = tuple(Run(line) for line in pieces(first)) if first else ()
    if not section.heading:
        return Para(BODY, text, marker=section.marker)
    look = LEVELS[depth - 1]
    if first is None:
        return Para(look, (Run(section.heading),), depth, section.marker)
    return Para(BODY, (Run(section.heading, look), *text), depth, section.marker, run_in=True)


def pieces(words: Paragraph) -> Iterator[Line]:
    """The lines whose runs make up a paragraph: the lead, then marker, heading and text of every item."""
    yield words.lead
    for point in words.points:
        yield Line(str(point.marker))
        yield point.heading
        yield point.text


def _blocks(blocks: tuple[Block, ...], layout: Layout) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Para(BODY, tuple(Run(line) for line in pieces(block)))
        elif isinstance(block, Table):
            yield from grids(block, layout)
        else:
            yield from figures(block, layout)
