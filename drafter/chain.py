"""Renumbering: levels and chains by position, and what rendering leaves of a chain (settle)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter.outline import EMPTY, Block, Outline, Paragraph, Point, Section, walk
from drafter.source import Line, Span
from drafter.style import Level, write

At = tuple[int, int]
"""Where a point stands in a section: (block, point)."""


def renumber(outline: Outline, *, loops: bool = False) -> Outline:
    """Every level and chain numbered by position, levels restarting under each parent.

    A typed 1 behind a title line (附件, 名词解释) begins anew. A typed 一是 begins a new chain and 〇是 counts on; items of another row nest. With `loops` (rendering) a run of
    typed 1s counts on too, since a loop types every item 一是; other words between two template places, or a new turn
    of an outer loop, begin a new chain.
    """
    blocks, opened = _renumber_blocks(outline.blocks, {}, loops=loops)
    return replace(outline, blocks=blocks, sections=_renumber_sections(outline.sections, opened, loops=loops))


@dataclass(slots=True)
class _Count:
    """How far a chain has come: the last typed number and the last given one."""

    typed: int
    given: int


Open = dict[tuple[Level, str], _Count]
"""Chains of the sections above, by row and noun: one that sections part (一是 … 1. 2. … 二是) goes on below them."""


def _renumber_sections(sections: tuple[Section, ...], above: Open, *, loops: bool) -> tuple[Section, ...]:
    counts: dict[Level, int] = {}
    done: list[Section] = []
    for section in sections:
        level = section.marker.level
        counts = {row: n for row, n in counts.items() if row.depth <= level.depth}
        anew = not loops and starts_anew(section, done[-1] if done else None)
        counts[level] = 1 if anew else counts.get(level, 0) + 1
        blocks, opened = _renumber_blocks(section.blocks, above, loops=loops)
        below = _renumber_sections(section.sections, opened, loops=loops)
        marker = replace(section.marker, number=counts[level], written="")
        done.append(replace(section, marker=marker, blocks=blocks, sections=below))
    return tuple(done)


def starts_anew(section: Section, before: Section | None) -> bool:
    """Whether a typed 1 is the first of another list: behind a title line (附件, 名词解释) or one that leads to it (如下：)."""
    if before is None or section.marker.number != 1 or section.marker.level != before.marker.level:
        return False
    while before.sections:
        before = before.sections[-1]
    last = before.blocks[-1] if before.blocks else None
    is_line = isinstance(last, Paragraph) and not last.points and not (before.run_in and len(before.blocks) == 1)
    return is_line and isinstance(last, Paragraph) and bool(_TITLE.fullmatch(last.lead.text))


_TITLE = re.compile(r"[^。；;，,]{1,40}(?<![。；;，,、！？!?…])|(?s:.*)[：:]")


def _renumber_blocks(blocks: tuple[Block, ...], above: Open, *, loops: bool) -> tuple[tuple[Block, ...], Open]:
    """The blocks numbered, and the chains that sections below may go on with."""
    numbers: dict[At, int] = {}
    opened = dict(above)
    for chain in _chains(blocks, loops=loops):
        points = [_point(blocks, at) for at in chain]
        first, last = points[0].marker, points[-1].marker
        row = (first.level, first.noun)
        count = above.get(row)
        if count is None or first.number <= 1 or first.number != count.typed + 1:
            count = opened[row] = _Count(0, 0)
        given = _numbers(points, count.given)
        count.typed, count.given = last.number or len(points), given[-1]
        numbers |= zip(chain, given, strict=True)
    return _all_numbered(blocks, numbers), opened


def _all_numbered(blocks: tuple[Block, ...], numbers: dict[At, int]) -> tuple[Block, ...]:
    return tuple(
        _numbered(block, b, numbers) if isinstance(block, Paragraph) else block for b, block in enumerate(blocks)
    )


def _numbered(paragraph: Paragraph, b: int, numbers: dict[At, int]) -> Paragraph:
    points = enumerate(paragraph.points)
    marked = (replace(p, marker=replace(p.marker, number=numbers[b, i], written="")) for i, p in points)
    return replace(paragraph, points=tuple(marked))


def _numbers(points: list[Point], before: int) -> list[int]:
    """1, 2, 3… behind `before`; of 首先 其次 再次 最后, 再次 repeats and a last 最后 stays."""
    numbers = list(range(before + 1, before + len(points) + 1))
    if points[0].marker.level.numerals != "词":
        return numbers
    words = [min(n, 3) for n in numbers]
    return [*words[:-1], 4] if points[-1].marker.number == 4 else words


@dataclass(slots=True)
class _Chain:
    """A running chain: its row and noun, the last typed number and place, and its items so far."""

    level: Level
    noun: str
    typed: int
    span: Span | None
    items: list[At] = field(default_factory=list)


@dataclass(slots=True)
class _Follower:
    """Follows the items of a section and gives each its chain; chains of other rows nest in each other."""

    loops: bool
    running: list[_Chain] = field(default_factory=list)
    chains: list[_Chain] = field(default_factory=list)
    before: Point | None = None
    apart: bool = False

    def block(self, b: int, block: Block) -> None:
        """Take the items of a block."""
        if not isinstance(block, Paragraph):
            return
        led = bool(block.lead)
        self.apart = self.apart or not block.points
        for i, point in enumerate(block.points):
            self.point((b, i), point, led=led and not i)

    def point(self, at: At, point: Point, *, led: bool) -> None:
        """Put an item into its chain."""
        marker = point.marker
        same = [c for c in self.running if (c.level, c.noun) == (marker.level, marker.noun)]
        chain = same[-1] if same else None
        if chain is not None:
            del self.running[self.running.index(chain) + 1 :]
        if chain is None or self.begins(chain, point, led=led):
            if chain is not None:
                self.running.remove(chain)
            chain = _Chain(marker.level, marker.noun, marker.number, point.span)
            self.running.append(chain)
            self.chains.append(chain)
        chain.items.append(at)
        chain.typed, chain.span = marker.number or chain.typed, point.span
        self.before, self.apart = point, not _closed(point)

    def begins(self, chain: _Chain, point: Point, *, led: bool) -> bool:
        """Whether the item begins a new chain of a row that is running."""
        number = point.marker.number
        if led:
            return number != chain.typed + 1 or number == 1
        if number != 1:
            return False
        if chain.typed > 1 or not self.loops:
            return True
        return self.apart and (point.span != chain.span or _turned(self.before, point))


def _chains(blocks: tuple[Block, ...], *, loops: bool) -> list[list[At]]:
    """The chains of a section, as places of their items."""
    follower = _Follower(loops)
    for b, block in enumerate(blocks):
        follower.block(b, block)
    return [chain.items for chain in follower.chains]


def _closed(point: Point) -> bool:
    """Whether the item ends as an item does, and not with words that lead on."""
    return _words(point).endswith(("；", "。", ";"))


def _turned(before: Point | None, point: Point) -> bool:
    """Whether the words before an item come from an earlier template place: an outer loop has taken a new turn."""
    marks = before.text.marks or before.heading.marks if before else ()
    if not marks or point.span is None:
        return False
    last = marks[-1].span
    return last.file == point.span.file and (last.line, last.column) < (point.span.line, point.span.column)


def _words(point: Point) -> str:
    return point.heading.text + point.text.text


def settle(outline: Outline) -> Outline:
    """What rendering leaves of chains: a lone item loses its 一是, ends are made alike, the last ； becomes 。."""
    blocks = _settle_blocks(outline.blocks, outline.sections)
    return replace(outline, blocks=blocks, sections=_settle_sections(outline.sections))


def _settle_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections settled; of items （1）…；（2）…； joined by ； the last one ends with 。"""
    done = [
        replace(s, blocks=_settle_blocks(s.blocks, s.sections), sections=_settle_sections(s.sections)) for s in sections
    ]
    for at, section in enumerate(done):
        following = done[at + 1] if at + 1 < len(done) else None
        is_last = following is None or following.marker.level != section.marker.level
        if is_last and at and _joined(done[at - 1]) and _joined(section):
            done[at] = _ended_section(section)
    return tuple(done)


