"""Tables as they are set: made regular, merged, their columns as wide as they need; too wide ones lie on the side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from drafter.layout.model import Layout
from drafter.outline import EMPTY, LEFTWARD, UPWARD, Table
from drafter.source import Line
from drafter.typeset.sheet import Cell, Grid, Item, Para, Run, Turn
from drafter.typeset.widths import halves

MOST_COLUMNS = 63
"""Word calls a file with a wider table damaged."""
MOST_UPRIGHT = 12
"""More columns than these are not read on an upright page."""
MOST_HEADS = 5
"""More rows than these are no head: repeated, they would leave no room on a page."""
PADDING, TIGHT = 260, 100
"""Left and right margin of a cell and a little air, in twips: as usual, and where there is no room for it."""
SMALLER = (21, 18, 15)
"""五号, 小五, 六号 in half-points: what a table is set in whose numbers have no room even on a landscape page."""
Rows = tuple[tuple[Line, ...], ...]


def grids(table: Table, layout: Layout) -> Iterator[Item]:
    """Caption, unit line and grid; a table too wide for the 版心 stands on landscape pages of its own.

    Nothing but the caption where there are no cells.
    """
    told = Regular.of(table) if any(table.rows) else None
    turned = told is not None and told.is_wide(layout)
    if turned:
        yield Turn(landscape=True)
    if table.caption:
        yield Para("表题", (Run(table.caption),), keep=True)
    if told is not None:
        if table.unit:
            yield Para("单位行", (Run(table.unit),), keep=True)
        yield told.grid(layout, landscape_width(layout) if turned else layout.page.text_width)
    if turned:
        yield Turn(landscape=False)


def grid(table: Table, layout: Layout) -> Grid:
    """The grid alone of a table that has cells, as wide as the 版心."""
    return Regular.of(table).grid(layout, layout.page.text_width)


def landscape_width(layout: Layout) -> int:
    """Width of the text on a landscape page in twips: the 版心 turned. Source: GB/T 9704-2012 8."""
    return layout.page.text_height


Place = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class Regular:
    """A table made regular: every row as long as the longest; what stands where, and how much it covers."""

    rows: Rows
    spans: dict[Place, tuple[int, int]]
    """Place of every cell that is there → (rows, columns) it covers."""
    told: str = ""
    aligns: tuple[str, ...] = ()

    @staticmethod
    def of(table: Table) -> Regular:
        """The table. Merged cells are rectangles; what another shape leaves over stands as empty cells.

        Shapes: at least one cell.
        """
        rows = _filled([_narrowed(row) for row in table.rows])
        texts = tuple(tuple(_text(line, r, c) for c, line in enumerate(row)) for r, row in enumerate(rows))
        found = Regular(texts, _spans(rows))
        told = table.caption.text or "、".join(line.text for line in texts[0] if line)
        return replace(found, told=told, aligns=tuple(found.aligned(c, table.aligns) for c in range(len(rows[0]))))

    @property
    def heads(self) -> int:
        """Rows of the head: the first, and those that its cells are merged down to; a table has a body."""
        head, reach = 0, 1
        while head < min(reach, len(self.rows)):
            down = (self.spans.get((head, c), (1, 1))[0] for c in range(len(self.rows[head])))
            reach = max(reach, head + max(down))
            head += 1
        return head if head < len(self.rows) and head <= MOST_HEADS else 1

    def aligned(self, column: int, said: Sequence[str]) -> str:
        """How a column is aligned: as said, else numbers to the right."""
        if column < len(said) and said[column]:
            return said[column]
        if self.rows[0][column].text in _COUNTED:
            return "center"
        body = [self.rows[r][column].text for r in range(self.heads, len(self.rows)) if self.is_single(r, column)]
        return "right" if _is_figures(body) else "left"

    def is_single(self, row: int, column: int) -> bool:
        """Whether a cell stands there that covers one column only."""
        return self.spans.get((row, column), (0, 0))[1] == 1

    def grid(self, layout: Layout, width: int) -> Grid:
        """The grid, `width` twips wide."""
        heads, size = self.heads, self.size(layout, width)
        cells = tuple(tuple(self._row(r, heads, size)) for r in range(len(self.rows)))
        wide = [line.text not in _COUNTED for line in self.rows[0]]
        widths = _shared(self.widths(layout, _unbroken, size), self.widths(layout, halves, size), width, wide)
        return Grid(cells, widths, heads, self.told, tight=size > 0)

    def size(self, layout: Layout, width: int) -> int:
        """Half-points of a table that has no room in the size of its look, so that no number is parted; else 0."""
        usual = layout.looks["表文"].size
        sizes = (0, *(size for size in SMALLER if size < usual))
        return next((size for size in sizes if sum(self.widths(layout, _unbroken, size)) <= width), sizes[-1])

    def _row(self, row: int, heads: int, size: int) -> Iterator[Cell | None]:
        """A row's cells; None where another one reaches over. Rows that add up others look like a head."""
        look = "表头" if row < heads or any(_TOTAL.fullmatch(line.text) for line in self.rows[row][:2]) else "表文"
        for column, line in enumerate(self.rows[row]):
            if (row, column) not in self.spans:
                yield None
                continue
            down, right = self.spans[row, column]
            centred = row < heads or right > 1
            yield Cell(line, right, down, "center" if centred else self.aligns[column], look, size)

    def is_wide(self, layout: Layout) -> bool:
        """Whether it does not fit an upright page: too many columns to be read, or words that would be parted."""
        columns = len(self.rows[0])
        return columns > MOST_UPRIGHT or sum(self.widths(layout, _unbroken)) > layout.page.text_width

    def widths(self, layout: Layout, measure: Callable[[str], int], size: int = 0) -> list[int]:
        """What every column takes in twips, its cells measured in half 字; merged cells share what they lack.

        `size`: half-points of a tight table; 0: those of the look.
        """
        found = [0] * len(self.rows[0])
        merged = []
        for (row, column), (_, right) in self.spans.items():
            if right == 1:
                found[column] = max(found[column], measure(self.rows[row][column].text))
            else:
                merged.append((row, column, right))
        for row, column, right in merged:
            lacking = measure(self.rows[row][column].text) - sum(found[column : column + right])
            for c in range(column, column + right if lacking > 0 else column):
                found[c] += -(-lacking // right)
        room = TIGHT if size else PADDING
        return [wide * (size or layout.looks["表文"].size) * 5 + room for wide in found]


_COUNTED = ("序号", "编号")
_TOTAL = re.compile(r"[合总小共]\s*计|总\s*数")
_FIGURE = re.compile(r"(?:预计|约|近|超|逾|并列)?[-+−－±]?\d[\d,，.]*[万亿余多]{0,2}[%％‰]?")
_EMPTY = re.compile("[-—－/]*|【待补：.*】")


def _is_figures(cells: list[str]) -> bool:
    told = [cell for cell in cells if not _EMPTY.fullmatch(cell)]
    return bool(told) and all(_FIGURE.fullmatch(cell) for cell in told)


def _narrowed(row: tuple[Line, ...]) -> tuple[Line, ...]:
    """The row with what is over Word's limit gathered in its last cell."""
    if len(row) <= MOST_COLUMNS:
        return row
    last = row[MOST_COLUMNS - 1]
    for cell in row[MOST_COLUMNS:]:
        last = last.then(Line(" | ")).then(cell)
    return (*row[: MOST_COLUMNS - 1], last)


def _filled(rows: list[tuple[Line, ...]]) -> Rows:
    wide = max(map(len, rows))
    return tuple((*row, *[EMPTY] * (wide - len(row))) for row in rows)


def _is_merged(line: Line, row: int, column: int) -> bool:
    """Whether a cell belongs to a neighbour; at the edge the sign has nobody to point at, and stands for itself."""
    return (line.text == LEFTWARD and column > 0) or (line.text == UPWARD and row > 0)


def _text(line: Line, row: int, column: int) -> Line:
    r"""What a cell shows: nothing when it is merged, the sign itself of \<."""
    if _is_merged(line, row, column):
        return EMPTY
    return line.cut(1) if _SIGN.fullmatch(line.text) else line


_SIGN = re.compile(rf"\\+[{LEFTWARD}\{UPWARD}]")


def _spans(rows: Rows) -> dict[Place, tuple[int, int]]:
    """Place of every cell that is there → (rows, columns) it covers; between them they cover every place once."""
    owners: dict[Place, Place] = {}
    for r, row in enumerate(rows):
        for c, line in enumerate(row):
            beside = (r, c - 1) if line.text == LEFTWARD else (r - 1, c)
            owners[r, c] = owners[beside] if _is_merged(line, r, c) else (r, c)
    found: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for place, owner in owners.items():
        if place in covered:
            continue
        down, right = _reach(owners, place) if owner == place else (1, 1)
        found[place] = (down, right)
        if (down, right) != (1, 1):
            covered.update((place[0] + r, place[1] + c) for r in range(down) for c in range(right))
    return found


def _reach(owners: dict[Place, Place], place: Place) -> tuple[int, int]:
    """The rectangle that a cell owns: as far right as its row goes, then as far down as all those columns go."""
    row, column = place
    right = 1
    while owners.get((row, column + right)) == place:
        right += 1
    down = 1
    while all(owners.get((row + down, c)) == place for c in range(column, column + right)):
        down += 1
    return down, right


_WORD = re.compile("[!-~]+")
_LONGEST_WORD = 24
_NARROWEST = 6


def _unbroken(text: str) -> int:
    """The least width of a cell in half 字: that of its longest number or Latin word, and 3 字 of Chinese."""
    longest = max(map(len, _WORD.findall(text)), default=0)
    return max(min(longest, _LONGEST_WORD), min(halves(text), _NARROWEST))


def _shared(least: list[int], needed: list[int], total: int, wide: list[bool]) -> tuple[int, ...]:
    """Column widths that fill `total` twips: each its least, then narrow columns what they need, wide ones alike.

    What is left over goes to the columns that `wide` lets grow, to each by its width.
    """
    room = total - sum(least)
    given = _levelled([need - low for need, low in zip(needed, least, strict=True)], room) if room > 0 else None
    wanted = [low + more for low, more in zip(least, given, strict=True)] if given else least
    grow = wide if room > 0 and any(wide) else [True] * len(wide)
    fixed = sum(want for want, grows in zip(wanted, grow, strict=True) if not grows)
    shares = [want if grows else 0 for want, grows in zip(wanted, grow, strict=True)]
    edges = [(total - fixed) * sum(shares[:c]) // sum(shares) for c in range(len(shares) + 1)]
    return tuple(b - a if g else w for (a, b), g, w in zip(pairwise(edges), grow, wanted, strict=True))


def _levelled(wanted: list[int], room: int) -> list[int]:
    """What each gets of the room: small wants all, great ones an equal share of what is left."""
    cap = room
    for index, want in enumerate(sorted(wanted)):
        cap = room // (len(wanted) - index)
        if want > cap:
            break
        room -= want
        cap = want
    return [min(want, cap) for want in wanted]
