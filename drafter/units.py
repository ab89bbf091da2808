"""The outline as flat units in reading order: the JSON contract of `drafter outline`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter import text
from drafter.outline import Block, Outline, Paragraph, Section
from drafter.source import Span
from drafter.style import ITEM, LEVELS, Marker


@dataclass(slots=True)
class Unit:
    """One marker with its heading and all text up to the next one."""

    marker: Marker
    heading: str
    span: Span
    pieces: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """All text up to the next unit, paragraphs on lines of their own."""
        return "\n".join(self.pieces)


def units(outline: Outline) -> tuple[str, list[Unit]]:
    """(lead, units): the text before the first unit, and the units; nothing of the input but the title is missing."""
    first = Unit(Marker(LEVELS[0], 0), "", Span("", 1, 1))
    found = [first]
    if outline.addressee:
        first.pieces.append(outline.addressee.text)
    _blocks(outline.blocks, found)
    for section in outline.sections:
        _section(section, found)
    found[-1].pieces.extend(line.text for line in outline.signature)
    return first.body, found[1:]


def _section(section: Section, found: list[Unit]) -> None:
    found.append(Unit(section.marker, section.heading.text, section.span or Span("", 1, 1)))
    _blocks(section.blocks, found)
    for below in section.sections:
        _section(below, found)


def _blocks(blocks: tuple[Block, ...], found: list[Unit]) -> None:
    for block in blocks:
        if not isinstance(block, Paragraph):
            found[-1].pieces.extend(text.block_lines(block))
            continue
        if block.lead:
            found[-1].pieces.append(block.lead.text)
        for point in block.points:
            unit = Unit(point.marker, point.heading.text, point.span or Span("", 1, 1))
            if point.text:
                unit.pieces.append(point.text.text)
            found.append(unit)


def as_json(outline: Outline, source: str) -> dict[str, object]:
    """The contract; `source` is the decoded input that the spans count in (its own line ends)."""
    lead, found = units(outline)
    starts = list(_line_starts(source))
    return {"title": outline.title.text, "lead": lead, "units": [_unit(u, starts) for u in found]}


def _unit(unit: Unit, starts: list[int]) -> dict[str, object]:
    depth = unit.marker.level.depth
    return {
        "level": "item" if depth == ITEM else depth,
        "marker": unit.marker.written or str(unit.marker),
        "number": unit.marker.number,
        "heading": unit.heading,
        "body": unit.body,
        "start": starts[unit.span.line - 1] + unit.span.column - 1,
        "line": unit.span.line,
        "column": unit.span.column,
    }


def _line_starts(source: str) -> Iterator[int]:
    """Offsets of the lines of a text whose line ends are LF, CRLF or CR."""
    yield 0
    at = 0
    while at < len(source):
        if source[at] == "\r" and source[at + 1 : at + 2] == "\n":
            at += 1
        if source[at] in "\r\n":
            yield at + 1
        at += 1


def tree_lines(outline: Outline, depth: int | None = None) -> Iterator[str]:
    """The outline for people: markers and headings, indented by level, items one step below their section.

    With a depth, levels 1 to `depth` alone.
    """
    if outline.title:
        yield outline.title.text
    above = 0
    for unit in units(outline)[1]:
        level = unit.marker.level.depth
        above = above if level == ITEM else level
        if depth is None or (level != ITEM and level <= depth):
            words = unit.heading or (f"〔{_short(unit.body)}〕" if unit.body else "")
            yield f"{'  ' * (above if level == ITEM else level - 1)}{unit.marker.written or unit.marker}{words}"


def _short(words: str) -> str:
    first = words.split("\n", maxsplit=1)[0]
    return first if len(first) <= 30 else first[:30] + "…"
