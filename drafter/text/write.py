"""Outline → numbered text, one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import style, unseen
from drafter.outline import Block, Chart, Image, Outline, Paragraph, Section, Table
from drafter.style import Marker
from drafter.text import figures, heading, items
from drafter.text.pipes import table_lines
from drafter.text.tree import NO_HEADING


def write(outline: Outline, *, guard: bool = True) -> str:
    """The report as numbered text, one paragraph a line.

    `guard` writes ^ where reading back would take text for a heading (law L1); without it the text is what a clerk
    reads.
    """
    return "".join(f"{line}\n" for line in lines(outline, guard=guard))


def lines(outline: Outline, *, guard: bool = True) -> Iterator[str]:
    """The lines of `write`."""
    if outline.title:
        yield outline.title.text
    if outline.addressee:
        yield outline.addressee.text
    yield from _block_lines(outline.blocks, guard=guard)
    for section in outline.sections:
        yield from _section_lines(section, guard=guard)
    yield from (line.text for line in outline.signature)


def _section_lines(section: Section, *, guard: bool) -> Iterator[str]:
    blocks = section.blocks
    rest = ""
    if section.run_in and blocks and isinstance(blocks[0], Paragraph):
        rest = _paragraph(blocks[0], guard=guard)
        blocks = blocks[1:]
    yield _marked(section.marker, section.heading.text, rest, guard=guard)
    yield from _block_lines(blocks, guard=guard)
    for below in section.sections:
        yield from _section_lines(below, guard=guard)


def _marked(marker: Marker, head: str, rest: str, *, guard: bool) -> str:
    hidden = guard and rest and not head and _is_misread(marker, rest)
    words = NO_HEADING + rest if hidden else head + rest
    return style.before(marker, words) + words


def _is_misread(marker: Marker, rest: str) -> bool:
    """Whether reading would take the beginning of a text for a heading, items, or a part of the marker."""
    if heading.end(marker.level, rest) or unseen.UNSEEN.match(rest):
        return True
    return bool(items.candidates_of(unseen.without(rest)))


def _block_lines(blocks: tuple[Block, ...], *, guard: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block, guard=guard)
        else:
            yield from block_lines(block)


def block_lines(block: Table | Chart | Image) -> Iterator[str]:
    """The lines of a block that is no paragraph: caption, unit and pipe rows, or an image's line."""
    if isinstance(block, Image):
        yield from figures.image_lines(block)
    else:
        yield from table_lines(figures.as_table(block) if isinstance(block, Chart) else block)


def _paragraph(paragraph: Paragraph, *, guard: bool) -> str:
    return paragraph.lead.text + "".join(
        _marked(p.marker, p.heading.text, p.text.text, guard=guard) for p in paragraph.points
    )
