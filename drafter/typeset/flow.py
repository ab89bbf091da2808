"""正文: sections and blocks of an outline as paragraphs, grids, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.document import Document
from drafter.layout.model import LEVELS, Layout
from drafter.outline import Block, Outline, Paragraph, Section, Table
from drafter.source import Line
from drafter.typeset import around
from drafter.typeset.figures import Size, figures
from drafter.typeset.sheet import Item, Para, Run, Turn
from drafter.typeset.tables import grids

BODY = "正文"


def flowing(outline: Outline, layout: Layout, natural: Mapping[str, Size]) -> Iterator[Item]:
    """The text of an outline, without title, 主送 and signature; `natural`: sizes of its pictures by path."""
    yield from _blocks(outline.blocks, layout, natural)
    for section in outline.sections:
        yield from _sections(section, layout, natural)


def attached(document: Document, layout: Layout, natural: Mapping[str, Size]) -> Iterator[Item]:
    """附件: each on a new page, 附件1 on its first line, its title on the third. Source: GB/T 9704-2012 7.3.7."""
    several = len(document.attachments) > 1
    for index, attachment in enumerate(document.attachments, start=1):
        if attachment.outline is None:
            continue
        head = [around.attachment_head(str(index) if several else "")]
        head += [Para("", keep=True)] * layout.looks["附件标题"].blank
        title = around.title(Document(attachment.outline), layout, look="附件标题")
        yield from _lying([*head, *title, Para("", keep=True)], [*flowing(attachment.outline, layout, natural)])


def _lying(head: list[Item], text: list[Item]) -> Iterator[Item]:
    """Head and text of an 附件. Where it begins with a landscape table, its head stands above that, on the same page."""
    turned = text[:1] == [Turn(landscape=True)]
    yield from (*text[:1], *head, *text[1:]) if turned else (*head, *text)


def _sections(section: Section, layout: Layout, natural: Mapping[str, Size]) -> Iterator[Item]:
    """A section and all under it; the heading and, run in, the first paragraph share a line."""
    blocks = section.blocks
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and (section.run_in or not section.heading):
        yield _opening(section, first)
        blocks = blocks[1:]
    else:
        yield _opening(section, None)
    yield from _blocks(blocks, layout, natural)
    for below in section.sections:
        yield from _sections(below, layout, natural)


def _opening(section: Section, first: Paragraph | None) -> Para:
    """The paragraph that a section begins with. A heading with nothing below it is an item of a list: it stays with none."""
    depth = section.marker.level.depth
    text = tuple(Run(line) for line in pieces(first)) if first else ()
    if not section.heading:
        return Para(BODY, text, marker=section.marker)
    look = LEVELS[depth - 1]
    if first is None:
        empty = not section.blocks and not section.sections
        return Para(look, (Run(section.heading),), depth, section.marker, loose=empty)
    return Para(BODY, (Run(section.heading, look), *text), depth, section.marker, run_in=True)


def pieces(words: Paragraph) -> Iterator[Line]:
    """The lines whose runs make up a paragraph: the lead, then marker, heading and text of every item."""
    yield words.lead
    for point in words.points:
        yield Line(str(point.marker))
        yield point.heading
        yield point.text


def _blocks(blocks: tuple[Block, ...], layout: Layout, natural: Mapping[str, Size]) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Para(BODY, tuple(Run(line) for line in pieces(block)))
        elif isinstance(block, Table):
            yield from grids(block, layout)
        else:
            yield from figures(block, layout, natural)
