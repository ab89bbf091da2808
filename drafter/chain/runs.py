"""Which items make one chain: by row, by number, by the paragraph they begin."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafter.outline import Block, Paragraph, Point
from drafter.source import Span
from drafter.style import Level

At = tuple[int, int]
"""Where a point stands in a section: (block, point)."""


@dataclass(slots=True)
class _Chain:
    """A running chain: its row and noun, the last typed number and place, and its items so far."""

    level: Level
    noun: str
    typed: int
    span: Span | None
    at_start: bool
    """Whether its items begin paragraphs."""
    items: list[At] = field(default_factory=list)


@dataclass(slots=True)
class _Follower:
    """Follows the items of a section and gives each its chain; chains of other rows nest in each other."""

    loops: bool
    running: list[_Chain] = field(default_factory=list)
    parted: list[_Chain] = field(default_factory=list)
    """Chains of paragraphs in which another one of their row began (一是…：一是甲；二是乙。 二是…), one of a row."""
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
        chain = self.known(point, begins=not led and not at[1])
        if chain is None or self.begins(chain, point, led=led):
            if chain is not None:
                self.running.remove(chain)
            chain = self.new(point, chain, at_start=not led and not at[1])
        chain.items.append(at)
        chain.typed, chain.span = point.marker.number or chain.typed, point.span
        self.before, self.apart = point, not _closed(point)

    def known(self, point: Point, *, begins: bool) -> _Chain | None:
        """The chain of its row that is running, or the one of paragraphs that it parted; those nested in it end."""
        marker = point.marker
        row = (marker.level, marker.noun)
        same = [n for n, c in enumerate(self.running) if (c.level, c.noun) == row]
        if not same:
            return None
        chain = self.running[same[-1]]
        del self.running[same[-1] + 1 :]
        outer = [c for c in self.parted if (c.level, c.noun) == row and c.typed + 1 == marker.number > 1]
        if begins and outer and marker.number != chain.typed + 1:
            self.running[-1] = chain = outer[-1]
            self.parted.remove(chain)
        return chain

    def new(self, point: Point, before: _Chain | None, *, at_start: bool) -> _Chain:
        """Begin a chain in the place of one of its row."""
        if before is not None and before.at_start and not at_start:
            others = (c for c in self.parted if (c.level, c.noun) != (before.level, before.noun))
            self.parted = [*others, before]
        chain = _Chain(point.marker.level, point.marker.noun, point.marker.number, point.span, at_start)
        self.running.append(chain)
        self.chains.append(chain)
        return chain

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


def runs(blocks: tuple[Block, ...], *, loops: bool) -> list[list[At]]:
    """The chains of a section, as places of their items."""
    follower = _Follower(loops)
    for b, block in enumerate(blocks):
        follower.block(b, block)
    return [chain.items for chain in follower.chains]


def _closed(point: Point) -> bool:
    """Whether the item ends as an item does, and not with words that lead on."""
    return words(point).endswith(("；", "。", ";"))


def _turned(before: Point | None, point: Point) -> bool:
    """Whether the words before an item come from an earlier template place: an outer loop has taken a new turn."""
    marks = before.text.marks or before.heading.marks if before else ()
    if not marks or point.span is None:
        return False
    last = marks[-1].span
    return last.file == point.span.file and (last.line, last.column) < (point.span.line, point.span.column)


def words(point: Point) -> str:
    """All words of an item."""
    return point.heading.text + point.text.text


def point_at(blocks: list[Block] | tuple[Block, ...], at: At) -> Point:
    """The point at a place."""
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    return block.points[at[1]]
