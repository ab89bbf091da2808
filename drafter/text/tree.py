"""The tree while it grows: a stack of open sections that lines, sections and tables are put into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from drafter.outline import Block, Outline, Paragraph, Point, Section
from drafter.source import Line, Origin
from drafter.style import Found, Marker
from drafter.text import heading

NO_HEADING = "^"
"""Typed behind a marker: what follows is no heading."""
GAP = " \t\u3000\u00a0"
"""Blanks between a marker, its heading and its text."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A section whose blocks and sub-sections are still being gathered."""

    section: Section | None
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return self.section.marker.level.depth if self.section else 0


def _is_entry(frame: _Frame) -> bool:
    last = frame.blocks[-1] if frame.blocks and not frame.sections else None
    plain = frame.section is not None and not frame.section.heading and isinstance(last, Paragraph)
    return plain and isinstance(last, Paragraph) and not last.points and last.lead.text.endswith(("；", ";"))


class Tree:
    """Takes sections and blocks in reading order."""

    def __init__(self) -> None:
        self.stack = [_Frame(None)]

    def block(self, block: Block) -> None:
        """Put a block into the section that is open."""
        self.stack[-1].blocks.append(block)

    def section(self, section: Section) -> None:
        """Open a section; those of its depth and below are closed."""
        while self.stack[-1].depth >= section.marker.level.depth:
            self._close()
        self.stack.append(_Frame(section))

    def listed(self, marker: Marker) -> bool:
        """Whether the section before one with this marker, in its list, is an entry that ends with ；"""
        depth = marker.level.depth
        over = next(frame for frame in reversed(self.stack) if frame.depth < depth)
        inner = self.stack[self.stack.index(over) + 1] if over is not self.stack[-1] else None
        return (
            inner is not None
            and inner.section is not None
            and inner.section.marker.level == marker.level
            and _is_entry(inner)
        )

    def finish(self) -> Outline:
        """The tree of everything that was put in."""
        while len(self.stack) > 1:
            self._close()
        return Outline(blocks=tuple(self.stack[0].blocks), sections=tuple(self.stack[0].sections))

    def _close(self) -> None:
        frame = self.stack.pop()
        assert frame.section is not None
        done = replace(frame.section, blocks=tuple(frame.blocks), sections=tuple(frame.sections))
        self.stack[-1].sections.append(done)


def paragraph(line: Line, items: list[Found]) -> Paragraph:
    """A paragraph with the items that were found in it."""
    points = tuple(_point(line, item, following) for item, following in zip_longest(items, items[1:]))
    return Paragraph(line.cut(0, items[0][0]) if items else line, points)


def _point(line: Line, item: Found, following: Found | None) -> Point:
    """A point up to the following one; a chain of another row that begins behind it is text behind its heading."""
    start, marker, end = item
    nested = following is not None and following[1].number <= 1 and following[1].level != marker.level
    head, rest = split(marker, line.cut(end, following[0] if following else None), leads=nested)
    return Point(marker, head, rest, line.at(start))


def split(marker: Marker, rest: Line, *, leads: bool = False, listed: bool = False) -> tuple[Line, Line]:
    """(heading, text behind it) of what stands behind a marker, by the heading rule.

    `leads`: items follow it. `listed`: it follows an entry that ends with ；.
    """
    if rest.text.startswith(NO_HEADING) and fact_in(rest, 0, 1) is None:
        return Line(""), rest.cut(1)
    if leads and "。" not in rest.text:
        return Line(""), rest
    end = min(heading.end(marker.level, rest.text + "…" * leads, listed=listed), len(rest))
    return rest.cut(0, end), rest.cut(end).strip(GAP)


def unescaped(line: Line, sign: str) -> Line:
    r"""The line with every typed backslash before a sign left out (\| is |); what a fact says stands as it is."""
    whole, start = Line(""), 0
    for found in re.finditer(re.escape(f"\\{sign}"), line.text):
        if fact_in(line, found.start(), found.end()) is None:
            whole, start = whole.then(line.cut(start, found.start())), found.start() + 1
    return whole.then(line.cut(start)) if start else line


def fact_in(line: Line, start: int, end: int) -> Origin | None:
    """The first fact that printed a character between two offsets."""
    marks = [*line.marks, None]
    for mark, following in pairwise(marks):
        stop = following.start if following else len(line)
        if mark and mark.origin and mark.origin.fact and mark.start < end and stop > start:
            return mark.origin
    return None
