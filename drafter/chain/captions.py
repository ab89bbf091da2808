"""表题、图题: captions numbered by position, 表1 表2 …, 图1 图2 …; references to numbers that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter import outline as tree
from drafter.numeral import ordinal
from drafter.outline import Block, Outline, Paragraph, Section
from drafter.source import Line, Mark

_NUMBER = r"[0-9０-９]{1,3}(?:[-—–.．][0-9０-９]{1,3})*|[一二三四五六七八九十]{1,3}|〇"
_CAPTION = re.compile(
    rf"(?P<kind>[表图])(?:(?P<number>{_NUMBER})?(?:[\s\u3000]*[：:][\s\u3000]*|[\s\u3000]+)|"
    r"(?P<close>[0-9０-９]{1,3})(?![0-9０-９.．年月日季%％号]))"
)
"""表：X, 表1 X, 表 X, 表〇 X, 表1X; no number is 表彰…, 图书…, 表2022年…"""
_REFERENCE = re.compile(
    r"(?:参?见|如|按|据|由|从|(?<=[（(、和及与至]))(?P<kind>[表图])\s?(?P<number>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,2})"
    r"(?![0-9０-９.．年月日季%％个张份名家项件人版式致-])"
)
"""见表3, 如图2所示, （表1）."""


def numbered(outline: Outline) -> Outline:
    """Every caption that begins with 表 or 图 numbered in reading order, one blank behind the number.

    表：X, 表1 X, 表一 X, 表 X and 表〇 X are 表1 X; any other caption, and a table without one, stays as it is.
    """
    count = _Count()
    blocks = tuple(map(count.block, outline.blocks))
    return replace(outline, blocks=blocks, sections=tuple(map(count.section, outline.sections)))


@dataclass(slots=True)
class _Count:
    """The captions so far, of tables and of figures."""

    given: dict[str, int] = field(default_factory=dict)

    def section(self, section: Section) -> Section:
        """A section and all under it, in reading order."""
        blocks = tuple(map(self.block, section.blocks))
        return replace(section, blocks=blocks, sections=tuple(map(self.section, section.sections)))

    def block(self, block: Block) -> Block:
        """A block with its caption numbered."""
        if isinstance(block, Paragraph):
            return block
        return replace(block, caption=self.caption(block.caption))

    def caption(self, caption: Line) -> Line:
        """The caption with the next number of its kind."""
        found = _CAPTION.match(caption.text)
        if found is None:
            return caption
        kind = found["kind"]
        number = self.given[kind] = self.given.get(kind, 0) + 1
        name = caption.cut(found.end()).strip()
        front = Line(f"{kind}{number}{' ' if name else ''}", _place(caption))
        return front.then(name)


def _place(caption: Line) -> tuple[Mark, ...]:
    return tuple(Mark(0, mark.span) for mark in caption.marks[:1])


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the text that speaks of a table or figure: 表3."""

    kind: str
    number: int
    line: Line
    start: int
    end: int

    @property
    def words(self) -> str:
        """As it is written."""
        return self.line.text[self.start : self.end]


def dangling(outline: Outline) -> Iterator[Reference]:
    """References to a 表 or 图 that no caption has; a caption without a number counts by its position."""
    known = set(_numbers(outline))
    for line in _lines(outline):
        for found in _REFERENCE.finditer(line.text):
            number = _value(found["number"])
            if number and (found["kind"], number) not in known:
                yield Reference(found["kind"], number, line, found.start("kind"), found.end())


def _numbers(outline: Outline) -> Iterator[tuple[str, int]]:
    """(kind, number) of every caption, also of one that stands apart from its table."""
    positions: dict[str, int] = {}
    for caption in filter(None, map(_caption_of, tree.blocks(outline))):
        found = _CAPTION.match(caption.text)
        if found is not None:
            kind = found["kind"]
            positions[kind] = positions.get(kind, 0) + 1
            yield kind, _value(found["number"] or found["close"] or "") or positions[kind]


def _caption_of(block: Block) -> Line | None:
    if not isinstance(block, Paragraph):
        return block.caption
    apart = not block.points and len(block.lead) <= _LONGEST and not block.lead.text.endswith(("。", "；", "："))
    return block.lead if apart else None


_LONGEST = 60


def _value(written: str) -> int:
    """A number as captions and references write it; 0 for none, and for 1-2."""
    return int(written) if written.isdecimal() else ordinal(written) or 0


def _lines(outline: Outline) -> Iterator[Line]:
    """Where references stand: paragraphs and headings."""
    for _, section in tree.walk(outline.sections):
        yield section.heading
    for paragraph in tree.paragraphs(outline):
        yield paragraph.lead
        for point in paragraph.points:
            yield point.heading
            yield point.text
