"""Two sequences laid side by side, in time that grows with their length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

Pairs = list[tuple[int, int]]
CELLS = 10_000
"""Largest product of two lengths that is laid side by side item by item."""
Box = tuple[int, int, int, int]
"""Start and end in the one sequence, start and end in the other."""


def aligned(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    """Indices of equal items, rising in both: what is the same at the ends, then items that stand once in each, then
    the longest common run of small gaps.

    Why no general diff: its time grows with the square on repeated items; a large gap without a single rare item stays
    open here.
    """
    found: Pairs = []
    boxes: list[Box] = [(0, len(one), 0, len(other))]
    while boxes:
        box = _trimmed(one, other, boxes.pop(), found)
        anchors = _anchors(one, other, box)
        found += anchors
        if anchors:
            boxes += gaps(anchors, box)
        elif (box[1] - box[0]) * (box[3] - box[2]) <= CELLS:
            found += _common(one, other, box)
    return sorted(found)


def gaps(pairs: Pairs, box: Box) -> list[Box]:
    """What lies between pairs inside a box, where there is something on both sides."""
    fence = [(box[0] - 1, box[2] - 1), *pairs, (box[1], box[3])]
    found = [(a + 1, b, c + 1, d) for (a, c), (b, d) in pairwise(fence)]
    return [(a, b, c, d) for a, b, c, d in found if a < b and c < d]


def _trimmed(one: Sequence[Hashable], other: Sequence[Hashable], box: Box, found: Pairs) -> Box:
    """The box without what is the same at its ends, which is put into `found`."""
    a, b, c, d = box
    while a < b and c < d and one[a] == other[c]:
        found.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == other[d - 1]:
        b, d = b - 1, d - 1
        found.append((b, d))
    return a, b, c, d


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable], box: Box) -> Pairs:
    """Items that stand once in each side of the box, as many as rise together."""
    a, b, c, d = box
    counts = Counter(one[a:b])
    others = Counter(other[c:d])
    places = {other[j]: j for j in range(c, d)}
    once = [(i, places[one[i]]) for i in range(a, b) if counts[one[i]] == 1 == others.get(one[i], 0)]
    return rising(once)


def rising(pairs: Pairs) -> Pairs:
    """The most of some pairs (rising in the first) that rise in the second too."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(tails[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        tails[at : at + 1] = [number]
    chosen: Pairs = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _common(one: Sequence[Hashable], other: Sequence[Hashable], box: Box) -> Pairs:
    """The longest common subsequence of a small box."""
    a, b, c, d = box
    wide = d - c + 1
    rows = [[0] * wide]
    for i in range(b - 1, a - 1, -1):
        below = rows[-1]
        row = [0] * wide
        for j in range(d - c - 1, -1, -1):
            row[j] = below[j + 1] + 1 if one[i] == other[c + j] else max(below[j], row[j + 1])
        rows.append(row)
    return _walked(one, other, box, rows[::-1])


def _walked(one: Sequence[Hashable], other: Sequence[Hashable], box: Box, best: list[list[int]]) -> Pairs:
    a, b, c, d = box
    i, j, found = a, c, []
    while i < b and j < d:
        if one[i] == other[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i - a + 1][j - c] >= best[i - a][j - c + 1]:
            i += 1
        else:
            j += 1
    return found
