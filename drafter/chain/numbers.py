"""Renumbering: levels and chains by position."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from drafter import style
from drafter.chain.runs import At, point_at, runs
from drafter.outline import Block, Outline, Paragraph, Point, Section
from drafter.style import Level, Marker


def renumber(outline: Outline, *, loops: bool = False) -> Outline:
    """Every level and chain numbered by position, levels restarting under each parent.

    What a writer numbers on purpose stays (see Lists): a list that goes on below the next part, an annex that begins
    anew, an excerpt that begins with （八）. A typed 一是 begins a new chain and 〇是 counts on; items of another row nest.
    With `loops` (rendering) all begins with 1, and a run of typed 1s counts on too, since a loop types every item 一是;
    other words between two template places, or a new turn of an outer loop, begin a new chain.
    """
    lists = Lists(not loops and is_excerpt(outline), plain_lines(outline.blocks))
    begun = _begun(outline.blocks) if lists.excerpt else {}
    blocks, opened = _renumber_blocks(outline.blocks, begun, loops=loops)
    return replace(outline, blocks=blocks, sections=_renumber_sections(outline.sections, opened, lists, loops=loops))


_EXCERPT = re.compile("节选|摘[录编要]|选登")


def is_excerpt(outline: Outline) -> bool:
    """Whether the text may begin in the middle of a report: it has no title, or one that says so."""
    return not outline.title or bool(_EXCERPT.search(outline.title.text))


@dataclass(slots=True)
class _Count:
    """How far a chain has come: the last typed number and the last given one."""

    typed: int
    given: int


Open = dict[tuple[Level, str], _Count]
"""Chains of the sections above, by row and noun: one that sections part (一是 … 1. 2. … 二是) goes on below them."""


@dataclass(slots=True)
class Lists:
    """The numbers of lists in reading order: what number a section should have, by what was typed before it."""

    excerpt: bool
    """Whether the text may begin in the middle of a report."""
    lines: tuple[str, ...] = ()
    """The lines without items that stand between the last section that was taken, or the title, and the next."""
    seen: dict[Level, _Count] = field(default_factory=dict)

    def expected(self, marker: Marker, running: int, *, top: bool) -> int:
        """The number of a section whose list has come to `running` (0: it is the first); `top`: it has no parent."""
        typed, seen = marker.number, self.seen.get(marker.level)
        if typed > 1 and self.lines and _holds(self.lines[-1], replace(marker, number=typed - 1)):
            return typed
        if running:
            return 1 if typed == 1 and self.start_anew() else running + 1
        if typed > 1 and seen is not None and typed == seen.typed + 1:
            return seen.given + 1
        return typed if self.excerpt and top and seen is None and typed > 1 else 1

    def start_anew(self) -> bool:
        """Whether a typed 1 is the first of another list.

        Behind a title line (附件, 第二章, or the last line, if it is short) or one that leads to it (如下：).
        """
        return any(map(_PART.match, self.lines)) or bool(self.lines and _TITLE.fullmatch(self.lines[-1]))

    def take(self, section: Section, given: int) -> None:
        """Remember what number a section was given, and its lines."""
        self.seen[section.marker.level] = _Count(section.marker.number or given, given)
        self.lines = plain_lines(section.blocks[1 if section.run_in else 0 :])


def plain_lines(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The words of paragraphs without items."""
    return tuple(b.lead.text if isinstance(b, Paragraph) and not b.points else "" for b in blocks)


def _holds(line: str, marker: Marker) -> bool:
    """Whether a line holds the marker before: 附件：1.…, and the next line 2.…."""
    return any(found == marker for _, found, _ in style.sections(line))


_TITLE = re.compile(r"[^。；;，,]{1,40}(?<![。；;，,、！？!?…])|(?s:.*)[：:]")
_PART = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}(?:部分|[章节编篇])|附[件表录]|专栏\s?\d{0,2}"
    r"|[^。；，]{0,20}附[件表录]\s?[一二三四五六七八九十\d]{1,3})(?:$|[：:\s]?[^。；]{1,60}$)"
)
"""A line that a part of the text begins with."""


def _begun(blocks: tuple[Block, ...]) -> Open:
    """The chains that an excerpt begins in the middle of: 四是 before any other item of the row."""
    begun: Open = {}
    for run in runs(blocks, loops=False):
        first = point_at(blocks, run[0]).marker
        begun.setdefault((first.level, first.noun), _Count(first.number - 1, first.number - 1))
    return begun


def _renumber_sections(
    sections: tuple[Section, ...], above: Open, lists: Lists, *, loops: bool, top: bool = True
) -> tuple[Section, ...]:
    counts: dict[Level, int] = {}
    done: list[Section] = []
    for section in sections:
        level = section.marker.level
        counts = {row: n for row, n in counts.items() if row.depth <= level.depth}
        running = counts.get(level, 0)
        counts[level] = running + 1 if loops else lists.expected(section.marker, running, top=top)
        lists.take(section, counts[level])
        blocks, opened = _renumber_blocks(section.blocks, above, loops=loops)
        below = _renumber_sections(section.sections, opened, lists, loops=loops, top=False)
        marker = replace(section.marker, number=counts[level], written="")
        done.append(replace(section, marker=marker, blocks=blocks, sections=below))
    return tuple(done)


def _renumber_blocks(blocks: tuple[Block, ...], above: Open, *, loops: bool) -> tuple[tuple[Block, ...], Open]:
    """The blocks numbered, and the chains that sections below may go on with; 首先…其次…第三 is one chain in words."""
    numbers: dict[At, int] = {}
    opened = dict(above)
    said = 0
    for chain in runs(blocks, loops=loops):
        points = [point_at(blocks, at) for at in chain]
        first, last = points[0].marker, points[-1].marker
        row = (first.level, first.noun)
        count = above.get(row)
        if count is None or first.number <= 1 or first.number != count.typed + 1:
            begin = said if first.level.opens == ("第",) and first.number == said + 1 else 0
            count = opened[row] = _Count(begin, begin)
        given = _numbers(points, count.given)
        count.typed, count.given = last.number or len(points), given[-1]
        said = given[-1] if last.level.numerals == "词" else 0
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
