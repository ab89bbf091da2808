"""read(Text) → Outline and write(Outline) → str, by the one style table; reading never fails, it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from drafter import style
from drafter.diagnostic import Diagnostic, error, warning
from drafter.outline import Block, Outline, Paragraph, Point, Section, Table
from drafter.source import Line, Origin, Span, Text
from drafter.style import Marker

NO_HEADING = "^"
"""Typed behind a marker: what follows is no heading."""
TITLE_LIMIT = 60
NOWHERE = Span("", 1, 1)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A section whose blocks and sub-sections are still being gathered."""

    section: Section | None
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return self.section.marker.level.depth if self.section else 0


def read(text: Text) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The tree of a report and what was found wrong while reading it (forged structure). Never raises.

    The first line without marker and closing mark is the title, a line ending with ： right behind it the 主送,
    a last date line with a short line before it 署名 and 成文日期.
    """
    lines = list(text)
    title = lines.pop(0) if lines and _is_title(lines[0]) else Line("")
    addressee = lines.pop(0) if lines and _is_addressee(lines[0]) else Line("")
    signature = _take_signature(lines)
    body, diagnostics = read_body(tuple(lines))
    return replace(body, title=title, addressee=addressee, signature=signature), diagnostics


def read_body(text: Text) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The tree of lines that hold no title, 主送 or signature: what section templates render to.

    A chain may open with any number here, since a condition may have dropped its first item.
    """
    reader = _Reader(rendered=True)
    reader.lines(list(text))
    return reader.finish(), tuple(reader.diagnostics)


Found = tuple[int, Marker, int]
"""A chain item in a line: offset, marker, offset behind the marker."""


class _Reader:
    """One pass over the lines with a stack of open sections."""

    def __init__(self, *, rendered: bool = False) -> None:
        self.rendered = rendered
        self.stack = [_Frame(None)]
        self.diagnostics: list[Diagnostic] = []

    def lines(self, lines: list[Line]) -> None:
        at = 0
        while at < len(lines):
            used, table = _table(lines, at)
            if table is not None:
                self.stack[-1].blocks.append(table)
            else:
                self.line(lines[at])
            at += max(used, 1)

    def line(self, line: Line) -> None:
        found = style.read(line.text) or self.before_value(line)
        if found is None or self.forged(line, 0, found[1], found[0]):
            self.stack[-1].blocks.append(self.run(line, open_item=False))
        elif found[0].is_item:
            self.stack[-1].blocks.append(self.run(line))
        else:
            self.section(line, *found)

    def before_value(self, line: Line) -> tuple[Marker, int] | None:
        """A typed marker right before a value that begins with a digit (1. and 6起): read, and told as hard to read."""
        first = next((m.start for m in line.marks if m.origin is not None and m.origin.fact), 0)
        found = style.read(line.text[:first]) if first else None
        if found is None or found[1] != first:
            return None
        words = line.text[: first + 6]
        place = line.at(0) or NOWHERE
        self.diagnostics.append(
            warning(
                "N109", f"序数后面紧跟数字，“{words}”容易看成小数", place, "在序数和数之间加几个字，如 1.发生…", words
            )
        )
        return found

    def forged(self, line: Line, start: int, end: int, marker: Marker) -> bool:
        """Law: a marker that came out of a fact, even in part, is an error, never structure."""
        origin = _fact_in(line, start, end)
        if origin is None:
            return False
        place = origin.span or line.at(start) or NOWHERE
        self.diagnostics.append(
            error(
                "S101",
                f"事实“{origin.fact}”的内容里有序数“{marker.written}”，不能当作层次",
                place,
                "序数写在模板里；事实只写内容，多项内容写成列表",
                line.text[start : start + 20],
            )
        )
        return True

    def section(self, line: Line, marker: Marker, end: int) -> None:
        while self.stack[-1].depth >= marker.level.depth:
            self.close()
        heading, rest = _split(marker, line.cut(end).strip(_GAP))
        section = Section(marker, heading, bool(rest) or not heading, span=line.at(0))
        frame = _Frame(section)
        self.stack.append(frame)
        if rest or not heading:
            frame.blocks.append(self.run(rest))

    def run(self, line: Line, *, open_item: bool = True) -> Paragraph:
        """A paragraph with its chain items; it may begin with one unless `open_item` is off."""
        places = self.items(line, open_item=open_item)
        ends = [*(start for start, _, _ in places), len(line)][1:]
        points = tuple(
            self.point(line, start, marker, end, stop) for (start, marker, end), stop in zip(places, ends, strict=True)
        )
        return Paragraph(line.cut(0, places[0][0]) if places else line, points)

    def items(self, line: Line, *, open_item: bool) -> list[Found]:
        """Chain items that belong together: rows opened by a first item or at the start of the paragraph."""
        found = [f for f in style.inline(line.text) if not self.forged(line, f[0], f[2], f[1])]
        first = style.read(line.text) if open_item else None
        if first is not None and first[0].is_item and not self.forged(line, 0, first[1], first[0]):
            found = [(0, *first), *(f for f in found if f[0] >= first[1])]
        found = self.with_loops(line, found)
        kept: list[Found] = []
        rows = {r for r in {f[1].level.name for f in found} if self.rendered or _opens(r, found)}
        for item in found:
            if item[1].level.name in rows and (not kept or item[0] >= kept[-1][2]):
                kept.append(item)
        return kept

    def with_loops(self, line: Line, found: list[Found]) -> list[Found]:
        """The items, and those that the same template place typed again in the next turn of a loop."""
        if not self.rendered or not found:
            return found
        places = {line.at(start): marker.level for start, marker, _ in found}
        known = {start for start, _, _ in found}
        again = [
            f
            for f in style.anywhere(line.text)
            if f[0] not in known and f[1].number == 1 and places.get(line.at(f[0])) == f[1].level
        ]
        return sorted([*found, *again], key=lambda f: f[0])

    def point(self, line: Line, start: int, marker: Marker, end: int, stop: int) -> Point:
        heading, rest = _split(marker, line.cut(end, stop))
        return Point(marker, heading, rest, line.at(start))

    def close(self) -> None:
        frame = self.stack.pop()
        assert frame.section is not None
        done = replace(frame.section, blocks=tuple(frame.blocks), sections=tuple(frame.sections))
        self.stack[-1].sections.append(done)

    def finish(self) -> Outline:
        while len(self.stack) > 1:
            self.close()
        return Outline(blocks=tuple(self.stack[0].blocks), sections=tuple(self.stack[0].sections))


