"""目录: the headings of a document, for those who look before Word has counted the pages."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import style
from drafter.document import Document
from drafter.layout.model import Layout
from drafter.outline import walk
from drafter.source import Line
from drafter.typeset.sheet import Contents, Item


def contents(document: Document, layout: Layout) -> Iterator[Item]:
    """目录 of so many levels; nothing where none is wanted or there is no heading."""
    levels = layout.contents if document.contents is None else document.contents
    entries = tuple(
        (
            section.marker.level.depth,
            Line(style.before(section.marker, section.heading.text)).then(bare(section.heading)),
        )
        for _, section in walk(document.outline.sections)
        if section.heading and section.marker.level.depth <= levels
    )
    if entries:
        yield Contents(levels, entries)


def bare(heading: Line) -> Line:
    """A heading without the mark that parts it from its text."""
    return heading.cut(0, len(heading.text.rstrip("。：:；")))