def _joined(section: Section) -> bool:
    """Whether it is a numbered paragraph without heading that ends with ；"""
    only = section.blocks[0] if len(section.blocks) == 1 and not section.sections else None
    return isinstance(only, Paragraph) and not only.points and only.lead.text.endswith("；")


def _ended_section(section: Section) -> Section:
    only = section.blocks[0]
    assert isinstance(only, Paragraph)
    return replace(section, blocks=(Paragraph(_ended(only.lead, "。")),))


def _settle_blocks(blocks: tuple[Block, ...], below: tuple[Section, ...]) -> tuple[Block, ...]:
    done = list(blocks)
    lone: list[At] = []
    for chain in _chains(blocks, loops=False):
        if len(chain) == 1:
            lone += [at for at in chain if _is_droppable(_point(done, at), below)]
        else:
            _settle_chain(done, chain)
    for b, i in sorted(lone, reverse=True):
        _drop(done, b, i)
    return tuple(done)


def _settle_chain(blocks: list[Block], chain: list[At]) -> None:
    points = [_point(blocks, at) for at in chain]
    last = _cut_tail(points[-2], points[-1])
    ends = _ends([_words(p) for p in points])
    if last is not None:
        points[-1], ends[-1] = last, ""
    for at, point, end in zip(chain, points, ends, strict=True):
        _put(blocks, at, _closed_with(point, end, inside=_has_next(blocks, at)))