def _fact_in(line: Line, start: int, end: int) -> Origin | None:
    """The first fact that printed a character between two offsets."""
    marks = [*line.marks, None]
    for mark, following in pairwise(marks):
        stop = following.start if following else len(line)
        if mark and mark.origin and mark.origin.fact and mark.start < end and stop > start:
            return mark.origin
    return None


_GAP = " \t\u3000\u00a0"


def _opens(row: str, found: list[Found]) -> bool:
    """Whether the items of a row are a chain: it opens with 1 or 〇, or at the start of the paragraph."""
    first = next(f for f in found if f[1].level.name == row)
    return first[0] == 0 or first[1].number <= 1


def _split(marker: Marker, rest: Line) -> tuple[Line, Line]:
    """(heading, text behind it) of what stands behind a marker."""
    if rest.text.startswith(NO_HEADING) and _fact_in(rest, 0, 1) is None:
        return Line(""), rest.cut(1)
    end = style.heading_end(marker.level, rest.text)
    return rest.cut(0, end), rest.cut(end).strip(_GAP)


def _is_title(line: Line) -> bool:
    text = line.text
    return len(text) <= TITLE_LIMIT and text[-1] not in "。；：，;:,、" and not style.read(text) and text[0] != "|"


def _is_addressee(line: Line) -> bool:
    text = line.text
    return len(text) <= TITLE_LIMIT and text[-1] in "：:" and "。" not in text and not style.read(text)


_DATE = re.compile(r"[12]\d{3}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")


def _take_signature(lines: list[Line]) -> tuple[Line, ...]:
    if not lines or not _DATE.fullmatch(lines[-1].text):
        return ()
    date = lines.pop()
    if (
        lines
        and len(lines[-1]) <= 40
        and not re.search("[。；：，、|]", lines[-1].text)
        and not style.read(lines[-1].text)
    ):
        return lines.pop(), date
    return (date,)


_CAPTION = re.compile(r"表(?:\d+|[一二三四五六七八九十]+)?[：:  　]?.{0,60}[^。；，]")
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")


def _table(lines: list[Line], at: int) -> tuple[int, Table | None]:
    """(lines used, table) when a pipe table, perhaps behind its caption, begins here."""
    caption = Line("")
    first = at
    if _CAPTION.fullmatch(lines[at].text) and at + 1 < len(lines) and _is_row(lines[at + 1]):
        caption, first = lines[at], at + 1
    rows = []
    end = first
    while end < len(lines) and _is_row(lines[end]):
        if not _RULE.fullmatch(lines[end].text):
            rows.append(tuple(_cells(lines[end])))
        end += 1
    return (end - at, Table(caption, tuple(rows))) if rows else (0, None)


def _is_row(line: Line) -> bool:
    bars = len(line) > 1 and line.text[0] == "|" and line.text[-1] == "|"
    return bars and _fact_in(line, 0, 1) is None


def _cells(line: Line) -> Iterator[Line]:
    start = 1
    bars = (m.start() for m in re.finditer(r"(?<!\\)\|", line.text[1:]))
    for end in (b for b in bars if _fact_in(line, b + 1, b + 2) is None):
        yield _unescaped(line.cut(start, end + 1).strip())
        start = end + 2


def _unescaped(cell: Line) -> Line:
    r"""The cell with every typed \| read as |; what a fact says stands as it is."""
    whole, start = Line(""), 0
    for found in re.finditer(r"\\\|", cell.text):
        if _fact_in(cell, found.start(), found.end()) is None:
            whole, start = whole.then(cell.cut(start, found.start())), found.start() + 1
    return whole.then(cell.cut(start)) if start else cell


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
    yield f"{section.marker}{_headed(section.marker, section.heading.text, rest, guard=guard)}"
    yield from _block_lines(blocks, guard=guard)
    for below in section.sections:
        yield from _section_lines(below, guard=guard)


def _headed(marker: Marker, heading: str, rest: str, *, guard: bool) -> str:
    if guard and not heading and style.heading_end(marker.level, rest):
        return NO_HEADING + rest
    return heading + rest


def _block_lines(blocks: tuple[Block, ...], *, guard: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block, guard=guard)
        else:
            yield from table_lines(block)


def _paragraph(paragraph: Paragraph, *, guard: bool) -> str:
    return paragraph.lead.text + "".join(
        f"{p.marker}{_headed(p.marker, p.heading.text, p.text.text, guard=guard)}" for p in paragraph.points
    )


def table_lines(table: Table) -> Iterator[str]:
    """A table as pipe rows, its caption first."""
    if table.caption:
        yield table.caption.text
    for index, row in enumerate(table.rows):
        yield "| " + " | ".join(cell.text.replace("|", "\\|") for cell in row) + " |"
        if index == 0:
            yield "|" + " --- |" * len(row)
