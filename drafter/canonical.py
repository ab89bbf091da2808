"""What `drafter fmt` does: any report in the canonical style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter import chain, shield, text, width
from drafter.outline import Block, Outline, Paragraph, Point, Section
from drafter.source import BLANKS, Line, typed
from drafter.text.tree import NO_HEADING

NUMBERS, WIDTHS = "序数", "全半角"
PARTS = (NUMBERS, WIDTHS)
"""What formatting does: numbering (with a line of its own for every level), and the width of characters."""
ROUNDS = 40
"""How often a text is gone through; more than three need a text made up to be difficult."""


def formatted(source: str, parts: Sequence[str] = PARTS) -> str:
    """The report in the canonical style, one paragraph a line: read, renumbered, widths mended, written.

    Nothing but blanks, numbers and forms of markers, and the width of characters changes; template tags and pictures
    stay byte for byte. Formatting what was formatted changes nothing (law L2): the text is gone through until it
    stays; one that comes round in a circle gives the least of the circle.
    """
    safe = shield.tags(source.replace("\r\n", "\n").replace("\r", "\n"))
    seen = [safe.text]
    while len(seen) <= ROUNDS:
        done = _once(seen[-1], parts)
        if done.count(safe.sign) != len(safe.pieces) and safe.pieces:
            return source
        if done in seen:
            return safe.restored(min(seen[seen.index(done) :]))
        seen.append(done)
    return safe.restored(seen[-1])


def _once(source: str, parts: Sequence[str]) -> str:
    typed_lines = typed(source, "")
    lines = [line.text for line in typed_lines]
    if NUMBERS in parts:
        outline = _kept(text.read(typed_lines)[0], source.split("\n"))
        lines = list(text.lines(chain.renumber(outline), guard=False))
    if WIDTHS in parts:
        lines = [width.line(line) for line in lines]
    return "".join(f"{line}\n" for line in lines)


def _kept(outline: Outline, rows: list[str]) -> Outline:
    """The outline with every ^ where it was typed, and without blanks between 一是 and its words."""
    sections = tuple(_kept_section(section, rows) for section in outline.sections)
    return replace(outline, blocks=_kept_blocks(outline.blocks, rows), sections=sections)


def _kept_section(section: Section, rows: list[str]) -> Section:
    blocks = _kept_blocks(section.blocks, rows)
    if blocks and isinstance(blocks[0], Paragraph) and _has_sign(section, rows):
        blocks = (replace(blocks[0], lead=_SIGN.then(blocks[0].lead)), *blocks[1:])
    below = tuple(_kept_section(one, rows) for one in section.sections)
    return replace(section, blocks=blocks, sections=below)


def _kept_blocks(blocks: tuple[Block, ...], rows: list[str]) -> tuple[Block, ...]:
    return tuple(
        replace(b, points=tuple(_kept_point(p, rows) for p in b.points)) if isinstance(b, Paragraph) and b.points else b
        for b in blocks
    )


def _kept_point(point: Point, rows: list[str]) -> Point:
    if _has_sign(point, rows):
        return replace(point, text=_SIGN.then(point.text))
    if point.heading.text[:1] in _BLANKS:
        return replace(point, heading=point.heading.strip(BLANKS))
    return (
        replace(point, text=point.text.strip(BLANKS)) if point.text.text[:1] in _BLANKS and not point.heading else point
    )


_BLANKS = tuple(BLANKS)
_SIGN = Line(NO_HEADING)


def _has_sign(unit: Section | Point, rows: list[str]) -> bool:
    """Whether ^ was typed behind the marker; reading takes it off."""
    if unit.heading or unit.span is None:
        return False
    end = unit.span.column - 1 + len(unit.marker.written)
    return rows[unit.span.line - 1][end : end + 20].lstrip(BLANKS).startswith(NO_HEADING)