def _closed_with(point: Point, end: str, *, inside: bool) -> Point:
    """The item with its closing mark; one that is all heading keeps none unless another item stands behind it."""
    if point.text or not inside:
        return replace(point, text=_ended(point.text, end))
    return replace(point, heading=_ended(point.heading, end))


def _has_next(blocks: list[Block], at: At) -> bool:
    block = blocks[at[0]]
    return isinstance(block, Paragraph) and at[1] + 1 < len(block.points)


def _cut_tail(before: Point, last: Point) -> Point | None:
    """The last item with its ； made 。 where words behind the loop follow it: that ； was typed where the others' was."""
    place = before.text.at(len(before.text) - 1) if before.text else None
    if place is None or before.span != last.span:
        return None
    text = last.text
    for offset, character in enumerate(text.text[:-1]):
        if character in "；;" and text.at(offset) == place:
            return replace(last, text=text.cut(0, offset).then(Line("。")).then(text.cut(offset + 1)))
    return None


def _ends(texts: list[str]) -> list[str]:
    """The mark each item ends with: all ； and a last 。, or all 。; '' leaves an item alone.

    Source: GB/T 15834-2011 A.5, B.1.4 (items joined by ； hold no 。).
    """
    body = texts[:-1]
    if any(t and t[-1] in "；。;" for t in texts):
        full = any("。" in t[:-1] for t in body) or any(t.endswith("。") for t in body)
        return ["。" if full else "；" for _ in body] + ["。"]
    for mark in "，、":
        if all(t.endswith(mark) for t in texts):
            return ["" for _ in body] + ["。"]
    return ["" for _ in texts]


_ENDS = "。；;，,、"


def _ended(line: Line, end: str) -> Line:
    """The line with this closing mark instead of its own."""
    bare = line.text.rstrip(_ENDS)
    if not end or not bare or line.text == bare + end:
        return line
    if line.text != bare:
        return line.cut(0, len(bare)).then(Line(end))
    return line if bare[-1] in "！？…：”" else line.then(Line(end))


def _is_droppable(point: Point, below: tuple[Section, ...]) -> bool:
    """Whether a lone item loses its marker: only 一是 does, and not where 二是 stands in its words or in a section below."""
    marker = point.marker
    if marker.level.name != "一是" or marker.number != 1 or write(replace(marker, number=2)) in _words(point):
        return False
    return not any(_goes_on(section.blocks, point) for _, section in walk(below))


def _goes_on(blocks: tuple[Block, ...], point: Point) -> bool:
    """Whether a chain in these blocks begins with the number behind the point's."""
    firsts = (_point(blocks, chain[0]).marker for chain in _chains(blocks, loops=False))
    return any(m.level == point.marker.level and m.number == point.marker.number + 1 for m in firsts)


def _drop(blocks: list[Block], b: int, i: int) -> None:
    """Put a lone item's words behind what stands before it, closed by 。 where they ended with ；"""
    block = blocks[b]
    assert isinstance(block, Paragraph)
    point = block.points[i]
    words = point.heading.then(point.text)
    if words.text.endswith(("；", ";")):
        words = _ended(words, "。")
    if i == 0:
        blocks[b] = Paragraph(block.lead.then(words), block.points[1:])
        return
    before = block.points[i - 1]
    joined = replace(before, text=before.text.then(words))
    blocks[b] = replace(block, points=(*block.points[: i - 1], joined, *block.points[i + 1 :]))


def without_empty(outline: Outline) -> Outline:
    """The outline without items and paragraphs that have no words: a marker with nothing behind it leaves nothing."""
    return replace(
        outline,
        blocks=tuple(_with_words(outline.blocks)),
        sections=tuple(_section_with_words(s) for s in outline.sections),
    )


def _section_with_words(section: Section) -> Section:
    sections = tuple(_section_with_words(s) for s in section.sections)
    return replace(section, blocks=tuple(_with_words(section.blocks)), sections=sections)


def _with_words(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            yield block
            continue
        points = tuple(p for p in block.points if p is not block.points[-1] or re.search(r"\w", _words(p)))
        if block.lead or points or (number == 0 and not block.points):
            yield replace(block, lead=block.lead or EMPTY, points=points)


def _point(blocks: list[Block] | tuple[Block, ...], at: At) -> Point:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    return block.points[at[1]]


def _put(blocks: list[Block], at: At, point: Point) -> None:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    points = (*block.points[: at[1]], point, *block.points[at[1] + 1 :])
    blocks[at[0]] = replace(block, points=points)
